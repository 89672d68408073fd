"""A regency ranks its kecamatan, sends its first or says why it takes no part; every refusal stands beside its form."""

import csv
import hashlib
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.xlsx.reading import NUMBER, TEXT, read_worksheets
from sp2k.journal.models import Line
from sp2k.results.models import FrozenTally, Nomination
from sp2k.results.regencies.minutes import minutes
from sp2k.results.regencies.page import RegencyPage, regency_lines
from tests.entries.pages import PDF, browser, file, pdf, words
from tests.pages.confirming import confirm
from tests.story.small import (
    BULUNGAN,
    FIRST,
    NOMINATIONS_OPEN,
    TANA_TIDUNG,
    at,
    desk,
    entry,
    other_bureau,
    person,
    play_small,
)

PLACE = "/tahap/kaltara-2024-uji/seleksi/kabupaten/"
SECOND_OF_BULUNGAN = "65.01.02"


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOMINATIONS_OPEN)
    return play_small(NOMINATIONS_OPEN)


@pytest.fixture
def organiser(story):
    return browser(person(story, "R", BULUNGAN))


def rank(client, regency=BULUNGAN):
    return confirm(client, f"{PLACE}{regency}/peringkat/")


def nominate(client, story, code=FIRST, **more):
    given = {"nominee": entry(story, "seleksi", code).pk, "number": "BA-1/2024"} | more
    return confirm(client, f"{PLACE}{BULUNGAN}/calon/", given)


def decline(client, reason, regency=BULUNGAN):
    return client.post(f"{PLACE}{regency}/tidak-ikut/", {"reason": reason}, follow=True)


def answers() -> list[tuple]:
    rows = Nomination.objects.order_by("regency")
    return [(row.regency_id, str(row.participation and row.participation.entry), row.declined_reason) for row in rows]


def lines(kind) -> list[dict]:
    return [json.loads(line.canonical)["body"] for line in Line.objects.filter(type=kind)]


def test_the_only_selection_of_a_regency_opens_at_once_and_says_how_far_its_kecamatan_are(story, organiser):
    page = organiser.get("/tahap/seleksi/", follow=True)

    assert page.redirect_chain == [(f"{PLACE}{BULUNGAN}/", 302)]
    assert "3 dari 3 diterima" in words(page)
    assert "0 menunggu verifikator, 0 dikembalikan, 0 draf, 0 belum diisi." in words(page)


def test_the_ranking_shows_totals_aspects_shared_places_and_what_parted_them(story, organiser):
    page = words(rank(organiser))

    assert "1 Tanjung Palas Kabupaten Bulungan 20,00 0,00 20,00 nilai" in page
    assert "2 Tanjung Palas Barat Kabupaten Bulungan tempat bersama 0,00 0,00 0,00 seri" in page
    assert "Peringkat Kabupaten Bulungan sudah ditetapkan." in words(rank(organiser))


def test_the_ranking_as_files_says_that_it_is_a_sample_and_keeps_codes_as_text(story, organiser, tmp_path):
    rank(organiser)

    text = organiser.get(f"{PLACE}{BULUNGAN}/peringkat.csv").content.decode()
    book = organiser.get(f"{PLACE}{BULUNGAN}/peringkat.xlsx")

    first, *table = text.splitlines()
    assert first == (
        "# Data contoh: Seleksi PKU Kalimantan Utara 2024, Kabupaten Bulungan. Isi dibuat untuk peragaan, bukan data resmi."
    )
    assert list(csv.reader(io.StringIO("\n".join(table))))[:2] == [
        [
            "tempat", "kode", "kecamatan", "kabupaten_kota", "aspek_A", "aspek_B", "nilai", "diputus_oleh", "lolos",
            "keterangan",
        ],
        ["1", "65.01.01", "Tanjung Palas", "Kabupaten Bulungan", "20.00", "0.00", "20.00", "", "ya", ""],
    ]  # fmt: skip
    (tmp_path / "p.xlsx").write_bytes(book.content)
    [sheet] = read_worksheets(tmp_path / "p.xlsx")
    kept = [[(cell.kind, cell.text) for cell in cells[:2] if cell] for _, cells in sheet.rows]
    assert (kept[0], kept[2]) == ([(TEXT, first.removeprefix("# "))], [(NUMBER, "1"), (TEXT, "65.01.01")])


def test_the_first_is_sent_with_the_number_and_the_signed_minutes(story, organiser):
    rank(organiser)

    page = nominate(organiser, story, minutes=file("berita acara.pdf"))

    assert answers() == [(BULUNGAN, "Kecamatan Tanjung Palas, Kabupaten Bulungan", "")]
    assert "diajukan 22 April 2024, 08.00 WITA dengan berita acara nomor BA-1/2024" in words(page)
    kept = Nomination.objects.get().minutes
    assert read_blob(kept) == PDF
    assert lines("minutes.upload") == [{"stage": "seleksi", "regency": BULUNGAN, "sha256": kept.sha256}]
    signed = organiser.get(f"{PLACE}{BULUNGAN}/berita-acara-bertanda-tangan/")
    assert (signed.content, signed.headers["Content-Disposition"]) == (
        PDF, 'attachment; filename="berita-acara-65.01-bertanda-tangan.pdf"',
    )  # fmt: skip
    assert signed.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_minutes_signed_later_are_uploaded_later_and_a_better_scan_leaves_the_first_hash_in_the_journal(story, organiser):
    rank(organiser)
    nominate(organiser, story)
    address = f"{PLACE}{BULUNGAN}/berita-acara/unggah/"

    organiser.post(address, {"minutes": file("a.pdf", pdf("a"))})
    browser(story.bureau[0]).post(address, {"minutes": file("b.pdf", pdf("b"))})

    hashes = [hashlib.sha256(pdf(name)).hexdigest() for name in ("a", "b")]
    assert [body["sha256"] for body in lines("minutes.upload")] == hashes[:1]
    assert Nomination.objects.get().minutes_id == hashes[0]


def test_the_bureau_uploads_minutes_once_it_may_see_the_ranking(story, organiser, monkeypatch):
    rank(organiser)
    nominate(organiser, story)
    monkeypatch.setattr(clock, "now", lambda: at("2024-06-04 08.00"))

    page = browser(story.bureau[0]).post(f"{PLACE}{BULUNGAN}/berita-acara/unggah/", {"minutes": file()}, follow=True)

    assert "Berita acara bertanda tangan diunggah." in words(page)
    assert Nomination.objects.get().minutes_id == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": ""}, "Nomor berita acara : Isian ini belum diisi."),
        ({"minutes": file("ba.pdf", b"")}, 'Berkas "ba.pdf" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.'),
        ({"minutes": file("ba.pdf", b"MZ" + bytes(200))},
         'Berkas "ba.pdf" bukan PDF, JPG, PNG, atau HEIC. Simpan sebagai PDF, JPG, atau PNG, lalu unggah lagi.'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_nomination_stands_beside_it_and_nothing_is_sent(story, organiser, given, said):
    rank(organiser)

    page = nominate(organiser, story, **given)

    assert (page.status_code, said in words(page), answers()) == (422, True, [])


def test_a_kecamatan_outside_the_quota_is_not_sent_and_the_page_says_who_would_be(story, organiser):
    rank(organiser)

    page = nominate(organiser, story, SECOND_OF_BULUNGAN)

    assert page.status_code == 422
    assert "berada di tempat 2, di luar kuota. Menurut peringkat, calonnya Kecamatan Tanjung Palas" in words(page)
    assert 'value="BA-1/2024"' in page.content.decode()


def test_a_refused_nomination_still_offers_those_within_the_quota_alone(story, organiser):
    rank(organiser)

    page = nominate(organiser, story, minutes=file("ba.pdf", b"")).content.decode()

    assert page.count('name="nominee"') == 1


def test_a_regency_declines_with_its_reason_and_answers_only_once(story, organiser):
    assert "Alasan tidak ikut : Isian ini belum diisi." in words(decline(organiser, "  "))

    page = decline(organiser, "Pemekaran kecamatan belum selesai")

    assert answers() == [(BULUNGAN, "None", "Pemekaran kecamatan belum selesai")]
    assert "Alasan: Pemekaran kecamatan belum selesai" in words(page)
    assert "Kabupaten Bulungan sudah menyatakan tidak ikut." in words(decline(organiser, "Lagi"))


def test_after_the_stage_nothing_can_be_ranked_sent_or_declined(story, organiser, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2024-05-10 16.01"))

    page = words(rank(organiser))

    assert "Batas waktu tahap Seleksi sudah lewat: 10 Mei 2024, 16.00 WITA." in page
    assert (decline(organiser, "Terlambat").status_code, answers()) == (422, [])


def test_the_minutes_to_be_signed_carry_the_ranking_and_are_the_same_twice(story, organiser):
    rank(organiser)
    page = RegencyPage(desk(story, BULUNGAN))

    told = minutes(page)

    assert [(row["place"], row["name"], row["total"], row["by"]) for row in told["rows"]] == [
        ("1", "Tanjung Palas", "20,00", "nilai"), ("2", "Tanjung Palas Barat", "0,00", "seri"),
        ("2", "Tanjung Palas Utara", "0,00", "seri"),
    ]  # fmt: skip
    assert told["closing"] == (
        "Berdasarkan peringkat itu, Kabupaten Bulungan mengajukan Kecamatan Tanjung Palas, Kabupaten Bulungan."
    )
    first, again = (organiser.get(f"{PLACE}{BULUNGAN}/berita-acara.pdf").content for _ in range(2))
    assert (first[:5], first == again) == (b"%PDF-", True)


def seen_by(user) -> list[int]:
    client = browser(user)
    return [client.get(f"{PLACE}{BULUNGAN}/{part}").status_code for part in ("", "peringkat.csv", "berita-acara.pdf")]


def test_a_ranking_is_seen_by_its_own_regency_and_the_witness_at_once_by_the_bureau_only_later(story, organiser, monkeypatch):
    rank(organiser)
    witness = create_user("saksi", "Saksi", roles=[("I", "65")])

    assert seen_by(person(story, "V", BULUNGAN)) == seen_by(witness) == [200, 200, 200]
    assert seen_by(story.bureau[0]) == [403, 403, 403]
    others = [person(story, "R", TANA_TIDUNG), person(story, "C", BULUNGAN), story.leader, other_bureau()]
    assert [seen_by(user) for user in others] == [[404, 404, 404]] * 4

    monkeypatch.setattr(clock, "now", lambda: at("2024-06-04 08.00"))

    assert seen_by(story.bureau[0]) == [200, 200, 200]


def test_a_neighbour_and_the_verifier_cannot_rank_or_answer_for_a_regency(story):
    for user in (person(story, "R", TANA_TIDUNG), person(story, "V", BULUNGAN)):
        client = browser(user)
        assert client.get(f"{PLACE}{BULUNGAN}/peringkat/").status_code == 404
        assert client.post(f"{PLACE}{BULUNGAN}/peringkat/").status_code == 404
        assert decline(client, "Bukan hak saya").status_code in (404, 422)

    assert (FrozenTally.objects.filter(stage__code="seleksi").count(), answers()) == (0, [])


def test_the_bureau_sees_who_answered_who_declined_and_who_is_silent(story, organiser):
    rank(organiser)
    nominate(organiser, story)
    decline(browser(person(story, "R", TANA_TIDUNG)), "Kendala anggaran", TANA_TIDUNG)

    page = words(browser(story.bureau[0]).get(PLACE))

    assert "1 mengajukan calon, 1 tidak ikut, 1 belum menjawab." in page
    said = "Kabupaten Bulungan 3 dari 3 ditetapkan Kecamatan Tanjung Palas, Kabupaten Bulungan BA-1/2024 belum diunggah"
    assert said in page
    assert "Kabupaten Tana Tidung 3 dari 3 belum tidak ikut: Kendala anggaran tidak ada" in page
    assert "Kota Tarakan 3 dari 3 belum belum menjawab tidak ada" in page


@pytest.mark.parametrize("role", ["R", "V", "C"])
def test_the_list_of_all_regencies_is_not_for_a_single_one(story, role):
    assert browser(person(story, role, BULUNGAN)).get(PLACE).status_code == 404


def test_thirty_eight_regencies_cost_no_more_queries_than_thirty_eight_kecamatan(jatim_2022):
    """The whole province, each regency with its forms, its ranking and its answer, in a fixed number of queries."""
    stage = jatim_2022.stages.get(code="seleksi")

    with CaptureQueriesContext(connection) as queries:
        found = regency_lines(stage)

    assert (len(found), len(queries)) == (38, 8)  # three of them hold the answers against the journal
    assert [sum(line.state == state for line in found) for state in ("calon", "tidak-ikut")] == [30, 8]

"""`pengungkapan` decides every page and file after the announcement: a hidden value changed leaves no byte different."""

import csv
import io
import re
from dataclasses import replace

import pypdf
import pytest
from django.template.loader import render_to_string
from django.test import Client

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.journal.actions import append_all
from sp2k.judging.actions import record_attendance, void_sheet
from sp2k.publication.issued.decree import without_values
from sp2k.publication.issued.facts import wording_of
from sp2k.publication.queries import public_result, regency_shares
from sp2k.publication.stage_results import stage_csv, stage_result
from sp2k.results.actions import answer_for_silent, freeze_tally, lock_stage
from sp2k.results.disclosure import disclosed, own_results, pseudonyms
from sp2k.results.frozen import input_hash, sealed_tally
from sp2k.results.models import FrozenTally, Placement
from tests.entries.pages import words
from tests.results.test_taking_back import LATE, proposed
from tests.story import small
from tests.story.small import EDITION, FIRST, NOMINATIONS_OPEN, SECOND, THIRD

pytestmark = pytest.mark.django_db
CODE = "kaltara-2024-uji"
CHANGING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|value="[A-Za-z0-9]{64}"')  # differs at every reading
STAGES = ("isian", "seleksi", "presentasi", "lapang")


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    """No page may differ because a minute passed."""
    monkeypatch.setattr(clock, "now", lambda: small.at("2024-08-01 08.00"))


def told(**values) -> small.Told:
    """The small edition to its end, with what its stages disclose."""
    blocks = EDITION.split("- kode: ")
    for n, block in enumerate(blocks):
        if (value := values.get(block.split("\n")[0])) is not None:
            head, _before, tail = block.partition("pengungkapan: ")
            blocks[n] = f"{head}pengungkapan: {value}\n{tail.partition(chr(10))[2]}"
    return small.play_small(source="- kode: ".join(blocks))


def viewer(role: str, code: str) -> Client:
    client = Client()
    if role:
        client.force_login(create_user(f"{role}-{code}", f"Pembaca {role}", roles=[(role, code)]))
    return client


def pages(client, entry=FIRST) -> dict[str, bytes]:
    """Every page and file after the announcement that could tell of a score."""
    addresses = [f"/hasil/{CODE}/", f"/hasil/{CODE}/peserta/", f"/hasil/{CODE}/tabel.csv", f"/isian/{CODE}/isian/{entry}/"]
    for stage in STAGES:
        addresses += [f"/hasil/{CODE}/tahap/{stage}/{part}" for part in ("", "tabel.csv", "lembar.csv")]
    return {address: CHANGING.sub(b"", client.get(address).content) for address in addresses}


def reseal(tally: FrozenTally, sheets: str) -> None:
    """Let these marks have been the ones that were frozen: the journal seals them."""
    tally.sheets = sheets
    tally.input_hash = input_hash(tally.rules, tally.sheets)
    tally.save(update_fields=["sheets", "input_hash"])
    body = {"stage": tally.stage.code, "input": tally.input_hash, "n": tally.n_sheets, "method": tally.method}
    line = sealed_tally("tally.frozen", body, tally)
    append_all(tally.stage.edition.chain_id, [line], by=tally.by, now=tally.frozen_at)


def without_sheet(stage: str, code: str, seat: str) -> None:
    """Let a seat have given an entry no sheet."""
    tally = FrozenTally.objects.get(stage__code=stage, scope="")
    lines = tally.sheets.splitlines(keepends=True)
    reseal(tally, "".join(line for line in lines if not line.startswith(f"{code},{seat},")))


def change(stage: str, *codes: str) -> None:
    """Let these entries have had other totals, places and marks at a stage, frozen as such: the journal seals them."""
    rows = Placement.objects.filter(tally__stage__code=stage, participation__entry__region__in=codes)
    rows.update(own_total="11.11", decided_by="aspek:kinerja", note="lain")
    rows.filter(award=None).update(total="11.11", place=9)  # what a title was given for is sealed with the result
    tally = FrozenTally.objects.get(stage__code=stage, scope="")
    lines = tally.sheets.splitlines(keepends=True)
    changed = [",".join([*line.split(",")[:3], "1\n"]) if line.startswith(codes) else line for line in lines]
    reseal(tally, "".join(changed))


def differing(client, stage, *codes) -> list[str]:
    before = pages(client)
    change(stage, *codes)
    after = pages(client)
    return [address.replace(f"/hasil/{CODE}/", "") for address in before if before[address] != after[address]]


@pytest.mark.parametrize("value", ["sendiri", "calon"])
@pytest.mark.parametrize(("role", "code"), [("", ""), ("C", FIRST), ("R", small.BULUNGAN)])
def test_where_each_sees_its_own_nothing_tells_of_the_others(value, role, code):
    told(presentasi=value, lapang=value)
    client = viewer(role, code)

    assert differing(client, "presentasi", SECOND, THIRD) == []
    assert differing(client, "lapang", SECOND) == []


def test_where_totals_are_open_the_public_sees_them_change_and_no_mark():
    told(presentasi="total", lapang="total")

    changed = differing(viewer("", ""), "presentasi", THIRD)

    assert changed == ["", "peserta/", "tabel.csv", "tahap/presentasi/", "tahap/presentasi/tabel.csv"]


def test_the_filling_stage_and_the_ranking_stay_closed_as_they_declare():
    told()

    assert differing(viewer("", ""), "isian", FIRST, SECOND, THIRD) == []
    assert differing(viewer("C", THIRD), "isian", FIRST, SECOND) == []
    assert differing(viewer("", ""), "seleksi", FIRST, SECOND, THIRD) == []


def test_a_kecamatan_reads_its_own_total_on_its_own_page_and_another_kecamatan_does_not():
    told(presentasi="sendiri", lapang="sendiri")
    own, other = viewer("C", FIRST), viewer("C", SECOND)

    assert "Presentasi 90,00 · tempat 1" in words(own.get(f"/isian/{CODE}/isian/{FIRST}/"))
    assert "90,00" in words(own.get(f"/hasil/{CODE}/tahap/presentasi/"))
    page = words(other.get(f"/hasil/{CODE}/tahap/presentasi/"))
    assert ("80,00" in page, "90,00" in page) == (True, False)
    assert other.get(f"/isian/{CODE}/isian/{FIRST}/").status_code == 404


def test_of_a_ranking_that_shows_its_nominees_the_public_reads_who_they_are_and_no_number():
    told()

    table = viewer("", "").get(f"/hasil/{CODE}/tahap/seleksi/tabel.csv").content.decode()

    assert list(csv.reader(io.StringIO(table.partition("\n")[2]))) == [
        ["kode", "kecamatan", "kabupaten_kota"], [FIRST, "Tanjung Palas", "Kabupaten Bulungan"],
        [SECOND, "Sesayap", "Kabupaten Tana Tidung"], [THIRD, "Tarakan Barat", "Kota Tarakan"],
    ]  # fmt: skip


def test_a_table_without_a_row_says_why():
    told()

    table = viewer("", "").get(f"/hasil/{CODE}/tahap/isian/tabel.csv").content.decode()

    assert table.splitlines() == [
        "# Data contoh: Pengisian PKU Kalimantan Utara 2024. Isi dibuat untuk peragaan, bukan data resmi. Tidak ada baris "
        "yang terbuka bagi Anda. Aturan edisi membuka nilai tahap ini hanya kepada masing-masing kecamatan dan "
        "kabupaten/kotanya.",
        "tempat,kode,kecamatan,kabupaten_kota,nilai",
    ]


@pytest.mark.parametrize(
    ("carry", "formula", "adds_up"),
    [
        ("{cara: bobot, tahap: presentasi, bobot: 0.6, bobot_tahap: 0.4}",
         "Nilai akhir = 60% presentasi + 40% tinjau lapang, dibulatkan dua angka di belakang koma.", True),
        ("{cara: tambah, tahap: presentasi, bobot: 0.5}",
         "Nilai akhir = nilai tinjau lapang + 50% presentasi, dibulatkan dua angka di belakang koma.", True),
        ("{cara: ganti, tahap: presentasi}",
         "Nilai akhir = nilai tinjau lapang, dibulatkan dua angka di belakang koma.", False),
    ],
)  # fmt: skip
def test_the_public_is_told_to_count_again_only_what_the_table_holds(carry, formula, adds_up):
    source = re.sub(r"bawaan: \{cara: bobot, tahap: presentasi[^}]*\}", f"bawaan: {carry}", EDITION)
    result = public_result(small.play_small(source=source).edition)

    html = render_to_string("publication/_check.html", {"result": result, "edition": result.edition})

    assert result.formula == formula
    assert ("dapat menghitung ulang nilai akhir dari nilai tahap pada tabel ini" in html) is adds_up
    assert ("memeriksa dari tabel ini bahwa tempat mengikuti nilai akhir" in html) is not adds_up


def marks(client, stage="presentasi") -> list[list[str]] | None:
    answer = client.get(f"/hasil/{CODE}/tahap/{stage}/lembar.csv")
    return list(csv.reader(io.StringIO(answer.content.decode())))[2:] if answer.status_code == 200 else None


def test_marks_are_open_under_pseudonyms_to_all_or_to_those_concerned_or_to_nobody():
    told(presentasi="total", lapang="semua")
    everyone, own, regency = viewer("", ""), viewer("C", SECOND), viewer("R", small.BULUNGAN)

    assert marks(everyone) is None
    assert ({row[0] for row in marks(own)}, {row[0] for row in marks(regency)}) == ({SECOND}, {FIRST})
    assert {row[1] for row in marks(own)} == {"juri 1", "juri 2", "juri 3"}
    assert {tuple(row[:3]) for row in marks(everyone, "lapang")} == {
        (code, f"juri {n}", "L1") for code in (FIRST, SECOND) for n in (1, 2)
    }
    assert marks(everyone, "isian") is None


def test_a_pseudonym_is_another_seat_in_another_entry():
    codes = [f"65.01.{n:02}" for n in range(1, 31)]

    named = [pseudonyms(7, code, "abc") for code in codes]

    assert [sorted(names.values()) for names in named] == [["juri 1", "juri 2", "juri 3"]] * 30
    assert len({names["a"] for names in named}) > 1
    assert pseudonyms(7, codes[0], ["verifikator"]) == {"verifikator": "verifikator"}


def test_the_tables_sentences_say_what_is_not_open():
    told(presentasi="sendiri", lapang="sendiri")

    page = words(viewer("", "").get(f"/hasil/{CODE}/"))

    assert "Nilai Presentasi, Tinjau lapang tidak dibuka kepada umum menurut aturan edisi" in page
    assert "Tidak semua nilai dibuka kepada umum" in page


def test_before_the_announcement_nothing_is_disclosed_to_anybody():
    story = small.play_small(small.TITLES_GIVEN)
    client = viewer("C", FIRST)

    assert disclosed(small.stage(story, "presentasi")).value == ""
    assert own_results(small.entry(story, "presentasi", FIRST).entry, create_user("k", "K", roles=[("C", FIRST)])) == []
    assert {client.get(f"/hasil/{CODE}/tahap/presentasi/{part}").status_code for part in ("", "tabel.csv", "lembar.csv")} == {
        404
    }


def test_a_reason_of_the_bureau_is_announced_as_the_bureaus():
    story = small.play_small(NOMINATIONS_OPEN)
    answer_for_silent(proposed(story, is_declining=True, reason="Tidak menjawab."), by=story.bureau[1], now=LATE)

    [share] = [row for row in regency_shares(story.edition, ()) if row.code == small.BULUNGAN]

    assert share.reason == "menurut penyelenggara provinsi: Tidak menjawab."


def test_where_no_regency_is_asked_none_is_said_to_take_no_part():
    head, _selection, rest = EDITION.partition("- kode: seleksi")
    judged = "- kode: presentasi" + rest.partition("- kode: presentasi")[2]
    story = small.play_small(small.FORMS_OPEN, source=head + judged.replace("peserta: seleksi", "peserta: isian"))

    shares = regency_shares(story.edition, ())

    assert {row.code: row.state for row in shares}[small.BULUNGAN] == "peserta"
    assert sum(row.state == "peserta" for row in shares) == 3


def test_a_mark_that_rests_on_fewer_jurors_says_on_how_many(client):
    story = small.play_small(small.SHEETS_IN)
    duty = small.duty(story, SECOND, "bappeda")
    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=story.bureau[0], now=small.SHEETS_IN)
    record_attendance([duty], "absen", reason="Rapat", by=story.bureau[0], now=small.SHEETS_IN)
    lock_stage(small.stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_LOCKED)
    freeze_tally(small.stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_FROZEN)
    stage = small.stage(story, "presentasi")
    stage.edition.published_at = small.JURY_FROZEN
    stage.rules["pengungkapan"] = "total"

    result = stage_result(stage, None)
    html = render_to_string("publication/stage.html", {"page": result, "edition": stage.edition})

    n = stage.seats.count()
    table = list(csv.reader(io.StringIO(stage_csv(result))))
    lines = {line[1]: line[-2:] for line in table if len(line) > 1 and line[1].startswith("65.")}
    assert lines == {FIRST: [str(n), str(n)], SECOND: [str(n - 1), str(n)], THIRD: [str(n), str(n)]}
    assert html.count(f"menurut {n - 1} dari {n} juri") == 1


def test_wherever_a_mark_is_quoted_it_says_on_how_many_jurors_it_rests():
    story = told(lapang="total")
    n = small.stage(story, "lapang").seats.count()
    without_sheet("lapang", SECOND, "bappeda")

    table = viewer("", "").get(f"/hasil/{CODE}/tabel.csv").content.decode().partition("\n")[2]
    rows = {row["kode"]: row for row in csv.DictReader(io.StringIO(table))}

    said = f"menurut {n - 1} dari {n} juri"
    assert (rows[SECOND]["lapang_juri"], rows[SECOND]["lapang_kursi"]) == (str(n - 1), str(n))
    assert (rows[FIRST]["lapang_juri"], rows[THIRD]["lapang_juri"]) == (str(n), "")
    assert rows[SECOND]["presentasi_juri"] == rows[SECOND]["presentasi_kursi"]
    for page in ("", "peserta/"):
        assert words(viewer("", "").get(f"/hasil/{CODE}/{page}")).count(said) == 1
    assert f"80,00 {said} · tempat 2" in words(viewer("C", SECOND).get(f"/isian/{CODE}/isian/{SECOND}/"))
    assert "menurut" not in words(viewer("C", FIRST).get(f"/isian/{CODE}/isian/{FIRST}/")).partition("Hasil kecamatan ini")[2]


def test_the_decree_prints_no_value_that_the_rules_close(db):
    edition = told(lapang="sendiri").edition

    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(read_blob(edition.decree.document))).pages)

    totals = [row.total.replace(".", ",") for row in Placement.objects.filter(tally__stage__code="lapang")]
    assert [total for total in totals if total in text] == []
    assert re.search(r"\bNILAI\b", text) is None  # nor a column that would be empty


@pytest.mark.parametrize(("opened", "kept"), [("sendiri", 1), ("total", 2)])
def test_a_ruling_on_values_in_the_annex_stands_only_where_the_annex_has_values(db, opened, kept):
    edition = told(lapang=opened).edition
    declared = ("Nilai kecamatan sebagaimana dimaksud dalam Diktum KESATU tercantum dalam Lampiran", "Menetapkan juara")

    found = without_values(replace(wording_of(edition), rulings=declared), edition).rulings

    assert found == declared[2 - kept :]


def test_the_decree_prints_the_values_that_the_rules_open(db):
    edition = told().edition

    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(read_blob(edition.decree.document))).pages)

    totals = [award.placement.total.replace(".", ",") for award in edition.awards.all()]
    assert [total for total in totals if total not in text] == []

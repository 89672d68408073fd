"""A kecamatan tells its innovations; its regency reads them, the bureau only once the result is out."""

import json

import pytest

from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.entries.models import Innovation
from sp2k.journal.models import Line
from tests.entries.pages import PDF, PLACE, browser, file, words
from tests.story.locking import publish_as_it_stands
from tests.story.small import BULUNGAN, FIRST, FORMS_OPEN, TANA_TIDUNG, at, other_bureau, person, play_small

HERE = f"{PLACE}inovasi/"
TOLD = {
    "title": "Loket \"Pasti\" 'satu pintu'", "kind": "inovasi", "problem": "Antrean panjang.",
    "works": "Nomor lewat WhatsApp.",
    "benefit": "Dari 3 hari menjadi 40 menit.", "since_year": "2022", "place": "Kantor kecamatan",
}  # fmt: skip


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: FORMS_OPEN)
    return play_small(FORMS_OPEN)


@pytest.fixture
def camat(story):
    return browser(person(story, "C", BULUNGAN))


def tell(client, **given):
    return client.post(f"{HERE}tulis/", TOLD | given, follow=True)


def lines() -> list[tuple]:
    """The lines, without the commitments to what was told and why it was taken back."""
    rows = Line.objects.filter(type__startswith="innovation.").order_by("seq")
    bodies = [(line.type, json.loads(line.canonical)["body"]) for line in rows]
    return [(type, {key: body[key] for key in body if key not in {"c", "why"}}) for type, body in bodies]


def test_an_innovation_is_told_with_its_document_and_journaled_without_its_words(story, camat):
    page = tell(camat, document=file("loket.pdf"))

    row = Innovation.objects.get()
    assert (row.number, row.title, row.kind, row.since_year, row.place) == (
        1, TOLD["title"], "inovasi", 2022, "Kantor kecamatan",
    )  # fmt: skip
    assert (row.document_name, read_blob(row.document)) == ("loket.pdf", PDF)
    assert lines() == [("innovation.write", {"entry": FIRST, "number": 1, "again": False})]
    assert TOLD["title"] in words(page)
    assert camat.get(f"{HERE}1/berkas/").content == PDF


def test_it_is_changed_and_keeps_its_document_until_another_comes(story, camat):
    tell(camat, document=file("loket.pdf"))

    camat.post(f"{HERE}1/ubah/", TOLD | {"benefit": "Dari 3 hari menjadi 30 menit."})

    row = Innovation.objects.get()
    assert (row.benefit, row.document_name) == ("Dari 3 hari menjadi 30 menit.", "loket.pdf")
    assert lines()[-1] == ("innovation.write", {"entry": FIRST, "number": 1, "again": True})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "Judul : Isian ini belum diisi."),
        ({"kind": "lomba"}, "Jenis : Pilihan itu tidak ada. Muat ulang halaman."),
        ({"since_year": "dua ribu"}, "Sejak tahun : Tulis tahun dengan empat angka, misalnya 2022."),
        ({"title": "Lapor \u202ekatec"}, "Judul : Judul memuat tanda yang tidak terlihat (U+202E), huruf ke-7."),
        ({"document": file("video.mp4", b"\0\0\0\x18ftypmp42" + bytes(50))},
         'Berkas : Berkas "video.mp4" bukan PDF, JPG, PNG, atau HEIC.'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(story, camat, given, said):
    page = tell(camat, **given)

    assert (page.status_code, said in words(page), Innovation.objects.count()) == (422, True, 0)
    assert "Nomor lewat WhatsApp." in words(page)


def test_it_is_taken_back_with_a_reason_and_stays_to_be_read(story, camat):
    tell(camat)

    assert "Alasan pembatalan : Isian ini belum diisi." in words(camat.post(f"{HERE}1/batal/", {"reason": ""}))
    camat.post(f"{HERE}1/batal/", {"reason": "Sudah tidak berjalan"})

    row = Innovation.objects.get()
    assert (row.voided_at, row.voided_reason) == (FORMS_OPEN, "Sudah tidak berjalan")
    assert lines()[-1] == ("innovation.void", {"entry": FIRST, "number": 1})
    assert "Dibatalkan 4 Maret 2024, 09.00 WITA: Sudah tidak berjalan" in words(camat.get(f"{HERE}1/"))
    assert camat.get(f"{HERE}1/ubah/").status_code == 404


def test_a_number_is_not_given_twice(story, camat):
    tell(camat)
    camat.post(f"{HERE}1/batal/", {"reason": "Salah tulis"})

    tell(camat, title="Loket baru")

    assert list(Innovation.objects.values_list("number", "title")) == [(1, TOLD["title"]), (2, "Loket baru")]


def test_after_filling_has_closed_it_can_only_be_read(story, camat, monkeypatch):
    tell(camat)
    monkeypatch.setattr(clock, "now", lambda: at("2024-04-05 16.01"))

    page = tell(camat, title="Terlambat")

    assert (page.status_code, Innovation.objects.count()) == (422, 1)
    assert "Batas waktu tahap Pengisian sudah lewat: 5 April 2024, 16.00 WITA." in words(page)
    assert "Nomor lewat WhatsApp." in words(camat.get(f"{HERE}1/"))


def test_it_is_read_in_its_regency_and_by_the_bureau_only_after_the_announcement(story, camat):
    tell(camat, document=file())
    pages = [HERE, f"{HERE}1/", f"{HERE}1/berkas/"]

    def seen(user):
        return [browser(user).get(page).status_code for page in pages]

    assert seen(person(story, "R", BULUNGAN)) == [200] * 3
    assert seen(story.bureau[0]) == [403] * 3
    strangers = [person(story, "R", TANA_TIDUNG), person(story, "C", TANA_TIDUNG), story.leader, other_bureau()]
    assert [seen(user) for user in strangers] == [[404] * 3] * 4
    publish_as_it_stands(story.edition, by=story.bureau[0], now=FORMS_OPEN)
    assert seen(story.bureau[0]) == [200] * 3


def test_only_the_kecamatan_itself_writes(story):
    for role in "RV":
        assert tell(browser(person(story, role, BULUNGAN))).status_code == 404

    assert not Innovation.objects.exists()

"""The minutes of a visit: who was there, what was found, the declared rule, the journal's head; the same bytes again."""

import io
from datetime import date

import pypdf
import pytest
from django.utils import translation

from sp2k.accounts.models import Officeholder
from sp2k.base.wording import in_fours
from sp2k.editions.models import Edition
from sp2k.judging.actions import record_attendance, record_visit_finding, set_visit_plan
from sp2k.judging.minutes.visit import visit_minutes, visit_minutes_pdf
from sp2k.judging.queries.visits import panel_entry, visits_visible_to
from tests.story.small import FIRST, at, duty
from tests.story.visiting import VISITING, innovation


@pytest.fixture
def visited(visiting, visit, own, visitor, chair):
    """One claim confirmed at a village hall, one changed, one left; the chair was away."""
    innovation(visit, visitor)
    set_visit_plan(visit, ["A1", "B1", "inov-1"], by=visiting.bureau[0], now=VISITING)
    say = {"by": visitor, "now": VISITING}
    record_visit_finding(own, "inov-1", "lebih", note="Dua motor.", place="Balai Desa", seen_at=at("2024-06-19 08.40"), **say)
    record_visit_finding(own, "A1", "tidak", note="Tidak ada papan.", **say)
    record_visit_finding(own, "A1", "dikonfirmasi", note="Papan di aula.", reason="Ditunjukkan kemudian.", **say)
    away = duty(visiting, FIRST, "akademisi", "lapang")
    record_attendance([away], "absen", by=visiting.bureau[0], now=VISITING, reason="Sakit.")
    return visit


@pytest.fixture
def minutes(visited, visitor):
    return lambda: panel_entry(visits_visible_to(visitor).get(pk=visited.pk))


def test_the_minutes_say_who_what_where_and_by_which_rule(minutes):
    said = visit_minutes(minutes())

    assert said.opening.startswith("Pada hari Rabu, 19 Juni 2024, tim tinjau lapang Penilaian Kecamatan Uji Tahun 2024")
    assert [(m.name, m.presence, m.signs) for m in said.members] == [
        ("Juri 1 (contoh)", "juri absen: Sakit.", False), ("Juri 2 (contoh)", "belum dicatat", True),
    ]  # fmt: skip
    assert said.rules == (
        ("Dikonfirmasi", "tidak mengubah nilai"), ("Tidak ditemukan", "mengurangi 1 poin"),
        ("Lebih baik daripada klaim", "menambah 0,5 poin"),
    )  # fmt: skip
    assert [(p.place, [(f.code, f.verdict, f.note) for f in p.findings]) for p in said.places] == [
        ("Kantor Kecamatan Tanjung Palas", [("A1", "Dikonfirmasi", "Papan di aula.")]),
        ("Balai Desa", [("inov-1", "Lebih baik daripada klaim", "Dua motor.")]),
    ]
    assert said.progress == "2 dari 3 klaim diperiksa."
    assert said.unseen == ("B1 Inovasi",)
    assert said.changes == "A1, revisi 2: Ditunjukkan kemudian."


def test_the_camat_in_office_on_the_day_signs(minutes):
    assert visit_minutes(minutes()).host == ("Camat Tanjung Palas", "", "")
    region = {"region_id": FIRST, "office": "camat"}
    Officeholder.objects.create(name="Lama, S.Sos.", since=date(2020, 1, 1), until=date(2024, 6, 18), **region)
    Officeholder.objects.create(name="Baru, M.Si.", nip="197001011990031001", since=date(2024, 6, 19), **region)

    assert visit_minutes(minutes()).host == ("Camat Tanjung Palas", "Baru, M.Si.", "197001011990031001")


def test_the_pdf_is_a_sample_with_the_journals_head_and_the_same_bytes_again(minutes, visiting):
    pdf = visit_minutes_pdf(minutes())

    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    chain = Edition.objects.get(pk=visiting.edition.pk).chain
    assert "BERITA ACARA TINJAU LAPANG" in text and "DATA CONTOH" in text
    assert f"kepala {in_fours(chain.head)}" in text
    with translation.override("en"):
        assert visit_minutes_pdf(minutes()) == pdf


def test_markup_and_long_words_are_printed_as_typed(visited, own, visitor, minutes):
    record_visit_finding(own, "B1", "tidak", note="#pagebreak() $x$ *tebal* " + "a" * 300, by=visitor, now=VISITING)

    pages = pypdf.PdfReader(io.BytesIO(visit_minutes_pdf(minutes()))).pages
    assert "#pagebreak() $x$ *tebal*" in " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_team_downloads_them(visited, client, visitor):
    client.force_login(visitor)

    answer = client.get(f"/juri/kunjungan/{visited.pk}/berita-acara.pdf")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="berita-acara-kaltara-2024-uji-65.01.01.pdf"'
    assert answer.content[:5] == b"%PDF-"

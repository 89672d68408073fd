"""The minutes of a visit: who was there, what was found, the declared rule, the journal's head; the same bytes again."""

import io
from datetime import date

import pypdf
import pytest
from django.utils import translation
from PIL import Image

from sp2k.accounts.models import Officeholder
from sp2k.base.blobs import erase_blob
from sp2k.base.pages.uploads import Upload
from sp2k.base.wording import in_fours
from sp2k.editions.models import Edition
from sp2k.judging.actions import record_attendance, record_visit_finding, set_visit_plan
from sp2k.judging.minutes.visit import visit_minutes, visit_minutes_pdf
from sp2k.judging.models import PlannedClaim, VisitPlan
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


def test_without_a_plan_no_claim_is_called_left_out(minutes):
    PlannedClaim.objects.all().delete()
    VisitPlan.objects.all().delete()

    said = visit_minutes(minutes())

    assert said.progress == "2 klaim diperiksa; rencana kunjungan tidak dibuat."
    assert said.unseen == ()


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


def photo(name="balai.jpg", size=(1600, 1200), colour="#246"):
    drawn = io.BytesIO()
    Image.new("RGB", size, colour).save(drawn, "JPEG")
    return Upload(name, drawn.getvalue(), "image/jpeg")


@pytest.fixture
def pictured(visited, own, visitor):
    """The village hall's claim looked into once more, with two photos."""
    shots = [photo(), photo("pintu.jpg", (600, 900), "#a52")]
    return record_visit_finding(
        own, "inov-1", "lebih", note="Dua motor.", place="Balai Desa", seen_at=at("2024-06-19 08.40"), photos=shots,
        reason="Difoto.", by=visitor, now=VISITING,
    )  # fmt: skip


def images(pdf: bytes) -> list[tuple[int, int]]:
    return sorted(image.image.size for page in pypdf.PdfReader(io.BytesIO(pdf)).pages for image in page.images)


def test_the_photos_stand_small_under_their_place_with_what_they_show_and_when(pictured, minutes):
    said = visit_minutes(minutes())

    assert [(place.place, len(place.photos)) for place in said.places] == [
        ("Kantor Kecamatan Tanjung Palas", 0), ("Balai Desa", 2),
    ]  # fmt: skip
    first = said.places[1].photos[0]
    sha = pictured.photos.order_by("pk").first().blob_id
    assert first.said == "inov-1 Antar berkas"
    assert first.foot == f"Balai Desa, dilihat 19 Juni 2024, 08.40 WITA, sidik {in_fours(sha[:8])}"
    assert images(visit_minutes_pdf(minutes())) == [(427, 640), (640, 480)]


def test_the_same_photos_give_the_same_bytes_again(pictured, minutes):
    assert visit_minutes_pdf(minutes()) == visit_minutes_pdf(minutes())


def test_a_photo_that_was_erased_leaves_its_hash_and_no_picture(pictured, minutes):
    taken = pictured.photos.order_by("pk").first()
    erase_blob(taken.blob, now=VISITING)

    assert visit_minutes(minutes()).places[1].photos[0].foot.endswith("dihapus dari server")
    pdf = visit_minutes_pdf(minutes())
    assert images(pdf) == [(427, 640)]
    assert "foto dihapus" in " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)

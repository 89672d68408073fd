"""An insider with the database, and what was told in words: innovations, claims noted, and why something was voided."""

import pytest

from sp2k.base.refusals import Refused
from sp2k.entries.actions import void_form, void_innovation, write_innovation
from sp2k.entries.actions.innovations import Telling
from sp2k.entries.models import Form, Innovation
from sp2k.entries.queries.innovations import innovations_of
from sp2k.journal.models import Line
from sp2k.judging.actions import note_presentation_claim, place_claim, void_presentation_claim, void_sheet
from sp2k.judging.models import ClaimPlace, Sheet
from sp2k.judging.queries.claims import visit_claims
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.story import small
from tests.story.small import BULUNGAN, FIRST, at

pytestmark = pytest.mark.django_db

CHANGED = "isinya tidak lagi sama dengan yang dicatat jurnal"
GONE = "barisnya dalam basis data hilang, tanpa tindakan yang menghapusnya"
NOT_VOIDED = "ditandai batal tanpa tindakan yang membatalkannya"
KECAMATAN = "Kecamatan Tanjung Palas, Kabupaten Bulungan"


def number_of(type) -> int:
    return Line.objects.filter(type=type).order_by("-seq").first().seq


@pytest.fixture
def told():
    """Two innovations: one stands, changed once, and one was taken back."""
    story = small.play_small(small.FORMS_OPEN)
    participation, by = small.entry(story, "isian", FIRST), small.person(story, "C", BULUNGAN)
    telling = Telling("inovasi", "Loket pasti", "Antrean", "Nomor antre", "Dari 3 hari menjadi 40 menit", 2022, "Loket")
    write_innovation(participation, telling, by=by, now=small.FORMS_OPEN)
    write_innovation(participation, telling, by=by, now=small.FORMS_OPEN, number=1)
    write_innovation(participation, telling, by=by, now=small.FORMS_OPEN)
    void_innovation(participation, 2, reason="Tertulis dua kali", by=by, now=small.FORMS_OPEN)
    return story


def test_innovations_that_nobody_touched_open(told):
    assert faults(told) == []


@pytest.mark.parametrize(
    ("statement", "found", "type"),
    [
        ("UPDATE entries_innovation SET title = 'PALSU' WHERE number = 1", CHANGED, "innovation.write"),
        ("UPDATE entries_innovation SET benefit = 'PALSU' WHERE number = 1", CHANGED, "innovation.write"),
        ("UPDATE entries_innovation SET voided_at = updated_at, voided_reason = 'x' WHERE number = 1", NOT_VOIDED, None),
        ("DELETE FROM entries_innovation WHERE number = 1", GONE, "innovation.write"),
    ],
)
def test_an_innovation_changed_behind_the_acts_is_named_and_not_shown(told, statement, found, type):
    line = Line.objects.filter(type=type).order_by("seq")[1].seq if type else None
    sql(statement)

    sentence = f"Inovasi ke-1 {KECAMATAN}: {found}" + (f" (baris jurnal {line})." if type else ".")
    assert faults(told) == [sentence]
    with pytest.raises(Refused, match="Inovasi ke-1 Kecamatan Tanjung Palas.* tidak ditampilkan"):
        innovations_of(small.entry(told, "isian", FIRST).entry)


def test_the_reason_of_an_innovation_taken_back_is_the_one_that_was_given(told):
    sql("UPDATE entries_innovation SET voided_reason = 'PALSU' WHERE number = 2")

    assert faults(told) == [f"Pembatalan inovasi ke-2 {KECAMATAN}: {CHANGED} (baris jurnal {number_of('innovation.void')})."]


def test_an_innovation_that_nobody_told_is_named(told):
    Innovation.objects.filter(number=1).update(number=3)

    assert [text for text in faults(told) if text.startswith(f"Inovasi ke-3 {KECAMATAN}: tidak ada baris jurnal")]


# -- claims noted at the presentation ---------------------------------------------------------------------------------


@pytest.fixture
def presented():
    """Two claims: one stands, one was struck out."""
    story = small.play_small(at("2024-06-04 09.00"))
    entry, by, now = small.entry(story, "presentasi", FIRST), story.bureau[0], at("2024-06-04 10.00")
    note_presentation_claim(entry, "Satu", by=by, now=now, place="Loket")
    second = note_presentation_claim(entry, "Dua", by=by, now=now)
    void_presentation_claim(second, reason="Salah dengar", by=by, now=now)
    return story


def test_claims_that_nobody_touched_open(presented):
    assert faults(presented) == []


@pytest.mark.parametrize(
    ("statement", "found", "is_told"),
    [
        ("UPDATE judging_presentationclaim SET text = 'PALSU' WHERE code = 'pres-1'", CHANGED, True),
        ("UPDATE judging_presentationclaim SET place = 'PALSU' WHERE code = 'pres-1'", CHANGED, True),
        ("UPDATE judging_presentationclaim SET voided_at = at, voided_reason = 'x' WHERE code = 'pres-1'", NOT_VOIDED, False),
        ("DELETE FROM judging_presentationclaim WHERE code = 'pres-1'", GONE, True),
    ],
)
def test_a_claim_changed_behind_the_acts_is_named_and_not_shown(presented, statement, found, is_told):
    line = Line.objects.filter(type="claim.note").order_by("seq")[0].seq
    sql(statement)

    told = f"Klaim paparan pres-1 {KECAMATAN}: {found}" + (f" (baris jurnal {line})." if is_told else ".")
    assert faults(presented) == [told]
    with pytest.raises(Refused, match="Klaim paparan pres-1 Kecamatan Tanjung Palas.* tidak ditampilkan"):
        visit_claims(small.entry(presented, "presentasi", FIRST))


def test_the_reason_of_a_claim_struck_out_is_the_one_that_was_given(presented):
    sql("UPDATE judging_presentationclaim SET voided_reason = 'PALSU' WHERE code = 'pres-2'")

    line = number_of("claim.void")
    assert faults(presented) == [f"Pembatalan klaim paparan pres-2 {KECAMATAN}: {CHANGED} (baris jurnal {line})."]


def test_the_place_where_a_claim_is_seen_is_the_one_that_was_said():
    story = small.play_small(small.VISIT_SEATED)
    duty, now = small.duty(story, FIRST, "akademisi", "lapang"), at("2024-06-19 09.00")
    place_claim(duty, "A1", "Loket", by=duty.seat.holder, now=now)
    place_claim(duty, "A2", "Kantor", by=duty.seat.holder, now=now)
    assert faults(story) == []
    ClaimPlace.objects.filter(claim="A1").update(place="PALSU")

    assert faults(story) == [f"Tempat klaim dilihat, {KECAMATAN}: {CHANGED} (baris jurnal {number_of('visit.place')})."]
    with pytest.raises(Refused, match="Tempat klaim dilihat"):
        visit_claims(duty.participation)


# -- why something was voided -----------------------------------------------------------------------------------------


def test_the_reason_of_a_voided_sheet_is_the_one_that_was_given():
    story = small.play_small(small.SHEETS_IN)
    sheet = small.duty(story, FIRST, "bappeda").standing_sheets[-1]
    void_sheet(sheet, reason="Salah peserta", by=story.bureau[0], now=small.SHEETS_IN)
    assert faults(story) == []
    named = f"lembar Bappeda Provinsi Kalimantan Utara → {KECAMATAN}, revisi 1"

    Sheet.objects.filter(pk=sheet.pk).update(voided_reason="PALSU")
    assert faults(story) == [f"Pembatalan {named}: {CHANGED} (baris jurnal {number_of('sheet.void')})."]
    Sheet.objects.filter(pk=sheet.pk).update(voided_reason="Salah peserta", voided_by=story.bureau[1])
    assert faults(story) == [
        f"Pembatalan {named}: orang, waktu, atau nomornya tidak sama dengan yang dicatat jurnal "
        f"(baris jurnal {number_of('sheet.void')})."
    ]


def test_the_reason_and_the_office_of_a_voided_form_are_those_of_the_act():
    story = small.play_small(small.FORMS_IN)
    form = Form.objects.order_by("pk").first()
    void_form(form, reason="Salah berkas", by=story.bureau[0], now=small.FORMS_IN)
    assert faults(story) == []

    for change in ({"voided_reason": "PALSU"}, {"voided_reason": "Salah berkas", "voided_as": "C"}):
        Form.objects.filter(pk=form.pk).update(**change)
        [found] = faults(story)
        assert found == (
            f"Pembatalan isian {form.participation.entry}, revisi 1: {CHANGED} (baris jurnal {number_of('form.void')})."
        )

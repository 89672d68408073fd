"""What was said of one person, proposal or file holds for that one: not for a successor, a later proposal, a new file."""

import pytest

from sp2k.accounts.actions.people import Details, add_person
from sp2k.editions.actions import give_approval, propose_move
from sp2k.editions.actions.calendar import withdraw_move
from sp2k.editions.queries.lapsing import lapsed_approvals, standing_approvals
from sp2k.entries.actions import accept_forms, erase_evidence, submit_form, void_form
from sp2k.entries.claims import Claims, Document
from sp2k.entries.models import Form
from sp2k.judging.actions import declare_conflict, record_attendance, replace_person
from sp2k.judging.queries.panel import replacement_subject
from tests.hostile.insider.given.test_given_again import JURY, found
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.story.small import (
    BULUNGAN,
    EDITION,
    FIRST,
    FORMS_OPEN,
    JURY_SEATED,
    at,
    duty,
    entry,
    holder,
    person,
    play_small,
    seat,
    stage,
)
from tests.story.unchanged import refused

pytestmark = pytest.mark.django_db

LATER = at("2024-06-07 16.00")


def by_two(act: str) -> str:
    return EDITION.replace("persetujuan:\n", f"persetujuan:\n  {act}: [{{peran: B, orang: 2}}]\n")


def newcomer(story):
    return add_person("juri.baru", Details("Juri Baru"), role="J", region="65", by=story.bureau[0], now=JURY)


def test_a_yes_given_with_a_withdrawn_move_is_none_to_the_same_dates_asked_again():
    story = play_small(until=JURY_SEATED, source=by_two("jadwal"))
    first, second = story.bureau
    jury = stage(story, "presentasi")
    asked = {"opens_at": jury.opens_at, "closes_at": LATER, "reason": "Cuaca."}
    move = propose_move(story.edition, jury, **asked, by=first, now=JURY_SEATED)
    withdraw_move(move, by=first, now=JURY_SEATED)

    again = propose_move(story.edition, jury, **asked, by=second, now=JURY)

    said = list(story.edition.approvals.filter(act="jadwal"))
    [lapsed] = lapsed_approvals(story.edition, said, standing_approvals(story.edition, said))
    assert (lapsed.approval.by, lapsed.words) == (first, "usul sebelumnya ditarik")
    assert again.is_waiting and stage(story, "presentasi").closes_at == jury.closes_at
    assert faults(story) == []


def test_yeses_to_a_person_in_a_seat_are_none_once_the_seat_has_changed_hands_again():
    story = play_small(until=JURY, source=by_two("panel"))
    first, second = story.bureau
    old, new = holder(story, "bappeda"), newcomer(story)
    for someone in (new, old):
        replace_person(seat(story, "bappeda"), someone, reason="Dinas.", by=first, now=JURY)
        for who in (first, second):
            give_approval(
                story.edition, "panel", replacement_subject(seat(story, "bappeda"), someone), role="B", by=who, now=JURY
            )
        replace_person(seat(story, "bappeda"), someone, reason="Dinas.", by=second, now=JURY)
    assert holder(story, "bappeda") == old

    replace_person(seat(story, "bappeda"), new, reason="Lagi.", by=second, now=JURY)

    assert holder(story, "bappeda") == old
    assert faults(story) == []


def test_evidence_whose_file_was_erased_since_is_not_accepted():
    story = play_small(until=FORMS_OPEN)
    camat, verifier, participation = person(story, "C", BULUNGAN), person(story, "V", BULUNGAN), entry(story, "isian", FIRST)
    proof = {"bukti.pdf": Document(b"%PDF-1.4 dua kali dikirim\n", "application/pdf")}
    claims = Claims({"A1": {"isian": {}, "bukti": {"monografi": "bukti.pdf"}}}, proof)
    first = submit_form(participation, claims, by=camat, now=FORMS_OPEN)
    void_form(Form.objects.get(pk=first.pk), reason="Keliru.", by=person(story, "R", BULUNGAN), now=FORMS_OPEN)
    second = submit_form(participation, claims, reason="Benar.", by=camat, now=FORMS_OPEN)
    erase_evidence(first.evidence.get(), reason="Data pribadi.", by=story.bureau[0], now=FORMS_OPEN)

    with refused('Berkas "bukti.pdf" pada indikator A1 sudah dihapus, jadi tidak dapat diterima sebagai bukti. Tandai tidak '
                 "diterima, atau kembalikan isiannya."):  # fmt: skip
        accept_forms([second], by=verifier, now=FORMS_OPEN)


def test_a_successor_is_not_recused_by_a_predecessors_conflict():
    story = play_small(until=JURY)
    mine = duty(story, FIRST, "bappeda")
    declare_conflict(mine.seat, mine.participation, reason="Ipar camat.", by=holder(story, "bappeda"), now=JURY)
    replace_person(seat(story, "bappeda"), newcomer(story), reason="Sakit.", by=story.bureau[0], now=JURY)
    assert faults(story) == []

    sql(f"UPDATE judging_assignment SET attendance = 'benturan', attendance_reason = 'Ipar camat.' WHERE id = {mine.pk}")

    assert found(story, "Kehadiran Bappeda")


def test_an_absence_does_not_vanish_with_the_seat_that_changes_hands():
    story = play_small(until=JURY)
    mine = duty(story, FIRST, "bappeda")
    record_attendance([mine], "absen", reason="Sakit.", by=story.bureau[0], now=JURY)
    replace_person(seat(story, "bappeda"), newcomer(story), reason="Sakit.", by=story.bureau[0], now=JURY)
    assert faults(story) == []

    sql(f"UPDATE judging_assignment SET attendance = '', attendance_reason = '' WHERE id = {mine.pk}")

    assert found(story, "Kehadiran Bappeda")

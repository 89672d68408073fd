"""An insider with the database, and a panel's room: sessions, the order drawn, turns, who sits where, who was there."""

from datetime import date

import pytest

from sp2k.accounts.actions import create_user
from sp2k.base.refusals import Refused
from sp2k.journal.models import Line
from sp2k.judging.actions import draw_order, record_attendance, seat_person, set_session, swap_turns
from sp2k.judging.models import Assignment, Draw, Session, Slot
from sp2k.judging.queries.schedule import sessions_with_turns
from sp2k.publication.actions.minutes import make_minutes
from sp2k.publication.issued.minutes import MinutesFacts
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.story import small
from tests.story.small import FIRST, SECOND, THIRD, at

pytestmark = pytest.mark.django_db

NOW, CHANGED = at("2024-06-03 09.00"), "isinya tidak lagi sama dengan yang dicatat jurnal"
GONE = "barisnya dalam basis data hilang, tanpa tindakan yang menghapusnya"


@pytest.fixture
def story():
    """Drawn, moved by another beginning of its session, and two turns exchanged."""
    story = small.play_small(small.JURY_SEATED)
    stage, by = small.stage(story, "presentasi"), story.bureau[0]
    held = {"name": "Hari pertama", "minutes": 30, "capacity": 5, "by": by, "now": NOW, "room": "Aula"}
    position = stage.sessions.get().position if stage.sessions.exists() else None
    set_session(stage, position, starts_at=at("2024-06-04 09.00"), **held)
    if not Draw.objects.filter(stage=stage).exists():
        draw_order(stage, "12345", by=by, now=NOW)
    set_session(stage, stage.sessions.get().position, starts_at=at("2024-06-04 10.00"), **held)
    swap_turns(stage, FIRST, SECOND, reason="Jalan putus", by=by, now=NOW)
    return story


def last(type) -> int:
    return Line.objects.filter(type=type).order_by("-seq").first().seq


def test_a_room_that_nobody_touched_opens(story):
    assert faults(story) == []


def test_a_forged_seed_is_named_and_no_schedule_shows_it(story):
    sql("UPDATE judging_draw SET seed = 'Benih palsu'")

    found = f"Undian urutan tahap Presentasi: {CHANGED} (baris jurnal {last('order.draw')})."
    assert faults(story) == [found]
    with pytest.raises(Refused) as refused:
        sessions_with_turns(small.stage(story, "presentasi"), user=story.bureau[0])
    assert str(refused.value).startswith(found)


def test_a_draw_that_was_deleted_is_missed(story):
    sql("DELETE FROM judging_draw")

    assert faults(story) == [f"Undian urutan tahap Presentasi: {GONE} (baris jurnal {last('order.draw')})."]


def test_who_drew_and_when_is_that_of_the_act(story):
    Draw.objects.update(by=story.bureau[1])

    assert faults(story) == [
        "Undian urutan tahap Presentasi: orang, waktu, atau nomornya tidak sama dengan yang dicatat jurnal "
        f"(baris jurnal {last('order.draw')})."
    ]


def test_a_turn_at_another_hour_is_named_with_its_kecamatan(story):
    Slot.objects.filter(participation__entry__region=FIRST).update(starts_at=at("2024-06-04 16.00"))

    assert faults(story) == [
        "Giliran Kecamatan Tanjung Palas, Kabupaten Bulungan pada tahap Presentasi: "
        f"{CHANGED} (baris jurnal {last('order.swap')})."
    ]


def test_turns_in_another_order_and_a_turn_taken_away_are_named(story):
    first, third = (Slot.objects.get(participation__entry__region=code) for code in (FIRST, THIRD))
    sql(
        f"UPDATE judging_slot SET participation_id = -1 WHERE id = {first.pk}",
        f"UPDATE judging_slot SET participation_id = {first.participation_id} WHERE id = {third.pk}",
        f"UPDATE judging_slot SET participation_id = {third.participation_id} WHERE id = {first.pk}",
    )
    assert [text.split(" pada ")[0] for text in faults(story)] == [
        f"Giliran {slot.participation.entry}" for slot in Slot.objects.order_by("position") if slot.pk in {first.pk, third.pk}
    ]
    sql(f"DELETE FROM judging_slot WHERE id = {first.pk}")
    assert f"Giliran {THIRD} pada tahap Presentasi: {GONE} (baris jurnal {last('order.swap')})." in faults(story)


def test_a_session_in_another_room_is_named_and_one_taken_away_is_missed(story):
    Session.objects.filter(stage__code="presentasi").update(room="RUANG PALSU")
    line = last("schedule.set")
    assert faults(story) == [f"Sesi 1 tahap Presentasi: {CHANGED} (baris jurnal {line})."]

    sql("DELETE FROM judging_slot", "DELETE FROM judging_session")
    assert f"Sesi 1 tahap Presentasi: {GONE} (baris jurnal {line})." in faults(story)


# -- who sits in a seat, and who was there ----------------------------------------------------------------------------

SEAT = "Pemegang kursi Bappeda Provinsi Kalimantan Utara, tahap Presentasi"


@pytest.mark.parametrize(
    "change",
    [
        "user_id = (SELECT max(id) FROM accounts_user)", "since = '2024-01-01 00:00:00'", "reason = 'PALSU'",
        "until = '2030-01-01 00:00:00'",
    ],
)
def test_another_person_or_time_in_a_seat_is_named(change):
    story = small.play_small(small.JURY_SEATED)
    seat = small.seat(story, "bappeda")
    sql(f"UPDATE judging_seating SET {change} WHERE seat_id = {seat.pk}")

    line = next(row.seq for row in Line.objects.filter(type="panel.seat") if '"seat":"bappeda"' in row.canonical)
    assert faults(story) == [f"{SEAT}: {CHANGED} (baris jurnal {line})."]


def test_minutes_are_not_made_with_another_person_in_a_seat():
    story = small.play_small(at("2024-06-21 18.00"))
    seat = small.seat(story, "bappeda", "lapang")
    sql(f"UPDATE judging_seating SET user_id = {story.bureau[1].pk} WHERE seat_id = {seat.pk}")
    facts = MinutesFacts("700/BA/2024", date(2024, 6, 24), "Tanjung Selor")

    with pytest.raises(Refused, match=f"{SEAT.replace('Presentasi', 'Tinjau lapang')}: {CHANGED}"):
        make_minutes(small.stage(story, "lapang"), facts, by=story.bureau[0], now=at("2024-06-24 09.00"))


def test_a_person_who_sat_there_before_is_not_forgotten():
    story = small.play_small(small.JURY_SEATED)
    seat, newcomer = small.seat(story, "bappeda"), create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
    seat_person(seat, newcomer, by=story.bureau[0], now=small.JURY_SEATED, reason="Pindah tugas")
    assert faults(story) == []
    sql(f"DELETE FROM judging_seating WHERE seat_id = {seat.pk} AND until IS NOT NULL")

    assert f"{SEAT}: {GONE} (baris jurnal {last('panel.seat')})." in faults(story)


def test_a_reason_beside_a_presence_and_a_presence_unsaid_are_named():
    story = small.play_small(small.JURY_SEATED)
    duty, by = small.duty(story, FIRST, "bappeda"), story.bureau[0]
    record_attendance([duty], "hadir", by=by, now=at("2024-06-04 09.00"))
    assert faults(story) == []
    named = f"Kehadiran Bappeda Provinsi Kalimantan Utara → {duty.participation.entry}"

    Assignment.objects.filter(pk=duty.pk).update(attendance_reason="PALSU")
    assert faults(story) == [f"{named}: {CHANGED} (baris jurnal {last('attendance.record')})."]
    Assignment.objects.filter(pk=duty.pk).update(attendance="", attendance_reason="")
    assert faults(story) == [
        f"{named}: tidak sama dengan yang dicatat jurnal (baris jurnal {last('attendance.record')})."
    ]


def test_a_duty_taken_away_behind_the_acts_is_missed():
    story = small.play_small(small.JURY_SEATED)
    duty = small.duty(story, FIRST, "bappeda")
    sql(f"DELETE FROM judging_assignment WHERE id = {duty.pk}")

    assert faults(story) == [f"Penugasan tahap Presentasi: {CHANGED} (baris jurnal {last('jurors.assign')})."]

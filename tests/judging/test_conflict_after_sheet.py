"""A conflict recorded after the juror had judged: the bureau voids the sheet, nobody awaits another, what counted is named."""

import pytest

from sp2k.base.pages.addresses import address_of
from sp2k.desk.home import home_of
from sp2k.judging.actions import declare_conflict, record_sheet, void_sheet
from sp2k.judging.models import Assignment, SheetDraft
from sp2k.publication.issued.minutes import MinutesFacts, minutes_pdf, minutes_text
from sp2k.results.actions import freeze_tally, lock_stage
from sp2k.results.closing import what_is_missing
from sp2k.results.queries import edition_progress
from sp2k.results.turnout.page import turnouts_shown
from tests.judging.rooms import at_hour, room, words
from tests.story.small import (
    FIRST,
    JURY_LOCKED,
    JURY_SEATED,
    SECOND,
    SHEETS_IN,
    VISIT_FROZEN,
    VISIT_SEATED,
    at,
    duty,
    entry,
    holder,
    play_small,
    seat,
    stage,
)

BEFORE_LOCK = at("2024-06-05 15.00")
PALAS = "Kecamatan Tanjung Palas, Kabupaten Bulungan"
pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(monkeypatch):
    at_hour(monkeypatch, BEFORE_LOCK)
    return play_small(until=SHEETS_IN)


def declared(story, code="presentasi", now=BEFORE_LOCK):
    own = seat(story, "bappeda", code)
    return declare_conflict(own, entry(story, code, FIRST), reason="Kerabat camatnya.", by=own.holder, now=now)


def tasks_of(user, now=BEFORE_LOCK):
    return {task.title: task for task in home_of(user, now=now).tasks}


def test_the_bureaus_task_leads_to_where_the_sheet_is_voided(judged, client):
    declared(judged)
    sheet = duty(judged, FIRST, "bappeda").standing_sheets[-1]

    task = tasks_of(judged.bureau[0])["Tinjau 1 benturan yang dicatat setelah menilai"]

    assert task.address == address_of("results:void", judged.edition.code, "presentasi", "lembar", sheet.pk)
    client.force_login(judged.bureau[0])
    assert "tidak ada lembar baru yang ditunggu, dan isinya tidak kembali sebagai draf" in words(client.get(task.address))
    assert f'href="{task.address}"' in client.get(room("benturan/")).content.decode()


def test_after_a_conflicted_jurors_sheet_is_voided_nothing_is_awaited_and_no_draft_is_made(judged):
    own, juror = duty(judged, FIRST, "bappeda"), seat(judged, "bappeda").holder
    declared(judged)

    void_sheet(own.standing_sheets[-1], reason="Benturan kepentingan.", by=judged.bureau[0], now=BEFORE_LOCK)

    own = duty(judged, FIRST, "bappeda")
    assert (own.attendance, own.attendance_reason) == ("benturan", "Kerabat camatnya.")
    assert not SheetDraft.objects.filter(assignment=own).exists()
    assert what_is_missing(stage(judged, "presentasi")) == []
    [progress] = [row for row in edition_progress(judged.edition) if row.stage.code == "presentasi"]
    assert (progress.n_sheets, progress.n_expected) == (8, 8)
    assert [title for title in tasks_of(juror) if "lembar" in title] == []
    assert lock_stage(stage(judged, "presentasi"), by=judged.bureau[0], now=JURY_LOCKED).is_locked


def test_a_draft_that_its_juror_may_not_open_any_more_is_no_task(monkeypatch):
    at_hour(monkeypatch, JURY_SEATED)
    story = play_small(until=JURY_SEATED)
    own, juror = duty(story, FIRST, "bappeda"), seat(story, "bappeda").holder
    SheetDraft.objects.create(
        assignment=own, by=juror, op_id="00000000-0000-4000-8000-000000000001", device_nonce="0" * 64, updated_at=JURY_SEATED
    )
    now = at("2024-06-04 09.00")
    assert "Segel 1 draf lembar" in tasks_of(juror, now)

    declared(story, now=now)

    assert "Segel 1 draf lembar" not in tasks_of(juror, now)


class TestAfterAnEarlierStageWasCounted:
    @pytest.fixture
    def visiting(self, monkeypatch):
        at_hour(monkeypatch, VISIT_SEATED)
        return play_small(until=VISIT_SEATED)

    def test_declared_at_either_stage_it_bars_the_juror_where_sheets_are_awaited(self, visiting):
        declared(visiting, "presentasi", VISIT_SEATED)

        assert duty(visiting, FIRST, "bappeda", "lapang").attendance == "benturan"
        assert duty(visiting, SECOND, "bappeda", "lapang").attendance == ""

    def test_the_juror_reads_that_the_earlier_sheet_counts(self, visiting, client):
        client.force_login(holder(visiting, "bappeda", "lapang"))
        counted = "Lembar Anda untuk peserta ini pada tahap Presentasi tetap dihitung."

        assert counted in words(client.get(room(f"benturan/saya/{FIRST}/", "lapang")))
        assert "Presentasi" not in words(client.get(room(f"benturan/saya/{SECOND}/", "lapang"))).split("Nyatakan benturan")[-1]

        declared(visiting, "lapang", VISIT_SEATED)
        assert "Lembar Anda pada tahap Presentasi tetap dihitung." in words(client.get(room("benturan/saya/", "lapang")))

    def test_the_stage_its_minutes_and_those_of_the_next_stage_name_it(self, visiting):
        declared(visiting, "lapang", VISIT_SEATED)
        said = (
            f"Kursi Bappeda Provinsi Kalimantan Utara menyatakan benturan kepentingan dengan {PALAS} pada 19 Juni 2024, "
            "07.59 WITA, sesudah memberi lembarnya pada tahap Presentasi. Lembar itu tetap dihitung."
        )

        [shown] = turnouts_shown(visiting.edition, stage=stage(visiting, "presentasi"))
        assert shown.despite == (said,)
        day = VISIT_FROZEN.date()
        asked = MinutesFacts("1", day, "Tanjung Selor")
        assert minutes_text(stage(visiting, "presentasi"), asked, today=day).despite == (said,)

        lock_and_freeze_visit(visiting)
        assert minutes_text(stage(visiting, "lapang"), asked, today=day).despite == (said,)
        pdf = minutes_pdf(minutes_text(stage(visiting, "lapang"), asked, today=day))
        assert b"%PDF" in pdf[:10]


def test_after_the_lock_the_pages_say_that_the_sheet_counts(monkeypatch, client):
    at_hour(monkeypatch, JURY_LOCKED)
    story = play_small(until=JURY_LOCKED)
    declared(story, now=JURY_LOCKED)
    client.force_login(story.bureau[0])

    page = words(client.get(room("benturan/")))

    assert "Tahap ini sudah dikunci, jadi lembar itu tidak dapat dibatalkan lagi dan tetap dihitung." in page
    assert "Batalkan lembar ini" not in page
    assert not [title for title in tasks_of(story.bureau[0], JURY_LOCKED) if "benturan" in title]


def lock_and_freeze_visit(story):
    visit = stage(story, "lapang")
    for own in Assignment.objects.filter(participation__stage=visit, attendance=""):
        record_sheet(own, {"L1": "80"}, by=own.seat.holder, now=at("2024-06-20 09.00"))
    lock_stage(visit, by=story.bureau[0], now=at("2024-06-21 17.00"))
    freeze_tally(stage(story, "lapang"), by=story.bureau[0], now=VISIT_FROZEN)

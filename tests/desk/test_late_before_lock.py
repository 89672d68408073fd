"""A late sheet waits for its yeses from the deadline on: whoever is awaited reads so on the desk, before the lock too."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.desk.home import home_of
from sp2k.entries.sealing import Sending
from sp2k.judging.actions import send_sheet, void_sheet
from sp2k.results.actions import approve_correction, propose_correction
from tests.story import small
from tests.story.small import FIRST, at

pytestmark = pytest.mark.django_db
AFTER_DEADLINE = at("2024-06-05 16.40")


def titles(user) -> list[str]:
    return [task.title for task in home_of(user, now=AFTER_DEADLINE).tasks if "terlambat" in task.title]


def test_bureau_chair_and_supervisor_are_asked_while_the_stage_is_not_locked():
    story = small.play_small(small.SHEETS_IN)
    duty = small.duty(story, FIRST, "bappeda")
    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=story.bureau[0], now=small.SHEETS_IN)
    marks = {"K1": "60", "I1": "60", "I2": "60"}
    late = send_sheet(duty, marks, by=duty.seat.holder, now=AFTER_DEADLINE, sending=Sending())
    chair, watcher = small.chair(story), create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")])
    assert not small.stage(story, "presentasi").is_locked

    assert titles(story.bureau[0]) == ["Putuskan 1 lembar terlambat"]
    assert titles(chair) == titles(watcher) == []
    propose_correction(late, reason="Sinyal putus di aula", by=story.bureau[0], now=AFTER_DEADLINE)
    assert titles(chair) == titles(watcher) == ["Setujui 1 lembar terlambat"]
    approve_correction(late, by=chair, now=AFTER_DEADLINE)
    assert (titles(chair), titles(watcher)) == ([], ["Setujui 1 lembar terlambat"])

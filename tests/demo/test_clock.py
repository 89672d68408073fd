"""The demonstration's clock: it shows the stored instant, runs on while someone looks, and rests in between."""

from datetime import timedelta

from django.utils import timezone

from sp2k.base import clock
from sp2k.base.models import DemonstrationClock
from sp2k.demo.load import STANDS_AT, resume_clock


def test_a_server_without_sample_data_shows_true_time(db):
    before = timezone.now()

    assert before <= clock.now() <= timezone.now()


def test_the_clock_runs_on_from_the_stored_instant(db):
    clock.start_demonstration_clock(STANDS_AT)
    DemonstrationClock.objects.update(started_at=timezone.now() - timedelta(minutes=7))

    assert timedelta(minutes=7) <= clock.now() - STANDS_AT < timedelta(minutes=8)


def test_a_week_without_a_server_does_not_pass_on_the_clock(db):
    clock.start_demonstration_clock(STANDS_AT)
    DemonstrationClock.objects.update(started_at=timezone.now() - timedelta(days=7))

    resume_clock()

    assert timedelta(0) <= clock.now() - STANDS_AT < timedelta(minutes=1)

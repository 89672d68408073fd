"""The one clock. Every action takes `now` from here; sessions and tokens use true time instead."""

from datetime import datetime, timedelta

from django.utils import timezone

from sp2k.base.models import DemonstrationClock


def now() -> datetime:
    """Return the present instant (aware, UTC): true time, or the demonstration's where its data is loaded."""
    true_time = timezone.now()
    clock = DemonstrationClock.objects.first()
    return clock.instant + (true_time - clock.started_at) if clock else true_time


def has_passed(deadline: datetime, now: datetime) -> bool:
    """Return whether a deadline is over: it holds to the end of its minute, wherever it is asked or told."""
    return now >= deadline.replace(second=0, microsecond=0) + timedelta(minutes=1)


def is_demonstration() -> bool:
    """Return whether this server holds demonstration data."""
    return DemonstrationClock.objects.exists()


def start_demonstration_clock(instant: datetime) -> None:
    """Let the demonstration's clock show `instant` now and run on from there."""
    DemonstrationClock.objects.update_or_create(id=1, defaults={"instant": instant, "started_at": timezone.now()})

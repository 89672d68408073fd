"""The clocks. True time for people, sessions and tokens; an edition of sample data lives in the demonstration's time.

Every action takes `now` from here: `now_of` whatever it acts on. What concerns several editions at once takes `clocks()`
and asks each edition's moment of them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from sp2k.base.models import DemonstrationClock
from sp2k.base.refusals import Refused
from sp2k.base.wording import instant_in_words


def now() -> datetime:
    """Return the present instant (aware, UTC): true time, whatever is loaded beside."""
    return timezone.now()


def now_of(thing) -> datetime:
    """Return the present instant where `thing` lives: an edition, or whatever names its `edition`.

    That is the demonstration's time for sample data on a server with a demonstration clock, and true time for all else.
    """
    return shown() if thing.edition.is_sample else now()


def shown() -> datetime:
    """Return what the demonstration's clock shows; true time on a server without one, or of real editions."""
    clock, true_time = None if settings.SERVES_REAL else DemonstrationClock.objects.first(), now()
    return clock.instant + (true_time - clock.started_at) if clock else true_time


@dataclass(frozen=True)
class Clocks:
    """The present instant by both clocks, read once for a page about several editions."""

    true: datetime
    sample: datetime


def clocks() -> Clocks:
    """Return the present instant by both clocks."""
    return Clocks(now(), shown())


def moment(now: datetime | Clocks, edition) -> datetime:
    """Return the instant at which an edition is met: one given for all, or that of the edition's own clock."""
    if isinstance(now, datetime):
        return now
    return now.sample if edition.is_sample else now.true


def has_passed(deadline: datetime, now: datetime) -> bool:
    """Return whether a deadline is over: it holds to the end of its minute, wherever it is asked or told."""
    return now >= deadline.replace(second=0, microsecond=0) + timedelta(minutes=1)


def is_demonstration() -> bool:
    """Return whether this server holds demonstration data. One of real editions is not made a demonstration by a row."""
    return not settings.SERVES_REAL and has_demonstration_clock()


def has_demonstration_clock() -> bool:
    """Return whether a demonstration's clock stands in the database, whoever put it there."""
    return DemonstrationClock.objects.exists()


def start_demonstration_clock(instant: datetime) -> None:
    """Let the demonstration's clock show `instant` now and run on from there."""
    DemonstrationClock.objects.update_or_create(id=1, defaults={"instant": instant, "started_at": timezone.now()})


def _as_typed(instant: datetime, zone: str) -> str:
    return instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H.%M")


def move_demonstration_clock(instant: datetime, *, zone: str) -> None:
    """Set the demonstration's clock forward; never back, for no act may be older than the one before it."""
    stands = shown()
    if instant < stands:
        raise Refused(f"Jam contoh menunjukkan {instant_in_words(stands, zone)} dan hanya dapat dimajukan. Tulis waktu "
                      f"sesudahnya, atau muat ulang datanya pada {instant_in_words(instant, zone)} dengan `sp2k demo --reset "
                      f"--at '{_as_typed(instant, zone)}'`; yang Anda kerjakan di peragaan ini hilang.")  # fmt: skip
    start_demonstration_clock(instant)

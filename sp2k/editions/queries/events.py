"""What an edition's calendar holds: each stage from opening to deadline, its checking after that, the announcement."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from sp2k.editions.checks.calendar import ANNOUNCEMENT
from sp2k.editions.models import Edition, Stage


@dataclass(frozen=True)
class Event:
    """One entry of a calendar. `stage` is None for the announcement; `is_checking` when only verifiers still work."""

    code: str
    name: str
    begins: datetime
    ends: datetime
    stage: Stage | None
    is_checking: bool = False


def events_of(edition: Edition) -> list[Event]:
    """Return the events in the order of the stages. What was locked before its deadline ended then.

    Of an edition that was closed without a result only what had begun by then is left.
    """
    found = [event for stage in edition.stages.all() for event in _events_of_stage(stage)]
    if closed := edition.abandoned_at:
        return [replace(event, ends=min(event.ends, closed)) for event in found if event.begins < closed]
    if at := edition.announced_at:
        found.append(Event(ANNOUNCEMENT, _("Pengumuman"), at, at, None))
    return found


def _events_of_stage(stage: Stage) -> list[Event]:
    events = [Event(stage.code, stage.name, stage.opens_at, max(stage.period_end, stage.opens_at), stage)]
    if stage.checks_until and stage.real_end > stage.closes_at:
        name = _("Verifikasi isian (%s)") % stage.name
        events.append(Event(f"{stage.code}-verifikasi", name, stage.closes_at, stage.real_end, stage, True))
    return events

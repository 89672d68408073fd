"""An edition as a line of steps: its stages by the calendar, and the announcement at the end."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.editions.models import Edition, Stage
from sp2k.results.certainty.panels import PanelWarning, panel_warnings
from sp2k.results.queries import StageProgress, edition_progress


@dataclass(frozen=True)
class Step:
    """One step. `state` is done, now or next; `words` says the state where the dates do not."""

    name: str
    days: tuple[date, date] | None
    state: str
    words: str


@dataclass(frozen=True)
class Timeline:
    """An edition on someone's desk; `progress` is None for whoever may not see the counts, `warnings` then empty."""

    edition: Edition
    steps: tuple[Step, ...]
    progress: list[StageProgress] | None
    warnings: list[PanelWarning]


def timeline(edition: Edition, *, user, now: datetime, counts: list[StageProgress] | None = None) -> Timeline:
    """Return the steps of an edition as they stand at `now`, with the counts `user` may see.

    `counts` are those of the edition where they have been read already.
    """
    may_count = why_not(user, "progress.read", edition, now=now) is None
    steps = [_step(stage, now) for stage in edition.stages.all()]
    progress = (counts or edition_progress(edition)) if may_count and edition.has_locked_rules else None
    warnings = panel_warnings(edition) if may_count else []
    return Timeline(edition, (*steps, _announcement(edition)), progress, warnings)


def _step(stage: Stage, now: datetime) -> Step:
    if stage.is_locked:
        return Step(stage.name, stage.local_dates(), "done", _("terkunci"))
    if now < stage.opens_at:
        return Step(stage.name, stage.local_dates(), "next", "")
    words = _("sedang berlangsung") if stage.is_open(now) else _("lewat batas, belum dikunci")
    return Step(stage.name, stage.local_dates(), "now", words)


def _announcement(edition: Edition) -> Step:
    at = edition.published_at or edition.announced_at
    day = at.astimezone(ZoneInfo(edition.zone)).date() if at else None
    words = _("diumumkan") if edition.is_published else ""
    return Step(_("Pengumuman"), (day, day) if day else None, "done" if edition.is_published else "next", words)

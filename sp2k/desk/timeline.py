"""An edition as a line of steps: its stages by the calendar, and the announcement at the end."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sp2k.base.language import spoken_instant
from sp2k.desk.tasks.situation import Situation
from sp2k.editions.models import Edition, Stage
from sp2k.results.certainty.panels import PanelWarning
from sp2k.results.queries import StageProgress


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

    @property
    def running(self) -> list[StageProgress]:
        """Counts of the stages that are open or wait to be locked, and have something to count."""
        going = {step.name for step in self.steps if step.state == "now"}
        return [row for row in self.progress or () if row.stage.name in going and row.n_expected]


def timeline(here: Situation) -> Timeline:
    """Return the steps of an edition as they stand, with the counts its viewer may see."""
    edition = here.edition
    steps = [_step(stage, here.now) for stage in here.stages]
    progress = list(here.progress.values()) if here.may_count and edition.has_locked_rules else None
    warnings = [one for one in here.facts.warnings if one.stage.edition_id == edition.pk] if here.may_count else []
    return Timeline(edition, (*steps, _announcement(edition)), progress, warnings)


def _step(stage: Stage, now: datetime) -> Step:
    if stage.is_locked:
        words = _("dikunci sebelum batasnya") if stage.was_locked_early else _("terkunci")
        return Step(stage.name, stage.local_dates(), "done", words)
    if now < stage.opens_at:
        return Step(stage.name, stage.local_dates(), "next", "")
    return Step(stage.name, stage.local_dates(), "now", _going(stage, now))


def _going(stage: Stage, now: datetime) -> str:
    if not stage.has_locked_rules:
        return _("belum dimulai: aturan belum dikunci")
    if stage.is_open(now):
        return _("sedang berlangsung")
    if stage.is_open_for_checks(now):
        return _("verifikasi sampai %s") % spoken_instant(stage.ends_at, stage.edition.zone)
    return _("lewat batas, belum dikunci")


def _announcement(edition: Edition) -> Step:
    at = edition.published_at or edition.announced_at
    day = at.astimezone(ZoneInfo(edition.zone)).date() if at else None
    words = _("diumumkan") if edition.is_published else ""
    return Step(_("Pengumuman"), (day, day) if day else None, "done" if edition.is_published else "next", words)

"""The page of a stage: one reading of all it shows."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.accounts.roles import Role
from sp2k.base.clock import moment
from sp2k.editions.file import EARLY_LOCK, LOCK
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import editions_at_work_for
from sp2k.entries.queries.shown import changed_names_among, require_shown
from sp2k.judging.models import LateSheet
from sp2k.judging.queries.opening import require_institutions
from sp2k.judging.queries.stage_sheets import StageSheets
from sp2k.results.closing import missing_things
from sp2k.results.frozen import require_frozen_places
from sp2k.results.models import Advancement
from sp2k.results.queries import (
    StageProgress,
    StageResult,
    arrivals_in_words,
    edition_progress,
    is_whole,
    progress_by_edition,
    standing_tally,
    why_no_places,
)
from sp2k.results.stages.acts import next_act
from sp2k.results.stages.approvals import approvals_of
from sp2k.results.stages.cures import cure_of, own_pages, ways_of
from sp2k.results.stages.early import early_lock_of, early_lock_said, waiting_early_lock
from sp2k.results.stages.places import places_table
from sp2k.results.turnout.page import recorded_absences, turnouts_shown

SHOWN_PLACES = 12
STATES = {
    "coming": _("Belum dibuka"),
    "open": _("Sedang berlangsung"),
    "checks": _("Pengisian ditutup, verifikasi berlangsung"),
    "past": _("Lewat batas, belum dikunci"),
    "left": _("Tidak diteruskan: edisi ditutup tanpa hasil"),
    "locked": _("Terkunci, belum dihitung"),
    "frozen": _("Hitungan dibekukan"),
}


@dataclass(frozen=True)
class EditionStages:
    """An edition with its stages, each with its counts and its state."""

    edition: Edition
    rows: tuple[tuple[StageProgress, str], ...]


def stages_to_close(user, *, now) -> tuple[list[EditionStages], list[str]] | None:
    """Return the editions whose stages a person may open, running ones first, and the codes of those that were changed.

    None for whoever may open none at all.
    """
    readable = [
        edition
        for edition in editions_at_work_for(user)
        .filter(rules_locked_at__isnull=False)
        .prefetch_related("stages")
        if _may_open(user, edition, moment(now, edition))
    ]
    if not readable:
        return None
    changed = changed_names_among(readable)
    shown = sorted((row for row in readable if row.code not in changed), key=lambda edition: edition.is_published)
    progress = progress_by_edition(shown, [stage for edition in shown for stage in edition.stages.all()])
    return [EditionStages(edition, _rows(progress[edition.pk], moment(now, edition))) for edition in shown], sorted(changed)


def stage_page(stage: Stage, *, user, now) -> dict:
    """Return what the page of a stage shows to one person."""
    require_shown(stage.edition)
    require_institutions(stage.edition)
    tally, result = standing_tally(stage), StageResult(stage)
    if tally is not None:
        require_frozen_places(tally)
    state = state_of(stage, now, is_frozen=tally is not None)
    is_bureau = user.reaches({Role.BUREAU}, stage.region_code)
    missing = missing_things(stage) if stage.is_running else []
    early = early_lock_of(stage) if stage.is_locked else waiting_early_lock(stage)
    approvals = approvals_of(stage.edition, LOCK, stage.code, user=user)
    given_early = approvals_of(stage.edition, EARLY_LOCK, early.subject, user=user) if early else None
    advancement = Advancement.objects.filter(stage=stage).first()
    act = next_act(
        stage, user=user, now=now, missing=missing, approvals=approvals, tally=tally,
        has_advanced=advancement is not None,
    )  # fmt: skip
    progress = next(row for row in edition_progress(stage.edition) if row.stage.pk == stage.pk)
    waiting = LateSheet.objects.filter(assignment__participation__stage=stage, decision=LateSheet.Decision.WAITING)
    sealed = why_no_places(user, stage, now=now)
    return {
        "stage": stage, "edition": stage.edition, "result": result, "tally": tally,
        "missing": [
            (thing, cure_of(thing, stage) if is_bureau else "", own_pages(thing, user, now=now)) for thing in missing
        ],
        "ways": ways_of(missing, stage) if is_bureau and state == "past" else (),
        "early": early, "early_said": early_lock_said(stage) if early and stage.is_locked else "",
        "approvals": None if state == "left" else given_early or approvals, "advancement": advancement,
        "act": None if stage.edition.is_abandoned else act, "sealed": sealed, "is_left": state == "left",
        "state": STATES[state], "is_past": state == "past", "since": tally.frozen_at if tally else stage.locked_at,
        "progress": progress, "arrivals": arrivals_in_words(progress), "has_all": is_whole(progress),
        "places": places_table(tally, user=user) if tally and not sealed else None,
        "away": [] if stage.is_locked else recorded_absences(stage),
        "turnouts": turnouts_shown(stage.edition, stage=stage) if tally and not sealed else [],
        "is_bureau": is_bureau, "n_late": waiting.count(), "is_judged": is_judged(stage), "shown": SHOWN_PLACES,
        "sheets": StageSheets(stage) if stage.rules.get("kursi") else None,
    }  # fmt: skip


def is_judged(stage: Stage) -> bool:
    """Whether jurors or visitors score here: what "Seberapa yakin?" and "Mengapa tempat ini" are about."""
    return stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT}


def state_of(stage: Stage, now, *, is_frozen: bool) -> str:
    """Return where a stage stands: coming, open, checks, past, locked, frozen, or left with its edition."""
    if stage.is_locked:
        return "frozen" if is_frozen else "locked"
    if stage.edition.is_abandoned:
        return "left"
    if now < stage.opens_at:
        return "coming"
    if stage.is_open(now):
        return "open"
    return "checks" if stage.is_open_for_checks(now) else "past"


def _may_open(user, edition, now) -> bool:
    stages = list(edition.stages.all())
    if not stages:
        return False
    result = StageResult(stages[-1])
    return not is_hidden(user, "stage.read", result, now=now) and not why_not(user, "stage.read", result, now=now)


def _rows(progress, now) -> tuple:
    return tuple((row, STATES[state_of(row.stage, now, is_frozen=row.n_through is not None)]) for row in progress)

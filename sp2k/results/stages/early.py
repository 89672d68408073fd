"""Locking a stage before its published deadline: what it costs whom, and who has agreed to it so far."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.base.clock import has_passed
from sp2k.editions.models import Proposal, Stage
from sp2k.editions.queries.calendar import early_figures_in_words
from sp2k.entries.queries.states import ACCEPTED, SENT, state_counts, with_states
from sp2k.journal.queries import lines_of_type
from sp2k.results.queries import edition_progress

ACT, LOCKED_EARLY = "kunci_dini", "stage.lock.early"


@dataclass(frozen=True)
class EarlyFigures:
    """What stands and what is lost when a stage ends before its deadline; `n_lost` is the number that is typed."""

    n_in: int
    n_expected: int
    n_lost: int
    left: timedelta
    until: datetime

    @property
    def left_in_words(self) -> str:
        """The two largest units of whole minutes, one begun counted as whole: `3 hari 7 jam`, `1 jam 59 menit`."""
        hours, minutes = divmod(-(-self.left // timedelta(minutes=1)), 60)
        days, hours = divmod(hours, 24)
        units = (
            (days, ngettext("%d hari", "%d hari", days)), (hours, ngettext("%d jam", "%d jam", hours)),
            (minutes if not days else 0, ngettext("%d menit", "%d menit", minutes)),
        )  # fmt: skip
        return " ".join(words % n for n, words in units if n) or _("kurang dari satu menit")

    @property
    def sentence(self) -> str:
        """`0 dari 666 masuk; 658 kehilangan 3 hari`."""
        return early_figures_in_words(self.n_in, self.n_expected, self.n_lost, self.left_in_words)


def early_figures(stage: Stage, now: datetime) -> EarlyFigures:
    """Return what a lock at `now` would leave: who could still act until the deadline that comes next loses that time.

    Of a filling that is whoever has nothing sent, until its deadline; after it whoever waits for a verdict, until the
    verifiers' deadline.
    """
    progress = next(row for row in edition_progress(stage.edition) if row.stage.pk == stage.pk)
    lost, until = progress.n_expected - progress.n_sheets, stage.ends_at
    if stage.kind == Stage.Kind.FILLING:
        counts = state_counts(with_states(stage.participations.all()))
        lost = counts[SENT]
        if not has_passed(stage.closes_at, now):
            lost, until = sum(counts.values()) - counts[SENT] - counts[ACCEPTED], stage.closes_at
    return EarlyFigures(progress.n_sheets, progress.n_expected, lost, until - now, until)


def early_lock_said(stage: Stage) -> str:
    """Return what a stage's early lock found and took from whom, as its line tells it; "" where it was not locked early."""
    told = [body for _line, body in lines_of_type(stage.edition.chain_id, (LOCKED_EARLY,)) if body["stage"] == stage.code]
    return early_figures_in_words(*(told[-1][key] for key in ("n", "of", "lost", "left"))) if told else ""


def new_subject(stage: Stage) -> str:
    """Return what a yes to a new proposal is about: this stage, exactly this deadline, and which proposal for it.

    A moved deadline and a withdrawn proposal both ask anew.
    """
    about = _about(stage)
    n = stage.edition.proposals.filter(act=ACT, subject__startswith=about).count()
    return f"{about}{n + 1}"


def waiting_early_lock(stage: Stage) -> Proposal | None:
    """Return the early lock of a stage that waits for someone's yes, or None."""
    return open_early_locks(stage).filter(subject__startswith=_about(stage)).select_related("by").first()


def early_lock_of(stage: Stage) -> Proposal | None:
    """Return the proposal by which a stage was locked before its deadline, or None."""
    if not stage.was_locked_early:
        return None
    rows = stage.edition.proposals.filter(act=ACT, subject__startswith=f"{stage.code} ").exclude(done_at=None)
    return rows.select_related("by").first()


def _about(stage: Stage) -> str:
    return f"{stage.code} {stage.ends_at.astimezone(UTC):%Y%m%d%H%M} "


def open_early_locks(stage: Stage):
    """Return the proposals to lock a stage early that are still open, for whichever deadline."""
    rows = stage.edition.proposals.filter(act=ACT, done_at=None, withdrawn_at=None)
    return rows.filter(subject__startswith=f"{stage.code} ")

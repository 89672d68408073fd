"""Locking a stage before its published deadline: what it costs whom, and who has agreed to it so far."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.base.wording import number_in_words
from sp2k.editions.models import Proposal, Stage
from sp2k.entries.queries.states import ACCEPTED, SENT, state_counts, with_states
from sp2k.results.queries import edition_progress

ACT = "kunci_dini"


@dataclass(frozen=True)
class EarlyFigures:
    """What stands and what is lost when a stage ends before its deadline; `n_lost` is the number that is typed."""

    n_in: int
    n_expected: int
    n_lost: int
    left: timedelta

    @property
    def left_in_words(self) -> str:
        """Whole days left, else whole hours."""
        if self.left.days:
            return ngettext("%d hari", "%d hari", self.left.days) % self.left.days
        hours = int(self.left.total_seconds() // 3600)
        return ngettext("%d jam", "%d jam", hours) % hours if hours else _("kurang dari satu jam")

    @property
    def sentence(self) -> str:
        """`0 dari 666 masuk; 658 kehilangan 3 hari`."""
        return _("%(n)s dari %(of)s masuk; %(lost)s kehilangan %(left)s") % {
            "n": number_in_words(self.n_in), "of": number_in_words(self.n_expected),
            "lost": number_in_words(self.n_lost), "left": self.left_in_words,
        }  # fmt: skip


def early_figures(stage: Stage, now: datetime) -> EarlyFigures:
    """Return what a lock at `now` would leave: who has nothing sent that a verifier could still accept loses the time."""
    progress = next(row for row in edition_progress(stage.edition) if row.stage.pk == stage.pk)
    lost = progress.n_expected - progress.n_sheets
    if stage.kind == Stage.Kind.FILLING:
        counts = state_counts(with_states(stage.participations.all()))
        lost = sum(counts.values()) - counts[SENT] - counts[ACCEPTED]
    return EarlyFigures(progress.n_sheets, progress.n_expected, lost, stage.ends_at - now)


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
    rows = stage.edition.proposals.filter(act=ACT, subject__startswith=f"{stage.code} ").exclude(done_at=None)
    return rows.select_related("by").first()


def _about(stage: Stage) -> str:
    return f"{stage.code} {stage.ends_at.astimezone(UTC):%Y%m%d%H%M} "


def open_early_locks(stage: Stage):
    """Return the proposals to lock a stage early that are still open, for whichever deadline."""
    rows = stage.edition.proposals.filter(act=ACT, done_at=None, withdrawn_at=None)
    return rows.filter(subject__startswith=f"{stage.code} ")

"""What can be done with a stage now, each act with its reason when it cannot."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not_or_whose
from sp2k.base.refusals import Refused
from sp2k.editions.models import Stage
from sp2k.entries.queries.registering import kecamatan_to_register
from sp2k.results.actions.conditions import refuse_tie_that_awaits_its_lot, refuse_ties_at_the_cut
from sp2k.results.closing import Missing, ways_on
from sp2k.results.models import FrozenTally
from sp2k.results.stages.approvals import Approvals


@dataclass(frozen=True)
class Act:
    """A button: the name of its address, its label, and why it cannot be pressed now (empty when it can).

    `is_asked`: its address shows first what it will do (`base/confirm.html`).
    """

    name: str
    label: str
    reason: str

    @property
    def is_asked(self) -> bool:
        return self.name != "entries:register"


def next_act(
    stage: Stage, *, user, now, missing: list[Missing], approvals: Approvals | None, tally: FrozenTally | None,
    has_advanced: bool,
) -> Act | None:  # fmt: skip
    """Return the one next act of a stage: lock, freeze, let go on; None when all is done."""
    if not stage.is_locked and kecamatan_to_register(stage):
        reason = why_not_or_whose(user, "entries.register", stage, now=now)
        return Act("entries:register", _("Daftarkan semua kecamatan"), reason)
    if not stage.is_locked:
        reason = why_not_or_whose(user, "stage.lock", stage, now=now) or why_not_lock(stage, now, missing, approvals)
        label = _("Kunci tahap") if stage.has_ended(now) else _("Kunci sebelum batasnya")
        return Act("results:lock", label, reason)
    if tally is None:
        return Act("results:freeze", _("Bekukan hitungan"), why_not_or_whose(user, "results.freeze", stage, now=now))
    if stage.next_stage is None or has_advanced:
        return None
    reason = why_not_or_whose(user, "stage.advance", stage, now=now) or why_not_advance(tally)
    return Act("results:advance", _("Loloskan ke %s") % stage.next_stage.name, reason)


def why_not_lock(stage, now, missing, approvals) -> str:
    """Say why the stage cannot be locked now, whoever asks; empty when it can."""
    if now < stage.opens_at:
        return stage.opening_in_words(now)
    if missing:
        said = _("Tahap belum dapat dikunci: %s.") % "; ".join(thing.brief for thing in missing)
        return f"{said} {ways_on(missing)}".strip() if stage.has_ended(now) else said
    if approvals and approvals.missing and stage.has_ended(now):  # before its end it asks for its own, on its page
        return _("Persetujuan belum lengkap: %s.") % "; ".join(approvals.missing)
    return ""


def why_not_freeze(stage) -> str:
    """Say what a count lacks to be frozen: the seed of a lot that its ties await."""
    try:
        refuse_tie_that_awaits_its_lot(stage)
    except Refused as refused:
        return refused.sentence
    return ""


def why_not_advance(tally) -> str:
    """Say why nobody goes on from this count: a tie across the cut; empty when they can."""
    try:
        refuse_ties_at_the_cut(tally)
    except Refused as refused:
        return refused.sentence
    return ""

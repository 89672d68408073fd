"""The voices on a proposed ruling: who is asked, how many yeses are missing, and whether it can still be ruled so."""

from collections import Counter
from dataclasses import dataclass

from sp2k.results.models import TieRuling
from sp2k.results.ties.groups import Tie, panel_of

FEWEST_NAMED = 2  # whoever names one member alone does not make him the panel


@dataclass(frozen=True)
class Missing:
    """How many yeses a proposal still needs, and the members who have not spoken yet."""

    n: int
    silent: tuple

    @property
    def names(self) -> str:
        return ", ".join(person.name for person in self.silent)


def missing_voices(ruling: TieRuling, tie: Tie, *, ruler) -> Missing:
    """Return what is missing until more than half of those asked agree; whoever rules says yes by ruling.

    A regency's own tie and a stage without a panel have no voices: there one proposes and another rules.
    """
    asked = _asked(ruling, tie)
    given = {vote.by_id: vote.agrees for vote in ruling.votes.all()}
    spoken = given if ruler is None else {ruler.pk: True} | given
    n_yes = sum(spoken.get(person.pk, False) for person in asked)
    n_needed = len(asked) // 2 + 1 if asked else 0
    silent = tuple(person for person in asked if person.pk not in spoken)
    return Missing(max(0, n_needed - n_yes), silent)


def has_failed(ruling: TieRuling, tie: Tie) -> bool:
    """Whether nobody can rule so any more: more voices against than for, or too few left for a majority. It is withdrawn."""
    votes = Counter(vote.agrees for vote in ruling.votes.all())
    if votes[False] > votes[True]:
        return True
    missing = missing_voices(ruling, tie, ruler=None)
    return votes[False] > 0 and missing.n > len(missing.silent)


def able_panel(tie: Tie) -> list:
    """Return the members of the panel who may vote on this tie."""
    return [] if tie.is_of_regency else [person for person in panel_of(tie.stage) if not tie.has_conflict(person)]


def _asked(ruling: TieRuling, tie: Tie) -> list:
    """Those of the panel whom the proposal names, and who rules for the panel; all of it where fewer than two are named."""
    able = able_panel(tie)
    named = [person for person in able if person.name in ruling.present]
    if len(named) < FEWEST_NAMED:
        return able
    return [person for person in able if person in named or tie.is_ruler(person)]

"""The parts of one entry's total, and of the distance between two, exactly; what is shown adds up to the last digit."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sp2k.results.contributions.weights import level_weights, point_weights
from sp2k.tally.accounts import Account
from sp2k.tally.instrument import Instrument
from sp2k.tally.numbers import round_half_up
from sp2k.tally.stage_rules import StageRules
from sp2k.tally.stage_rules.model import REPLACE

SHOWN_DECIMALS = 3
CEILING, FINDINGS, CARRIED = "pemotongan", "temuan", "bawaan"


@dataclass(frozen=True)
class Parts:
    """One entry's total in its parts.

    Attributes
    ----------
    points : dict from indicator code to Fraction
        What each indicator adds to the total, exact; an indicator that does not apply adds 0.
    others : dict from `CEILING`, `FINDINGS`, `CARRIED` to Fraction
        What ceilings take off, findings add or take off, and the earlier stage brings; only those the rules know.
    total : Fraction
        As printed and placed.
    """

    points: Mapping[str, Fraction]
    others: Mapping[str, Fraction]
    total: Fraction

    @property
    def rounding(self) -> Fraction:
        """What rounding of indicators' levels and of the total adds, exact."""
        return self.total - sum(self.points.values()) - sum(self.others.values())


def parts_of(rules: StageRules, account: Account) -> Parts:
    """Take an entry's account apart.

    Parameters
    ----------
    rules : StageRules
    account : Account
        Of an entry that was judged at this stage.
    """
    carry_over = rules.carry_over
    own_weight = Fraction(1) if carry_over is None else carry_over.own_weight
    left_out = {code for code, points in account.points.items() if points is None}
    weights = point_weights(rules.instrument, left_out)
    points = {code: own_weight * weights.get(code, 0) * (value or 0) for code, value in account.points.items()}
    others = {}
    if rules.instrument.capped:
        others[CEILING] = own_weight * _ceilings(rules.instrument, account, left_out)
    if rules.findings:
        others[FINDINGS] = own_weight * (account.own - account.tree.total)
    if carry_over is not None and carry_over.way != REPLACE and account.carried is not None:
        others[CARRIED] = carry_over.weight * account.carried
    return Parts(points, others, account.total)


def _ceilings(instrument: Instrument, account: Account, left_out: set[str]) -> Fraction:
    """What the ceilings of aspects take off the stage's points: 0 or less."""
    outer, inside = level_weights(instrument, left_out)
    return sum(
        (
            outer[code]
            * (account.tree.aspects[code].points - sum(w * account.points[i] for i, w in inside[code].items()))
            for code in outer
        ),
        Fraction(0),
    )


@dataclass(frozen=True)
class Shown:
    """A part as printed: rounded to `SHOWN_DECIMALS`."""

    here: Fraction
    there: Fraction

    @property
    def difference(self) -> Fraction:
        return self.here - self.there


@dataclass(frozen=True)
class Comparison:
    """Two entries part by part, as printed: the differences add up to the difference of the printed totals exactly.

    Attributes
    ----------
    points, others : dict of Shown
    rounding : Shown
        The rest: what rounding adds, of the rules and of these printed parts.
    total : Shown
    """

    points: Mapping[str, Shown]
    others: Mapping[str, Shown]
    rounding: Shown
    total: Shown


def compare(here: Parts, there: Parts) -> Comparison:
    """Lay two entries of one stage side by side."""
    points = {code: _shown(here.points[code], there.points.get(code, Fraction(0))) for code in here.points}
    others = {
        name: _shown(here.others.get(name, Fraction(0)), there.others.get(name, Fraction(0)))
        for name in dict.fromkeys([*here.others, *there.others])
    }
    total = Shown(here.total, there.total)
    added = [*points.values(), *others.values()]
    rounding = Shown(
        total.here - sum(part.here for part in added), total.there - sum(part.there for part in added)
    )
    return Comparison(points, others, rounding, total)


def _shown(here: Fraction, there: Fraction) -> Shown:
    return Shown(round_half_up(here, SHOWN_DECIMALS), round_half_up(there, SHOWN_DECIMALS))

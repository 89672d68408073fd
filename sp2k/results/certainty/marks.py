"""From a frozen count to the arrays of the analysis: the very marks and weights that were counted."""

import io
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from sp2k.analysis.places import SAME_TO_DECIMALS
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.totals import filled_marks
from sp2k.base.exactyaml import load
from sp2k.results.contributions.parts import parts_of
from sp2k.results.contributions.weights import point_weights
from sp2k.tally.accounts import account_of
from sp2k.tally.instrument import Indicator
from sp2k.tally.sheets import Ledger, MarkLines
from sp2k.tally.sheets.columns import FIRST_MARK
from sp2k.tally.stage_rules import StageRules, read_stage_rules
from sp2k.tally.stage_rules.model import REPLACE, WHOLE

BROUGHT = "bawaan"
SCALE = 100
# Codes of cities begin at 71 within a province, those of kabupaten at 01 (Permendagri 58/2021 and its successors).
FIRST_CITY = 71


@dataclass(frozen=True, eq=False)
class JuryMarks:
    """A jury stage's marks, as shares of each indicator's maximum from 0 to 100.

    Attributes
    ----------
    rules : StageRules
    entries, seats, indicators : tuple of str
        What the integer codes of the ratings mean.
    own : Ratings
        The marks of this stage alone: points of an entry are those of the stage.
    whole : Ratings
        The same with one more indicator that every juror gave alike: what each entry brought along (carried values,
        findings), and where the official way is not the plain mean, or something does not apply, what that makes of the
        mean. Points of an entry are then its official total before rounding, whatever the rules say; only the jurors
        are drawn again. The same object as `own` where there is nothing to add.
    aspect, whole_aspect : int arrays, shape (n_indicators,) of `own` and `whole`
    is_urban : bool array, shape (n_entries,)
    cut : int
        How many go on; 1 where everybody does or no quota is declared.
    brings_along : bool
        Whether a total holds carried values or findings.
    """

    rules: StageRules
    entries: tuple[str, ...]
    seats: tuple[str, ...]
    indicators: tuple[str, ...]
    own: Ratings
    whole: Ratings
    aspect: np.ndarray
    whole_aspect: np.ndarray
    is_urban: np.ndarray
    cut: int

    brings_along: bool


def read_ledger(rules: str, sheets: str) -> Ledger:
    """Read what a frozen count kept of its input."""
    ledger = Ledger(read_stage_rules(load(rules, name="rules.yaml")))
    ledger.take(MarkLines(io.StringIO(sheets)))
    return ledger


def jury_marks(ledger: Ledger) -> JuryMarks | None:
    """Return the marks of the entries that were judged; None where nobody gave one.

    Parameters
    ----------
    ledger : Ledger
        Of a stage with marks of jurors.
    """
    rules = ledger.rules
    entries = tuple(code for code in sorted(rules.entries) if ledger.sheets[code])
    if not entries:
        return None
    rows = [
        (e, s, column.position, float(SCALE * column.points[token] / _size(column.indicator)))
        for e, code in enumerate(entries)
        for s, seat in enumerate(rules.assessors)
        for column, token in zip(ledger.columns, ledger.sheets[code].get(seat, ()), strict=False)
        if token >= FIRST_MARK
    ]
    if not rows:
        return None
    sizes = len(entries), len(rules.assessors), len(ledger.columns)
    weights = point_weights(rules.instrument)
    weight = [float(weights[column.indicator.code] * _size(column.indicator) / SCALE) for column in ledger.columns]
    own = Ratings(*_columns(rows), *sizes, weight=np.array(weight))
    aspects = [aspect.code for aspect in rules.instrument.aspects]
    of_indicator = {i.code: n for n, aspect in enumerate(rules.instrument.aspects) for i in aspect.indicators}
    aspect = np.array([of_indicator[column.indicator.code] for column in ledger.columns])
    whole = _with_what_was_brought(ledger, entries, own)
    return JuryMarks(
        rules=rules, entries=entries, seats=rules.assessors,
        indicators=tuple(column.indicator.code for column in ledger.columns), own=own, whole=whole, aspect=aspect,
        whole_aspect=aspect if whole is own else np.append(aspect, len(aspects)),
        is_urban=np.array([_is_urban(code) for code in entries]), cut=cut_of(rules, len(entries)),
        brings_along=bool(ledger.findings) or (rules.carry_over is not None and rules.carry_over.way != REPLACE),
    )  # fmt: skip


def cut_of(rules: StageRules, n_entries: int) -> int:
    """Return how many go on, or 1 where the quota shuts nobody out."""
    quota = rules.quota.of(WHOLE) if rules.quota is not None else 0
    return quota if 0 < quota < n_entries else 1


def _columns(rows):
    entry, juror, indicator, value = zip(*rows, strict=True)
    return np.array(entry), np.array(juror), np.array(indicator), np.array(value)


def _size(indicator: Indicator) -> Fraction:
    """Return the points that count as 100; an indicator may have a maximum of 0."""
    return indicator.maximum or Fraction(1)


def _with_what_was_brought(ledger: Ledger, entries: tuple[str, ...], own: Ratings) -> Ratings:
    given = np.maximum(own.presence.sum(axis=1), 1)
    means = (own.totals.filled.sum(axis=1) / given).tolist()
    brought = [_beside_the_mean(ledger, code, mean) for code, mean in zip(entries, means, strict=True)]
    if not any(brought):
        return own
    carry_over = ledger.rules.carry_over
    share = float(carry_over.weight) if carry_over is not None and carry_over.weight > 0 else 1.0
    more = np.where(own.presence, np.array(brought)[:, None] / share, np.nan)
    return Ratings.from_dense(
        np.concatenate([filled_marks(own.dense, own.weight), more[:, :, None]], axis=2),
        weight=np.append(own.weight * float(_own_weight(ledger.rules)), share),
    )  # fmt: skip


def _beside_the_mean(ledger: Ledger, code: str, mean: float) -> float:
    """What an entry's official total, before the rounding of levels, holds beside the mean of its jurors."""
    parts = parts_of(ledger.rules, account_of(ledger, code))
    official = sum(parts.points.values()) + sum(parts.others.values())
    return round(float(official - _own_weight(ledger.rules) * Fraction(mean)), SAME_TO_DECIMALS)


def _own_weight(rules: StageRules) -> Fraction:
    return Fraction(1) if rules.carry_over is None else rules.carry_over.own_weight


def _is_urban(code: str) -> bool:
    parts = code.split(".")
    return len(parts) > 1 and parts[1].isdigit() and int(parts[1]) >= FIRST_CITY

"""From a frozen count to the arrays of the analysis: the very marks and weights that were counted."""

import io
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from sp2k.analysis.official import MEDIAN, TWO_WAY, Official
from sp2k.analysis.places import SAME_TO_DECIMALS
from sp2k.analysis.ratings import Ratings
from sp2k.base.exactyaml import load
from sp2k.results.certainty.recounted import TallyRecount
from sp2k.results.contributions.parts import CARRIED, FINDINGS, Parts, parts_of
from sp2k.results.contributions.weights import level_weights, point_weights
from sp2k.tally.accounts import account_of
from sp2k.tally.instrument import Indicator
from sp2k.tally.kinds.juror_mark import MEDIAN as BY_MEDIAN
from sp2k.tally.sheets import Ledger, MarkLines
from sp2k.tally.sheets.columns import FIRST_MARK
from sp2k.tally.stage_rules import StageRules, read_stage_rules
from sp2k.tally.stage_rules.model import REPLACE, WHOLE, Combination
from sp2k.tally.stage_rules.model import TWO_WAY as ADJUSTED

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
    weighed : Ratings
        The marks of this stage alone, weighing what they weigh in the official total.
    official : Official
        The official totals and how they come from the marks; scopes in the order of `scopes`.
    scopes : tuple of str
        The regencies in which entries are placed apart, or `semua`.
    aspect, whole_aspect : int arrays, shape (n_indicators,) of `own` and `whole`
    is_urban : bool array, shape (n_entries,)
    cut : int
        How many go on; 1 where everybody does or no quota is declared. Where the quota is per regency: of each.
    brings_along : bool
        Whether a total holds carried values or findings.
    """

    rules: StageRules
    entries: tuple[str, ...]
    seats: tuple[str, ...]
    indicators: tuple[str, ...]
    own: Ratings
    whole: Ratings
    weighed: Ratings
    official: Official
    scopes: tuple[str, ...]
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
    parts = [parts_of(rules, account_of(ledger, code)) for code in entries]
    whole = _with_what_was_brought(ledger, parts, own)
    scopes = tuple(dict.fromkeys(rules.scope_of(code) for code in entries))
    return JuryMarks(
        rules=rules, entries=entries, seats=rules.assessors,
        indicators=tuple(column.indicator.code for column in ledger.columns), own=own, whole=whole,
        weighed=_weighed(rules, own), official=_official(ledger, entries, scopes, parts), scopes=scopes, aspect=aspect,
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


def _weighed(rules: StageRules, own: Ratings) -> Ratings:
    if rules.carry_over is None:
        return own
    return Ratings.from_dense(own.dense, weight=own.weight * float(_own_weight(rules)))


def _official(ledger: Ledger, entries: tuple[str, ...], scopes: tuple[str, ...], parts: list[Parts]) -> Official:
    rules = ledger.rules
    n_of = {scope: sum(rules.scope_of(code) == scope for code in entries) for scope in scopes}
    is_per_regency = rules.quota is not None and rules.quota.is_per_regency
    quota = [rules.quota.of(scope) if is_per_regency else cut_of(rules, n_of[scope]) for scope in scopes]
    return Official(
        totals=np.array([float(_exact(part)) for part in parts]),
        fixed=np.array([float(part.others.get(CARRIED, 0) + part.others.get(FINDINGS, 0)) for part in parts]),
        trim=np.array([_trim(rules.combination_of(i)) for i in rules.instrument.indicators]),
        scope=np.array([scopes.index(rules.scope_of(code)) for code in entries]), quota=np.array(quota),
        is_additive=not rules.instrument.capped and not _has_findings(ledger), slack=float(_slack(rules)),
        again=TallyRecount(ledger, entries),
    )  # fmt: skip


def _has_findings(ledger: Ledger) -> bool:
    """Whether a finding adds or takes off anything: it is then kept within 0 and the maximum."""
    return any(ledger.rules.findings[one.verdict] for found in ledger.findings.values() for one in found.values())


def _slack(rules: StageRules) -> Fraction:
    """Return by how much rounding on the way can change the distance of two totals, at most: a unit at each rounding."""
    outer, _inside = level_weights(rules.instrument)
    unit = Fraction(1, 10**rules.instrument.round_places)
    slack = (sum(outer.values()) + 1) * unit
    if rules.rounding.indicator is not None:
        slack += sum(point_weights(rules.instrument).values()) / 10**rules.rounding.indicator
    last = 0 if rules.rounding.total is None else Fraction(1, 10**rules.rounding.total)
    return _own_weight(rules) * slack + last


def _trim(combination: Combination) -> int:
    """Return how an indicator's jurors are combined, as the analysis writes it."""
    return {BY_MEDIAN: MEDIAN, ADJUSTED: TWO_WAY}.get(combination.way, combination.trim)


def _exact(parts: Parts) -> Fraction:
    """An official total before the rounding of levels."""
    return sum(parts.points.values()) + sum(parts.others.values())


def _with_what_was_brought(ledger: Ledger, parts: list[Parts], own: Ratings) -> Ratings:
    """What an entry's official total, before the rounding of levels, holds beside the mean of its jurors."""
    given = np.maximum(own.presence.sum(axis=1), 1)
    means = (own.totals.filled.sum(axis=1) / given).tolist()
    weight = _own_weight(ledger.rules)
    brought = [
        round(float(_exact(part) - weight * Fraction(mean)), SAME_TO_DECIMALS)
        for part, mean in zip(parts, means, strict=True)
    ]
    if not any(brought):
        return own
    carry_over = ledger.rules.carry_over
    share = float(carry_over.weight) if carry_over is not None and carry_over.weight > 0 else 1.0
    more = np.where(own.presence, np.array(brought)[:, None] / share, np.nan)
    return Ratings.from_dense(
        np.concatenate([own.filled, more[:, :, None]], axis=2), weight=np.append(own.weight * float(weight), share)
    )


def _own_weight(rules: StageRules) -> Fraction:
    return Fraction(1) if rules.carry_over is None else rules.carry_over.own_weight


def _is_urban(code: str) -> bool:
    parts = code.split(".")
    return len(parts) > 1 and parts[1].isdigit() and int(parts[1]) >= FIRST_CITY

"""The smallest change of the weights that lets one entry overtake another.

With d the difference of two entries by indicator, their distance w'd is linear in the weights, so the nearest weights
at which they are equal are the projection of w on {w'd = 0, sum w = 1, w >= 0}. Without the last condition it has a
closed form: delta = -(w'd / |d_c|^2) d_c with d_c = d - mean(d). Where a weight would fall below zero it stays at zero
and the rest is solved again until the signs of the multipliers agree (Nocedal & Wright 2006, sec. 16.5).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import brentq

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.weights.table import WeightedTable, weighted_table

NOTHING = 1e-12
STEPS = 100


@dataclass(frozen=True, eq=False)
class WeightChange:
    """Weights at which two entries are equal; a hair further, `behind` is ahead.

    Attributes
    ----------
    ahead, behind : int
    weight, new_weight : float array, shape (n_indicators,)
        Official and changed weights, both summing to what the official ones sum to.
    distance : float
        Root of the sum of squared changes, on weights that sum to 1.
    """

    ahead: int
    behind: int
    weight: np.ndarray
    new_weight: np.ndarray
    distance: float
    is_available = True

    @cached_property
    def change(self) -> np.ndarray:
        return self.new_weight - self.weight

    @cached_property
    def most_changed(self) -> int:
        return int(np.argmax(np.abs(self.change)))

    @cached_property
    def percent(self) -> tuple[float, float]:
        """Share of the most changed weight, before and after."""
        total, most = self.weight.sum(), self.most_changed
        return float(self.weight[most] / total), float(self.new_weight[most] / total)

    def explain(self) -> tuple[Sentence, ...]:
        if not self.distance:
            return (_already_equal(self),)
        before, after = self.percent
        return (sentence(
            "{behind:peserta} menyamai {ahead:peserta} bila beberapa bobot bergeser sekaligus; yang terbesar "
            "{indicator:butir}, dari {before:persen1} ke {after:persen1}.",
            behind=self.behind, ahead=self.ahead, indicator=self.most_changed, before=before, after=after),)


@dataclass(frozen=True)
class OneWeight:
    """One indicator's weight at which two entries are equal, the others changed in proportion.

    Attributes
    ----------
    ahead, behind : int
    indicator : int
    share, new_share : float
        The weight over the sum of all, before and after.
    """

    ahead: int
    behind: int
    indicator: int
    share: float
    new_share: float
    is_available = True

    @property
    def distance(self) -> float:
        return abs(self.new_share - self.share)

    def explain(self) -> tuple[Sentence, ...]:
        if not self.distance:
            return (_already_equal(self),)
        return (sentence(
            "{behind:peserta} baru menyamai {ahead:peserta} bila bobot {indicator:butir} turun dari {before:persen1} ke "
            "{after:persen1}." if self.new_share < self.share else
            "{behind:peserta} baru menyamai {ahead:peserta} bila bobot {indicator:butir} naik dari {before:persen1} ke "
            "{after:persen1}.",
            behind=self.behind, ahead=self.ahead, indicator=self.indicator, before=self.share, after=self.new_share),)


def _already_equal(change: "WeightChange | OneWeight") -> Sentence:
    return sentence("{ahead:peserta} dan {behind:peserta} sudah sama nilainya.",
                    ahead=change.ahead, behind=change.behind)


def smallest_change(
    source, ahead: int, behind: int, *, weight: np.ndarray | None = None
) -> WeightChange | Unavailable:
    """Return the nearest weights at which `behind` equals `ahead`.

    Parameters
    ----------
    source : Ratings, WeightedTable or float array (n_entries, n_indicators)
    ahead, behind : int
        Entries; they are swapped when `behind` is in fact ahead.
    """
    table = weighted_table(source, weight)
    if isinstance(table, Unavailable):
        return table
    if table.scores[ahead] < table.scores[behind]:
        ahead, behind = behind, ahead
    nearest = _nearest(table.weight, table.marks[ahead] - table.marks[behind])
    if nearest is None:
        return unavailable("never_ahead", ahead=int(ahead), behind=int(behind))
    distance = float(np.linalg.norm(nearest - table.weight))
    return WeightChange(int(ahead), int(behind), table.weight * table.scale, nearest * table.scale, distance)


def _nearest(weight: np.ndarray, d: np.ndarray) -> np.ndarray | None:
    """Project the weights on those that make the difference zero; None when no weights do."""
    size = np.abs(d).max()
    if weight @ d <= NOTHING * size:
        return weight.copy()
    if d.min() > 0 or (d.min() >= 0 and not (d == 0).any()):
        return None
    d = d / size
    held = np.zeros(len(d), dtype=bool)
    for _ in range(STEPS):
        slope, level = _multipliers(weight, d, ~held)
        if slope is None:
            break
        raw = weight + level - slope * d
        wanted = raw < 0
        if (wanted == held).all():
            return np.maximum(raw, 0)
        held = wanted
    return _by_bisection(weight, d)


def _multipliers(weight, d, free) -> tuple[float | None, float]:
    """Solve for w + level - slope d on the free indicators: sum 1 and difference 0."""
    count, first, second = free.sum(), d[free].sum(), d[free] @ d[free]
    if not count or count * second - first**2 <= NOTHING * count * max(second, NOTHING):
        return None, 0.0
    missing, gap = 1 - weight[free].sum(), weight[free] @ d[free]
    slope = (count * gap + missing * first) / (count * second - first**2)
    return slope, (missing + slope * first) / count


def _by_bisection(weight: np.ndarray, d: np.ndarray) -> np.ndarray:
    """The same projection when the free set keeps changing: the difference falls steadily with the slope."""
    def at(slope: float) -> np.ndarray:
        raw = np.sort(weight - slope * d)[::-1]
        above = np.cumsum(raw) - 1
        keep = np.flatnonzero(raw * np.arange(1, len(raw) + 1) > above)[-1]
        return np.maximum(weight - slope * d - above[keep] / (keep + 1), 0)

    high = 1.0
    while at(high) @ d > 0 and high < 1e12:
        high *= 2
    if at(high) @ d > 0:
        return (d <= 0) / (d <= 0).sum()
    return at(brentq(lambda slope: at(slope) @ d, 0, high, xtol=1e-14))


def one_weight_change(
    source, ahead: int, behind: int, *, weight: np.ndarray | None = None
) -> OneWeight | Unavailable:
    """Return the smallest change of a single weight at which `behind` equals `ahead`, the rest in proportion.

    With A the distance on the other indicators (their weights summing to 1) and B that on indicator m, the two are
    equal at a share A / (A - B) of m.
    """
    table = weighted_table(source, weight)
    if isinstance(table, Unavailable):
        return table
    if table.scores[ahead] < table.scores[behind]:
        ahead, behind = behind, ahead
    d = table.marks[ahead] - table.marks[behind]
    gap, share = table.weight @ d, table.weight
    others = np.divide(gap - share * d, 1 - share, out=np.zeros(len(d)), where=share < 1 - NOTHING)
    new = np.divide(others, others - d, out=np.full(len(d), -1.0), where=others != d)
    possible = (new >= 0) & (new <= 1) & (share < 1 - NOTHING)
    if gap <= 0:
        new, possible = share, possible | True
    if not possible.any():
        return unavailable("no_one_weight", ahead=int(ahead), behind=int(behind))
    best = int(np.argmin(np.where(possible, np.abs(new - share), np.inf)))
    return OneWeight(int(ahead), int(behind), best, float(share[best]), float(new[best]))


def smallest_change_of_top(
    source, k: int, *, weight: np.ndarray | None = None
) -> WeightChange | Unavailable:
    """Return the smallest change of weights that lets anyone outside the best k equal one inside; k = 1: the winner.

    The closed form without signs is never longer than the projection, so pairs are tried from the shortest on until
    none that is left can be shorter.
    """
    table = weighted_table(source, weight)
    if isinstance(table, Unavailable):
        return table
    inside, outside = np.flatnonzero(table.places <= k), np.flatnonzero(table.places > k)
    if not outside.size:
        return unavailable("cut_takes_all", cut=k, n_entries=len(table.marks))
    pairs, bounds = _bounds(table, inside, outside)
    best = None
    for position in np.argsort(bounds, kind="stable"):
        if best is not None and bounds[position] >= best.distance:
            break
        found = smallest_change(table, *pairs[position])
        if not isinstance(found, Unavailable) and (best is None or found.distance < best.distance):
            best = found
    return best or unavailable("no_change_possible")


def _bounds(table: WeightedTable, inside: np.ndarray, outside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs and the closed-form distance of each."""
    marks = table.marks - table.marks.mean(axis=1, keepdims=True)
    pairs = np.stack(np.meshgrid(inside, outside, indexing="ij"), axis=-1).reshape(-1, 2)
    square = np.einsum("ei,ei->e", marks, marks)
    spread = square[inside][:, None] + square[outside] - 2 * marks[inside] @ marks[outside].T
    gap = table.scores[inside][:, None] - table.scores[outside]
    # A little short, so that rounding never hides a pair.
    bound = np.divide(gap, np.sqrt(np.maximum(spread, 0)), out=np.full(gap.shape, np.inf), where=spread > NOTHING)
    return pairs, bound.ravel() * (1 - 1e-9)

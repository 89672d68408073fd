"""What crowd the entries' qualities may come from: one normal crowd, two to six groups apart, or entries all alike.

One normal crowd taken for granted is wrong where the best are a group that is nearly alike, or where all are: it then
takes noise for quality. So each of these crowds is weighed by how well it explains the totals. Entries that are placed
apart, by regency, have crowds of their own.
"""

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from scipy.special import gammainc, gammaln

LEAST_ON_FIXED = 6
# With fewer differences than this nothing tells one crowd from another, and with fewer within groups not their spread.
LEAST_FREE, LEAST_FREE_APART = 4, 3
# What is thought of the crowds before the marks are seen, by the number of groups; and that all of a group are alike.
BEFORE = {1: 0.3, 2: 0.3, 3: 0.15, 4: 0.1, 5: 0.08, 6: 0.07}
ALIKE_BEFORE = 0.5
# More than two groups are looked for between the largest gaps.
GAPS = 12
# The quality variance is thought to be up to about so many times the noise of a total.
MOST_TIMES = 10.0
SCALES = 40
# How much it counts that groups could have been made of the entries in very many ways. Counted in full, groups of nearly
# equal entries were taken for one crowd too often; settled by simulation, as the rest.
LABELS = 0.7
# Fixed points foretell quality where they spread more than so many times the noise of a total.
CARRIES = 2.0
# Of the crowds, the likeliest that make up so much are drawn from.
KEPT, MOST_KEPT = 0.95, 30


@dataclass(frozen=True, eq=False)
class Left:
    """What is left of the totals within groups.

    Attributes
    ----------
    square : float
        Sum of squares, after what fixed points foretell.
    free : int
    slope : float
        What one fixed point foretells of the own points.
    weight : float
        Sum of squares of the fixed points within groups; 0 where they foretell nothing.
    """

    square: float
    free: int
    slope: float = 0.0
    weight: float = 0.0

    @classmethod
    def within(cls, own: np.ndarray, groups, fixed: np.ndarray) -> "Left":
        """Reckon it; `fixed` are points that may foretell the own ones."""
        rest, carried = _centred(own, groups), _centred(fixed, groups)
        free = sum(len(entries) for entries in groups) - len(groups)
        weight = float(carried @ carried)
        if free < LEAST_ON_FIXED or weight <= 1e-9 * max(1.0, float(fixed @ fixed)):
            return cls(float(rest @ rest), free)
        slope = float(carried @ rest) / weight
        rest = rest - slope * carried
        return cls(float(rest @ rest), free - 1, slope, weight)


def _centred(values: np.ndarray, groups) -> np.ndarray:
    out = np.zeros(len(values))
    for entries in groups:
        out[entries] = values[entries] - values[entries].mean()
    return out


@dataclass(frozen=True, eq=False)
class Crowd:
    """One crowd the qualities may come from.

    Attributes
    ----------
    groups : list of int arrays
        Entries with a mean of their own.
    is_alike : bool
        Whether all of a group are equally good.
    left : Left
    share : float
        How likely it is, given the totals.
    """

    groups: list[np.ndarray]
    is_alike: bool
    left: Left
    share: float


def is_carried(fixed: np.ndarray, noise: float) -> bool:
    """Whether what stands fixed spreads so much that it foretells quality; findings of a point or two do not."""
    return bool(fixed.std() > CARRIES * np.sqrt(noise))


def possible_crowds(own, fixed, entries, noise: float, df: int, rng) -> tuple[list[Crowd], float]:
    """Weigh the crowds of entries that are placed together.

    Parameters
    ----------
    own, fixed : float arrays, shape (n_all,)
        The points, and what stands fixed beside them and foretells them; 0 where nothing does.
    entries : int array
    noise : float
        Estimated noise variance of a total, from `df` free residuals.

    Returns
    -------
    crowds : list of Crowd
        The likeliest first; their shares add up to 1 but for what was too unlikely to be kept. One where fixed points
        foretell quality: with groups beside that, ranges of such stages held too seldom.
    alike : float
        How likely it is that all are equally good.
    """
    if fixed[entries].any():
        return [Crowd([entries], False, Left.within(own, [entries], fixed), 1.0)], 0.0
    ordered = entries[np.argsort(-own[entries], kind="stable")]
    ways = _ways(own[ordered])
    variance = noise * df / rng.chisquare(df, SCALES)
    weights = np.concatenate([
        ways.before + np.log(ALIKE_BEFORE if is_alike else 1 - ALIKE_BEFORE)
        + np.logaddexp.reduce(_evidence(ways.square[:, None], ways.free[:, None], is_alike, variance), axis=1)
        for is_alike in (False, True)])
    shares = np.exp(weights - np.logaddexp.reduce(weights))
    best = np.argsort(-shares, kind="stable")[:MOST_KEPT]
    best = best[: int(np.searchsorted(np.cumsum(shares[best]), KEPT)) + 1]
    found = []
    for one in best.tolist():
        is_alike, way = divmod(one, len(ways.cuts))
        left = Left(float(ways.square[way]), int(ways.free[way]))
        found.append(Crowd(np.split(ordered, ways.cuts[way]), bool(is_alike), left, float(shares[one])))
    return found, float(shares[len(ways.cuts)])


@dataclass(frozen=True, eq=False)
class _Ways:
    """Ways to part entries in groups, one row a way: cuts, squares within, free differences, and how likely before."""

    cuts: list[list[int]]
    square: np.ndarray
    free: np.ndarray
    before: np.ndarray


def _ways(points: np.ndarray) -> _Ways:
    """Return the ways to part points, best first; the first is one group.

    How likely a way is before the spread within groups is seen: every number of groups as in BEFORE, every way of that
    number alike; how far the groups are apart has the density of one observation's worth.
    """
    n = len(points)
    off = points - points.mean()
    sums, squares = (np.concatenate([[0.0], np.cumsum(each)]) for each in (off, off**2))
    widest = sorted((np.argsort(np.diff(points), kind="stable")[:GAPS] + 1).tolist())
    whole, found = float(squares[-1]), []
    for more in range(len(BEFORE)):
        cuts = list(combinations(range(1, n) if more < 2 else widest, more)) if n - 1 - more >= LEAST_FREE_APART else []
        if not cuts:
            continue
        ends = np.column_stack([np.zeros(len(cuts), int), np.array(cuts, dtype=int).reshape(len(cuts), more),
                                np.full(len(cuts), n)])
        size = np.diff(ends, axis=1)
        square = np.maximum((np.diff(squares[ends], axis=1) - np.diff(sums[ends], axis=1) ** 2 / size).sum(axis=1), 0.0)
        before = np.full(len(cuts), np.log(BEFORE[more + 1]))
        if more:
            apart = np.maximum(whole - square, 1e-300)
            labels = gammaln(size + 1).sum(axis=1) - gammaln(n + 1) - np.log(comb(n - 1, more))
            before += LABELS * labels - 0.5 * more * (1 + np.log(apart / more))
        found.append((cuts, square, np.full(len(cuts), n - 1 - more), before))
    cuts, *rest = zip(*found, strict=True)
    return _Ways([list(cut) for some in cuts for cut in some], *(np.concatenate(each) for each in rest))


def _evidence(square, free, is_alike: bool, variance: np.ndarray) -> np.ndarray:
    """Logarithm of how well a spread within groups explains what is left, by way and noise variance."""
    if is_alike:
        return -0.5 * free * np.log(variance) - square / (2 * variance)
    half = np.maximum(free - 2, 1) / 2
    within = np.maximum(gammainc(half, square / (2 * variance)), 1e-300)
    return gammaln(half) - half * np.log(np.maximum(square, 1e-300) / 2) + np.log(within) - np.log(MOST_TIMES * variance)

"""What crowd the entries' qualities may come from: one normal crowd, two groups apart, or entries that are all alike.

One normal crowd taken for granted is wrong where the best are a group that is nearly alike, or where all are: it then
takes noise for quality. So each of these crowds is weighed by how well it explains the totals.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaln

LEAST_ON_FIXED = 6
# With fewer differences within groups than this one crowd is taken for granted: nothing tells it from another.
LEAST_FREE, LEAST_FREE_APART = 4, 3
# What is thought of the crowds before the marks are seen.
APART, ALIKE_BEFORE = 0.8, 0.5
# The quality variance is thought to be up to about so many times the noise of a total.
MOST_TIMES = 10.0
SCALES = 60


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
    slope: float
    weight: float

    @classmethod
    def within(cls, own: np.ndarray, fixed: np.ndarray, groups) -> "Left":
        rest, carried = _centred(own, groups), _centred(fixed, groups)
        free = len(own) - len(groups)
        weight = float(carried @ carried)
        has_slope = free >= LEAST_ON_FIXED and weight > 1e-9 * max(1.0, float(fixed @ fixed))
        slope = float(carried @ rest) / weight if has_slope else 0.0
        rest = rest - slope * carried
        return cls(float(rest @ rest), free - has_slope, slope, weight if has_slope else 0.0)


def _centred(values: np.ndarray, groups) -> np.ndarray:
    out = np.array(values, dtype=float)
    for entries in groups:
        out[entries] -= out[entries].mean()
    return out


@dataclass(frozen=True, eq=False)
class Crowd:
    """One crowd the qualities may come from.

    Attributes
    ----------
    groups : list of int arrays
        Entries with a mean of their own; one a scope unless the crowd is two groups.
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


def possible_crowds(own, fixed, scopes, noise: float, df: int, rng) -> list[Crowd]:
    """Weigh the crowds.

    Parameters
    ----------
    own, fixed : float arrays, shape (n_entries,)
        What jurors gave, and what stands fixed.
    scopes : list of int arrays
    noise : float
        Estimated noise variance of a total, from `df` free residuals.
    """
    one = Left.within(own, fixed, scopes)
    # Fixed points already foretell quality: with groups beside that, ranges of such stages held too seldom.
    if one.free < LEAST_FREE or np.ptp(fixed) > 1e-9:
        return [Crowd(scopes, False, one, 1.0)]
    kinds = [(scopes, one, np.log(1 - APART))]
    if len(scopes) == 1:
        kinds = kinds + _two_groups(own, fixed, scopes[0], one)
    variance = noise * df / rng.chisquare(df, SCALES)
    weights = np.logaddexp.reduce([
        before + _evidence(left, is_alike, variance) + np.log(ALIKE_BEFORE if is_alike else 1 - ALIKE_BEFORE)
        for _groups, left, before in kinds for is_alike in (False, True)], axis=1)
    shares = np.exp(weights - np.logaddexp.reduce(weights))
    return [Crowd(groups, is_alike, left, float(shares[2 * n + is_alike]))
            for n, (groups, left, _before) in enumerate(kinds) for is_alike in (False, True)]


def _two_groups(own, fixed, entries, one: Left):
    """Return the ways to part the entries in two, best from the rest, with how likely each is before their spread."""
    ordered = entries[np.argsort(-(own - one.slope * fixed)[entries], kind="stable")]
    n, found = len(ordered), []
    for size in range(1, n):
        groups = [ordered[:size], ordered[size:]]
        left = Left.within(own, fixed, groups)
        if left.free < LEAST_FREE_APART:
            continue
        apart = max(one.square - left.square, 1e-300)
        labels = gammaln(size + 1) + gammaln(n - size + 1) - gammaln(n + 1) - np.log(n - 1)
        found.append((groups, left, np.log(APART) + labels - 0.5 - 0.5 * np.log(apart)))
    return found


def _evidence(left: Left, is_alike: bool, variance: np.ndarray) -> np.ndarray:
    """Logarithm of how well a spread within groups explains what is left, by noise variance."""
    if is_alike:
        return -0.5 * left.free * np.log(variance) - left.square / (2 * variance)
    half = max(left.free - 2, 1) / 2
    within = np.maximum(gammainc(half, left.square / (2 * variance)), 1e-300)
    return gammaln(half) - half * np.log(max(left.square, 1e-300) / 2) + np.log(within) - np.log(MOST_TIMES * variance)

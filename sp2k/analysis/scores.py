"""Normalising on fixed goalposts and adding up: the statistics' own scores, in floating point, never the decree's."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Goalposts:
    """Declared ends of each indicator's scale, fixed before anyone enters (HDI style).

    Within-cohort minima and maxima would let an entry that joins or leaves reorder the others.

    Parameters
    ----------
    low, high : float array, shape (n_indicators,)
        Values that score 0 and 100; for an indicator where less is better, `low` is the larger value.
    """

    low: np.ndarray
    high: np.ndarray

    def __post_init__(self):
        if np.shape(self.low) != np.shape(self.high) or not (np.asarray(self.low) != np.asarray(self.high)).all():
            raise ValueError("setiap indikator memerlukan dua ujung skala yang berbeda")


def goalposts_of(values: np.ndarray, direction: np.ndarray | None = None) -> Goalposts:
    """Take the goalposts from a table (n_entries, n_indicators): for reference chains, not for an award.

    `direction` is 1 where more is better and -1 where less is.
    """
    low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    if direction is None:
        return Goalposts(low, high)
    less = np.asarray(direction) < 0
    return Goalposts(np.where(less, high, low), np.where(less, low, high))


def normalise(values: np.ndarray, posts: Goalposts, *, floor: float = 0.0, top: float = 100.0) -> np.ndarray:
    """Put values on one scale from `floor` to `top`, clipped at the ends; NaN stays NaN.

    Parameters
    ----------
    values : float array, shape (n_entries, n_indicators)
    """
    share = (np.asarray(values, dtype=float) - posts.low) / (np.asarray(posts.high) - posts.low)
    return floor + (top - floor) * np.clip(share, 0.0, 1.0)


def weighted_mean(marks: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weighted arithmetic mean over the last axis; weights need not sum to 1."""
    weight = np.asarray(weight, dtype=float)
    return np.asarray(marks, dtype=float) @ weight / weight.sum()


def geometric_mean(marks: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weighted geometric mean over the last axis: a weak indicator is not made up for in full (OECD/JRC 2008, ch. 6).

    Raises
    ------
    ValueError
        If a mark is 0 or less.
    """
    marks, weight = np.asarray(marks, dtype=float), np.asarray(weight, dtype=float)
    if not (marks > 0).all():
        raise ValueError("rata-rata geometrik memerlukan nilai di atas nol")
    return np.exp(np.log(marks) @ weight / weight.sum())


def skewness_and_kurtosis(values: np.ndarray) -> tuple[float, float]:
    """Sample skewness G1 and excess kurtosis G2 of one column without NaN (Joanes & Gill 1998)."""
    n = len(values)
    left = values - values.mean()
    second, third, fourth = (left**2).mean(), (left**3).mean(), (left**4).mean()
    g1, g2 = third / second**1.5, fourth / second**2 - 3
    return (float(g1 * np.sqrt(n * (n - 1)) / (n - 2)),
            float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6)))


@dataclass(frozen=True)
class Winsorised:
    """A column whose outlying values were brought to the next one.

    Attributes
    ----------
    values : float array
    n_moved : int
    passes : bool
        Whether skewness and kurtosis are within bounds now.
    """

    values: np.ndarray
    n_moved: int
    passes: bool


def winsorise(
    values: np.ndarray, *, most: int = 5, skew_limit: float = 2.0, kurtosis_limit: float = 3.5
) -> Winsorised:
    """Bring in outlying values one at a time until the column is no longer skewed and heavy-tailed together.

    The tail that skewness points at is moved to its next different value (Becker, Caperna, Del Sorbo, Norlen,
    Papadimitriou & Saisana 2022, the JRC's practice).

    Parameters
    ----------
    values : float array, shape (n,), without NaN
    most : int
        How many values may be moved.
    """
    values = np.array(values, dtype=float)
    order = np.argsort(values, kind="stable")
    skew, kurtosis = skewness_and_kurtosis(values)
    moved = 0
    while abs(skew) > skew_limit and kurtosis > kurtosis_limit and moved < most:
        moved += 1
        if skew > 0:
            values[order[-moved:]] = values[order[-moved - 1]]
        else:
            values[order[:moved]] = values[order[moved]]
        skew, kurtosis = skewness_and_kurtosis(values)
    return Winsorised(values, moved, abs(skew) <= skew_limit or kurtosis <= kurtosis_limit)

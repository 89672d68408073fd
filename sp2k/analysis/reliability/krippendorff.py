"""Krippendorff's alpha: agreement with empty cells, at four levels of measurement (Krippendorff 2011).

Alpha = 1 - observed over expected disagreement of pairs. Differences on an interval scale are squared distances, whose
sum over pairs follows from sums and sums of squares: no table of values against values. Ordinal differences are squared
distances of mid-ranks, so the same holds.
"""

from dataclasses import dataclass

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.reliability.words import agreement_word

LEVELS = ("nominal", "ordinal", "interval", "ratio")
BLOCK = 1024
# Mean squared distance below which all values are the same but for the last bits of their mean.
NOTHING = 1e-20


@dataclass(frozen=True)
class Alpha:
    """Agreement on the values.

    Attributes
    ----------
    value : float
        1 = full agreement, 0 = what chance gives.
    measurement : str
        nominal, ordinal, interval or ratio.
    observed, expected : float
        Mean disagreement of pairs within entries and over all.
    n_units, n_values : int
        Entries with at least two values, and their values.
    """

    value: float
    measurement: str
    observed: float
    expected: float
    n_units: int
    n_values: int
    is_available = True

    @property
    def word(self) -> str:
        return agreement_word(self.value)

    def explain(self) -> tuple[Sentence, ...]:
        return (sentence(
            "Kesepakatan juri tentang nilai {word}: {alpha:2} dari 1, dihitung dari {n_values} nilai pada {n_units} "
            "peserta.", word=self.word, alpha=self.value, n_values=self.n_values, n_units=self.n_units),)


def krippendorff_alpha(values: np.ndarray, measurement: str = "interval") -> Alpha | Unavailable:
    """Compute alpha of a table with empty cells.

    Parameters
    ----------
    values : float array, shape (n_units, n_jurors)
        NaN = not judged. Units with fewer than two values are left out.
    measurement : {"nominal", "ordinal", "interval", "ratio"}
    """
    if measurement not in LEVELS:
        raise ValueError(f"tingkat ukur tidak dikenal: {measurement}")
    # One column of a larger table lies scattered in memory: it is gathered once, not in every pass.
    values = np.ascontiguousarray(values, dtype=float)
    if np.isfinite(values.sum()):
        given, counts = np.ones(values.shape, dtype=bool), np.full(len(values), float(values.shape[1]))
    else:
        given = ~np.isnan(values)
        counts = given @ np.ones(values.shape[1])
    if not (counts >= 2).any():
        return unavailable("no_pairs")
    if (counts < 2).any():
        values, given, counts = values[counts >= 2], given[counts >= 2], counts[counts >= 2]
    if measurement == "ratio" and np.nanmin(values) < 0:
        return unavailable("negative_values")
    observed, expected = _DISAGREEMENT[measurement](values, given, counts)
    if expected <= NOTHING:
        return unavailable("all_equal")
    return Alpha(1 - observed / expected, measurement, observed, expected, len(values), int(counts.sum()))


def _squared(values: np.ndarray, given: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """Observed and expected mean squared distance, in one pass over the values."""
    n = int(counts.sum())
    if n == values.size:
        centred = values - values.mean()
    else:
        centred = np.where(given, values, 0.0)
        centred = np.where(given, values - centred.sum() / n, 0.0)
    # Products with ones: sums over a handful of jurors would cost more than all the rest.
    ones = np.ones(values.shape[1])
    sums, squares = centred @ ones, (centred * centred) @ ones
    observed = (2 * (counts * squares - sums**2) / (counts - 1)).sum() / n
    expected = 2 * (n * squares.sum() - sums.sum() ** 2) / (n * (n - 1))
    return float(observed), float(expected)


def _ordinal(values: np.ndarray, given: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    _, position, frequency = np.unique(values[given], return_inverse=True, return_counts=True)
    middle = np.cumsum(frequency) - frequency / 2
    ranks = np.full(values.shape, np.nan)
    ranks[given] = middle[position]
    return _squared(ranks, given, counts)


def _nominal(values: np.ndarray, given: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    kinds, position, frequency = np.unique(values[given], return_inverse=True, return_counts=True)
    unit = np.nonzero(given)[0]
    per_unit = np.unique(unit * len(kinds) + position, return_counts=True)
    same = np.bincount(per_unit[0] // len(kinds), weights=per_unit[1] ** 2.0, minlength=len(values))
    n = int(counts.sum())
    observed = ((counts**2 - same) / (counts - 1)).sum() / n
    return float(observed), float((n**2 - (frequency.astype(float) ** 2).sum()) / (n * (n - 1)))


def _share(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Squared difference as a share of the sum; 0 where both are 0."""
    total = a + b
    return np.divide(a - b, total, out=np.zeros(np.broadcast(a, b).shape), where=total > 0) ** 2


def _ratio(values: np.ndarray, given: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    kinds, frequency = np.unique(values[given], return_counts=True)
    weight = 2 / (counts - 1)
    observed, filled = 0.0, np.where(given, values, 0.0)
    for j in range(values.shape[1]):
        for other in range(j):
            both = given[:, j] & given[:, other]
            observed += (_share(filled[both, j], filled[both, other]) * weight[both]).sum()
    n = int(counts.sum())
    expected = sum(
        frequency[start : start + BLOCK] @ _share(kinds[start : start + BLOCK, None], kinds) @ frequency
        for start in range(0, len(kinds), BLOCK))
    return float(observed / n), float(expected / (n * (n - 1)))


_DISAGREEMENT = {"nominal": _nominal, "ordinal": _ordinal, "interval": _squared, "ratio": _ratio}

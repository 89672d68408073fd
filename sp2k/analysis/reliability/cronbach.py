"""Cronbach's alpha, and what becomes of it without each indicator (Cronbach 1951)."""

from dataclasses import dataclass

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.reliability.words import reliability_word

NOTHING = 1e-12


@dataclass(frozen=True, eq=False)
class Consistency:
    """How far the indicators pull the same way.

    Attributes
    ----------
    alpha : float
    if_dropped : float array, shape (n_indicators,), or None
        Alpha of the others; None with two indicators or when the others' sum is flat.
    r_drop : float array, shape (n_indicators,)
        Correlation of each indicator with the sum of the others; 0 for an indicator (or rest) without spread.
    has_spread : bool array, shape (n_indicators,)
        False where `r_drop` cannot be had.
    n_entries, n_indicators : int
    """

    alpha: float
    if_dropped: np.ndarray | None
    r_drop: np.ndarray
    has_spread: np.ndarray
    n_entries: int
    n_indicators: int
    is_available = True

    @property
    def word(self) -> str:
        return reliability_word(self.alpha)

    def explain(self) -> tuple[Sentence, ...]:
        return (sentence("Kekompakan {n} indikator {word}: {alpha:2} dari 1.",
                         n=self.n_indicators, word=self.word, alpha=self.alpha),)


def cronbach(marks: np.ndarray) -> Consistency | Unavailable:
    """Compute alpha, alpha if dropped and the corrected item-total correlation of a complete table.

    Parameters
    ----------
    marks : float array, shape (n_entries, n_indicators)
    """
    marks = np.asarray(marks, dtype=float)
    n, k = marks.shape
    if n < 2:
        return unavailable("one_entry")
    if k < 2:
        return unavailable("one_indicator")
    sums = marks.sum(axis=1)
    if not np.isfinite(sums).all():
        return unavailable("empty_cells", n_empty=int(np.isnan(marks).sum()))
    mean = marks.mean(axis=0)
    sums -= sums.mean()
    variance = (np.einsum("ei,ei->i", marks, marks) - n * mean**2) / (n - 1)
    if (variance < 1e-6 * mean**2).any():
        variance = marks.var(axis=0, ddof=1)
    variance[variance <= NOTHING * np.maximum(mean**2, 1)] = 0
    total = sums @ sums / (n - 1)
    if not variance.any():
        return unavailable("all_equal")
    if total <= NOTHING * variance.sum():
        return unavailable("flat_total")
    with_total = sums @ marks / (n - 1)
    rest = np.maximum(total + variance - 2 * with_total, 0)
    alpha = k / (k - 1) * (1 - variance.sum() / total)
    has_spread = (variance > 0) & (rest > NOTHING * total)
    r_drop = np.divide(with_total - variance, np.sqrt(variance * rest), out=np.zeros(k), where=has_spread)
    dropped = None
    if k > 2 and (rest > NOTHING * total).all():
        dropped = (k - 1) / (k - 2) * (1 - (variance.sum() - variance) / rest)
    return Consistency(float(alpha), dropped, r_drop, has_spread, n, k)

"""Kendall's coefficient of concordance: do the jurors put the entries in the same order? (Kendall & Gibbons 1990)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc
from scipy.stats import rankdata

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.reliability.words import agreement_word


@dataclass(frozen=True)
class Concordance:
    """Agreement on the order.

    Attributes
    ----------
    w : float
        0 (every juror another order) to 1 (all the same), corrected for ties.
    w_without_ties : float
        The same formula without the correction.
    chi2, df, p_value : float
        Test against no agreement at all.
    n_entries, n_jurors : int
    """

    w: float
    w_without_ties: float
    chi2: float
    df: int
    p_value: float
    n_entries: int
    n_jurors: int
    is_available = True

    @property
    def word(self) -> str:
        return agreement_word(self.w)

    def explain(self) -> tuple[Sentence, ...]:
        return (sentence("Kesepakatan {n_jurors} juri tentang urutan {word}: {w:2} dari 1.",
                         n_jurors=self.n_jurors, word=self.word, w=self.w),)


def kendall_w(points: np.ndarray) -> Concordance | Unavailable:
    """Compute W of a complete table (n_entries, n_jurors): 12 S / (k^2 (n^3 - n) - k sum T), T = sum of t^3 - t."""
    points = np.asarray(points, dtype=float)
    n, k = points.shape
    if n < 2:
        return unavailable("one_entry")
    if k < 2:
        return unavailable("one_juror")
    if np.isnan(points).any():
        return unavailable("empty_cells", n_empty=int(np.isnan(points).sum()))
    sums = rankdata(points, axis=0).sum(axis=1)
    spread = 12 * ((sums - sums.mean()) ** 2).sum()
    # Python integers: n^3 of a national list times the jurors does not fit 64 bits comfortably.
    tied = sum(int(t) ** 3 - int(t) for column in points.T for t in np.unique(column, return_counts=True)[1])
    whole = k * k * (n**3 - n)
    if whole == k * tied:
        return unavailable("all_equal")
    w = float(spread / (whole - k * tied))
    chi2 = k * (n - 1) * w
    return Concordance(w, float(spread / whole), chi2, n - 1, float(chdtrc(n - 1, chi2)), n, k)

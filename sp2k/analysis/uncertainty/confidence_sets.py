"""Confidence sets for places: which places cannot be ruled out, for all entries of a scope at once.

An entry's place is at least one more than the number of entries that are surely better, and at most their number less
those that are surely worse (Mogstad, Romano, Shaikh & Wilhelm 2024, Rev. Econ. Stud. 91:476-518). Surely: by Tukey's
studentised range (1953), which is exact for complete sheets and normal noise, and never too narrow otherwise (Kramer).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaincinv, ndtr

from sp2k.analysis.answers import Sentence, Unavailable, sentence
from sp2k.analysis.uncertainty.certain_places import PlaceCertainty

NODES = 64
FURTHEST, WIDEST = 8.0, 200.0


@dataclass(frozen=True, eq=False)
class PlaceSets:
    """Places that cannot be ruled out.

    Attributes
    ----------
    best, worst : int array, shape (n_entries,)
        Ends of each set.
    plain_places : int array, shape (n_entries,)
    level : float
        With which all sets of a scope hold together.
    """

    best: np.ndarray
    worst: np.ndarray
    plain_places: np.ndarray
    level: float
    is_available = True

    @cached_property
    def order(self) -> np.ndarray:
        """Entries by plain place, shape (n_entries,)."""
        return np.argsort(self.plain_places, kind="stable")

    def explain(self) -> tuple[Sentence, ...]:
        return tuple(
            sentence("{entry:peserta}: tempat {place}; yang tidak dapat disingkirkan {best} sampai {worst}.",
                     entry=int(e), place=int(self.plain_places[e]), best=int(self.best[e]), worst=int(self.worst[e]))
            for e in self.order[:10])


def place_sets(certain: PlaceCertainty | Unavailable, *, level: float = 0.95) -> PlaceSets | Unavailable:
    """Compare all entries of a scope with one another at once, with the noise of the declared way.

    Parameters
    ----------
    certain : PlaceCertainty
        Where its noise stands; the draws are not used.
    """
    if isinstance(certain, Unavailable):
        return certain
    official, noise = certain.official, certain.noise
    scores = official.totals - noise.bias
    best, worst = np.ones((2, len(scores)), dtype=np.int64)
    for entries in official.members():
        n = len(entries)
        worst[entries] = n
        if n < 2:
            continue
        covariance = noise.covariance(entries)
        full = np.diag(covariance) if covariance.ndim == 1 else covariance
        variance = np.diag(full)[:, None] + np.diag(full) - 2 * full
        reach = range_quantile(level, n, noise.df) * np.sqrt(np.maximum(variance, 0) / 2)
        gap = scores[entries][:, None] - scores[entries]
        best[entries] += (gap < -reach).sum(axis=1)
        worst[entries] -= (gap > reach).sum(axis=1)
    return PlaceSets(best, worst, certain.plain_places, level)


def range_quantile(level: float, n: int, df: int) -> float:
    """Return the quantile of the studentised range of n means (Tukey 1953), to three digits.

    The probability that n normal values lie within w is n times the integral of phi(z) (Phi(z) - Phi(z - w))^(n - 1);
    the standard deviation they are divided by is averaged over its distribution. SciPy's own takes a hundred times as
    long, for more digits.
    """
    node, weight = np.polynomial.legendre.leggauss(NODES)
    z, step = FURTHEST * node, FURTHEST * weight
    density = n * step * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    deviation = np.sqrt(2 * gammaincinv(df / 2, (node + 1) / 2) / df)[:, None]

    def beyond(q: float) -> float:
        within = (np.maximum(ndtr(z) - ndtr(z - q * deviation), 0.0) ** (n - 1)) @ density
        return float(weight @ within / 2) - level

    return float(brentq(beyond, 0.0, WIDEST, xtol=1e-4))

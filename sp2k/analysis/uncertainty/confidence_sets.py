"""Confidence sets for places: which places cannot be ruled out, for all entries at once or for each by itself.

Mogstad, Romano, Shaikh & Wilhelm (2024) Rev. Econ. Stud. 91:476-518. An entry's place is at least one more than the
number of entries that are surely better, and at most the number of entries less those that are surely worse.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.stats import studentized_range

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.draws import Provenance, array_hash, generator, provenance
from sp2k.analysis.places import places
from sp2k.analysis.severity.cells import Cells
from sp2k.analysis.uncertainty.redraw import RedrawnPanels

FEW_JURORS = 5
PAIRS_AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class PlaceSets:
    """Places that cannot be ruled out.

    Attributes
    ----------
    best, worst : int array, shape (n_entries,)
        Ends of each set.
    plain_places : int array, shape (n_entries,)
    critical : float array, shape (1,) or (n_entries,)
        What a studentised difference must exceed, after the last step.
    level : float
    is_simultaneous : bool
        Whether the level holds for all sets together.
    provenance : Provenance or None
        None when nothing was drawn.
    """

    best: np.ndarray
    worst: np.ndarray
    plain_places: np.ndarray
    critical: np.ndarray
    level: float
    is_simultaneous: bool
    provenance: Provenance | None
    is_available = True

    def in_top(self, k: int) -> np.ndarray:
        """Entries that may belong to the best k, bool, shape (n_entries,)."""
        return self.best <= k

    @cached_property
    def order(self) -> np.ndarray:
        """Entries by plain place, shape (n_entries,)."""
        return np.argsort(self.plain_places, kind="stable")

    def explain(self) -> tuple[Sentence, ...]:
        return tuple(
            sentence("{entry:peserta}: tempat {place}; yang tidak dapat disingkirkan {best} sampai {worst}.",
                     entry=int(e), place=int(self.plain_places[e]), best=int(self.best[e]), worst=int(self.worst[e]))
            for e in self.order[:10])


def confidence_sets(
    scores: np.ndarray, covariance: np.ndarray, *, seed: int | np.random.Generator, level: float = 0.95,
    simultaneous: bool = True, stepdown: bool = True, n_draws: int = 2000,
) -> PlaceSets | Unavailable:
    """Confidence sets for places of estimates with a known covariance (normal).

    Parameters
    ----------
    scores : float array, shape (n_entries,)
        Higher is better.
    covariance : float array, shape (n_entries, n_entries), or (n_entries,) of variances
    simultaneous : bool
        All sets together at `level`, or each by itself.
    stepdown : bool
        Differences already settled are left out and the rest judged again.
    """
    scores, covariance = np.asarray(scores, dtype=float), np.asarray(covariance, dtype=float)
    n = len(scores)
    if n < 2:
        return unavailable("one_entry")
    full = np.diag(covariance) if covariance.ndim == 1 else covariance
    variance = np.diag(full)[:, None] + np.diag(full) - 2 * full
    se = np.sqrt(np.maximum(variance, 0))
    if not (se[~np.eye(n, dtype=bool)] > 0).all():
        return unavailable("no_residual")
    source, rng = provenance(seed, n_draws, array_hash(scores, full)), generator(seed)
    noise = rng.standard_normal((n_draws, n)) @ _root(full).T
    np.fill_diagonal(se, 1.0)
    best, worst, critical = np.ones(n, dtype=np.int64), np.full(n, n), []
    for members, pairs in _families(n, simultaneous):
        answered, last = _settle(scores, se, noise, pairs, level, stepdown)
        best[members] += np.bincount(answered[:, 1], minlength=n)[members]
        worst[members] -= np.bincount(answered[:, 0], minlength=n)[members]
        critical.append(last)
    return PlaceSets(best, worst, places(scores), np.array(critical), level, simultaneous, source)


def _families(n: int, simultaneous: bool) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return (entries concerned, ordered pairs to be judged together)."""
    if simultaneous:
        return [(np.arange(n), np.argwhere(~np.eye(n, dtype=bool)))]
    families = []
    for entry in range(n):
        others = np.delete(np.arange(n), entry)
        own = np.full(n - 1, entry)
        pairs = np.concatenate([np.stack([own, others], axis=1), np.stack([others, own], axis=1)])
        families.append((np.array([entry]), pairs))
    return families


def _root(covariance: np.ndarray) -> np.ndarray:
    value, vector = np.linalg.eigh(covariance)
    return vector * np.sqrt(np.maximum(value, 0))


def _settle(scores, se, noise, pairs, level, stepdown) -> tuple[np.ndarray, float]:
    """Return the pairs of which the first is surely better, and the last critical value.

    Each ordered pair is the question whether the first is better than the second; a question answered yes is not asked
    again in the next step, the opposite question is.
    """
    size = (scores[pairs[:, 0]] - scores[pairs[:, 1]]) / se[pairs[:, 0], pairs[:, 1]]
    is_open = np.ones(len(pairs), dtype=bool)
    while True:
        critical = _quantile(noise, pairs[is_open], se, level)
        answered = is_open & (size > critical)
        is_open &= ~answered
        if not (stepdown and answered.any()):
            return pairs[~is_open], critical


def _quantile(noise: np.ndarray, pairs: np.ndarray, se: np.ndarray, level: float) -> float:
    """Quantile over draws of the greatest studentised difference among the pairs."""
    left, right = pairs.T
    greatest = np.empty(len(noise))
    block = max(1, PAIRS_AT_ONCE // len(pairs))
    for start in range(0, len(noise), block):
        drawn = noise[start : start + block]
        greatest[start : start + block] = ((drawn[:, left] - drawn[:, right]) / se[left, right]).max(axis=1)
    return float(np.quantile(greatest, level))


def juror_confidence_sets(
    redrawn: RedrawnPanels | Unavailable, *, level: float = 0.95
) -> PlaceSets | Unavailable:
    """Simultaneous confidence sets for places where the jurors are the only source of chance (approximate).

    Differences are studentised by one residual variance of the additive model, in the data and again in each redrawn
    panel, since a few jurors say too little about each pair alone. With fewer than five jurors, where redrawing says
    nothing, or when not all jurors judged all entries, the studentised range takes its place (Tukey; normal residuals).
    """
    if isinstance(redrawn, Unavailable):
        return redrawn
    cells = Cells.of(redrawn.totals)
    df = cells.n_cells - cells.n_entries - cells.n_jurors + 1
    if df < 1:
        return unavailable("too_few_marks")
    leniency = np.linalg.pinv(cells.laplacian, hermitian=True) @ cells.within
    rest = cells.residuals(leniency)
    sd = float(np.sqrt((rest**2).sum() / df))
    scores = cells.entry_mean - cells.share @ leniency
    if sd <= 1e-9 * max(1.0, np.ptp(scores)):
        return unavailable("no_residual")
    if cells.n_jurors >= FEW_JURORS and redrawn.totals.is_crossed:
        source, critical = redrawn.provenance, _redrawn_range(rest, redrawn.times, level)
    else:
        source, critical = None, float(studentized_range.ppf(level, cells.n_entries, df) / np.sqrt(2))
    if not np.isfinite(critical):
        return unavailable("too_few_marks")
    reach = critical * sd * np.sqrt(1 / cells.per_entry[:, None] + 1 / cells.per_entry)
    gap = scores[:, None] - scores
    return PlaceSets(1 + (gap < -reach).sum(axis=1), len(scores) - (gap > reach).sum(axis=1), places(scores),
                     np.array([critical]), level, True, source)


def _redrawn_range(rest: np.ndarray, times: np.ndarray, level: float) -> float:
    """Quantile of the greatest studentised difference over redrawn panels; residuals shape (n_entries, n_jurors)."""
    n, k = rest.shape
    shares = times / k
    drift = shares @ rest.T
    own = rest.T @ rest
    left = times @ np.diag(own) - k * ((shares @ own) * shares).sum(axis=1)
    sd = np.sqrt(np.maximum(left, 0) / ((n - 1) * (k - 1)))
    size = np.full(len(times), np.inf)
    np.divide(drift.max(axis=1) - drift.min(axis=1), sd * np.sqrt(2 / k), out=size, where=sd > 0)
    return float(np.sort(size)[int(np.ceil(level * len(size))) - 1])

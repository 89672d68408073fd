"""Places under weights drawn around the official ones (rank acceptability of SMAA-2: Lahdelma & Salminen 2001)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence
from sp2k.analysis.draws import Provenance, array_hash, generator, provenance
from sp2k.analysis.places import ROW_BY_ROW_FROM, CountedPlaces, OrderCounter, PlaceCounter, put_back, sorted_rows
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.weights.table import WeightedTable, weighted_table

BLOCK_BYTES = 8_000_000
SAME = 9
GROUP = 64


@dataclass(frozen=True, eq=False)
class WeightRobustness(CountedPlaces):
    """Places over drawn weights.

    Attributes
    ----------
    n_draws, provenance, plain_places, counts
        As in `PlaceDistribution`.
    concentration : float
        Of the Dirichlet distribution; a weight of 0.10 then varies by about sqrt(0.09 / (concentration + 1)).
    """

    concentration: float

    def explain(self) -> tuple[Sentence, ...]:
        return (sentence("Dengan bobot lain di sekitar bobot resmi, {winner:peserta} tetap tempat pertama dalam "
                         "{share:persen} percobaan.", winner=self.winner, share=self.winner_share),)


@dataclass(frozen=True, eq=False)
class TopShare:
    """Share of drawn weights under which each entry is among the best k.

    Attributes
    ----------
    k : int
    share : float array, shape (n_entries,)
    n_draws : int
    provenance : Provenance
    """

    k: int
    share: np.ndarray
    n_draws: int
    provenance: Provenance
    is_available = True

    @cached_property
    def n_sure(self) -> int:
        """Entries that are among the best k under every drawn weight."""
        return int((self.share == 1).sum())

    @cached_property
    def n_possible(self) -> int:
        return int((self.share > 0).sum())

    def explain(self) -> tuple[Sentence, ...]:
        return (sentence("Dengan bobot lain di sekitar bobot resmi, {sure} peserta selalu masuk {k} besar dan "
                         "{possible} peserta dapat masuk.", sure=self.n_sure, k=self.k, possible=self.n_possible),)


class _Draws:
    """Weights drawn block by block for entries that differ: equal entries share every place."""

    def __init__(
        self, table: WeightedTable, n_draws: int, concentration: float, rng: np.random.Generator, bytes_each: int = 8
    ):
        used = table.weight > 0
        self.shape = concentration * table.weight[used]
        self.marks, self.twin, self.times = _without_twins(np.ascontiguousarray(table.marks[:, used]))
        self.n_draws, self.rng = n_draws, rng
        self.block = max(1, BLOCK_BYTES // (bytes_each * len(self.marks)))

    def __iter__(self):
        for start in range(0, self.n_draws, self.block):
            weights = self.rng.standard_gamma(self.shape, (min(self.block, self.n_draws - start), len(self.shape)))
            weights /= weights.sum(axis=1, keepdims=True)
            yield weights


def _without_twins(marks: np.ndarray) -> tuple[np.ndarray, np.ndarray | None, np.ndarray | None]:
    """Return the different rows, and for each row which one it is and how many are like it (None: all differ)."""
    probe = np.round(marks @ np.sqrt(np.arange(2.0, marks.shape[1] + 2)), SAME)
    if len(np.unique(probe)) == len(marks):
        return marks, None, None
    rows, twin, times = np.unique(marks, axis=0, return_inverse=True, return_counts=True)
    return np.ascontiguousarray(rows), twin.ravel(), times


def dirichlet_places(
    source: Ratings | WeightedTable | np.ndarray, *, seed: int | np.random.Generator, n_draws: int = 10_000,
    concentration: float = 100.0, weight: np.ndarray | None = None,
) -> WeightRobustness | Unavailable:
    """Count every entry's places over weights drawn around the official ones.

    Parameters
    ----------
    source : Ratings, WeightedTable or float array (n_entries, n_indicators)
    seed : int or numpy Generator (PCG64)
    n_draws : int
    concentration : float
        Higher = closer to the official weights; equal to the number of indicators (with equal weights) = any weights.
    """
    table = weighted_table(source, weight)
    if isinstance(table, Unavailable):
        return table
    noted, rng = provenance(seed, n_draws, _hash(source, table)), generator(seed)
    draws = _Draws(table, n_draws, concentration, rng)
    counts = _count_orders(draws) if draws.twin is None else _count_places(draws)
    return WeightRobustness(n_draws, noted, table.places, counts, concentration)


def _orders(draws: _Draws):
    """Yield blocks of orders, best entry first; different entries do not tie, but for a chance of nil.

    The block that is yielded is overwritten by the next one.
    """
    scores, order = np.empty((2, 0, 0))
    for weights in draws:
        if len(scores) != len(weights):
            scores = np.empty((len(weights), len(draws.marks)))
            order = np.empty(scores.shape, dtype=np.int64)
        np.matmul(weights, draws.marks.T, out=scores)
        # Long rows one by one: each is sorted within the processor's cache.
        step = 1 if scores.shape[1] >= ROW_BY_ROW_FROM else len(scores)
        for start in range(0, len(scores), step):
            order[start : start + step] = sorted_rows(scores[start : start + step])[0]
        yield order


def _count_orders(draws: _Draws) -> np.ndarray:
    counter = OrderCounter(len(draws.marks), draws.n_draws)
    for order in _orders(draws):
        counter.add(order)
    return counter.by_entry()


def _count_places(draws: _Draws) -> np.ndarray:
    """Count places where some entries are equal: twins share the better place."""
    counter = PlaceCounter(len(draws.twin), draws.n_draws)
    for order in _orders(draws):
        times = draws.times[order]
        found = np.empty(order.shape, dtype=np.int64)
        put_back(order, 1 + np.cumsum(times, axis=1) - times, found)
        counter.add(found[:, draws.twin])
    return counter.counts


def _hash(source, table: WeightedTable) -> str:
    return source.input_hash if isinstance(source, Ratings) else array_hash(table.marks, table.weight)


def dirichlet_top(
    source: Ratings | WeightedTable | np.ndarray, k: int, *, seed: int | np.random.Generator, n_draws: int = 10_000,
    concentration: float = 100.0, weight: np.ndarray | None = None,
) -> TopShare | Unavailable:
    """Share of drawn weights under which each entry is among the best k: a partition a draw, no full sort.

    Scores are computed in single precision; a draw whose k-th and next score lie within the bound of its rounding
    error is settled in double precision.
    """
    table = weighted_table(source, weight)
    if isinstance(table, Unavailable):
        return table
    noted, rng = provenance(seed, n_draws, _hash(source, table)), generator(seed)
    draws = _Draws(table, n_draws, concentration, rng, bytes_each=4)
    if k >= len(table.marks) or draws.twin is not None:
        exact = dirichlet_places(table, seed=rng, n_draws=n_draws, concentration=concentration)
        return TopShare(k, exact.p_top(k), n_draws, noted)
    counts = np.zeros(len(table.marks), dtype=np.int64)
    coarse = draws.marks.astype(np.float32)
    # A sum of m products of rounded factors errs by at most (m + 2) half-units, a difference of two by twice that.
    error = 1.1 * (len(draws.shape) + 2) * float(np.finfo(np.float32).eps) * float(np.abs(draws.marks).max())
    buffer = np.empty((0, 0), dtype=np.float32)
    for weights in draws:
        if len(buffer) != len(weights):
            buffer = _padded(len(weights), len(coarse))
        np.matmul(weights.astype(np.float32), coarse.T, out=buffer[:, : len(coarse)])
        counts += _count_top(buffer, k, error, weights, draws.marks)
    return TopShare(k, counts / n_draws, n_draws, noted)


def _padded(n_draws: int, n_entries: int) -> np.ndarray:
    """Return room for scores whose columns fill whole groups; what is beyond the entries never gets in."""
    return np.full((n_draws, -(-n_entries // GROUP) * GROUP), -np.inf, dtype=np.float32)


def _best(scores: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return columns and values of the best `size` of each row, the least of them first.

    Only the `size` groups of columns with the highest maxima can hold them: one pass for the maxima, the rest is small.
    """
    rows, groups = np.arange(len(scores))[:, None], scores.shape[1] // GROUP
    if groups > size:
        maxima = scores.reshape(len(scores), groups, GROUP).max(axis=2)
        chosen = np.argpartition(maxima, groups - size, axis=1)[:, groups - size :]
        columns = (chosen[:, :, None] * GROUP + np.arange(GROUP)).reshape(len(scores), -1)
        scores = scores[rows, columns]
    else:
        columns = np.broadcast_to(np.arange(scores.shape[1]), scores.shape)
    best = np.argpartition(scores, scores.shape[1] - size, axis=1)[:, scores.shape[1] - size :]
    return columns[rows, best], scores[rows, best]


def _count_top(scores: np.ndarray, k: int, error: float, weights: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Count how often each entry is among the best k of each row."""
    best, values = _best(scores, k + 1)
    # The first of these k + 1 is the best of those outside.
    least = values[:, 1:].min(axis=1)
    is_close = least - values[:, 0] <= error
    counts = np.bincount(best[~is_close, 1:].ravel(), minlength=len(marks))
    for row in np.flatnonzero(is_close):
        near = np.flatnonzero(scores[row, : len(marks)] >= least[row] - error)
        exact = marks[near] @ weights[row]
        counts[near[exact >= np.partition(exact, len(near) - k)[len(near) - k]]] += 1
    return counts

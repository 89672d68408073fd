"""Places from scores in floating point, and how often each entry had each place. The official places are the tally's."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.draws import Provenance

# Scores that agree to this many decimals share a place: sums of the same marks in another order differ in the last bits.
SAME_TO_DECIMALS = 9
ROW_BY_ROW_FROM = 400
BLOCK_BYTES = 16_000_000


def places(scores: np.ndarray) -> np.ndarray:
    """Place scores, best first, 1-2-2-4, along the last axis.

    Parameters
    ----------
    scores : float array, shape (n_entries,) or (n_draws, n_entries)

    Returns
    -------
    int64 array of the same shape, 1-based
    """
    table = np.atleast_2d(scores)
    out = np.empty(table.shape, dtype=np.int64)
    step = 1 if table.shape[1] >= ROW_BY_ROW_FROM else max(1, BLOCK_BYTES // (8 * table.shape[1]))
    for start in range(0, len(table), step):
        _place_block(table[start : start + step], out[start : start + step])
    return out.reshape(np.shape(scores))


def _place_block(scores: np.ndarray, out: np.ndarray) -> None:
    order, keys = sorted_rows(scores)
    place = np.broadcast_to(np.arange(1, keys.shape[1] + 1), keys.shape)
    differs = keys[:, 1:] != keys[:, :-1]
    if not differs.all():
        first = np.ones(keys.shape, dtype=bool)
        first[:, 1:] = differs
        place = np.maximum.accumulate(np.where(first, place, 1), axis=1)
    put_back(order, place, out)


def sorted_rows(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the order of each row, best first, and its rounded scores (negative) in that order.

    Rounded scores are whole numbers of the last decimal. Where they leave room, each takes its entry's number along in
    its low bits: sorting whole numbers is several times faster than sorting positions.
    """
    keys, n_entries = np.rint(scores * -(10.0**SAME_TO_DECIMALS)), scores.shape[1]
    bits = (n_entries - 1).bit_length()
    if max(keys.max(), -keys.min()) < 2.0 ** (62 - bits):
        packed = keys.astype(np.int64)
        packed <<= bits
        packed |= np.arange(n_entries)
        packed.sort(axis=1)
        return packed & ((1 << bits) - 1), packed >> bits
    order = np.argsort(keys, axis=1)
    return order, np.take_along_axis(keys, order, axis=1)


def put_back(order: np.ndarray, place: np.ndarray, out: np.ndarray) -> None:
    """Write places told in sorted order back to the entries, row by row; all shapes (n_draws, n_entries).

    Long rows go one by one, so that each stays in the processor's cache.
    """
    if order.shape[1] < ROW_BY_ROW_FROM:
        np.put_along_axis(out, order, place, axis=1)
    else:
        for row in range(len(order)):
            out[row, order[row]] = place[row]


@dataclass(frozen=True, eq=False)
class GivenPlaces:
    """Places as they were given officially, to begin from: a chain, a lot or a ruling may have parted equals.

    Attributes
    ----------
    places : int array, shape (n_entries,)
    decimals : int
        To which totals are rounded before they are placed.
    """

    places: np.ndarray
    decimals: int

    def again(self, scores: np.ndarray, before: np.ndarray) -> np.ndarray:
        """Place recounted scores; of two that are equal now as they were `before`, first who was parted ahead.

        Parameters
        ----------
        scores : float array, shape (n_entries,) or (n, n_entries)
        before : float array, shape (n_entries,)
            The scores that the given places rest on.
        """
        parted = np.maximum(self.places - places(before.round(self.decimals)), 0)
        return places(-(places(scores.round(self.decimals)) * (len(before) + 1.0) + parted))


@dataclass(frozen=True, eq=False)
class PlaceDistribution:
    """How often each entry had each place; what is kept of the draws is told by the classes below.

    Attributes
    ----------
    n_draws : int
    provenance : Provenance
    plain_places : int array, shape (n_entries,)
        Places without anything drawn, 1-2-2-4.
    counts : unsigned int array, shape (n_entries, n_entries)
        Draws in which entry (row) had place column + 1.
    """

    n_draws: int
    provenance: Provenance
    plain_places: np.ndarray
    is_available = True

    @cached_property
    def order(self) -> np.ndarray:
        """Entries by plain place, shape (n_entries,)."""
        return np.argsort(self.plain_places, kind="stable")

    @cached_property
    def winner(self) -> int:
        return int(self.order[0])

    @cached_property
    def winner_share(self) -> float:
        """Share of draws in which the plain winner is first."""
        return float(self.p_first[self.winner])

    @cached_property
    def acceptability(self) -> np.ndarray:
        """Share of draws by entry and place, shape (n_entries, n_entries); rows sum to 1."""
        return self.counts / self.n_draws

    @cached_property
    def p_first(self) -> np.ndarray:
        """Share of draws in which each entry is first (shared firsts count for each)."""
        return self.p_top(1)

    def p_top(self, k: int) -> np.ndarray:
        """Share of draws in which each entry has place k or better, shape (n_entries,)."""
        return self.counts[:, :k].sum(axis=1, dtype=np.int64) / self.n_draws

    def interval(self, share: float = 0.9) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest place of the middle `share` of draws, each shape (n_entries,)."""
        tail = round((1 - share) / 2 * self.n_draws, 6)
        best, worst = np.empty((2, len(self.counts)), dtype=np.int64)
        for rows in self._blocks():
            below = np.cumsum(self.counts[rows], axis=1, dtype=np.int64)
            best[rows] = 1 + (below <= tail).sum(axis=1)
            worst[rows] = 1 + (below < self.n_draws - tail).sum(axis=1)
        return best, worst

    @cached_property
    def mean_place(self) -> np.ndarray:
        """Mean place over the draws, shape (n_entries,)."""
        place = np.arange(1.0, len(self.counts) + 1)
        return np.concatenate([self.counts[rows] @ place for rows in self._blocks()]) / self.n_draws

    def _blocks(self) -> list[slice]:
        size = max(1, BLOCK_BYTES // (8 * len(self.counts)))
        return [slice(start, start + size) for start in range(0, len(self.counts), size)]


@dataclass(frozen=True, eq=False)
class CountedPlaces(PlaceDistribution):
    """Draws that were counted and not kept."""

    counts: np.ndarray


@dataclass(frozen=True, eq=False)
class KeptPlaces(PlaceDistribution):
    """Draws that were kept: less room than the counts when the entries are many.

    Attributes
    ----------
    drawn : unsigned int array, shape (n_draws, n_entries)
        Places in each draw.
    """

    drawn: np.ndarray

    @cached_property
    def counts(self) -> np.ndarray:
        """Draws in which entry (row) had place column + 1, shape (n_entries, n_entries)."""
        counter = PlaceCounter(self.drawn.shape[1], self.n_draws)
        for start in range(0, self.n_draws, BLOCK_BYTES // (8 * self.drawn.shape[1]) + 1):
            counter.add(self.drawn[start : start + BLOCK_BYTES // (8 * self.drawn.shape[1]) + 1])
        return counter.counts

    def p_top(self, k: int) -> np.ndarray:
        """Share of draws in which each entry has place k or better, shape (n_entries,)."""
        return (self.drawn <= k).sum(axis=0) / self.n_draws


def keep_places(score_block, n_draws: int, n_entries: int) -> np.ndarray:
    """Place draws block by block and keep the places in the smallest type that holds them.

    Parameters
    ----------
    score_block : callable
        Takes a slice of the draws, gives scores of shape (n_draws in the slice, n_entries).

    Returns
    -------
    unsigned int array, shape (n_draws, n_entries)
    """
    kept = np.empty((n_draws, n_entries), dtype=np.uint16 if n_entries < 2**16 else np.uint32)
    block = max(1, BLOCK_BYTES // (16 * n_entries))
    for start in range(0, n_draws, block):
        kept[start : start + block] = places(score_block(slice(start, start + block)))
    return kept


class PlaceCounter:
    """Adds up places block by block, so that draws need not be kept."""

    def __init__(self, n_entries: int, n_draws: int):
        kind = np.uint16 if n_draws < 2**16 else np.uint32
        self.counts = np.zeros((n_entries, n_entries), dtype=kind)
        self._step = np.arange(n_entries) * n_entries

    def add(self, block: np.ndarray) -> None:
        """Count a block of places, shape (n_draws, n_entries)."""
        self._count(np.ravel((block + (self._step - 1)).T))

    def _count(self, cells: np.ndarray) -> None:
        if self.counts.size <= cells.size:
            found = np.bincount(cells, minlength=self.counts.size).reshape(self.counts.shape)
            self.counts += found.astype(self.counts.dtype)
        else:
            np.add.at(self.counts.reshape(-1), cells, self.counts.dtype.type(1))


class OrderCounter(PlaceCounter):
    """The same from orders without ties; its table stands the other way round, so that each step stays in a row."""

    def __init__(self, n_entries: int, n_draws: int):
        super().__init__(n_entries, n_draws)
        self._cells = np.empty((n_entries, 0), dtype=np.int64)

    def add(self, block: np.ndarray) -> None:
        """Count a block of orders: entries from best to worst, shape (n_draws, n_entries)."""
        if self._cells.shape[1] != len(block):
            self._cells = np.empty((len(self._cells), len(block)), dtype=np.int64)
        np.add(block.T, self._step[:, None], out=self._cells)
        self._count(self._cells.reshape(-1))

    def by_entry(self) -> np.ndarray:
        """Counts as `PlaceDistribution` has them, shape (n_entries, n_entries)."""
        return self.counts.T

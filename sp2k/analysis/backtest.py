"""A new instrument on old data: who would have moved, and because of what (OECD/JRC 2008, ch. 7; Shapley 1953)."""

from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

import numpy as np
from scipy.stats import kendalltau

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.places import places
from sp2k.analysis.scores import Goalposts, normalise

PARTS = ("items", "normalisation", "weights")


@dataclass(frozen=True, eq=False)
class Scheme:
    """One instrument as it would score the data: goalposts and weights over the union of both instruments' indicators.

    Parameters
    ----------
    posts : Goalposts
        Over the union; ends of indicators it does not have are not read.
    weight : float array, shape (n_indicators,)
        NaN where the instrument does not have the indicator.
    """

    posts: Goalposts
    weight: np.ndarray

    @cached_property
    def has(self) -> np.ndarray:
        """Which indicators it has, bool, shape (n_indicators,)."""
        return ~np.isnan(self.weight)


@dataclass(frozen=True)
class EntryShift:
    """One line of the table of shifts: places under both, and what each part of the revision contributed.

    Attributes
    ----------
    entry, old_place, new_place : int
    shift : int
        New less old: positive = down.
    by_items, by_normalisation, by_weights : float
        Parts in places, averaged over every order in which the parts could be changed; they add up to `shift`.
    """

    entry: int
    old_place: int
    new_place: int
    by_items: float
    by_normalisation: float
    by_weights: float

    @property
    def shift(self) -> int:
        return self.new_place - self.old_place


@dataclass(frozen=True, eq=False)
class Backtest:
    """Both orders compared.

    Attributes
    ----------
    table : tuple of EntryShift
        By old place.
    mean_shift : float
        OECD's R_S: mean absolute shift in places.
    spearman, kendall : float or None
        Rank correlation and tau-b; None when one of the orders has no spread.
    k : int
    top_common : int
        Entries among the best k under both.
    """

    table: tuple[EntryShift, ...]
    mean_shift: float
    spearman: float | None
    kendall: float | None
    k: int
    top_common: int
    is_available = True

    @cached_property
    def most(self) -> EntryShift:
        """The entry that moves most."""
        return max(self.table, key=lambda row: abs(row.shift))

    def explain(self) -> tuple[Sentence, ...]:
        said = [
            sentence("Dengan instrumen baru peserta berpindah rata-rata {shift:1} tempat.", shift=self.mean_shift),
            sentence("{common} dari {k} besar tetap {k} besar.", common=self.top_common, k=self.k)]
        if self.most.shift:
            row = self.most
            said.append(sentence(
                "Yang paling berpindah {entry:peserta}, dari tempat {old} ke {new}: {items:1} karena indikator, "
                "{norm:1} karena skala, {weights:1} karena bobot.",
                entry=row.entry, old=row.old_place, new=row.new_place, items=row.by_items, norm=row.by_normalisation,
                weights=row.by_weights))
        return tuple(said)


def backtest(values: np.ndarray, old: Scheme, new: Scheme, *, k: int = 5) -> Backtest | Unavailable:
    """Score the same data by both instruments and split every shift into items, normalisation and weights.

    Parameters
    ----------
    values : float array, shape (n_entries, n_indicators)
        Raw values on the union of indicators, complete where either instrument uses them.
    old, new : Scheme
    k : int
        Size of the top to compare.
    """
    values = np.asarray(values, dtype=float)
    used = old.has | new.has
    if len(values) < 2:
        return unavailable("one_entry")
    if np.isnan(values[:, used]).any():
        return unavailable("empty_cells", n_empty=int(np.isnan(values[:, used]).sum()))
    if not (old.has & new.has).any():
        return unavailable("no_common_items")
    corners = {corner: _places(values, old, new, corner) for corner in np.ndindex(2, 2, 2)}
    first, last = corners[0, 0, 0], corners[1, 1, 1]
    parts = _shapley(corners)
    order = np.argsort(first, kind="stable")
    table = tuple(EntryShift(int(e), int(first[e]), int(last[e]), *(float(part[e]) for part in parts)) for e in order)
    return Backtest(table, float(np.abs(last - first).mean()), _spearman(first, last), _tau_b(first, last), k,
                    int(((first <= k) & (last <= k)).sum()))


def _places(values: np.ndarray, old: Scheme, new: Scheme, corner: tuple[int, int, int]) -> np.ndarray:
    """Places with each part (items, normalisation, weights) taken from the old (0) or the new (1) instrument.

    An indicator that an instrument lacks takes goalposts and weight from the other one.
    """
    items, scale, weights = ((old, new)[choice] for choice in corner)
    other = old if scale is new else new
    low = np.where(scale.has, scale.posts.low, other.posts.low)
    high = np.where(scale.has, scale.posts.high, other.posts.high)
    other = old if weights is new else new
    weight = np.where(weights.has, weights.weight, other.weight)[items.has]
    marks = normalise(values[:, items.has], Goalposts(low[items.has], high[items.has]))
    return places(marks @ (weight / weight.sum()))


def _shapley(corners: dict[tuple[int, ...], np.ndarray]) -> list[np.ndarray]:
    """Average contribution of each part over the orders in which the parts can be changed."""
    parts = [np.zeros(len(corners[0, 0, 0])) for _ in PARTS]
    orders = list(permutations(range(len(PARTS))))
    for order in orders:
        at = [0, 0, 0]
        for part in order:
            before = corners[tuple(at)]
            at[part] = 1
            parts[part] += (corners[tuple(at)] - before) / len(orders)
    return parts


def _spearman(first: np.ndarray, last: np.ndarray) -> float | None:
    """Correlation of mid-ranks."""
    one, two = (np.unique(p, return_inverse=True, return_counts=True) for p in (first, last))
    ranks = [(np.cumsum(counts) - (counts - 1) / 2)[position] for _, position, counts in (one, two)]
    left = [rank - rank.mean() for rank in ranks]
    norm = np.sqrt((left[0] ** 2).sum() * (left[1] ** 2).sum())
    return float((left[0] * left[1]).sum() / norm) if norm > 0 else None


def _tau_b(first: np.ndarray, last: np.ndarray) -> float | None:
    if np.ptp(first) == 0 or np.ptp(last) == 0:
        return None
    return float(kendalltau(first, last, variant="b").statistic)

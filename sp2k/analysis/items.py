"""Which indicators to look at before next year, each with its reason in a sentence."""

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np
from scipy.stats import rankdata

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.reliability.cronbach import Consistency, cronbach

# Kelley (1939) J. Educ. Psychol. 30:17-24: the upper and lower 27 % tell most.
TAIL = 0.27
NOTHING = 1e-12


@dataclass(frozen=True)
class Limits:
    """From where on an indicator is put on the list. [J] conventions of item analysis, to be declared by the user."""

    item_total: float = 0.2
    discrimination: float = 0.1
    floor: float = 0.5
    ceiling: float = 0.5
    missing: float = 0.1
    redundant: float = 0.9
    alpha_gain: float = 0.01
    group_sd: float = 0.5


@dataclass(frozen=True)
class Item:
    """What one indicator did. None = cannot be had (see `why_not` of the analysis or a flat indicator).

    Attributes
    ----------
    indicator : int
    n_given : int
        Entries with a mark.
    missing : float
        Share of entries without.
    mean, sd : float
    r_drop : float or None
        Correlation with the sum of the others.
    alpha, alpha_if_deleted : float or None
        Of all indicators, and without this one.
    floor, ceiling : float
        Share of marks at the lowest and highest possible value.
    discrimination : float
        Mean of the upper less that of the lower 27 % of entries, as a share of the scale.
    redundant_with : int or None
        An indicator of the same aspect with rank correlation above the limit.
    redundancy : float or None
        That correlation.
    group_difference : float or None
        Mean of the first group (urban) less that of the second (rural), in points.
    group_sd : float or None
        The same in standard deviations.
    reasons : tuple of str
        Keys of `SENTENCES`.
    limits : Limits
    """

    indicator: int
    n_given: int
    missing: float
    mean: float
    sd: float
    floor: float
    ceiling: float
    discrimination: float
    r_drop: float | None = None
    alpha: float | None = None
    alpha_if_deleted: float | None = None
    redundant_with: int | None = None
    redundancy: float | None = None
    group_difference: float | None = None
    group_sd: float | None = None
    reasons: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    is_available = True

    def explain(self) -> tuple[Sentence, ...]:
        numbers = {name: value for name, value in self.__dict__.items() if isinstance(value, int | float)}
        return tuple(Sentence(SENTENCES[reason], MappingProxyType(numbers)) for reason in self.reasons)


SENTENCES = {
    "flat": "{indicator:butir} bernilai sama bagi semua peserta, sehingga tidak membedakan siapa pun.",
    "against": "{indicator:butir} berlawanan arah dengan indikator lain (hubungan {r_drop:2}); periksa arah nilainya.",
    "unrelated": "{indicator:butir} hampir tidak sejalan dengan indikator lain (hubungan {r_drop:2}).",
    "alpha": "Tanpa {indicator:butir} kekompakan indikator naik dari {alpha:2} ke {alpha_if_deleted:2}.",
    "weak": "{indicator:butir} hampir tidak membedakan peserta terbaik dan terlemah ({discrimination:persen} skala).",
    "floor": "{floor:persen} peserta mendapat nilai terendah pada {indicator:butir}: mungkin terlalu sukar atau tidak "
    "dapat dipenuhi.",
    "ceiling": "{ceiling:persen} peserta mendapat nilai tertinggi pada {indicator:butir}: mungkin terlalu mudah.",
    "redundant": "{indicator:butir} hampir sama dengan {redundant_with:butir} (hubungan {redundancy:2}): satu di "
    "antaranya mungkin cukup.",
    "missing": "{missing:persen} peserta tidak dinilai pada {indicator:butir}.",
    "urban": "Pada {indicator:butir} rata-rata perkotaan {group_difference:besar1} poin di atas perdesaan: mungkin "
    "tidak setara bagi keduanya.",
    "rural": "Pada {indicator:butir} rata-rata perdesaan {group_difference:besar1} poin di atas perkotaan: mungkin "
    "tidak setara bagi keduanya.",
}


@dataclass(frozen=True, eq=False)
class ItemAnalysis:
    """All indicators.

    Attributes
    ----------
    items : tuple of Item
    consistency : Consistency or Unavailable
        Of the entries with all marks.
    n_complete : int
        Those entries.
    """

    items: tuple[Item, ...]
    consistency: Consistency | Unavailable
    n_complete: int
    is_available = True

    @cached_property
    def to_review(self) -> tuple[Item, ...]:
        """Indicators with a reason, those with most reasons first."""
        return tuple(sorted((item for item in self.items if item.reasons), key=lambda item: -len(item.reasons)))

    @cached_property
    def n_items(self) -> int:
        return len(self.items)

    @cached_property
    def n_to_review(self) -> int:
        return len(self.to_review)

    def explain(self) -> tuple[Sentence, ...]:
        summary = sentence("{review} dari {n} indikator patut ditinjau.", review=self.n_to_review, n=self.n_items)
        return (summary, *(said for item in self.to_review[:10] for said in item.explain()))


def analyse_items(
    marks: np.ndarray, *, low: np.ndarray, high: np.ndarray, aspect: np.ndarray | None = None,
    urban: np.ndarray | None = None, limits: Limits | None = None,
) -> ItemAnalysis | Unavailable:
    """Look at every indicator of one instrument.

    Parameters
    ----------
    marks : float array, shape (n_entries, n_indicators)
        NaN = no mark.
    low, high : float array, shape (n_indicators,)
        Lowest and highest possible mark.
    aspect : int array, shape (n_indicators,), optional
        Redundancy is looked for within an aspect.
    urban : bool array, shape (n_entries,), optional
    limits : Limits, optional
    """
    marks, limits = np.asarray(marks, dtype=float), limits or Limits()
    if len(marks) < 2:
        return unavailable("one_entry")
    complete = marks[~np.isnan(marks).any(axis=1)]
    consistency = cronbach(complete) if len(complete) else unavailable(
        "too_few_entries", n_entries=0, needed=2)
    aspect = np.zeros(marks.shape[1], dtype=int) if aspect is None else np.asarray(aspect)
    columns = _Columns(marks, np.asarray(low, dtype=float), np.asarray(high, dtype=float))
    twins = _redundant(marks, aspect, limits.redundant)
    groups = None if urban is None else np.asarray(urban, dtype=bool)
    items = tuple(_item(i, columns, consistency, twins.get(i), groups, limits) for i in range(marks.shape[1]))
    return ItemAnalysis(items, consistency, len(complete))


class _Columns:
    """Simple counts of every indicator at once."""

    def __init__(self, marks: np.ndarray, low: np.ndarray, high: np.ndarray):
        self.marks, self.given = marks, ~np.isnan(marks)
        self.count = self.given.sum(axis=0)
        safe = np.maximum(self.count, 1)
        filled = np.where(self.given, marks, 0.0)
        self.mean = filled.sum(axis=0) / safe
        left = np.where(self.given, marks - self.mean, 0.0)
        self.sd = np.sqrt((left**2).sum(axis=0) / np.maximum(self.count - 1, 1))
        self.floor = (self.given & (marks <= low)).sum(axis=0) / safe
        self.ceiling = (self.given & (marks >= high)).sum(axis=0) / safe
        share = self.given @ np.ones(marks.shape[1])
        # An entry's standing: its mean position on the scales, over the marks it has.
        position = np.where(self.given, (filled - low) / (high - low), 0.0).sum(axis=1)
        standing = np.round(np.divide(position, share, out=np.zeros(len(marks)), where=share > 0), 12)
        tail = max(1, int(np.ceil(TAIL * len(marks))))
        ordered = np.sort(standing)
        upper, lower = standing >= ordered[-tail], standing <= ordered[tail - 1]
        self.discrimination = (self._mean_of(filled, upper) - self._mean_of(filled, lower)) / (high - low)

    def _mean_of(self, filled: np.ndarray, rows: np.ndarray) -> np.ndarray:
        count = self.given[rows].sum(axis=0)
        total = filled[rows].sum(axis=0)
        return np.divide(total, count, out=self.mean.copy(), where=count > 0)


def _redundant(marks: np.ndarray, aspect: np.ndarray, limit: float) -> dict[int, tuple[int, float]]:
    """Return for each redundant indicator the strongest twin of its aspect and their rank correlation."""
    found = {}
    for code in np.unique(aspect):
        members = np.flatnonzero(aspect == code)
        rows = marks[:, members]
        rows = rows[~np.isnan(rows).any(axis=1)]
        if len(members) < 2 or len(rows) < 3:
            continue
        ranks = rankdata(rows, axis=0)
        ranks -= ranks.mean(axis=0)
        norm = np.sqrt((ranks**2).sum(axis=0))
        ranks = np.divide(ranks, norm, out=np.zeros_like(ranks), where=norm > 0)
        strength = np.abs(ranks.T @ ranks)
        np.fill_diagonal(strength, 0)
        twin = strength.argmax(axis=1)
        for position in np.flatnonzero(strength.max(axis=1) > limit):
            found[int(members[position])] = (int(members[twin[position]]), float(strength[position, twin[position]]))
    return found


def _item(i: int, c: _Columns, consistency, twin, urban, limits: Limits) -> Item:
    is_flat = c.sd[i] <= NOTHING * max(1.0, abs(c.mean[i]))
    known = not isinstance(consistency, Unavailable)
    dropped = float(consistency.if_dropped[i]) if known and consistency.if_dropped is not None else None
    difference = None if urban is None else _difference(c, i, urban)
    item = Item(
        indicator=i, n_given=int(c.count[i]), missing=float(1 - c.count[i] / len(c.marks)), mean=float(c.mean[i]),
        sd=float(c.sd[i]), floor=float(c.floor[i]), ceiling=float(c.ceiling[i]),
        discrimination=float(c.discrimination[i]),
        r_drop=float(consistency.r_drop[i]) if known and consistency.has_spread[i] else None,
        alpha=consistency.alpha if known else None, alpha_if_deleted=dropped,
        redundant_with=twin[0] if twin else None, redundancy=twin[1] if twin else None,
        group_difference=difference, limits=limits,
        group_sd=None if difference is None or is_flat else float(difference / c.sd[i]))
    return Item(**{**item.__dict__, "reasons": tuple(_reasons(item, is_flat))})


def _difference(c: _Columns, i: int, urban: np.ndarray) -> float | None:
    first, second = c.given[:, i] & urban, c.given[:, i] & ~urban
    if not (first.any() and second.any()):
        return None
    return float(c.marks[first, i].mean() - c.marks[second, i].mean())


def _reasons(item: Item, is_flat: bool):
    limits = item.limits
    if item.missing > limits.missing:
        yield "missing"
    if is_flat:
        if item.n_given:
            yield "flat"
        return
    is_against = item.r_drop is not None and item.r_drop < 0
    if item.r_drop is not None and item.r_drop < limits.item_total:
        yield "against" if is_against else "unrelated"
    if item.alpha_if_deleted is not None and item.alpha_if_deleted > item.alpha + limits.alpha_gain:
        yield "alpha"
    if item.discrimination < limits.discrimination and not is_against:
        yield "weak"
    for end in ("floor", "ceiling"):
        if getattr(item, end) > getattr(limits, end):
            yield end
    if item.redundant_with is not None:
        yield "redundant"
    if item.group_sd is not None and abs(item.group_sd) > limits.group_sd:
        yield "urban" if item.group_sd > 0 else "rural"

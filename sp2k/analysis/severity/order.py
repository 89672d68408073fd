"""Whether jurors' strictness changes the order: by theorem where one holds, else counted again by the declared way."""

from dataclasses import dataclass

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.official import Official, leniency
from sp2k.analysis.ratings import Ratings


@dataclass(frozen=True)
class OrderChange:
    """An entry whose place would differ if strictness were taken out."""

    entry: int
    plain_place: int
    adjusted_place: int


@dataclass(frozen=True)
class SeverityOrder:
    """The order with strictness taken out.

    Attributes
    ----------
    is_theorem : bool
        Complete sheets, the plain mean, nothing but sums, and no two totals so near that rounding could make or break a
        tie: strictness then cancels in every difference.
    changes : tuple of OrderChange
        By plain place; empty where it is a theorem.
    """

    is_theorem: bool
    changes: tuple[OrderChange, ...]
    is_available = True

    def explain(self) -> tuple[Sentence, ...]:
        if self.is_theorem:
            return (sentence("Semua juri menilai semua peserta dan nilainya rata-rata biasa, jadi keketatan tidak mengubah "
                             "urutan."),)
        if not self.changes:
            return (sentence("Dihitung ulang menurut aturan dengan keketatan tiap juri dikeluarkan, urutannya tetap."),)
        return tuple(
            sentence("Dihitung ulang menurut aturan dengan keketatan tiap juri dikeluarkan, {entry:peserta} pindah dari "
                     "tempat {plain} ke {adjusted}.",
                     entry=change.entry, plain=change.plain_place, adjusted=change.adjusted_place)
            for change in self.changes[:5])


def severity_order(ratings: Ratings, official: Official) -> SeverityOrder | Unavailable:
    """Place the entries as they are and with each juror's leniency taken off every indicator.

    Parameters
    ----------
    ratings : Ratings
        The stage's own marks; weights are those of the total.
    official : Official
    """
    why_not = ratings.totals.why_not()
    if why_not:
        return why_not
    is_complete = not np.isnan(ratings.dense[:, ratings.presence.any(axis=0)]).any()
    if is_complete and official.keeps_distances(ratings.totals.plain + official.fixed):
        return SeverityOrder(True, ())
    adjusted, plain = _freed_places(ratings, official), official.standing_places
    if adjusted is None:
        return unavailable("no_recount_freed")
    moved = np.flatnonzero(plain != adjusted)
    moved = moved[np.argsort(plain[moved], kind="stable")]
    return SeverityOrder(False, tuple(OrderChange(int(e), int(plain[e]), int(adjusted[e])) for e in moved))


def _freed_places(ratings: Ratings, official: Official) -> np.ndarray | None:
    if official.again is not None:
        return official.again.freed()
    lenient = leniency(np.nan_to_num(ratings.filled), ratings.presence)
    return official.places(official.recount(ratings, ratings.presence, lenient).round(9))

"""Does a strong indicator make up for a weak one? The order by weighted geometric mean beside the plain one."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.scores import geometric_mean
from sp2k.analysis.weights.table import weighted_table


@dataclass(frozen=True, eq=False)
class Compensability:
    """Places with and without full compensation.

    Attributes
    ----------
    geometric : float array, shape (n_entries,)
        Weighted geometric mean.
    plain_places, geometric_places : int array, shape (n_entries,)
    more_than : int
        Moves of more places than this are told.
    floor : float
        Lowest mark counted: zeros would make everything zero.
    n_raised : int
        Marks below the floor.
    """

    geometric: np.ndarray
    plain_places: np.ndarray
    geometric_places: np.ndarray
    more_than: int
    floor: float
    n_raised: int
    is_available = True

    @cached_property
    def shift(self) -> np.ndarray:
        """Places lost (positive) without full compensation, shape (n_entries,)."""
        return self.geometric_places - self.plain_places

    @cached_property
    def moved(self) -> tuple[int, ...]:
        """Entries that move more than `more_than` places, most first."""
        found = np.flatnonzero(np.abs(self.shift) > self.more_than)
        return tuple(found[np.argsort(-np.abs(self.shift[found]), kind="stable")].tolist())

    def explain(self) -> tuple[Sentence, ...]:
        if not self.moved:
            return (sentence("Bila indikator yang lemah tidak dapat ditutup oleh yang kuat, tidak ada peserta yang "
                             "berpindah lebih dari {k} tempat.", k=self.more_than),)
        return tuple(
            sentence("Bila indikator yang lemah tidak dapat ditutup oleh yang kuat, {entry:peserta} pindah dari tempat "
                     "{plain} ke {then}.", entry=entry, plain=int(self.plain_places[entry]),
                     then=int(self.geometric_places[entry]))
            for entry in self.moved[:5])


def compensability(
    source, *, weight: np.ndarray | None = None, more_than: int = 2, floor: float = 1.0
) -> Compensability | Unavailable:
    """Place the entries by weighted geometric mean.

    Parameters
    ----------
    source : Ratings, WeightedTable or float array (n_entries, n_indicators)
        Marks on one scale, such as 0 to 100.
    floor : float
        Marks below it count as it; above 0.
    """
    table = weighted_table(source, weight)
    if isinstance(table, Unavailable):
        return table
    if not floor > 0:
        return unavailable("not_positive")
    used = table.weight > 0
    marks = np.maximum(table.marks[:, used], floor)
    scores = geometric_mean(marks, table.weight[used])
    return Compensability(scores, table.places, table.placed_again(scores), more_than, floor,
                          int((table.marks[:, used] < floor).sum()))

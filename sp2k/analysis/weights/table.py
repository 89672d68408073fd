"""Entries by indicators with their weights: what every question about weights starts from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Unavailable, unavailable
from sp2k.analysis.places import GivenPlaces, places
from sp2k.analysis.ratings import Ratings


@dataclass(frozen=True, eq=False)
class WeightedTable:
    """Normalised marks and weights.

    Attributes
    ----------
    marks : float array, shape (n_entries, n_indicators)
        On one scale, higher is better.
    weight : float array, shape (n_indicators,)
        Sums to 1, each 0 or more.
    scale : float
        Sum of the weights as they were given: points = scale x weighted mean.
    given_places : GivenPlaces, optional
        The official places, where they rest on these marks and weights.
    """

    marks: np.ndarray
    weight: np.ndarray
    scale: float = 1.0
    given_places: GivenPlaces | None = None

    @cached_property
    def scores(self) -> np.ndarray:
        """Weighted mean, shape (n_entries,)."""
        return self.marks @ self.weight

    @cached_property
    def places(self) -> np.ndarray:
        return places(self.scores) if self.given_places is None else self.given_places.places

    def placed_again(self, scores: np.ndarray) -> np.ndarray:
        """Place other scores of the same entries, shape (n_entries,) or (n, n_entries), as these were placed."""
        if self.given_places is None:
            return places(scores)
        return self.given_places.again(scores * self.scale, self.scores * self.scale)

    @cached_property
    def order(self) -> np.ndarray:
        """Entries by place."""
        return np.argsort(self.places, kind="stable")


def weighted_table(source, weight: np.ndarray | None = None) -> WeightedTable | Unavailable:
    """Check marks and weights.

    Parameters
    ----------
    source : Ratings, WeightedTable or float array (n_entries, n_indicators)
        Of a `Ratings`, the mean of those present.
    weight : float array, shape (n_indicators,), optional
        By default those of the ratings, or equal ones.
    """
    if isinstance(source, WeightedTable | Unavailable):
        return source
    given = source.given_places if isinstance(source, Ratings) and weight is None else None
    if isinstance(source, Ratings):
        marks, weight = source.panel_marks, source.weight if weight is None else weight
    else:
        marks = np.asarray(source, dtype=float)
    weight = np.ones(marks.shape[1]) if weight is None else np.asarray(weight, dtype=float)
    if np.isnan(marks).any():
        return unavailable("empty_cells", n_empty=int(np.isnan(marks).sum()))
    if len(marks) < 2:
        return unavailable("one_entry")
    if (weight > 0).sum() < 2:
        return unavailable("one_weight")
    return WeightedTable(marks, weight / weight.sum(), float(weight.sum()), given)

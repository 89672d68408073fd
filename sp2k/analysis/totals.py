"""Points by entry and juror: the table on which severity, agreement and certainty stand."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Unavailable, unavailable
from sp2k.analysis.design import DesignCheck, check_plan
from sp2k.analysis.places import GivenPlaces, places


@dataclass(frozen=True, eq=False)
class JurorTotals:
    """What each juror alone would have given each entry.

    Attributes
    ----------
    points : float array, shape (n_entries, n_jurors)
        NaN where the juror did not judge the entry.
    n_partial : int
        Cells in which some indicators were left empty and filled (see `juror_totals`).
    given_places : GivenPlaces, optional
        The official places, where they rest on these points.
    """

    points: np.ndarray
    n_partial: int
    given_places: GivenPlaces | None = None

    @cached_property
    def given(self) -> np.ndarray:
        """Bool, shape (n_entries, n_jurors)."""
        return ~np.isnan(self.points)

    @cached_property
    def filled(self) -> np.ndarray:
        """Points with 0 where nothing was given: for sums."""
        return np.where(self.given, self.points, 0.0)

    @cached_property
    def is_crossed(self) -> bool:
        """Whether every juror judged every entry."""
        return bool(self.given.all())

    @cached_property
    def plain(self) -> np.ndarray:
        """Mean of those present, shape (n_entries,). Every entry must have a juror."""
        return self.filled.sum(axis=1) / self.given.sum(axis=1)

    @cached_property
    def plain_places(self) -> np.ndarray:
        """The official places where they are known, else places on the plain mean, 1-2-2-4, shape (n_entries,)."""
        return places(self.plain) if self.given_places is None else self.given_places.places

    def placed_again(self, scores: np.ndarray) -> np.ndarray:
        """Place scores of the same entries, shape (n_entries,) or (n, n_entries), as the plain places were."""
        return places(scores) if self.given_places is None else self.given_places.again(scores, self.plain)

    @cached_property
    def design(self) -> DesignCheck:
        return check_plan(self.given)

    @cached_property
    def is_flat(self) -> bool:
        """Whether all points given are the same to ten digits."""
        values = self.points[self.given]
        return bool(np.ptp(values) <= 1e-10 * max(1.0, np.abs(values).max()))

    def why_not(self, *, jurors: int = 2, entries: int = 2, anyway: bool = False) -> Unavailable | None:
        """Say why no comparison of entries can be made, or None.

        Parameters
        ----------
        jurors, entries : int
            How many are needed.
        anyway : bool
            Compare split panels that share no juror all the same: the caller answers for it.
        """
        n_entries, n_jurors = self.points.shape
        design = self.design
        if design.unjudged:
            return unavailable("unjudged", entries=design.unjudged)
        if n_entries < min(entries, 2):
            return unavailable("one_entry")
        if n_entries < entries:
            return unavailable("too_few_entries", n_entries=n_entries, needed=entries)
        if n_jurors - len(design.idle) < jurors:
            return unavailable("one_juror")
        if not (design.is_comparable or anyway):
            return unavailable("disconnected", n_components=design.n_components)
        return None


def juror_totals(marks: np.ndarray, weight: np.ndarray, given_places: GivenPlaces | None = None) -> JurorTotals:
    """Weigh the marks of each juror for each entry into points.

    Where a juror left some of an entry's indicators empty, each of them counts as the mean of all marks on that
    indicator plus what this juror gave this entry above such means on the other indicators (weighted): an empty mark
    on a hard indicator then does no good and no harm.

    Parameters
    ----------
    marks : float array, shape (n_entries, n_jurors, n_indicators)
        NaN = not judged.
    weight : float array, shape (n_indicators,)
    given_places : GivenPlaces, optional
    """
    points = marks @ weight
    if not np.isnan(points).any():
        return JurorTotals(points, 0, given_places)
    n_partial = int((np.isnan(marks).any(axis=2) & ~np.isnan(marks).all(axis=2)).sum())
    return JurorTotals(filled_marks(marks, weight) @ weight, n_partial, given_places)


def filled_marks(marks: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Fill what a juror left empty of an entry he judged, as `juror_totals` says; NaN stays where he did not judge."""
    given = ~np.isnan(marks)
    partial = ~given.all(axis=2) & given.any(axis=2)
    if not partial.any():
        return marks
    counts = np.maximum(given.sum(axis=(0, 1)), 1)
    norm = np.where(given, marks, 0.0).sum(axis=(0, 1)) / counts
    present = given[partial]
    above = np.where(present, marks[partial] - norm, 0.0) @ weight
    share = present @ weight
    beyond = np.divide(above, share, out=np.zeros_like(share), where=share > 0)
    filled = marks.copy()
    filled[partial] = np.where(present, marks[partial], norm + beyond[:, None])
    return filled

"""What the declared rules make of the marks: how jurors are combined, what is added, and who is placed against whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from sp2k.analysis.places import GivenPlaces, places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.severity.laplacian import laplacian_inverse

# How an indicator's jurors are combined: the number of highest and lowest marks taken off (0: the plain mean), or one of
MEDIAN, TWO_WAY = -1, -2


def combine(values: np.ndarray, given: np.ndarray, trim: np.ndarray) -> np.ndarray:
    """Combine jurors' marks as declared, indicator by indicator.

    Parameters
    ----------
    values : float array, shape (n, n_jurors, n_indicators)
        Anything where not given.
    given : bool array, shape (n, n_jurors) or (n_jurors,)
        Each row with a juror.
    trim : int array, shape (n_indicators,)
        Marks taken off at each end, MEDIAN or TWO_WAY. Where too few are left the plain mean stands, and TWO_WAY is
        the plain mean: its severity is taken out elsewhere.

    Returns
    -------
    float array, shape (n, n_indicators)
    """
    given = np.broadcast_to(given, values.shape[:2])
    n_given = np.maximum(given.sum(axis=1), 1)
    out = np.where(given[:, :, None], values, 0.0).sum(axis=1) / n_given[:, None]
    ordered = np.flatnonzero((trim > 0) | (trim == MEDIAN))
    if ordered.size:
        ranked = np.sort(np.where(given[:, :, None], values[:, :, ordered], np.inf), axis=1)
        off = np.where(trim[ordered] == MEDIAN, (n_given[:, None] - 1) // 2, trim[ordered])
        off = np.where(2 * off < n_given[:, None], off, 0)
        position = np.arange(values.shape[1])[None, :, None]
        kept = (position >= off[:, None, :]) & (position < (n_given[:, None] - off)[:, None, :])
        out[:, ordered] = np.where(kept, ranked, 0.0).sum(axis=1) / kept.sum(axis=1)
    return out


class Recount(Protocol):
    """Whoever can count the stage again by all its rules, as it is counted officially.

    `places` are those that stand, shape (n_entries,); the methods return such places, or None where the rules allow no
    count.
    """

    places: np.ndarray | None

    def without(self, juror: int) -> np.ndarray | None:
        """Places without a juror; 0 for an entry that nobody else judged."""

    def freed(self) -> np.ndarray | None:
        """Places with each juror's strictness taken off his marks."""


@dataclass(frozen=True, eq=False)
class Official:
    """A stage's official totals beside its marks.

    Attributes
    ----------
    totals : float array, shape (n_entries,)
        As the rules count them, before the last rounding.
    fixed : float array, shape (n_entries,)
        The part of each total that no juror of this stage can change: carried values and findings.
    trim : int array, shape (n_indicators,)
        As in `combine`.
    scope : int array, shape (n_entries,)
        Entries with the same code are placed against one another.
    quota : int array, shape (n_scopes,)
        How many of each scope go on.
    is_additive : bool
        Whether nothing but sums and rounding stands between marks and total: False with ceilings of aspects, and with
        findings, which are kept within 0 and the maximum.
    slack : float
        Points by which rounding on the way can change the distance of two totals, at most.
    given : GivenPlaces, optional
        The official places, each in its scope: a chain, a lot or a ruling may have parted equals.
    again : Recount, optional
        Without it a recount knows the declared way of combining and nothing else of the rules.
    """

    totals: np.ndarray
    fixed: np.ndarray
    trim: np.ndarray
    scope: np.ndarray
    quota: np.ndarray
    is_additive: bool = True
    given: GivenPlaces | None = None
    slack: float = 0.0
    again: Recount | None = None

    @classmethod
    def plain(cls, ratings: Ratings, cut: int) -> "Official":
        """Return the plain mean of all jurors, one scope, nothing brought along."""
        n = ratings.n_entries
        zero = np.zeros(n, dtype=np.int64)
        return cls(ratings.totals.plain, np.zeros(n), np.zeros(ratings.n_indicators, dtype=np.int64), zero,
                   np.array([cut]))

    @cached_property
    def is_ordered(self) -> bool:
        """Whether some indicator looks at the order of its marks (trimmed mean or median)."""
        return bool(((self.trim > 0) | (self.trim == MEDIAN)).any())

    @cached_property
    def fixed_share(self) -> float:
        """What part of the points stands fixed, 0 to 1."""
        total = float(np.abs(self.totals).sum())
        return min(1.0, float(np.abs(self.fixed).sum()) / total) if total else 0.0

    def places(self, totals: np.ndarray) -> np.ndarray:
        """Place totals within their scopes, best first, 1-2-2-4, along the last axis; equals as they were parted."""
        out = np.empty(np.shape(totals), dtype=np.int64)
        for entries in self.members():
            if len(entries) and self.given is not None:
                given = GivenPlaces(self.given.places[entries], self.given.decimals)
                out[..., entries] = given.again(totals[..., entries], self.totals[entries])
            elif len(entries):
                out[..., entries] = places(totals[..., entries])
        return out

    @property
    def plain_places(self) -> np.ndarray:
        """The official places where they are known, else those of the totals, shape (n_entries,)."""
        return self.places(self.totals) if self.given is None else self.given.places

    @property
    def standing_places(self) -> np.ndarray:
        """The places that recounts are held against, shape (n_entries,)."""
        known = None if self.again is None else self.again.places
        return self.plain_places if known is None else known

    def keeps_distances(self, exact: np.ndarray) -> bool:
        """Tell whether no common shift of `exact` totals can change an official place: rounding has room enough."""
        ordered = [np.sort(exact[entries]) for entries in self.members()]
        return self.is_additive and not self.is_ordered and all(
            (np.diff(values) > self.slack + 1e-9).all() or not self.slack for values in ordered)

    def recount(self, ratings: Ratings, given: np.ndarray, lenient: np.ndarray | None = None) -> np.ndarray:
        """Return the totals by the declared way from some of the jurors, shape (n_entries,); NaN where none is left.

        Whatever else the official totals hold beside the jurors' marks (carried values, findings, what does not apply)
        stays as it is.

        Parameters
        ----------
        given : bool array, shape (n_entries, n_jurors)
        lenient : float array, shape (n_jurors, n_indicators), optional
            Taken off each juror's marks.
        """
        marks = np.nan_to_num(ratings.filled)
        beside = self.totals - self._points(ratings, marks, ratings.presence)
        given = given & ratings.presence
        served = given.any(axis=1)
        out = np.full(len(marks), np.nan)
        freed = marks if lenient is None else marks - lenient
        out[served] = (beside + self._points(ratings, freed, given))[served]
        return out

    def _points(self, ratings: Ratings, marks: np.ndarray, given: np.ndarray) -> np.ndarray:
        """Combine and weigh; what TWO_WAY combines is freed of severity first, within each scope."""
        adjusted = np.flatnonzero(self.trim == TWO_WAY)
        if adjusted.size and not given.all():
            marks = marks.copy()
            for entries in self.members():
                marks[np.ix_(entries, np.arange(marks.shape[1]), adjusted)] -= leniency(
                    marks[np.ix_(entries, np.arange(marks.shape[1]), adjusted)], given[entries])
        with np.errstate(invalid="ignore"):
            return combine(marks, given, self.trim) @ ratings.weight

    def members(self) -> Sequence[np.ndarray]:
        """Return the entries of each scope."""
        return [np.flatnonzero(self.scope == code) for code in range(len(self.quota))]


def leniency(marks: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Return what each juror gave above the others, entries being equal, by least squares on each indicator.

    Parameters
    ----------
    marks : float array, shape (n_entries, n_jurors, n_indicators)
        Anything where not given.
    given : bool array, shape (n_entries, n_jurors)

    Returns
    -------
    float array, shape (n_jurors, n_indicators)
        Sums to 0 over the jurors; 0 for one who gave nothing.
    """
    there = given.astype(float)
    per_entry = np.maximum(there.sum(axis=1), 1)
    marks = np.where(given[:, :, None], marks, 0.0)
    within = marks.sum(axis=0) - np.einsum("ej,ei->ji", there, marks.sum(axis=1) / per_entry[:, None])
    laplacian = np.diag(there.sum(axis=0)) - there.T @ (there / per_entry[:, None])
    return laplacian_inverse(laplacian) @ within

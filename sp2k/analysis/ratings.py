"""The marks as the analysis reads them: long integer-coded arrays, checked once, in one order."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.places import GivenPlaces
from sp2k.analysis.totals import JurorTotals, filled_marks, juror_totals


class RatingsError(ValueError):
    """The arrays are no set of marks: the sentence says which array and where."""


@dataclass(frozen=True, eq=False)
class Ratings:
    """Marks of jurors, one a row, sorted by entry, juror and indicator whatever the order they came in.

    Parameters
    ----------
    entry, juror, indicator : int array, shape (n_ratings,)
        Codes from 0; each triple at most once. What was not judged has no row (missing is not zero).
    value : float array, shape (n_ratings,)
        Marks, all finite.
    n_entries, n_jurors, n_indicators : int, optional
        Sizes, when the highest codes may have no mark.
    session : int array, shape (n_ratings,), optional
        The session in which the mark was given.
    weight : float array, shape (n_indicators,), optional
        Points of an entry are the sum of weight x mark over the indicators; equal weights that sum to 1 by default.
    given_places : GivenPlaces, optional
        The official places, where the points of an entry are its official total.

    Raises
    ------
    RatingsError
    """

    entry: np.ndarray
    juror: np.ndarray
    indicator: np.ndarray
    value: np.ndarray
    n_entries: int = 0
    n_jurors: int = 0
    n_indicators: int = 0
    session: np.ndarray | None = None
    weight: np.ndarray | None = None
    given_places: GivenPlaces | None = None

    def __post_init__(self):
        size = np.size(self.value)
        if not size:
            raise RatingsError("belum ada nilai satu pun")
        for name, count in (("entry", "n_entries"), ("juror", "n_jurors"), ("indicator", "n_indicators")):
            codes = _codes(name, getattr(self, name), size)
            self._put(name, codes)
            self._put(count, _count(count, getattr(self, count), codes))
        self._put("value", _numbers("value", self.value, size))
        if self.session is not None:
            self._put("session", _codes("session", self.session, size))
        weight = np.full(self.n_indicators, 1 / self.n_indicators) if self.weight is None else self.weight
        self._put("weight", _weights(weight, self.n_indicators))
        self._sort()

    def _put(self, name: str, value) -> None:
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
        object.__setattr__(self, name, value)

    def _sort(self) -> None:
        key = (self.entry * self.n_jurors + self.juror) * self.n_indicators + self.indicator
        step = np.diff(key)
        if (step > 0).all():
            return
        order = np.argsort(key, kind="stable")
        twice = np.flatnonzero(np.diff(key[order]) == 0)
        if twice.size:
            row = order[twice[0]]
            raise RatingsError(
                f"nilai ganda: peserta {self.entry[row]}, juri {self.juror[row]}, indikator {self.indicator[row]}")
        for name in ("entry", "juror", "indicator", "value", "session"):
            if getattr(self, name) is not None:
                self._put(name, getattr(self, name)[order])

    @classmethod
    def from_dense(cls, marks: np.ndarray, *, weight=None, session=None) -> "Ratings":
        """Read a table (n_entries, n_jurors, n_indicators), or (n_entries, n_jurors) of totals; NaN = not judged.

        `session` gives one code an entry, shape (n_entries,).
        """
        marks = np.asarray(marks, dtype=float)
        marks = marks[:, :, None] if marks.ndim == 2 else marks
        if marks.ndim != 3:
            raise RatingsError(f"tabel nilai harus bermatra tiga, bukan {marks.ndim}")
        if np.isinf(marks).any():
            raise RatingsError("ada nilai yang tidak terhingga")
        entry, juror, indicator = np.nonzero(~np.isnan(marks))
        sessions = None if session is None else np.asarray(session)[entry]
        return cls(entry, juror, indicator, marks[entry, juror, indicator], *marks.shape, sessions, weight)

    @cached_property
    def dense(self) -> np.ndarray:
        """The marks as a read-only table (n_entries, n_jurors, n_indicators); NaN = not judged."""
        marks = np.full((self.n_entries, self.n_jurors, self.n_indicators), np.nan)
        marks[self.entry, self.juror, self.indicator] = self.value
        marks.setflags(write=False)
        return marks

    @cached_property
    def filled(self) -> np.ndarray:
        """The same with what a juror left empty filled as `juror_totals` says; NaN where he did not judge at all."""
        return filled_marks(self.dense, self.weight)

    @cached_property
    def presence(self) -> np.ndarray:
        """Who judged whom: bool, shape (n_entries, n_jurors)."""
        presence = np.zeros((self.n_entries, self.n_jurors), dtype=bool)
        presence[self.entry, self.juror] = True
        return presence

    @cached_property
    def totals(self) -> JurorTotals:
        """Points by entry and juror."""
        return juror_totals(self.dense, self.weight, self.given_places)

    @cached_property
    def panel_marks(self) -> np.ndarray:
        """Mean mark of those present, shape (n_entries, n_indicators); NaN where nobody judged."""
        cell = self.entry * self.n_indicators + self.indicator
        size = self.n_entries * self.n_indicators
        count = np.bincount(cell, minlength=size)
        total = np.bincount(cell, weights=self.value, minlength=size)
        mean = np.full(size, np.nan)
        np.divide(total, count, out=mean, where=count > 0)
        return mean.reshape(self.n_entries, self.n_indicators)

    @cached_property
    def input_hash(self) -> str:
        """SHA-256 of sizes, codes, marks and weights: the same whatever the order of the rows."""
        digest = hashlib.sha256(repr((self.n_entries, self.n_jurors, self.n_indicators)).encode())
        for array in (self.entry, self.juror, self.indicator, self.value, self.weight):
            digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
        return digest.hexdigest()


def _codes(name: str, codes, size: int) -> np.ndarray:
    codes = np.array(codes)
    if codes.shape != (size,):
        raise RatingsError(f"{name}: perlu {size} kode, ada {codes.shape}")
    if not np.issubdtype(codes.dtype, np.integer):
        raise RatingsError(f"{name}: kode harus bilangan bulat, bukan {codes.dtype}")
    if codes.min() < 0:
        raise RatingsError(f"{name}: kode {codes.min()} di bawah nol")
    return codes.astype(np.int64)


def _count(name: str, count: int, codes: np.ndarray) -> int:
    needed = int(codes.max()) + 1
    if count and count < needed:
        raise RatingsError(f"{name}: {count} lebih kecil daripada kode tertinggi, {needed - 1}")
    return int(count) or needed


def _numbers(name: str, numbers, size: int) -> np.ndarray:
    numbers = np.array(numbers, dtype=float)
    if numbers.shape != (size,):
        raise RatingsError(f"{name}: perlu {size} bilangan, ada {numbers.shape}")
    if not np.isfinite(numbers).all():
        raise RatingsError(f"{name}: baris {int(np.argmin(np.isfinite(numbers)))} bukan bilangan")
    return numbers


def _weights(weight, size: int) -> np.ndarray:
    weight = _numbers("weight", weight, size)
    if weight.min() < 0 or not weight.sum() > 0:
        raise RatingsError("weight: bobot tidak boleh di bawah nol, dan jumlahnya harus lebih dari nol")
    return weight

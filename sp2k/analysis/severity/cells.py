"""The table of points by entry and juror, reduced to what a two-way additive model needs: sums and a J x J matrix."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.severity.laplacian import laplacian_inverse
from sp2k.analysis.totals import JurorTotals


@dataclass(frozen=True, eq=False)
class Cells:
    """Points of the jurors who judged, with counts.

    Attributes
    ----------
    jurors : int array, shape (n_jurors,)
        Codes of the jurors who judged anyone.
    given : float array, shape (n_entries, n_jurors)
        1 where the juror judged the entry.
    points : float array, shape (n_entries, n_jurors)
        0 where not.
    """

    jurors: np.ndarray
    given: np.ndarray
    points: np.ndarray

    @classmethod
    def of(cls, totals: JurorTotals) -> "Cells":
        busy = totals.given.any(axis=0)
        return cls(np.flatnonzero(busy), totals.given[:, busy].astype(float), totals.filled[:, busy])

    @cached_property
    def n_entries(self) -> int:
        return self.given.shape[0]

    @cached_property
    def n_jurors(self) -> int:
        return self.given.shape[1]

    @cached_property
    def n_cells(self) -> int:
        return int(self.given.sum())

    @cached_property
    def per_entry(self) -> np.ndarray:
        """Jurors of each entry, shape (n_entries,)."""
        return self.given.sum(axis=1)

    @cached_property
    def entry_mean(self) -> np.ndarray:
        return self.points.sum(axis=1) / self.per_entry

    @cached_property
    def within(self) -> np.ndarray:
        """Juror sums after taking out each entry's mean, shape (n_jurors,)."""
        return self.points.sum(axis=0) - self.given.T @ self.entry_mean

    @cached_property
    def laplacian(self) -> np.ndarray:
        """Normal equations of the jurors with the entries eliminated, shape (n_jurors, n_jurors); rows sum to 0."""
        return np.diag(self.given.sum(axis=0)) - self.given.T @ (self.given / self.per_entry[:, None])

    @cached_property
    def inverse(self) -> np.ndarray:
        """Covariance of the jurors' leniencies in units of the residual variance; rows sum to 0."""
        return laplacian_inverse(self.laplacian)

    @cached_property
    def share(self) -> np.ndarray:
        """What part of an entry's mean each juror is, shape (n_entries, n_jurors)."""
        return self.given / self.per_entry[:, None]

    def residuals(self, leniency: np.ndarray) -> np.ndarray:
        """Points minus entry and juror, 0 where not given."""
        left = self.points - self.given * leniency
        return left - self.given * (left.sum(axis=1) / self.per_entry)[:, None]

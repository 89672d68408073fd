"""Strictness with jurors drawn from many: two crossed variance components by restricted likelihood (REML).

The criterion is profiled over its two variance ratios (Bates, Maechler, Bolker & Walker 2015, JSS 67(1), eq. 39-42).
Entries are eliminated first: they are a diagonal block, and entries with equally many jurors share a factor, so that
each evaluation works on matrices of jurors only and does not grow with the number of entries.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import minimize

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.severity.cells import Cells
from sp2k.analysis.severity.result import RANDOM, Severity, severity_result
from sp2k.analysis.totals import JurorTotals

NO_RESIDUAL = 1e-10
NEWTON_STEPS = 20
SIMPLEX = {"xatol": 1e-7, "fatol": 1e-10, "maxiter": 2000}


@dataclass(frozen=True, eq=False)
class CrossedFit:
    """Variance components of entries and jurors.

    Attributes
    ----------
    sd_entry, sd_juror, sd_residual : float
        Standard deviations in points.
    criterion : float
        Minus twice the restricted log-likelihood at its optimum.
    intercept, intercept_se : float
        Mean over all entries and jurors.
    entry_blup : float array, shape (n_entries,)
        Predicted deviations, shrunk; never used for places.
    juror_blup : float array, shape (n_jurors,)
    """

    sd_entry: float
    sd_juror: float
    sd_residual: float
    criterion: float
    intercept: float
    intercept_se: float
    entry_blup: np.ndarray
    juror_blup: np.ndarray
    is_available = True

    @cached_property
    def juror_ratio(self) -> float:
        """Variance of jurors over residual variance."""
        return (self.sd_juror / self.sd_residual) ** 2

    def explain(self) -> tuple[Sentence, ...]:
        return (sentence(
            "Antarpeserta nilai berbeda kira-kira {entry:1} poin, antarjuri {juror:1} poin, dan sisanya {rest:1} poin.",
            entry=self.sd_entry, juror=self.sd_juror, rest=self.sd_residual),)


class _Criterion:
    """The restricted criterion as a function of the two ratios of standard deviations to the residual one."""

    def __init__(self, cells: Cells):
        self.cells = cells
        self.sizes = np.unique(cells.per_entry)
        member = (cells.per_entry[:, None] == self.sizes).astype(float)
        # Columns of the right-hand side: ones (the mean) and points, centred so that digits are not lost.
        self.centre = cells.points.sum() / cells.n_cells
        points = cells.points - self.centre * cells.given
        sums = np.stack([cells.per_entry, points.sum(axis=1)], axis=1)
        self.square = np.array([[cells.n_cells, points.sum()], [points.sum(), (points**2).sum()]])
        self.by_juror = np.stack([cells.given.sum(axis=0), points.sum(axis=0)], axis=1)
        self.n_of_size = member.sum(axis=0)
        self.met = np.stack([cells.given[mask].T @ cells.given[mask] for mask in member.T.astype(bool)])
        self.cross = np.stack([cells.given[mask].T @ sums[mask] for mask in member.T.astype(bool)])
        self.inner = np.stack([sums[mask].T @ sums[mask] for mask in member.T.astype(bool)])

    def solve(self, ratios: np.ndarray):
        """Return (log determinant, X'V^-1X ... as 2 x 2, juror block, its inverse, juror right-hand side)."""
        entry, juror = np.square(ratios)
        shrink = entry / (1 + entry * self.sizes)
        juror_block = np.diag(self.by_juror[:, 0]) - np.tensordot(shrink, self.met, axes=1)
        right = self.by_juror - np.tensordot(shrink, self.cross, axes=1)
        system = np.eye(len(juror_block)) + juror * juror_block
        inverse = np.linalg.inv(system)
        square = self.square - np.tensordot(shrink, self.inner, axes=1) - juror * right.T @ inverse @ right
        log_det = self.n_of_size @ np.log1p(entry * self.sizes) + np.linalg.slogdet(system)[1]
        return log_det, square, juror_block, inverse, right

    def __call__(self, ratios: np.ndarray) -> float:
        log_det, square, *_ = self.solve(ratios)
        free = self.cells.n_cells - 1
        rest = square[1, 1] - square[0, 1] ** 2 / square[0, 0]
        return log_det + np.log(square[0, 0]) + free * (1 + np.log(2 * np.pi * rest / free))

    def start(self) -> np.ndarray:
        """Ratios from a two-way analysis of variance: close enough to need few steps."""
        cells = self.cells
        leniency = cells.inverse @ cells.within
        df = max(cells.n_cells - cells.n_entries - cells.n_jurors + 1, 1)
        rest = (cells.residuals(leniency) ** 2).sum() / df
        between = np.var(cells.entry_mean - cells.share @ leniency, ddof=1) - rest / cells.per_entry.mean()
        jurors = np.var(leniency, ddof=1) - rest * cells.n_jurors / cells.n_cells
        return np.sqrt(np.maximum([between, jurors], 0.01 * rest) / rest)


def crossed_fit(totals: JurorTotals) -> CrossedFit | Unavailable:
    """Fit points = mean + entry + juror + rest with entries and jurors both random, by REML.

    Parameters
    ----------
    totals : JurorTotals
    """
    why_not = totals.why_not()
    if why_not:
        return why_not
    if totals.is_flat:
        return unavailable("all_equal")
    cells = Cells.of(totals)
    if cells.n_cells - cells.n_entries - cells.n_jurors + 1 < 1:
        return unavailable("too_few_marks")
    leniency = cells.inverse @ cells.within
    spread = cells.points - cells.given * (cells.points.sum() / cells.n_cells)
    if (cells.residuals(leniency) ** 2).sum() <= NO_RESIDUAL * (spread**2).sum():
        return unavailable("no_residual")
    criterion = _Criterion(cells)
    ratios = _newton(criterion, criterion.start())
    if ratios is None:
        best = minimize(criterion, criterion.start(), method="Nelder-Mead", options=SIMPLEX)
        if not best.success:
            return unavailable("not_converged")
        ratios = np.abs(best.x)
    return _fit(criterion, ratios)


def _newton(criterion: _Criterion, ratios: np.ndarray) -> np.ndarray | None:
    """Find the optimum by Newton steps on central differences; None where the surface is not a bowl (edges).

    On complete tables the start is the optimum and one step shows it.
    """
    for _ in range(NEWTON_STEPS):
        step = 3e-4 * np.maximum(ratios, 0.1)
        here = criterion(ratios)
        along = np.diag(step)
        ahead, back = (np.array([criterion(ratios + sign * side) for side in along]) for sign in (1, -1))
        mixed = criterion(ratios + step) - ahead[0] - ahead[1] + here
        curve = (ahead + back - 2 * here) / step**2
        hessian = np.array([[curve[0], mixed / step.prod()], [mixed / step.prod(), curve[1]]])
        if curve[0] <= 0 or np.linalg.det(hessian) <= 0:
            return None
        move = np.linalg.solve(hessian, (ahead - back) / (2 * step))
        if (np.abs(move) > 0.5 * ratios).any():
            return None
        ratios = ratios - move
        if (np.abs(move) <= 1e-6 * ratios).all():
            return ratios
    return None


def _fit(criterion: _Criterion, ratios: np.ndarray) -> CrossedFit:
    cells = criterion.cells
    entry, juror = np.square(ratios)
    _, square, juror_block, inverse, right = criterion.solve(ratios)
    above = square[0, 1] / square[0, 0]
    variance = (square[1, 1] - square[0, 1] ** 2 / square[0, 0]) / (cells.n_cells - 1)
    juror_blup = juror * inverse @ (right[:, 1] - above * right[:, 0])
    left = cells.points - cells.given * (criterion.centre + above + juror_blup)
    sd = float(np.sqrt(variance))
    return CrossedFit(
        sd_entry=sd * float(ratios[0]), sd_juror=sd * float(ratios[1]), sd_residual=sd, criterion=float(criterion(ratios)),
        intercept=float(criterion.centre + above), intercept_se=sd / float(np.sqrt(square[0, 0])),
        entry_blup=entry * left.sum(axis=1) / (1 + entry * cells.per_entry), juror_blup=juror_blup)


def reml_severity(
    ratings: Ratings, *, level: float = 0.95, fit: CrossedFit | Unavailable | None = None
) -> Severity | Unavailable:
    """Estimate strictness with jurors random and entries fixed, at the ratio of variances REML finds.

    The adjusted points are BLUEs of the entries: an entry seen by fewer jurors is not pulled to the middle.

    Parameters
    ----------
    fit : CrossedFit or Unavailable, optional
        What `crossed_fit` said of the same ratings, when it was asked before.
    """
    fit = fit or crossed_fit(ratings.totals)
    if isinstance(fit, Unavailable):
        return fit
    cells = Cells.of(ratings.totals)
    ratio = fit.juror_ratio
    covariance = ratio * np.linalg.inv(np.eye(cells.n_jurors) + ratio * cells.laplacian)
    # Strictness is told against this panel's mean: what all its jurors have in common moves nobody.
    centred = covariance - covariance.mean(axis=0)
    centred = centred - centred.mean(axis=1)[:, None]
    return severity_result(
        RANDOM, cells, covariance @ cells.within, centred, fit.sd_residual,
        cells.n_cells - cells.n_entries - cells.n_jurors + 1, level, ratings.totals.n_partial)

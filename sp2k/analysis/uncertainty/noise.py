"""How far the official totals may be from what jurors without number would give: estimated from what jurors disagree on."""

from dataclasses import dataclass

import numpy as np

from sp2k.analysis.answers import Unavailable, unavailable
from sp2k.analysis.official import TWO_WAY, Official, combine, leniency
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.severity.cells import Cells
from sp2k.analysis.totals import JurorTotals

PANELS = 600
NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Noise:
    """Noise of the official totals.

    Attributes
    ----------
    variance : float array, shape (n_entries,)
        Of each total, by the declared way of combining.
    bias : float array, shape (n_entries,)
        Points a total has because of who judged the entry and who did not; 0 on complete sheets.
    root : float array, shape (n_entries, n_jurors), or None
        Where sheets are incomplete, the noise that entries share because severity is estimated: root @ root.T.
    sd : float
        Of one juror's points for one entry.
    df : int
        Free residuals it is estimated from.
    n_jurors : int
        Jurors of an entry who did not give everybody the same: all on complete sheets, else their harmonic mean. With
        panels of two out of six an entry rests on two.
    has_flat : bool
        Whether a juror who gave everybody the same counts all the same, since the declared way looks at the order of
        the marks.
    """

    variance: np.ndarray
    bias: np.ndarray
    root: np.ndarray | None
    sd: float
    df: int
    n_jurors: int
    has_flat: bool = False

    def covariance(self, entries: np.ndarray) -> np.ndarray:
        """Return the variances of some totals, or their covariance where they share noise."""
        if self.root is None:
            return self.variance[entries]
        root = self.root[entries]
        return np.diag(self.variance[entries]) + root @ root.T

    def within(self, members) -> float:
        """Return the mean noise variance of differences within scopes, halved."""
        total, free = 0.0, 0
        for entries in members:
            covariance = self.covariance(entries)
            n = len(entries)
            if covariance.ndim == 1:
                total += float(covariance.sum()) * (n - 1) / n
            else:
                total += float(np.trace(covariance) - covariance.sum() / n)
            free += n - 1
        return total / free if free else float(self.variance.mean())


def noise_of(ratings: Ratings, official: Official, rng: np.random.Generator) -> Noise | Unavailable:
    """Estimate the noise from the additive model of entries and jurors.

    A juror who gave every entry the same parts nobody: on complete sheets and means he is left out of the estimate.
    """
    totals = ratings.totals
    why_not = totals.why_not()
    if why_not:
        return why_not
    flat = _flat(totals)
    has_flat = bool(flat.any()) and official.is_ordered
    told = JurorTotals(totals.points[:, ~flat] if totals.is_crossed and not official.is_ordered else totals.points, 0)
    if told.points.shape[1] < 2:
        return unavailable("one_juror_parts" if flat.any() else "one_juror")
    cells = Cells.of(told)
    df = cells.n_cells - cells.n_entries - cells.n_jurors + 1
    if df < 1:
        return unavailable("too_few_marks")
    inverse = cells.inverse
    leniency = inverse @ cells.within
    rest = cells.residuals(leniency)
    sd = float(np.sqrt((rest**2).sum() / df))
    if sd <= NOTHING * max(1.0, float(np.abs(cells.points).max())):
        return unavailable("no_residual")
    n_all = totals.given.sum(axis=1)
    if official.is_ordered:
        variance, bias = _by_redrawing(ratings, official, cells, df, rng)
    else:
        variance = sd**2 * (cells.per_entry / n_all**2)
        bias = np.zeros(len(n_all)) if (official.trim == TWO_WAY).all() else cells.share @ leniency
    root = None if totals.is_crossed else sd * cells.share @ _half(inverse)
    told_by = told.given[:, ~flat] if has_flat else told.given
    n_jurors = round(len(n_all) / (1 / np.maximum(told_by.sum(axis=1), 0.5)).sum())
    return Noise(variance, bias, root, sd, df, n_jurors, has_flat)


def _flat(totals: JurorTotals) -> np.ndarray:
    """Return who gave everybody the same, bool, shape (n_jurors,)."""
    high = np.where(totals.given, totals.points, -np.inf).max(axis=0)
    low = np.where(totals.given, totals.points, np.inf).min(axis=0)
    return totals.given.any(axis=0) & (high - low <= NOTHING * max(1.0, float(np.abs(totals.filled).max())))


def _half(matrix: np.ndarray) -> np.ndarray:
    value, vector = np.linalg.eigh(matrix)
    return vector * np.sqrt(np.maximum(value, 0))


def _by_redrawing(ratings, official: Official, cells: Cells, df: int, rng) -> tuple[np.ndarray, np.ndarray]:
    """Combine panels of residuals drawn again by the declared way: their spread and their mean, by who was present.

    Residuals of one juror about one entry stay together over the indicators.
    """
    lenient, rest = indicator_residuals(ratings)
    pool = rest[ratings.presence] * np.sqrt(cells.n_cells / df)
    busy = np.flatnonzero(ratings.presence.any(axis=0))
    drawn = pool[rng.integers(0, len(pool), (PANELS, len(busy)))] + lenient[busy]
    patterns, of_entry = np.unique(ratings.presence[:, busy], axis=0, return_inverse=True)
    found = [combine(drawn, pattern, official.trim) @ ratings.weight for pattern in patterns]
    whole = (combine(drawn, np.ones(len(busy), dtype=bool), official.trim) @ ratings.weight).mean()
    variance = np.array([points.var(ddof=1) for points in found])
    return variance[of_entry.ravel()], np.array([points.mean() - whole for points in found])[of_entry.ravel()]


def indicator_residuals(ratings: Ratings) -> tuple[np.ndarray, np.ndarray]:
    """Return leniency (n_jurors, n_indicators) and residuals (n_entries, n_jurors, n_indicators) of the additive model.

    Fitted to each indicator by itself; 0 where nothing was given.
    """
    given = ratings.presence
    marks = np.nan_to_num(ratings.filled)
    lenient = leniency(marks, given)
    left = (marks - lenient) * given[:, :, None]
    mean = left.sum(axis=1) / given.sum(axis=1)[:, None]
    return lenient, left - given[:, :, None] * mean[:, None, :]

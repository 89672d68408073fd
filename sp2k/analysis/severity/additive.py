"""Strictness by least squares: points = entry + juror + rest, jurors taken as they are (fixed)."""

import numpy as np
from scipy.special import stdtrit

from sp2k.analysis.answers import Unavailable, unavailable
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.severity.cells import Cells
from sp2k.analysis.severity.result import FIXED, Severity, severity_result


def additive_severity(ratings: Ratings, *, level: float = 0.95) -> Severity | Unavailable:
    """Estimate strictness by least squares, entries and jurors both fixed (Searle 1971, ch. 7).

    When every juror judged every entry the adjusted order is the plain order: strictness cancels.

    Parameters
    ----------
    ratings : Ratings
    level : float
        Of the intervals.
    """
    why_not = ratings.totals.why_not()
    if why_not:
        return why_not
    cells = Cells.of(ratings.totals)
    df = cells.n_cells - cells.n_entries - cells.n_jurors + 1
    if df < 1:
        return unavailable("too_few_marks")
    inverse = cells.inverse
    leniency = inverse @ cells.within
    rest = cells.residuals(leniency)
    return severity_result(
        FIXED, cells, leniency, inverse, float(np.sqrt((rest**2).sum() / df)), df, level, ratings.totals.n_partial,
        own_reach=_own_reach(cells, rest @ inverse, level))


def _own_reach(cells: Cells, parts: np.ndarray, level: float) -> np.ndarray:
    """Half of each juror's interval by his own spread alone: it holds however unequal the jurors' noise is.

    On complete sheets the t interval of his distances from the others, entry by entry (exact for normal noise); with
    gaps the sandwich of White (1980), freed by the entries he judged.

    Parameters
    ----------
    parts : float array, shape (n_entries, n_jurors)
        What each entry's residuals add to each leniency.
    """
    judged = cells.given.sum(axis=0)
    free = np.maximum(judged - 1, 1)
    return stdtrit(free, 1 - (1 - level) / (2 * cells.n_jurors)) * np.sqrt((parts**2).sum(axis=0) * judged / free)

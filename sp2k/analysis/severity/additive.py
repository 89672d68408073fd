"""Strictness by least squares: points = entry + juror + rest, jurors taken as they are (fixed)."""

import numpy as np

from sp2k.analysis.answers import Unavailable, unavailable
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.severity.cells import Cells
from sp2k.analysis.severity.result import Severity, severity_result


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
        "tetap", cells, leniency, inverse, float(np.sqrt((rest**2).sum() / df)), df, level, ratings.totals.n_partial)

"""Adding up otherwise than the decree does: the statistics' own scores, in floating point."""

import numpy as np


def geometric_mean(marks: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weighted geometric mean over the last axis: a weak indicator is not made up for in full (OECD/JRC 2008, ch. 6).

    Raises
    ------
    ValueError
        If a mark is 0 or less.
    """
    marks, weight = np.asarray(marks, dtype=float), np.asarray(weight, dtype=float)
    if not (marks > 0).all():
        raise ValueError("rata-rata geometrik memerlukan nilai di atas nol")
    return np.exp(np.log(marks) @ weight / weight.sum())

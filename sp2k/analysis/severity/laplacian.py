"""The inverse of the jurors' normal equations, which are singular by construction: only differences of jurors are told."""

import numpy as np
from scipy.sparse.csgraph import connected_components


def laplacian_inverse(laplacian: np.ndarray) -> np.ndarray:
    """Return the Moore-Penrose inverse of a graph's Laplacian, exactly singular where the graph says so.

    Within a connected part of k jurors L has one zero, along the ones, so that its inverse is (L + J/k)^-1 - J/k (Gutman
    & Xiao 2004). A cut-off on eigenvalues, as in `numpy.linalg.pinv`, takes a zero that rounding left for a number.

    Parameters
    ----------
    laplacian : float array, shape (n_jurors, n_jurors)
        Rows sum to 0; below 0 where two jurors share an entry.

    Returns
    -------
    float array, shape (n_jurors, n_jurors)
        Rows sum to 0; 0 for a juror who shares no entry with another.
    """
    off = laplacian - np.diag(np.diag(laplacian))
    _n, part = connected_components(off != 0, directed=False)
    ones = (part[:, None] == part) / np.bincount(part)[part]
    inverse = np.linalg.inv(laplacian + ones) - ones
    inverse[np.bincount(part)[part] == 1] = 0.0
    return (inverse + inverse.T) / 2

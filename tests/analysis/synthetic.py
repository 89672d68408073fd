"""Marks made up for tests: entries that differ, jurors who are strict or not, and a rest."""

import numpy as np

from sp2k.analysis.ratings import Ratings


def panel(
    n_entries=12, n_jurors=5, n_indicators=6, *, seed=7, entries=5.0, jurors=3.0, rest=4.0, weight=None
) -> np.ndarray:
    """Return marks (n_entries, n_jurors, n_indicators) between 0 and 100, whole numbers."""
    rng = np.random.default_rng(seed)
    marks = (70 + entries * rng.standard_normal((n_entries, 1, 1)) + jurors * rng.standard_normal((1, n_jurors, 1))
             + rest * rng.standard_normal((n_entries, n_jurors, n_indicators)))
    return np.clip(np.round(marks), 0, 100)


def ratings(**made) -> Ratings:
    return Ratings.from_dense(panel(**made))


def split_panels(common: int = 0) -> Ratings:
    """Return twelve entries judged by two panels of three jurors who share `common` of them."""
    marks = panel(n_entries=12, n_jurors=6 - common)
    marks[:6, 3:] = np.nan
    marks[6:, : 3 - common] = np.nan
    return Ratings.from_dense(marks)

"""Floors and plain loops: the idioms ours is measured against."""

import numpy as np
from scipy.stats import rankdata


def sort_floor(scores: np.ndarray, n_draws: int) -> None:
    """Sort `n_draws` rows of ready scores, a block at a time: `np.argsort(scores, axis=1)`."""
    for _ in range(n_draws // len(scores)):
        np.argsort(scores, axis=1)


def partition_floor(scores: np.ndarray, n_draws: int, k: int) -> None:
    """Find the best k of `n_draws` rows of ready scores: `np.argpartition(scores, n - k, axis=1)`."""
    for _ in range(n_draws // len(scores)):
        np.argpartition(scores, scores.shape[1] - k, axis=1)


def bootstrap_loop(marks: np.ndarray, weight: np.ndarray, n_draws: int, seed: int) -> np.ndarray:
    """Redraw jurors, average their marks, weigh, order: one draw at a time. Returns how often each entry was first."""
    rng = np.random.default_rng(seed)
    n_entries, n_jurors, _ = marks.shape
    first = np.zeros(n_entries, dtype=int)
    for _ in range(n_draws):
        panel = rng.integers(0, n_jurors, n_jurors)
        scores = marks[:, panel, :].mean(axis=1) @ weight
        first[np.argsort(-scores)[0]] += 1
    return first


def bootstrap_in_one_go(marks: np.ndarray, weight: np.ndarray, n_draws: int, seed: int) -> np.ndarray:
    """The same for a small panel, all draws at once, with shared places: share of draws by entry and place."""
    rng = np.random.default_rng(seed)
    n_entries, n_jurors, _ = marks.shape
    panels = rng.integers(0, n_jurors, (n_draws, n_jurors))
    scores = (marks @ weight)[:, panels].mean(axis=2)
    places = rankdata(-np.round(scores, 9), method="min", axis=0).astype(int)
    return np.stack([(places == place).mean(axis=1) for place in range(1, n_entries + 1)], axis=1)

"""Panels drawn again from the jurors there were: how often each juror is in each redrawn panel, and the scores then."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Unavailable, unavailable
from sp2k.analysis.draws import Provenance, generator, provenance
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.totals import JurorTotals

TRIES = 50


@dataclass(frozen=True, eq=False)
class RedrawnPanels:
    """What every juror bootstrap stands on: one set of draws serves all its questions.

    Attributes
    ----------
    totals : JurorTotals
    times : int array, shape (n_draws, n_jurors)
        How often each juror sits in each panel.
    provenance : Provenance
    """

    totals: JurorTotals
    times: np.ndarray
    provenance: Provenance
    is_available = True

    @property
    def n_draws(self) -> int:
        return len(self.times)

    @cached_property
    def n_jurors(self) -> int:
        """Jurors who judged anyone."""
        return int(self.totals.given.any(axis=0).sum())

    @cached_property
    def order(self) -> np.ndarray:
        """Entries by plain place, shape (n_entries,)."""
        return np.argsort(self.totals.plain_places, kind="stable")

    def scores(self, draws: slice = slice(None), entries=slice(None)) -> np.ndarray:
        """Score entries under some of the panels: mean of the jurors present, shape (n_draws, n_entries)."""
        times = self.times[draws].astype(float)
        if self.totals.is_crossed:
            return times @ (self.totals.points[entries].T / times[0].sum())
        return (times @ self.totals.filled[entries].T) / (times @ self.totals.given[entries].T.astype(float))


def draw_times(n_members: int, n_draws: int, rng: np.random.Generator) -> np.ndarray:
    """Draw as many members as there are, with replacement: int array (n_draws, n_members) of how often each came."""
    drawn = rng.integers(0, n_members, (n_draws, n_members))
    drawn += (np.arange(n_draws) * n_members)[:, None]
    return np.bincount(drawn.ravel(), minlength=n_draws * n_members).reshape(n_draws, n_members)


def redraw_jurors(
    ratings: Ratings, *, seed: int | np.random.Generator, n_draws: int = 2000, anyway: bool = False
) -> RedrawnPanels | Unavailable:
    """Draw panels with replacement, as large as the panel there was (Efron & Tibshirani 1993).

    A draw that leaves an entry without any juror is drawn again.

    Parameters
    ----------
    seed : int or numpy Generator (PCG64)
    n_draws : int
    anyway : bool
        Go on although panels share no juror; jurors are then drawn within their panel.
    """
    totals = ratings.totals
    why_not = totals.why_not(anyway=anyway)
    if why_not:
        return why_not
    source, rng = provenance(seed, n_draws, ratings.input_hash), generator(seed)
    groups = [np.flatnonzero(totals.design.juror_component == c) for c in range(totals.design.n_components)]
    accepted, missing = [], n_draws
    for _ in range(TRIES):
        times = np.zeros((n_draws, ratings.n_jurors), dtype=np.int64)
        for group in groups:
            times[:, group] = draw_times(len(group), n_draws, rng)
        accepted.append(times if totals.is_crossed else times[_serves_everyone(times, totals)])
        missing -= len(accepted[-1])
        if missing <= 0:
            return RedrawnPanels(totals, np.concatenate(accepted)[:n_draws], source)
    return unavailable("panel_too_thin")


def _serves_everyone(times: np.ndarray, totals: JurorTotals) -> np.ndarray:
    panels = np.unique(totals.given, axis=0).T.astype(np.float32)
    return ((times > 0).astype(np.float32) @ panels > 0).all(axis=1)

"""How often each sentence is said and how often it is wrong, by the code that the page runs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import beta

from sp2k.analysis.answers import Unavailable
from sp2k.analysis.places import places
from sp2k.analysis.uncertainty.certain_places import PlaceCertainty, place_certainty
from tests.bench.certainty.worlds import Stage, World, draw

N_BINS = 10
SET, FIRST, PAIR, RANGES = "batas", "tempat", "tetangga", "rentang"


@dataclass
class Rate:
    """How often something was said, and how often wrongly."""

    said: int = 0
    wrong: int = 0

    def add(self, said, wrong) -> None:
        self.said += int(said)
        self.wrong += int(wrong)

    @property
    def share(self) -> float:
        return self.wrong / self.said if self.said else 0.0

    @property
    def limits(self) -> tuple[float, float]:
        """95 % limits (Clopper & Pearson 1934)."""
        low = beta.ppf(0.025, self.wrong, self.said - self.wrong + 1) if self.wrong else 0.0
        high = beta.ppf(0.975, self.wrong + 1, self.said - self.wrong) if self.said > self.wrong else 1.0
        return float(low), float(high)


@dataclass
class Table:
    """Rates of one world.

    Attributes
    ----------
    rates : dict from sentence to Rate
        `rentang`: ranges, and how many missed.
    bins : float array, shape (N_BINS, 3)
        Entries, sum of shares said, and how many were truly within the quota, by tenths of the share.
    n_worlds, n_scopes, n_pairs : int
        How often there was an occasion.
    """

    world: World
    seed: int
    n_worlds: int = 0
    n_scopes: int = 0
    n_pairs: int = 0
    rates: dict[str, Rate] = field(default_factory=lambda: {name: Rate() for name in (SET, FIRST, PAIR, RANGES)})
    bins: np.ndarray = field(default_factory=lambda: np.zeros((N_BINS, 3)))

    @property
    def off(self) -> np.ndarray:
        """How far the truth is from what was said, by tenths, in points of 100."""
        return 100 * (self.bins[:, 2] - self.bins[:, 1]) / np.maximum(self.bins[:, 0], 1)


def measure(world: World, *, n_worlds: int, seed: int, n_draws: int = 500) -> Table:
    """Draw stages of a world and hold every sentence against the truth."""
    table = Table(world, seed)
    rng = np.random.Generator(np.random.PCG64(seed))
    for number in range(n_worlds):
        stage = draw(world, rng)
        found = place_certainty(stage.ratings, stage.official, seed=seed * 100_000 + number, n_draws=n_draws)
        table.n_worlds += 1
        for entries in stage.official.members():
            _count_scope(table, stage, found, entries)
    return table


def _count_scope(table: Table, stage: Stage, found: PlaceCertainty | Unavailable, entries: np.ndarray) -> None:
    quota, truth = table.world.quota, places(stage.truth[entries])
    table.n_scopes += 1
    table.n_pairs += len(entries) - 1
    if isinstance(found, Unavailable):
        return
    order = np.argsort(-stage.official.totals[entries], kind="stable")
    first = entries[order[:quota]]
    n_clear = found.n_clear(first, quota)
    is_set = n_clear == quota
    table.rates[SET].add(is_set, is_set and truth[order[:quota]].max() > quota)
    table.rates[FIRST].add(n_clear > 0, n_clear > 0 and truth[order[:n_clear]].max() > quota)
    for one, other in zip(order[:-1], order[1:], strict=True):
        said = found.are_told_apart(int(entries[one]), int(entries[other]))
        table.rates[PAIR].add(said, said and truth[one] > truth[other])
    best, worst = (ends[entries] for ends in found.range90)
    table.rates[RANGES].add(len(entries), ((truth < best) | (truth > worst)).sum())
    if found.can_say_shares:
        _count_shares(table, found.within[entries], truth <= quota)


def _count_shares(table: Table, shares: np.ndarray, is_in: np.ndarray) -> None:
    tenth = np.minimum((shares * N_BINS).astype(int), N_BINS - 1)
    for values, column in ((np.ones(len(shares)), 0), (shares, 1), (is_in, 2)):
        table.bins[:, column] += np.bincount(tenth, weights=values, minlength=N_BINS)


def quota_of(n_entries: int) -> int:
    """A third of the entries, five at most."""
    return max(1, min(5, n_entries // 3))


def corners(ns: Iterable[int], ks: Iterable[int], **world) -> list[World]:
    return [World(n, k, quota_of(n), **world) for n in ns for k in ks]

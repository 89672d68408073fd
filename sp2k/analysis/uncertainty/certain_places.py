"""How sure places are: shares within the cut, ranges, and which words may be said, all from one set of draws."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence
from sp2k.analysis.draws import generator, provenance
from sp2k.analysis.official import Official
from sp2k.analysis.places import SAME_TO_DECIMALS, KeptPlaces
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.noise import Noise
from sp2k.analysis.uncertainty.quality import draw_qualities

# Settled by `make bench-certainty`; ADR 0037 has the table.
CLEAR = 0.97
# A pair is one of many, and a whole quota is rarely clear: 97 was wrong in 4 to 13 of 100 between groups nearly alike
# within. The same for both, so that a clear cut never stands between two who are not told apart.
CLEAR_AT_CUT = 0.99
# From so few jurors the noise is known badly and groups are hardly seen: 97 was wrong in 6 to 13 of 100 in some worlds.
CLEAR_OF_FEW, FEW = 0.99, 3
# Where all entries may be equally good, what is said of them is said seldom and wrong often: it must be as good as ruled out.
MOST_ALIKE = 0.001
LEAST_JURORS, LEAST_DF = 3, 8
LEAST_JURORS_FOR_SHARES = 4
RANGE = 0.9
HALVINGS = 10


@dataclass(frozen=True, eq=False)
class PlaceCertainty(KeptPlaces):
    """Places over draws of the entries' qualities; an entry's place is that in its scope.

    Attributes
    ----------
    n_draws, provenance, plain_places, drawn
        As in `KeptPlaces`.
    official : Official
    noise : Noise
    alike : float array, shape (n_scopes,)
        How likely it is that all entries of a scope are equally good, given the marks; 1 where it has too few to tell.
    """

    official: Official
    noise: Noise
    alike: np.ndarray

    @property
    def n_jurors(self) -> int:
        """Jurors of an entry who parted anybody, on average."""
        return self.noise.n_jurors

    @property
    def can_say_clear(self) -> bool:
        """Whether there are jurors and marks enough to call anything clear."""
        return self.n_jurors >= LEAST_JURORS and self.noise.df >= LEAST_DF

    @property
    def can_say_shares(self) -> bool:
        """Whether shares in 100 are calibrated with so many jurors."""
        return self.n_jurors >= LEAST_JURORS_FOR_SHARES and self.noise.df >= LEAST_DF and not self.noise.has_flat

    @property
    def clear(self) -> float:
        """The share of draws that makes places clear that are fewer than the quota."""
        return CLEAR_OF_FEW if self.n_jurors <= FEW else CLEAR

    def may_be_alike(self, entry: int) -> bool:
        """Whether the marks leave open that all entries of one's scope are equally good: nothing is then clear."""
        return bool(self.alike[self.official.scope[entry]] > MOST_ALIKE)

    @cached_property
    def within(self) -> np.ndarray:
        """Share of draws in which each entry is within its scope's quota, the same for equals, shape (n_entries,)."""
        found = (self.drawn <= self.official.quota[self.official.scope]).sum(axis=0) / self.n_draws
        return (np.bincount(self.equals, found) / np.bincount(self.equals))[self.equals]

    @cached_property
    def equals(self) -> np.ndarray:
        """A number for each entry, the same for equals: one scope, official total and noise; shape (n_entries,)."""
        given = self.official.given
        totals = self.official.totals.round(SAME_TO_DECIMALS if given is None else given.decimals)
        alike = np.column_stack([self.official.scope, totals, self.noise.variance])
        return np.unique(alike, axis=0, return_inverse=True)[1].ravel()

    def together(self, entries: Sequence[int], quota: int) -> np.ndarray:
        """Share of draws in which the first, the first two ... of `entries` are all within a quota."""
        inside = self.drawn[:, list(entries)] <= quota
        return np.logical_and.accumulate(inside, axis=1).sum(axis=0) / self.n_draws

    def n_clear(self, entries: Sequence[int], quota: int) -> int:
        """Return how many from the first are clearly within a quota, all of them together."""
        if not self.can_say_clear or not len(entries) or self.may_be_alike(entries[0]):
            return 0
        shares = self.together(entries, quota)
        needed = np.full(len(entries), self.clear)
        if len(entries) == quota:
            needed[-1] = CLEAR_AT_CUT
        return int(np.flatnonzero(shares >= needed)[-1]) + 1 if (shares >= needed).any() else 0

    def ahead(self, one: int, other: int) -> float:
        """Share of draws in which one entry is ahead of another of its scope (half of those in which they are equal)."""
        before, after = self.drawn[:, one], self.drawn[:, other]
        return float((before < after).mean() + 0.5 * (before == after).mean())

    def are_told_apart(self, one: int, other: int) -> bool:
        """Whether the first is clearly better than the second."""
        return self.can_say_clear and not self.may_be_alike(one) and self.ahead(one, other) >= CLEAR_AT_CUT

    @cached_property
    def range90(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest plausible place of each entry, each shape (n_entries,).

        Each range grows from the likeliest place to its likelier neighbour until it holds a share that is the same for
        all entries of the page; that share is the least with which the ranges hold 90 of 100 on average. Neighbours
        that are not told apart share places, so that no reader finds them apart here; equals have the same range.
        """
        grown = _one_below_another([_grow(self.counts[rows] / self.n_draws) for rows in self._blocks()])
        below = np.pad(np.cumsum(self.counts, axis=1, dtype=np.int64), ((0, 0), (1, 0)))
        together = self._not_told_apart()
        low, high = 0.0, RANGE
        for _ in range(HALVINGS):
            level = (low + high) / 2
            best, worst = self._ends(grown, level, below, together)
            rows = np.arange(len(best))
            held = (below[rows, worst] - below[rows, best - 1]).mean() / self.n_draws
            low, high = (low, level) if held >= RANGE else (level, high)
        return self._ends(grown, high, below, together)

    def _ends(self, grown, level: float, below: np.ndarray, together) -> tuple[np.ndarray, np.ndarray]:
        """Return the ends of ranges that hold `level`; equals have the wider of theirs."""
        best, worst = _met(*_at(grown, level), below, together)
        first, last = np.full(self.equals.max() + 1, len(best)), np.zeros(self.equals.max() + 1, dtype=np.int64)
        np.minimum.at(first, self.equals, best)
        np.maximum.at(last, self.equals, worst)
        return first[self.equals], last[self.equals]

    def _not_told_apart(self) -> list[tuple[int, int, bool]]:
        """Return neighbours of which the first is not clearly better, and whether the cut is between them."""
        pairs = []
        for entries, quota in zip(self.official.members(), self.official.quota.tolist(), strict=True):
            ordered = entries[np.argsort(self.plain_places[entries], kind="stable")].tolist()
            neighbours = zip(ordered[:-1], ordered[1:], strict=True)
            pairs += [(one, other, n == quota) for n, (one, other) in enumerate(neighbours, start=1)
                      if not self.are_told_apart(one, other)]
        return pairs

    def explain(self) -> tuple[Sentence, ...]:
        """Say the first ten ranges, and what may not be said with so few jurors."""
        best, worst = self.range90
        said = [sentence("{entry:peserta}: tempat {place}, yang masuk akal {best} sampai {worst}.", entry=int(entry),
                         place=int(self.plain_places[entry]), best=int(best[entry]), worst=int(worst[entry]))
                for entry in self.order[:10]]
        if not self.can_say_clear:
            said.append(self.why_not_clear())
        elif not self.can_say_shares:
            said.append(sentence("Jurinya hanya {n}: bagian dari 100 tidak dapat diberi angka.", n=self.n_jurors))
        return tuple(said)

    def why_not_clear(self) -> Sentence:
        """Say why nothing may be called clear."""
        if self.n_jurors < LEAST_JURORS:
            return sentence("Jurinya hanya {n}: dari dua pendapat tidak satu tempat pun dapat disebut jelas, dan tidak "
                            "satu pasang pun terbedakan.", n=self.n_jurors)
        return sentence("Jurinya {n} dan pesertanya {entries}: dari nilai sesedikit itu tidak satu tempat pun dapat "
                        "disebut jelas, dan tidak satu pasang pun terbedakan.", n=self.n_jurors,
                        entries=len(self.plain_places))


def place_certainty(
    ratings: Ratings, official: Official, *, seed: int | np.random.Generator, n_draws: int = 2000
) -> PlaceCertainty | Unavailable:
    """Draw qualities and place the entries each time, within their scopes.

    Parameters
    ----------
    ratings : Ratings
        The stage's own marks; weights are those of the total.
    official : Official
    """
    source, rng = provenance(seed, n_draws, ratings.input_hash), generator(seed)
    found = draw_qualities(ratings, official, seed=rng, n_draws=n_draws)
    if isinstance(found, Unavailable):
        return found
    size = np.uint16 if ratings.n_entries < 2**16 else np.uint32
    drawn = replace(official, given=None).places(found.drawn).astype(size)
    return PlaceCertainty(n_draws, source, official.plain_places, drawn, official, found.noise, found.alike)


def _grow(share: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Grow each row's range place by place until it holds RANGE; best, worst and share held, shapes (rows, n_steps)."""
    rows = np.arange(len(share))
    ends = np.pad(share, ((0, 0), (1, 1)), constant_values=-1.0)
    best = share.argmax(axis=1)
    worst, held = best.copy(), share[rows, best]
    steps = [(best + 1, worst + 1, held)]
    while (held < RANGE - 1e-9).any():
        left, right = ends[rows, best], ends[rows, worst + 2]
        goes_up = left >= right
        best, worst = np.where(goes_up, best - 1, best), np.where(goes_up, worst, worst + 1)
        held = held + np.maximum(np.maximum(left, right), 0.0)
        # A range that holds enough may not grow beyond the first place and the last.
        best, worst = np.maximum(best, 0), np.minimum(worst, share.shape[1] - 1)
        steps.append((best + 1, worst + 1, held))
    best, worst, held = (np.stack(part, axis=1) for part in zip(*steps, strict=True))
    return best, worst, held


def _one_below_another(blocks) -> list[np.ndarray]:
    """Put blocks of rows together; shorter ones keep their last step."""
    n_steps = max(block[0].shape[1] for block in blocks)
    return [np.concatenate([np.pad(block[part], ((0, 0), (0, n_steps - block[part].shape[1])), mode="edge")
                            for block in blocks]) for part in range(3)]


def _at(grown: list[np.ndarray], level: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of each range at its first step that holds `level`."""
    best, worst, held = grown
    rows, step = np.arange(len(best)), (held >= level - 1e-9).argmax(axis=1)
    return best[rows, step].copy(), worst[rows, step].copy()


def _met(best, worst, below: np.ndarray, pairs) -> tuple[np.ndarray, np.ndarray]:
    """Widen ranges of pairs that share no place, on the side where more draws are; across a cut on both.

    Parameters
    ----------
    below : int array, shape (n_entries, n_places + 1)
        Draws up to each place.
    pairs : list of (one ahead, other behind, whether a cut is between them)
    """
    for one, other, is_cut in pairs:
        first, last = worst[one], best[other]
        if first < last:
            is_first = below[one, last] - below[one, first] >= below[other, last - 1] - below[other, first - 1]
            if is_first or is_cut:
                worst[one] = last
            if not is_first or is_cut:
                best[other] = first
    return best, worst

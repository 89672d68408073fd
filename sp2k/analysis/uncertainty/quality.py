"""What the marks leave open about the entries' quality: draws of qualities, and the places they give.

Points of an entry are its quality, plus what all entries share, plus noise of the jurors. Qualities are taken as drawn
from one distribution whose spread the marks themselves tell; both spreads are drawn too (Box & Tiao 1973, ch. 5 and 7),
so that few entries or few jurors widen everything that is said. What may be said of the draws was settled by
simulation (`make bench-certainty`), not by the name of the method.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaincinv

from sp2k.analysis.answers import Unavailable, unavailable
from sp2k.analysis.draws import generator
from sp2k.analysis.official import Official
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.crowds import LEAST_FREE, Crowd, Left, is_carried, possible_crowds
from sp2k.analysis.uncertainty.noise import Noise, noise_of

# Fewer leave nothing said of how large the noise is.
LEAST_DF = 4
# The variance of qualities that are alike, over that of the noise: not nought, so that draws part them at random.
ALIKE = 1e-12


@dataclass(frozen=True, eq=False)
class Spreads:
    """Draws of the two spreads.

    Attributes
    ----------
    scale : float array, shape (n_draws,)
        Noise variance over its estimate.
    quality : float array, shape (n_draws,)
        Variance between entries' qualities, 0 or more.
    slope : float array, shape (n_draws,)
        What one fixed point foretells of the own points.
    """

    scale: np.ndarray
    quality: np.ndarray
    slope: np.ndarray


@dataclass(frozen=True, eq=False)
class Qualities:
    """Draws of what each entry's total would be with jurors without number.

    Attributes
    ----------
    drawn : float array, shape (n_draws, n_entries)
        Comparable within a scope.
    noise : Noise
    alike : float array, shape (n_scopes,)
        How likely it is that all entries of a scope are equally good, given the marks; 1 where a scope has too few to tell.
    """

    drawn: np.ndarray
    noise: Noise
    alike: np.ndarray


def draw_qualities(
    ratings: Ratings, official: Official, *, seed: int | np.random.Generator, n_draws: int
) -> Qualities | Unavailable:
    """Draw qualities given the marks.

    Parameters
    ----------
    ratings : Ratings
        The stage's own marks; weights are those of the total.
    official : Official
    seed : int or numpy Generator (PCG64)
    """
    rng = generator(seed)
    noise = noise_of(ratings, official, rng)
    if isinstance(noise, Unavailable):
        return noise
    if noise.df < LEAST_DF:
        return unavailable("too_few_for_places", n_jurors=noise.n_jurors, n_entries=ratings.n_entries)
    own = official.totals - official.fixed - noise.bias
    members = official.members()
    whole = Left.within(own, [entries for entries in members if len(entries)], official.fixed)
    if whole.free < LEAST_FREE:
        return unavailable("too_few_to_spread", n_entries=ratings.n_entries)
    drawn, alike = np.empty((n_draws, ratings.n_entries)), np.ones(len(members))
    nothing = np.zeros(ratings.n_entries)
    for scope, entries in enumerate(members):
        if len(entries) > LEAST_FREE:
            within = noise.within([entries])
            # Findings of a point or two foretell nothing: they are a part of the total like any other.
            points, fixed = own, official.fixed
            if not is_carried(fixed[entries], within):
                points, fixed = own + fixed, nothing
            crowds, alike[scope] = possible_crowds(points, fixed, entries, within, noise.df, rng)
            _draw(drawn, crowds, points, fixed, noise, rng)
    few = [entries for entries in members if 0 < len(entries) <= LEAST_FREE]
    if few:  # too few for a spread of their own: that of all scopes
        _draw(drawn, [Crowd(few, False, whole, 1.0)], own, official.fixed, noise, rng)
    return Qualities(drawn, noise, alike)


def _draw(drawn: np.ndarray, crowds: list[Crowd], own, fixed, noise: Noise, rng) -> None:
    """Fill the columns of the crowds' entries, from each crowd as often as it is likely."""
    first = 0
    for crowd, count in zip(crowds, _counts(crowds, len(drawn)), strict=True):
        if not count:
            continue
        rows, first = slice(first, first + count), first + count
        spreads = _draw_spreads(crowd.left, crowd.is_alike, noise.within(crowd.groups), noise.df, rng, count)
        for entries in crowd.groups:
            drawn[rows, entries] = _of_scope(own[entries], fixed[entries], noise.covariance(entries), spreads, rng)


def _counts(crowds, n_draws: int) -> list[int]:
    """Share out the draws by how likely each crowd is, none lost to rounding."""
    ends = np.cumsum([crowd.share for crowd in crowds])
    ends = np.rint(ends / ends[-1] * n_draws).astype(int)
    return np.diff(ends, prepend=0).tolist()


def _draw_spreads(left: Left, is_alike: bool, noise: float, df: int, rng, n_draws: int) -> Spreads:
    """Draw noise and quality variance from what is left within groups.

    Both variances have the flat prior of the two-way table: of the noise on its logarithm, of the sum of both on itself.
    Where all of a group are alike, what is left is noise as well.
    """
    if is_alike:
        scale = (df + left.square / noise) / rng.chisquare(df + left.free, n_draws)
        both, quality = noise * scale, ALIKE * noise * scale
    else:
        scale = df / rng.chisquare(df, n_draws)
        half = max(left.free - 2, 1) / 2
        # The sum of both variances exceeds the noise: draws of the noise count by how likely that is.
        likely = gammainc(half, left.square / (2 * noise * scale))
        total = likely.sum()
        if total > 0:
            kept = np.searchsorted(np.cumsum(likely), (np.arange(n_draws) + 0.5) / n_draws * total)
            kept = rng.permutation(np.minimum(kept, n_draws - 1))
            scale, likely = scale[kept], likely[kept]
        both = left.square / (2 * np.maximum(gammaincinv(half, rng.random(n_draws) * likely), 1e-300))
        both = np.maximum(both, noise * scale)
        quality = both - noise * scale
    spread = np.sqrt(both / left.weight) * rng.standard_normal(n_draws) if left.weight else 0.0
    return Spreads(scale, quality, np.broadcast_to(left.slope + spread, (n_draws,)))


def _of_scope(own, fixed, covariance, spreads: Spreads, rng) -> np.ndarray:
    """Draw the qualities of entries that are placed together, plus what is fixed, shape (n_draws, n)."""
    if covariance.ndim == 1:
        level, turn = covariance, None
    else:
        level, turn = np.linalg.eigh(covariance)
        level = np.maximum(level, 0.0)
    ones, points, carried = (v if turn is None else turn.T @ v for v in (np.ones(len(own)), own, fixed - fixed.mean()))
    noise = spreads.scale[:, None] * level
    share = np.divide(spreads.quality[:, None], spreads.quality[:, None] + noise,
                      out=np.ones(noise.shape), where=noise > 0)
    weight = np.divide(1.0, spreads.quality[:, None] + noise, out=np.zeros(noise.shape), where=share + noise > 0)
    left = points - spreads.slope[:, None] * carried
    whole = (weight * ones**2).sum(axis=1)
    middle = (weight * ones * left).sum(axis=1) / whole + rng.standard_normal(len(whole)) / np.sqrt(whole)
    expected = middle[:, None] * ones + spreads.slope[:, None] * carried
    drawn = expected + share * (points - expected) + np.sqrt(share * noise) * rng.standard_normal(noise.shape)
    return (drawn if turn is None else drawn @ turn.T) + fixed


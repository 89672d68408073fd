"""What the marks leave open about the entries' quality: draws of qualities, and the places they give.

Points of an entry are its quality, plus what all entries share, plus noise of the jurors. Qualities are taken as drawn
from one distribution whose spread the marks themselves tell; both spreads are drawn too (Box & Tiao 1973, ch. 5 and 7),
so that few entries or few jurors widen everything that is said. What may be said of the draws was settled by
simulation (`make bench-certainty`), not by the name of the method.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaincinv, stdtrit

from sp2k.analysis.answers import Unavailable, unavailable
from sp2k.analysis.draws import generator
from sp2k.analysis.official import Official
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.noise import Noise, noise_of

# Fewer leave nothing said of how large the noise is.
LEAST_DF = 4
LEAST_ON_FIXED = 6


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
    discernible : float
        Points by which two entries must differ to be told apart, about.
    """

    drawn: np.ndarray
    noise: Noise
    discernible: float


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
    members = [entries for entries in official.members() if len(entries)]
    spreads = _draw_spreads(own, official.fixed, members, noise, rng, n_draws)
    drawn = np.empty((n_draws, ratings.n_entries))
    for entries in members:
        drawn[:, entries] = _of_scope(own[entries], official.fixed[entries], noise.covariance(entries), spreads, rng)
    return Qualities(drawn, noise, _discernible(noise, spreads))


def _centred(values: np.ndarray, members) -> np.ndarray:
    out = np.array(values, dtype=float)
    for entries in members:
        out[entries] -= out[entries].mean()
    return out


def _draw_spreads(own, fixed, members, noise: Noise, rng, n_draws: int) -> Spreads:
    """Draw noise and quality variance from what is left within scopes.

    Both variances have the flat prior of the two-way table: of the noise on its logarithm, of the sum of both on itself.
    """
    rest, carried = _centred(own, members), _centred(fixed, members)
    free = len(own) - len(members)
    weight = float(carried @ carried)
    has_slope = free >= LEAST_ON_FIXED and weight > 1e-9 * max(1.0, float(fixed @ fixed))
    slope = float(carried @ rest) / weight if has_slope else 0.0
    rest = rest - slope * carried
    half = max(free - has_slope - 2, 1) / 2
    square = float(rest @ rest)
    mean_noise = noise.within(members)
    scale = noise.df / rng.chisquare(noise.df, n_draws)
    # The sum of both variances exceeds the noise: draws of the noise count by how likely that is.
    likely = gammainc(half, square / (2 * mean_noise * scale))
    total = likely.sum()
    if total > 0:
        kept = np.searchsorted(np.cumsum(likely), (np.arange(n_draws) + 0.5) / n_draws * total)
        kept = rng.permutation(np.minimum(kept, n_draws - 1))
        scale, likely = scale[kept], likely[kept]
    both = square / (2 * np.maximum(gammaincinv(half, rng.random(n_draws) * likely), 1e-300))
    both = np.maximum(both, mean_noise * scale)
    spread = np.sqrt(both / weight) * rng.standard_normal(n_draws) if has_slope else 0.0
    return Spreads(scale, both - mean_noise * scale, np.broadcast_to(slope + spread, (n_draws,)))


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


def _discernible(noise: Noise, spreads: Spreads) -> float:
    """Return the gap at which 95 of 100 draws have the same one ahead, both with the usual noise."""
    variance = float(np.median(noise.variance))
    share = float(np.mean(spreads.quality / (spreads.quality + variance * spreads.scale)))
    return float("inf") if share <= 0 else float(stdtrit(noise.df, 0.95) * np.sqrt(2 * variance / share))

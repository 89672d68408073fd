"""Made-up stages whose true qualities are known: what the sentences of "Seberapa yakin?" are held against.

Quality N(0, 5), severity N(0, 3), other noise N(0, 4), in points of the total (see `docs/methods/rentang-tempat.md`).
"""

from dataclasses import dataclass

import numpy as np

from sp2k.analysis.official import MEDIAN, Official, combine
from sp2k.analysis.ratings import Ratings

SD_QUALITY, SD_SEVERITY, SD_NOISE, MIDDLE = 5.0, 3.0, 4.0, 70.0
WAYS = {"rata-rata": 0, "pangkas 1": 1, "median": MEDIAN}


@dataclass(frozen=True)
class World:
    """One kind of stage.

    Attributes
    ----------
    n_entries, n_jurors, quota : int
    kind : str
        "": as above; or words of `_MARKS`, `_noise` and `_quality`, joined by blanks.
    way : str
        A key of WAYS.
    per_regency : int
        In how many regencies the entries are placed apart; 1: overall.
    carried : str
        "": nothing; "erat": six tenths of the total are an earlier score of the same quality; "lepas": of nothing;
        "temuan": one entry loses half a point by a finding.
    """

    n_entries: int
    n_jurors: int
    quota: int
    kind: str = ""
    way: str = "rata-rata"
    per_regency: int = 1
    carried: str = ""


@dataclass(frozen=True)
class Stage:
    """One drawn stage: what the product sees, and the truth it does not. `truth` is that of the total."""

    ratings: Ratings
    official: Official
    truth: np.ndarray


def draw(world: World, rng: np.random.Generator) -> Stage:
    """Draw one stage of a world."""
    n, k = world.n_entries, world.n_jurors
    quality = _quality(world, rng)
    marks = MIDDLE + quality[:, None] + rng.standard_normal(k) * SD_SEVERITY + _noise(world, rng)
    for word in world.kind.split():
        if word in _MARKS:
            marks = _MARKS[word](marks, rng)
    own, carried = (0.4, _carried(world, quality, rng)) if world.carried in ("erat", "lepas") else (1.0, np.zeros(n))
    trim = np.array([WAYS[world.way]])
    ratings = Ratings.from_dense(marks, weight=np.array([own]))
    points = combine(np.nan_to_num(marks[:, :, None]), ~np.isnan(marks), trim)[:, 0]
    fixed = (1 - own) * carried
    if world.carried == "temuan":
        fixed[rng.integers(n)] -= 0.5
    scope = np.arange(n) % world.per_regency
    quota = np.full(world.per_regency, world.quota)
    return Stage(ratings, Official(own * points + fixed, fixed, trim, scope, quota), own * quality + fixed)


def _quality(world: World, rng) -> np.ndarray:
    n = world.n_entries
    if "mutu-berekor" in world.kind:
        return rng.standard_t(4, n) / np.sqrt(2) * SD_QUALITY
    if "berjarak" in world.kind:
        return rng.permutation(n) * 0.5
    if "dua-kelompok" in world.kind:
        return np.where(rng.random(n) < 0.5, -5.0, 5.0) + rng.standard_normal(n) * 0.5
    for kind, (number, apart) in _TIGHT.items():
        if kind in world.kind:
            return rng.choice((np.arange(number) - (number - 1) / 2) * apart, n) + rng.standard_normal(n) * 0.3
    if "tiga-kelompok" in world.kind:
        return rng.choice([-8.0, 0.0, 8.0], n) + rng.standard_normal(n) * 0.5
    if "satu-di-depan" in world.kind:
        return rng.permutation(np.concatenate([[15.0, -15.0], 0.2 * np.arange(n - 2) - 0.1 * (n - 3)]))
    if "hampir-sama" in world.kind:
        return rng.standard_normal(n) * 0.3
    if "wilayah-beda" in world.kind:
        return rng.standard_normal(n) * np.where(np.arange(n) % world.per_regency == 0, 15.0, 0.5)
    if "kelompok-depan" in world.kind:
        quality = rng.standard_normal(n)
        quality[rng.permutation(n)[: max(2, n * 7 // 20)]] += 10
        return quality
    return rng.standard_normal(n) * SD_QUALITY


def _noise(world: World, rng) -> np.ndarray:
    size = world.n_entries, world.n_jurors
    if "berekor" in world.kind.split():
        return rng.standard_t(4, size) / np.sqrt(2) * SD_NOISE
    noise = rng.standard_normal(size) * SD_NOISE
    if "tak-sama" in world.kind:
        noise = noise * np.where(np.arange(world.n_jurors) % 2, 0.6, 1.28)
    return noise


def _carried(world: World, quality: np.ndarray, rng) -> np.ndarray:
    return MIDDLE + rng.standard_normal(len(quality)) * SD_NOISE + (quality if world.carried == "erat" else 0)


def _with_an_empty_cell(marks, rng):
    marks[rng.integers(len(marks)), rng.integers(marks.shape[1])] = np.nan
    return marks


def _with_a_flat_juror(marks, rng):
    marks[:, 0] = MIDDLE
    return marks


# Groups nearly alike within: how many, and how many points apart.
_TIGHT = {"dua-rapat": (2, 6.0), "lima-rapat": (5, 6.0), "enam-rapat": (6, 6.0)}
_MARKS = {
    "datar": _with_a_flat_juror, "kosong": _with_an_empty_cell, "setengah": lambda marks, rng: np.round(2 * marks) / 2,
    "bulat": lambda marks, rng: np.round(marks),
}  # fmt: skip

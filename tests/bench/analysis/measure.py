"""Times ours, the peers and the floors at three sizes, in one process on one core."""

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sp2k.analysis.certainty import certainty
from sp2k.analysis.places import places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.reliability.cronbach import cronbach
from sp2k.analysis.reliability.icc import icc
from sp2k.analysis.reliability.krippendorff import krippendorff_alpha
from sp2k.analysis.uncertainty.jurors import juror_bootstrap
from sp2k.analysis.uncertainty.redraw import redraw_jurors
from sp2k.analysis.weights.dirichlet import dirichlet_places, dirichlet_top
from tests.bench.analysis import peers, plain

# (entries, indicators, jurors): a final, a province, the country.
SIZES = ((30, 60, 9), (666, 100, 7), (7288, 100, 7))
DRAWS, PANELS, CUT = 10_000, 2_000, 5
ROUNDS = 5
# A loop of a peer is timed over so many draws that it takes about this long, then multiplied.
SECONDS_FOR_A_LOOP = 4.0
FORMS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")


@dataclass(frozen=True)
class Target:
    """A promise and what was measured: ratio of two times (or one number), both named in the table."""

    name: str
    value: float
    limit: float
    at_most: bool
    ours: str
    other: str

    @property
    def is_met(self) -> bool:
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def line(self) -> str:
        sign, verdict = "<=" if self.at_most else ">=", "ok" if self.is_met else "GAGAL"
        value = f"{self.value:.2f}" if self.value < 10 else f"{self.value:.1f}"
        return f"{self.name} {value} {sign} {self.limit:g} {verdict} {self.ours}/{self.other}"


@dataclass(frozen=True)
class Time:
    """One measured time of the table."""

    size: tuple[int, int, int]
    what: str
    who: str
    seconds: float
    note: str = ""


def in_words(seconds: float) -> str:
    """Three digits: 0.842s, 55.8s, 2540s, 12.3ms."""
    if seconds >= 100:
        return f"{float(f'{seconds:.3g}'):.0f}s"
    return f"{seconds:.3g}s" if seconds >= 0.1 else f"{seconds * 1000:.3g}ms"


def best(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the best time of each, taken in turn so that a busy moment of the machine touches all alike."""
    found = [float("inf")] * len(works)
    for _ in range(rounds):
        for position, work in enumerate(works):
            begun = time.perf_counter()
            work()
            found[position] = min(found[position], time.perf_counter() - begun)
    return found


def looped(work: Callable[[int], object], n_draws: int) -> tuple[float, str]:
    """Time a loop of `n_draws`, over a part of it when it is long; return seconds and what was done."""
    one = min(best(lambda: work(1), rounds=2))
    part = int(np.clip(SECONDS_FOR_A_LOOP / one, 3, n_draws))
    seconds = min(best(lambda: work(part), rounds=1 if part > 3 else 2))
    return seconds * n_draws / part, "" if part == n_draws else f"{part} undian, dikalikan"


def marks_of(size: tuple[int, int, int]) -> np.ndarray:
    """Whole marks (n_entries, n_jurors, n_indicators) of entries, jurors and indicators that differ."""
    n, i, j = size
    rng = np.random.default_rng(2022)
    marks = (70 + 4 * rng.standard_normal((n, 1, 1)) + 3 * rng.standard_normal((1, j, 1))
             + 5 * rng.standard_normal((1, 1, i)) + 8 * rng.standard_normal((n, j, i)))
    return np.clip(np.round(marks), 0, 100)


def everything(say: Callable[[str], None]) -> tuple[list[Target], list[Time]]:
    """Measure every size; the targets are those of the country, T7 that of the final."""
    targets, times = [], []
    for size in SIZES:
        is_national = size == SIZES[-1]
        for measured in (weights, bootstrap, agreement):
            found, taken = measured(size)
            times += taken
            targets += found if is_national else []
            for target in found if is_national else []:
                say(target.line())
    found, taken = interactive(SIZES[0])
    for target in found:
        say(target.line())
    return targets + found, times + taken


def weights(size) -> tuple[list[Target], list[Time]]:
    """T1 and T2: places and top shares under drawn weights."""
    marks = marks_of(size).mean(axis=1)
    n = len(marks)
    block = np.random.default_rng(1).standard_normal((max(1, min(DRAWS, 4_000_000 // n)), n))
    drawn = np.random.default_rng(1).dirichlet(np.ones(marks.shape[1]), size=DRAWS)
    for peer in (peers.pymcdm_places, peers.skcriteria_places):
        if not (peer(marks, drawn[:3]).astype(int) == places(np.round(drawn[:3] @ marks.T, 9))).all():
            raise SystemExit(f"{peer.__name__} memberi tempat yang lain")
    full, floor = best(lambda: dirichlet_places(marks, seed=1, n_draws=DRAWS), lambda: plain.sort_floor(block, DRAWS),
                       rounds=3 if n > 1000 else ROUNDS)
    top, part = best(lambda: dirichlet_top(marks, CUT, seed=1, n_draws=DRAWS),
                     lambda: plain.partition_floor(block, DRAWS, CUT))
    scaled = DRAWS / (DRAWS // len(block) * len(block))
    floor, part = floor * scaled, part * scaled
    wsm, wsm_note = looped(lambda count: peers.pymcdm_places(marks, drawn[:count]), DRAWS)
    wsm_top, top_note = looped(lambda count: peers.pymcdm_top(marks, drawn[:count], CUT), DRAWS)
    other, other_note = looped(lambda count: peers.skcriteria_places(marks, drawn[:count]), DRAWS)
    used = peak(lambda: dirichlet_places(marks, seed=1, n_draws=1000)) / 1e6
    return [
        Target("T1", full / floor, 2.5, True, in_words(full), in_words(floor)),
        Target("T1-pymcdm", wsm / full, 50, False, in_words(full), in_words(wsm)),
        Target("T1-memori", used, 200, True, f"{used:.0f}MB", "200MB"),
        Target("T2", top / part, 2, True, in_words(top), in_words(part)),
        Target("T2-pymcdm", wsm_top / top, 300, False, in_words(top), in_words(wsm_top)),
    ], [
        Time(size, "T1", "kami", full), Time(size, "T1", "argsort", floor),
        Time(size, "T1", "pymcdm WSM", wsm, wsm_note), Time(size, "T1", "scikit-criteria WSM", other, other_note),
        Time(size, "T2", "kami", top), Time(size, "T2", "argpartition", part),
        Time(size, "T2", "pymcdm WSM + argpartition", wsm_top, top_note)]


def peak(work: Callable[[], object]) -> float:
    """Return the most bytes the call held at once, beyond what there was before."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def bootstrap(size) -> tuple[list[Target], list[Time]]:
    """T3: places over redrawn panels, from the marks."""
    made = Ratings.from_dense(marks_of(size))
    dense, weight = made.dense, made.weight
    redrawn = redraw_jurors(made, seed=1, n_draws=50)
    for times, scores in zip(redrawn.times, redrawn.scores(), strict=True):
        panel = np.repeat(np.arange(made.n_jurors), times)
        if not np.allclose(scores, dense[:, panel].mean(axis=1) @ weight):
            raise SystemExit("undian ulang juri memberi nilai yang lain")

    def ours():
        # A fresh object with the same table: nothing cached, the collapse of the indicators included.
        fresh = Ratings(made.entry[:1], made.juror[:1], made.indicator[:1], made.value[:1], *dense.shape, None, weight)
        fresh.__dict__.update(dense=dense, input_hash=made.input_hash)
        return juror_bootstrap(redraw_jurors(fresh, seed=1, n_draws=PANELS))

    (taken,) = best(ours, rounds=3)
    loop, note = looped(lambda count: plain.bootstrap_loop(dense, weight, count, 1), PANELS)
    return [Target("T3", loop / taken, 60, False, in_words(taken), in_words(loop))], [
        Time(size, "T3", "kami", taken), Time(size, "T3", "putaran biasa", loop, note)]


def agreement(size) -> tuple[list[Target], list[Time]]:
    """T6: intraclass correlation, Krippendorff's alpha (interval), Cronbach's alpha; equal to 1e-10."""
    marks = marks_of(size)
    points, whole, items = marks.mean(axis=2), marks[:, :, 0], marks.mean(axis=1)
    table, wide = peers.long_table(points), pd.DataFrame(items)
    found = icc(points)
    same = {
        "ICC": ([found.forms[form].value for form in FORMS], peers.pingouin_icc(table)),
        "alfa Krippendorff": (krippendorff_alpha(whole).value, peers.krippendorff_interval(whole)),
        "alfa Cronbach": (cronbach(items).alpha, peers.pingouin_cronbach(wide))}
    for name, (ours, theirs) in same.items():
        if not np.allclose(ours, theirs, rtol=0, atol=1e-10):
            raise SystemExit(f"{name} berbeda: {ours} dan {theirs}")
    targets, times = [], []
    for name, limit, who, ours, theirs in (
        ("T6a", 100, "pingouin", lambda: icc(points), lambda: peers.pingouin_icc(table)),
        ("T6b", 500, "krippendorff", lambda: krippendorff_alpha(whole), lambda: peers.krippendorff_interval(whole)),
        ("T6c", 2, "pingouin", lambda: cronbach(items), lambda: peers.pingouin_cronbach(wide)),
    ):
        (taken,) = best(ours, rounds=20)
        (other,) = best(theirs, rounds=3)
        targets.append(Target(name, other / taken, limit, False, in_words(taken), in_words(other)))
        times += [Time(size, name, "kami", taken), Time(size, name, who, other)]
    return targets, times


def interactive(size) -> tuple[list[Target], list[Time]]:
    """T7: everything an officer sees, from the marks, against the bootstrap of jurors alone."""
    marks = marks_of(size)
    weight = np.full(marks.shape[2], 1 / marks.shape[2])

    def all_of_it():
        return certainty(Ratings.from_dense(marks), cut=CUT, seed=1, n_draws=PANELS)

    def own_bootstrap():
        return juror_bootstrap(redraw_jurors(Ratings.from_dense(marks), seed=1, n_draws=PANELS))

    taken, alone, own = best(
        all_of_it, lambda: plain.bootstrap_in_one_go(marks, weight, PANELS, 1), own_bootstrap, rounds=15)
    return [
        Target("T7", taken / alone, 10, True, in_words(taken), in_words(alone)),
        Target("T7-ms", taken * 1000, 150, True, in_words(taken), "150ms"),
    ], [Time(size, "T7", "kami, semuanya", taken), Time(size, "T7", "undian ulang juri saja, NumPy biasa", alone),
        Time(size, "T7", "undian ulang juri saja, kami", own)]

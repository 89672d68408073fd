"""How often the sentences of "Seberapa yakin?" are wrong: worlds with a known truth, one line a world.

``make bench-certainty`` prints rates with counts, 95 % limits and the seed, and writes docs/bench-certainty.md and the
table that the methodology sheet prints (sp2k/results/methodology/measured.csv). ``ARGS=100`` takes so many draws of each
world instead, and writes nothing.
"""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

# One core, as on the smallest server; before NumPy is imported.
for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[threads] = "1"

from tests.bench.certainty import report  # noqa: E402
from tests.bench.certainty.measure import Table, corners, measure  # noqa: E402
from tests.bench.certainty.worlds import World  # noqa: E402

SEED = 20260
N_WORLDS = 600
ENTRIES, JURORS = (5, 10, 20, 30, 40), (2, 3, 4, 5, 6, 7, 9, 12)
SOME_ENTRIES, SOME_JURORS = (10, 30), (3, 5, 9)
SPACED_ENTRIES, GROUPS = (5, 10, 20, 30), ("dua-kelompok", "kelompok-depan", "tiga-kelompok", "satu-di-depan")
KINDS = ("berekor", "berekor mutu-berekor", "tak-sama", "datar", "kosong", "setengah", "bulat")


def worlds() -> list[World]:
    """Return the grid, then what departs from it one by one."""
    some = SOME_ENTRIES, SOME_JURORS
    return [
        *corners(ENTRIES, JURORS),
        *(world for kind in KINDS for world in corners(*some, kind=kind)),
        *(world for way in ("pangkas 1", "median") for kind in ("", "berekor", "kosong")
          for world in corners(*some, way=way, kind=kind)),
        *corners(SPACED_ENTRIES, SOME_JURORS, kind="berjarak"),
        *(world for kind in GROUPS for world in corners((12, 20), (3, 5, 9), kind=kind)),
        *(World(30, k, quota, per_regency=5) for quota in (1, 2) for k in SOME_JURORS),
        *(world for carried in ("erat", "lepas") for world in corners(*some, carried=carried)),
        *corners((30, 40), SOME_JURORS, kind="tiga-kelompok"),
        *corners(SOME_ENTRIES, SOME_JURORS, kind="hampir-sama"),
        *(world for kind in ("lima-rapat", "enam-rapat") for world in corners((20, 40), (4, 5, 9), kind=kind)),
        *(World(30, k, 2, kind=kind, per_regency=5) for kind in ("dua-rapat", "tiga-kelompok") for k in SOME_JURORS),
        *(World(30, k, 1, kind="wilayah-beda", per_regency=5) for k in SOME_JURORS),
        *(world for kind in ("", "berjarak", "hampir-sama")
          for world in corners((10,), SOME_JURORS, kind=kind, carried="temuan")),
    ]  # fmt: skip


def main(given: list[str]) -> int:
    """Measure and print; write the tables unless a number of draws was given. 1 where a sentence misses its bound."""
    n_worlds = int(given[0]) if given else N_WORLDS
    tables: list[Table] = []
    with ProcessPoolExecutor() as pool:
        for table in pool.map(partial(_measured, n_worlds=n_worlds), *zip(*enumerate(worlds()), strict=True)):
            tables.append(table)
            print(report.line(table), flush=True)
    missed = [said for table in tables for said in report.missed(table)]
    print("\n".join(missed) or "Semua kalimat di dalam batasnya.")
    if not given:
        report.write(tables, missed)
    return int(bool(missed))


def _measured(number: int, world: World, *, n_worlds: int) -> Table:
    return measure(world, n_worlds=n_worlds, seed=SEED + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

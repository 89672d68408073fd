"""Counting a country: 7,288 entries x 114 indicators x 7 assessors, marks as a stream, in a process of its own.

``python -m tests.bench.bench_tally [ENTRIES]`` prints one line. The marks are drawn by a small fixed generator, whose own
time is measured first, on as many marks, and taken off.
"""

import resource
import subprocess
import sys
import time
from itertools import product

from sp2k.tally.count import count
from sp2k.tally.stage_rules import read_stage_rules

ENTRIES, ASPECTS, INDICATORS, ASSESSORS = 7_288, 6, 114, 7


def rules(n_entries: int) -> dict:
    """Return rules of national size: 114 indicators in six aspects, seven seats, one of each regency goes on."""
    mark = {"jenis": "juri", "skala": [0, 100], "desimal": 0}
    aspects = [
        {
            "kode": f"A{a}",
            "indikator": [
                {"kode": f"A{a}.{i}", "maks": 1, "aturan": mark} for i in range(INDICATORS // ASPECTS)
            ],
        }
        for a in range(ASPECTS)
    ]
    return {
        "aturan": "sp2k-hitung-1",
        "edisi": "ukur",
        "tahap": "presentasi",
        "sumber": "juri",
        "peserta": [f"{11 + n // 1350}.{1 + n // 15 % 90:02}.{1 + n % 15:02}" for n in range(n_entries)],
        "penilai": [f"kursi-{n}" for n in range(1, ASSESSORS + 1)],
        "instrumen": {"instrumen": "ukur", "aspek": aspects},
        "bulat": {"nilai": 2},
        "kuota": {"lingkup": "kabupaten_kota", "jumlah": 1},
        "seri": ["aspek:A0", "indikator:A1.0"],
    }


def marks(stage):
    """Yield every mark, drawn from a linear congruential sequence: always the same, without the cost of `random`."""
    codes = [indicator.code for indicator in stage.instrument.indicators]
    texts, state = [str(mark) for mark in range(40, 100)], 1
    for entry, seat in product(stage.entries, stage.assessors):
        for code in codes:
            state = (state * 1_103_515_245 + 12_345) & 0x7FFFFFFF
            yield entry, seat, code, texts[state % 60]


def measure(n_entries: int) -> str:
    """Count once and return the line that is printed."""
    stage = read_stage_rules(rules(n_entries))
    started = time.perf_counter()
    n_marks = sum(1 for _ in marks(stage))
    drawn = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = count(stage, marks(stage))
    counted = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = counted - drawn - (drawn - started)
    return (
        f"tally: {n_entries} x {INDICATORS} x {ASSESSORS} = {n_marks} marks in {seconds:.1f} s "
        f"({seconds / n_marks * 1e6:.2f} us a mark), peak memory {peak // 1024} MB ({(peak - before) // 1024} MB for the "
        f"count), {result.n_placed} placed, {result.n_through} through, {len(result.cut_ties)} ties across a cut"
    )


def main() -> None:
    """Measure in a fresh process, so that the peak is that of the count alone."""
    if "--here" in sys.argv:
        print(measure(int(sys.argv[1])))
        return
    n_entries = sys.argv[1] if len(sys.argv) > 1 else str(ENTRIES)
    subprocess.run([sys.executable, "-m", "tests.bench.bench_tally", n_entries, "--here"], check=True)


if __name__ == "__main__":
    main()

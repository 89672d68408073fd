"""How fast the analysis is: ours, the peers and the floor in one run, one line a target, and a table in docs/bench.md.

The peers (pymcdm, scikit-criteria, pingouin, krippendorff) are installed for this alone, in a folder of their own:
run ``make bench-analysis``. Where they are missing nothing is measured.

A floor is the least anyone must do (sorting, partitioning); a plain loop is what a competent colleague writes first.
Both are in `plain.py`, the calls of the peers in `peers.py`. A loop that would take minutes is timed over a part of its
draws and multiplied; the table says so. Every pair that is compared is first checked to give the same numbers.
"""

import importlib.util
import os
import sys

# One core, as on the smallest server; before NumPy is imported.
for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[threads] = "1"

PEERS = ("pymcdm", "skcriteria", "pingouin", "krippendorff")


def main() -> int:
    """Measure, print a line a target, write docs/bench.md; 1 when a target is missed."""
    missing = [name for name in PEERS if importlib.util.find_spec(name) is None]
    if missing:
        print(f"dilewati: {', '.join(missing)} tidak terpasang di sini; jalankan `make bench-analysis`.")
        return 0
    measure = importlib.import_module("tests.bench.analysis.measure")
    report = importlib.import_module("tests.bench.analysis.report")
    targets, times = measure.everything(lambda line: print(line, flush=True))
    report.write(targets, times)
    return int(any(not target.is_met for target in targets))


if __name__ == "__main__":
    sys.exit(main())

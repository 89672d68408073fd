"""`make bench`: every measurement in this folder, each in a process of its own; `ARGS=tally` picks one by name."""

import subprocess
import sys
from pathlib import Path


def main(wanted: list[str]) -> int:
    """Run the measurements whose names hold one of `wanted` (all when none is named); 1 when one of them failed."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    chosen = [name for name in modules if not wanted or any(word in name for word in wanted)]
    if not chosen:
        known = ", ".join(modules)
        print(f"Salah: tidak ada pengukuran bernama {' '.join(wanted)}. Yang ada: {known}", file=sys.stderr)
        return 2
    failed = 0
    for name in chosen:
        print(f"== {name}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

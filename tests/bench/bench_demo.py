"""Loading the demonstration: answers a second, and as a multiple of inserting the very same rows bare.

``python -m tests.bench.bench_demo`` prints one line. Bare means: the rows that the load left behind, read back, and put
with one ``executemany`` a table into an empty database of the same tables and indexes, in one transaction.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def load(folder: Path) -> float:
    """Load the demonstration into `folder` by the command a newcomer types; return the seconds, start-up included."""
    started = time.monotonic()
    command = [sys.executable, "-c", "from sp2k.config.cli import main; main()", "demo", "--no-serve"]
    subprocess.run(command, check=True, env={**os.environ, "SP2K_DATA_DIR": str(folder)}, capture_output=True)
    return time.monotonic() - started


def insert_bare(source: sqlite3.Connection, target: sqlite3.Connection) -> tuple[float, int]:
    """Insert every row of `source` into the empty `target`; return the seconds and how many rows."""
    target.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    for (sql,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"):
        if "sqlite_sequence" not in sql:
            target.execute(sql)
    tables = [name for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: source.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables if "sqlite_" not in name}
    started = time.monotonic()
    with target:
        for name, found in rows.items():
            if found:
                target.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(found[0]))})', found)
    return time.monotonic() - started, sum(map(len, rows.values()))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        seconds = load(Path(folder))
        source = sqlite3.connect(Path(folder) / "sp2k.sqlite3")
        (answers,) = source.execute("SELECT count(*) FROM entries_answer").fetchone()
        bare, n_rows = insert_bare(source, sqlite3.connect(Path(folder) / "bare.sqlite3"))
    print(
        f"demo load: {answers} answers in {seconds:.1f} s ({answers / seconds:.0f} answers a second), "
        f"{seconds / bare:.1f} x inserting the same {n_rows} rows bare ({bare:.2f} s)"
    )


if __name__ == "__main__":
    main()

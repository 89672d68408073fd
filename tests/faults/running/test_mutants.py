"""Proof that the tests of faults can fail: each is run against a copy of the product that was broken on purpose.

Slow, and asked for: `SP2K_MUTANTS=1 make test ARGS=tests/faults/running/test_mutants.py`.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.running.server import CHECKOUT

KILLED = "tests/faults/running/test_killed.py"
BUSY = "tests/faults/running/test_busy.py"
DISK = "tests/faults/running/test_full_disk.py"
LOCK = "tests/faults/running/test_lock_race.py"
PUBLISHED = "tests/faults/running/test_published_once.py"
BOMBS = "tests/faults/running/uploads/test_bombs.py"
TABLES = "tests/base/test_tables.py"
NAMES = "tests/base/files/test_names.py"
NOT_AN_ANSWER = re.compile("CalledProcessError|the server did not start|ImportError")
MUTANTS = {
    "every second revision is acknowledged and not stored": (
        KILLED, "sp2k/judging/actions/sheets.py", "    end_draft(duty, sending, by=by)\n    return sheet\n",
        "    end_draft(duty, sending, by=by)\n    transaction.set_rollback(sheet.revision % 2 == 0)\n    return sheet\n",
    ),
    "a busy database is a broken page": (
        BUSY, "sp2k/base/faults/storage.py", "sqlite3.SQLITE_BUSY: BUSY, sqlite3.SQLITE_LOCKED: BUSY, ", ""
    ),
    "a sheet received before is another sheet": (
        BUSY, "sp2k/judging/actions/sheets.py", "Sheet.objects.filter(op_id=sending.op_id).first()", "None"
    ),
    "a full disk leaves what was written of a file": (
        DISK, "sp2k/base/faults/whole_files.py", "            Path(aside.name).unlink(missing_ok=True)", "            pass"
    ),
    "a full disk is a broken page": (
        DISK, "sp2k/base/faults/storage.py", "sqlite3.SQLITE_FULL: FULL, ", ""
    ),
    "publishing is stored in two halves": (
        PUBLISHED, "sp2k/publication/actions/issuing.py", "    edition.published_at = now\n",
        "    edition.published_at = now\n    transaction.get_connection()._commit()\n",
    ),
    "a sheet is held against the stage as it was": (
        LOCK, "sp2k/judging/holding.py", "    stage = held_stage(assignments[0].stage)", "    stage = assignments[0].stage"
    ),
    "a workbook that would burst is unpacked": (
        BOMBS, "sp2k/base/inspecting/office.py", "unpacked > RATIO_FROM and unpacked > MOST_RATIO * size", "False"
    ),
    "a text is reckoned with in a CSV": (
        TABLES, "sp2k/base/documents/tables.py", "    return \"'\" + value\n", "    return value\n"
    ),
    "a name is kept as it was composed": (
        NAMES, "sp2k/base/typed.py", 'unicodedata.normalize("NFC", _WITHOUT_WIDTH.sub("", text))', "text"
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif("SP2K_MUTANTS" not in os.environ, reason="runs the tests of faults again for each mutant: SP2K_MUTANTS=1")
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_is_found(mutant, tmp_path):
    test, place, whole, broken = MUTANTS[mutant]
    copy = tmp_path / "salinan"
    shutil.copytree(CHECKOUT, copy, ignore=what_is_not_source)
    source = (copy / place).read_text("utf-8")
    assert source.count(whole) == 1
    (copy / place).write_text(source.replace(whole, broken), "utf-8")

    run = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-o", "addopts=--import-mode=importlib", test]
    environment = {**os.environ, "PYTHONPATH": str(copy), "SP2K_KILLS": "4"}
    done = subprocess.run(run, cwd=copy, env=environment, capture_output=True, text=True, timeout=600)

    assert "1 failed" in done.stdout, done.stdout[-2000:]
    assert NOT_AN_ANSWER.search(done.stdout) is None, "it failed before anything was tried"


def what_is_not_source(folder: str, names: list[str]) -> set[str]:
    """Return what is not copied: the data folder of a checkout, but not the data that the product ships."""
    return {".venv", ".git", "data"} if Path(folder) == CHECKOUT else {"__pycache__"}

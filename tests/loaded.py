"""The demonstration for all test processes: loaded once, by the command that people use, while other tests run."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parent.parent
ENDED, SCREEN = "selesai", "layar.txt"
PATIENCE_SECONDS = 1800
GLANCE_SECONDS = 0.2


def begin(folder: Path) -> None:
    """Start loading the demonstration into a new folder, and do not wait for it."""
    folder.mkdir()
    with (folder / SCREEN).open("wb") as screen:
        subprocess.Popen(
            [sys.executable, "-m", "tests.loaded", str(folder)], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=screen,
            stderr=subprocess.STDOUT,
        )  # fmt: skip


def take_over(folder: Path, data_folder: Path) -> None:
    """Wait until it is loaded; copy it into this process's test database and data folder.

    Raises
    ------
    AssertionError
        If the command failed, with what it printed.
    """
    waited_until = time.monotonic() + PATIENCE_SECONDS
    while not (folder / ENDED).exists():
        assert time.monotonic() < waited_until, f"Data contoh belum dimuat: {_screen(folder)}"
        time.sleep(GLANCE_SECONDS)
    assert (folder / ENDED).read_text() == "0", f"Data contoh tidak dapat dimuat: {_screen(folder)}"
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "sp2k.sqlite3")) as loaded:
        loaded.backup(connection.connection)
    shutil.copytree(folder / "berkas", data_folder / "berkas", dirs_exist_ok=True)
    for name in ("kepala.jsonl", "demo-logins.txt"):
        shutil.copy(folder / name, data_folder)


def _screen(folder: Path) -> str:
    return (folder / SCREEN).read_text("utf-8", "replace")[-2000:]


def main(folder: Path) -> None:
    """Load by `sp2k demo`; say at the end, in one step, how it ended."""
    command = [str(Path(sys.executable).with_name("sp2k")), "demo", "--no-serve"]
    ended = subprocess.run(command, cwd=ROOT, env={**os.environ, "SP2K_DATA_DIR": str(folder)}).returncode
    (folder / "sementara").write_text(str(ended))
    (folder / "sementara").rename(folder / ENDED)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

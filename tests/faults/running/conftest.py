"""Data folders of small editions, made once, and servers over copies of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.running.server import CHECKOUT, Server


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A data folder with the small edition at an instant, made once by a process of its own."""
    made: dict[str, Path] = {}

    def folder_at(when: str) -> Path:
        if when not in made:
            folder = tmp_path_factory.mktemp(when)
            environment = {**os.environ, "SP2K_DATA_DIR": str(folder), "PYTHONPATH": str(CHECKOUT)}
            run = [sys.executable, "-m", "tests.faults.running.prepare", when]
            subprocess.run(run, cwd=CHECKOUT, env=environment, check=True, capture_output=True, timeout=300)
            made[when] = folder
        return made[when]

    return folder_at


@pytest.fixture
def serve(prepared, tmp_path):
    """`serve("jury")` is a server over a copy of a prepared folder; whatever was started is killed in the end."""
    started: list[Server] = []

    def over(when: str, folder: Path | None = None, **given) -> Server:
        folder = folder or tmp_path / f"data-{len(started)}"
        shutil.copytree(prepared(when), folder, ignore=shutil.ignore_patterns("static"), dirs_exist_ok=True)
        (folder / "static").symlink_to(prepared(when) / "static")
        server = Server(folder, **given)
        started.append(server)
        return server

    yield over
    for server in started:
        server.kill()

"""A served demonstration: the loaded test data in a folder of its own, and `sp2k demo` started on it as people do."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.conftest import HEADS_OF_THE_DEMONSTRATION

PATIENCE_SECONDS = 180


@dataclass(frozen=True)
class Place:
    """Where a story happens: the address of a demonstration, its data folder, the size of the screen."""

    address: str
    folder: Path
    size: str


def copy_data(folder: Path) -> None:
    """Write the test database and what belongs to it into `folder`, as a data folder that a server can open."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "sp2k.sqlite3")])
    kept = Path(settings.DATA_DIR)
    shutil.copy(kept / HEADS_OF_THE_DEMONSTRATION, folder / "kepala.jsonl")  # a server notes its own heads in it
    for name in ("berkas", "demo-logins.txt"):
        (folder / name).symlink_to(kept / name)


def copy_folder(folder: Path, copy: Path) -> Path:
    """Copy a data folder that no server has changed yet; files are named by content, so they may be shared."""
    for name in ("sp2k.sqlite3", "kepala.jsonl"):
        shutil.copy(folder / name, copy)
    for name in ("berkas", "demo-logins.txt"):
        (copy / name).symlink_to((folder / name).resolve())
    return copy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder: Path):
    """Start the demonstration on `folder` and yield its address; it is stopped, and its screen shown, whatever comes."""
    port = free_port()
    screen = folder / "layar.txt"
    environment = {**os.environ, "SP2K_DATA_DIR": str(folder), "PORT": str(port)}
    with screen.open("w") as output:
        command = [str(Path(sys.executable).with_name("sp2k")), "demo"]
        server = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            address = f"http://localhost:{port}"
            _await(address, server, screen)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def _await(address: str, server: subprocess.Popen, screen: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, screen.read_text()
        try:
            with urllib.request.urlopen(f"{address}/akun/masuk/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"The server did not answer within {PATIENCE_SECONDS} s:\n{screen.read_text()}")


def password_of(username: str, folder: Path) -> str:
    """Return a login's password from the file that a newcomer is shown."""
    found = re.search(rf"\s{re.escape(username)}\s+(\S+)\s*$", (folder / "demo-logins.txt").read_text(), re.MULTILINE)
    return found.group(1)

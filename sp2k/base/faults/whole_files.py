"""Files that are there whole or not at all: written aside, synced to the disk, then given their name."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes, *, mode: int = 0o600, may_replace: bool = True) -> None:
    """Write a file so that nobody ever reads half of it; where that fails, nothing of it stays.

    Raises
    ------
    OSError
        Whatever the disk says; FileExistsError where the file may not be replaced and is there already.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tulis", delete=False) as aside:
        try:
            aside.write(content)
            aside.flush()
            os.fsync(aside.fileno())
            os.chmod(aside.name, mode)
            os.replace(aside.name, path) if may_replace else os.link(aside.name, path)
        finally:
            Path(aside.name).unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Let the name, too, be on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

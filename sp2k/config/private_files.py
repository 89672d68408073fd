"""Data files are readable by their owner only: those written from now on, and those an earlier version left wider."""

import os
import stat
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
SERVED_TO_ALL = "static"  # what every visitor may fetch anyway


def keep_new_files_private() -> None:
    """From here on this process makes files that only its owner reads: the database, its -wal and -shm, uploads."""
    os.umask(0o077)


def mend_modes(folder: Path) -> int:
    """Take from group and others what they may do in the data folder; return how many files and folders were mended."""
    return sum(_mend(path) for path in _inside(folder)) if folder.is_dir() else 0


def _inside(folder: Path):
    yield folder
    for path, folders, files in os.walk(folder):
        if Path(path) == folder and SERVED_TO_ALL in folders:
            folders.remove(SERVED_TO_ALL)
        yield from (Path(path, name) for name in (*folders, *files))


def _mend(path: Path) -> bool:
    """A file of another owner, or one that is gone by now, stays as it is: nothing is stopped by it."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or not mode & _OTHERS:
            return False
        path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
    except OSError:
        return False
    return True


def mended_in_words(n: int) -> str:
    return f"{n} berkas dan folder data kini hanya terbaca oleh pemiliknya (sebelumnya juga oleh pengguna lain di mesin ini)."

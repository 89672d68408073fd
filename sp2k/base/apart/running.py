"""Run one of our scripts apart: bytes go in, bytes come out, or it is known how it ended.

The script reads ``stdin``, which is a file that can be wound back, and writes ``stdout``. It imports nothing of ours, so
that neither settings nor database are in reach of a file that breaks a parser. Both files lie in memory: a full disk is
no reason to refuse a file (ADR 0033).
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from sp2k.base.faults.trace import note_fault
from sp2k.base.refusals import Refused

# Together 1 GB in each server process at the default limits.
MOST_AT_ONCE = 2
# One request may wait long for its turn, further ones only a moment: a thread stays free for pages.
LONG_WAIT, SHORT_WAIT = 20, 2
# A busy machine gives a process less than all of its time.
PATIENCE = 3

LAUNCHER = str(Path(__file__).with_name("launcher.py"))
MEMORY, TIME, BROKEN = "memory", "time", "broken"
_turns, _queue = BoundedSemaphore(MOST_AT_ONCE), BoundedSemaphore(1)


@dataclass(frozen=True)
class Limits:
    """What a script may use: bytes of address space, seconds of CPU, bytes of its answer."""

    memory: int = 512 << 20
    seconds: int = 8
    written: int = 64 << 20


class Ended(Exception):
    """The script came to no end of its own; `how` is MEMORY, TIME, or BROKEN where the parser itself fell over."""

    def __init__(self, how: str):
        super().__init__(how)
        self.how = how


class TooBusy(Refused):
    """So many files are being looked at that this one was not; nothing is wrong with it."""


def run_apart(script: Path | str, content: bytes, *arguments: str, limits: Limits = Limits()) -> bytes:
    """Run a script on `content` and return what it wrote.

    Parameters
    ----------
    script : a module of ours that imports nothing of ours, by its ``__file__``
    arguments : what it is given besides, as texts

    Raises
    ------
    Ended
        When it was ended by a limit or by a signal of its own making. It should say by itself what it can say.
    TooBusy
        When it did not get its turn.
    """
    with turn(), _file_in_memory() as given, _file_in_memory() as told:
        given.write(content)
        given.seek(0)
        numbers = [str(limit) for limit in (limits.memory, limits.seconds, limits.written)]
        command = [sys.executable, "-I", LAUNCHER, *numbers, str(script), *arguments]
        streams = {"stdin": given, "stdout": told, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, env={"PYTHONUTF8": "1"}, **streams) as process:  # noqa: S603 - our own script
            try:
                returned = process.wait(timeout=limits.seconds * PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise Ended(TIME) from None
            except BaseException:
                process.kill()
                raise
        if returned:
            raise _ended(returned)
        told.seek(0)
        return told.read()


def _ended(returned: int) -> Ended:
    if returned in (-signal.SIGXCPU, -signal.SIGKILL):
        return Ended(TIME)
    if returned == -signal.SIGABRT:  # how PDFium and libheif end where they cannot have more memory
        return Ended(MEMORY)
    ended = Ended(BROKEN)
    if returned > 0:  # the script itself fell over, on something it did not expect: somebody should look
        note_fault(ended, upto_here=True)
    return ended


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn at looking into a file apart, the first of those who wait longer than the others."""
    if not _turns.acquire(blocking=False):
        is_first = _queue.acquire(blocking=False)
        try:
            if not _turns.acquire(timeout=LONG_WAIT if is_first else SHORT_WAIT):
                raise TooBusy("Server sedang memeriksa banyak berkas. Tunggu sebentar, lalu unggah lagi.")
        finally:
            if is_first:
                _queue.release()
    try:
        yield
    finally:
        _turns.release()


def _file_in_memory() -> BinaryIO:
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("sp2k"), "w+b")
    return tempfile.TemporaryFile()

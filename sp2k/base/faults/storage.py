"""When the server cannot write or read: what is said, that nothing was lost, and when to try again."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sp2k.base.faults.step import current_step
from sp2k.base.faults.trace import note_fault
from sp2k.base.refusals import Refused


@dataclass(frozen=True)
class Kind:
    """A way in which the storage fails: its sentence, and after how many seconds another try makes sense."""

    sentence: str
    retry_after: int


FULL = Kind("Ruang simpan server penuh.", 120)
BUSY = Kind("Basis data sedang dipakai proses lain terlalu lama.", 10)
READ_ONLY = Kind("Server sedang hanya dapat membaca, tidak dapat menyimpan.", 120)
BROKEN = Kind("Cakram server tidak dapat dibaca atau ditulisi.", 120)

_OF_SQLITE = {
    sqlite3.SQLITE_FULL: FULL, sqlite3.SQLITE_BUSY: BUSY, sqlite3.SQLITE_LOCKED: BUSY, sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_IOERR: BROKEN, sqlite3.SQLITE_CANTOPEN: BROKEN,
}  # fmt: skip
_OF_FILES = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY}
_OF_OWN_FILES = {errno.EACCES: READ_ONLY, errno.EPERM: READ_ONLY, errno.EIO: BROKEN}


class CannotStore(Refused):
    """The storage refused, not the rules: answered with 503, its trace already noted under the code in its sentence."""

    retry_after = FULL.retry_after


def kind_of_database(error: BaseException | None) -> Kind | None:
    """Return what an error of SQLite says about the storage; None where it says something else."""
    return _OF_SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)


def kind_of_file(error: BaseException | None, *, is_own: bool = False) -> Kind | None:
    """Return what an error of a file says about the storage; `is_own` where the file lies in the data folder."""
    if not isinstance(error, OSError):
        return None
    return _OF_FILES.get(error.errno) or (_OF_OWN_FILES.get(error.errno) if is_own else None)


def cannot_store(kind: Kind, error: BaseException, *, made_as: type[CannotStore] = CannotStore) -> CannotStore:
    """Note the trace of `error`, and return the refusal to raise in its place."""
    step = current_step()
    code = note_fault(error, upto_here=True)
    minutes = "sebentar" if kind.retry_after < 60 else f"{kind.retry_after // 60} menit"
    if step.sends_something:
        kept = "yang sudah tersimpan tetap ada; kiriman ini belum tersimpan, isinya masih di halaman ini"
        again = "kirim lagi"
    else:
        kept, again = "yang sudah tersimpan tetap ada", "coba lagi"
    refusal = made_as(
        f"{kind.sentence} Tidak ada yang hilang: {kept}. Tunggu {minutes}, lalu {again}; bila tetap begini, beri tahu "
        f"administrator kode {code}."
    )
    refusal.retry_after = kind.retry_after
    step.cannot_store = refusal
    return refusal


@contextmanager
def done_without() -> Iterator[None]:
    """Go on where what is inside cannot be stored: its trace stays noted, but the answer does not need it."""
    try:
        yield
    except CannotStore:
        current_step().cannot_store = None

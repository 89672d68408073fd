"""Files by content: written whole and synced to the disk before any row names them (trust: durability)."""

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from sp2k.base.faults.storage import BROKEN, cannot_store, kind_of_file
from sp2k.base.faults.trace import note_fault
from sp2k.base.faults.whole_files import write_whole
from sp2k.base.models import Blob
from sp2k.base.refusals import Refused
from sp2k.base.wording import in_fours, instant_in_words


class DamagedFile(Refused):
    """A stored file that is missing or holds other bytes than were received: it is never served, nor counted as read."""

INTACT, CHANGED, MISSING, ERASED, MISNAMED = "intact", "changed", "missing", "erased", "misnamed"
_BEGINS = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff"}


def store_blob(content: bytes, *, content_type: str, now: datetime) -> Blob:
    """Keep `content` under its SHA-256 and return its row; the same bytes twice are one file and one row."""
    sha256 = hashlib.sha256(content).hexdigest()
    _keep_bytes(sha256, content)
    row, is_new = Blob.objects.get_or_create(
        sha256=sha256, defaults={"size": len(content), "content_type": content_type, "stored_at": now}
    )
    if not is_new and row.erased_at is not None:
        row.erased_at, row.stored_at = None, now
        row.save(update_fields=["erased_at", "stored_at"])
    return row


def read_blob(blob: Blob) -> bytes:
    """Return the bytes of a stored file; a file that no longer matches its name is refused, never served."""
    if blob.erased_at is not None:
        raise Refused(f"Berkas ini dihapus pada {instant_in_words(blob.erased_at, settings.TIME_ZONE)} karena keliru "
                      f"diunggah. Yang tersisa sidiknya: {blob.sha256}.")  # fmt: skip
    try:
        content = blob_path(blob.sha256).read_bytes()
    except FileNotFoundError as error:
        raise _damaged(blob, "tidak ada lagi pada cakram server", error) from error
    except OSError as error:
        raise cannot_store(kind_of_file(error, is_own=True) or BROKEN, error) from error
    if hashlib.sha256(content).hexdigest() != blob.sha256:
        error = ValueError(blob.sha256)
        raise _damaged(blob, "pada cakram server tidak lagi sama dengan yang diterima", error) from error
    return content


def states_of(blobs: Iterable[Blob], *, by_bytes: bool = True) -> dict[str, str]:
    """Return {sha256: intact, changed, missing, erased or misnamed} of stored files, every byte read anew.

    Without `by_bytes` only that each is there in its size: what an act asks that no file decides.
    """
    rows = {blob.sha256: blob for blob in blobs}
    if not by_bytes:
        return {sha256: _state_by_size(blob) for sha256, blob in rows.items()}
    with ThreadPoolExecutor(max_workers=2) as pool:  # hashing leaves the interpreter free
        return dict(zip(rows, pool.map(_state, rows.values()), strict=True))


def _state(blob: Blob) -> str:
    if blob.erased_at is not None:
        return ERASED  # that it says so is held against the act that erased it, whatever lies on the disk
    try:
        with open(blob_path(blob.sha256), "rb") as file:
            begin = file.read(8)
            file.seek(0)
            found, size = hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError:
        return MISSING
    if found != blob.sha256:
        return CHANGED
    return INTACT if size == blob.size and _is_of_kind(begin, blob.content_type) else MISNAMED


def _state_by_size(blob: Blob) -> str:
    if blob.erased_at is not None:
        return ERASED
    try:
        return INTACT if blob_path(blob.sha256).stat().st_size == blob.size else CHANGED
    except OSError:
        return MISSING


def _is_of_kind(begin: bytes, content_type: str) -> bool:
    """Whether the kind that pages serve a file as is the one its bytes begin with; an unknown beginning is no other kind."""
    kinds = [kind for kind, sign in _BEGINS.items() if begin.startswith(sign)]
    return content_type in (kinds or _BEGINS)


def rows_resting_on(blob: Blob) -> list[QuerySet]:
    """Return, for each model that keeps files, its rows that rest on this one: a model says by `RESTS` which of them do."""
    relations = [field for field in Blob._meta.get_fields(include_hidden=True) if field.one_to_many or field.one_to_one]
    return [
        relation.related_model._base_manager.filter(
            getattr(relation.related_model, "RESTS", Q()), **{relation.field.name: blob}
        )
        for relation in relations
        if relation.field.model is not Blob
    ]


def erase_blob(blob: Blob, *, now: datetime) -> None:
    """Remove the bytes from the disk for good; the row keeps hash and size. Last in an act: it cannot be rolled back."""
    Blob.objects.filter(pk=blob.pk).update(erased_at=now)
    blob.erased_at = now
    blob_path(blob.sha256).unlink(missing_ok=True)


def blob_path(sha256: str) -> Path:
    """Return where the file with this SHA-256 lies."""
    return Path(settings.BLOB_DIR) / sha256[:2] / sha256


def _keep_bytes(sha256: str, content: bytes) -> None:
    """Write the file unless it is there; one whose bytes have changed since is mended by whoever sends them again."""
    path = blob_path(sha256)
    try:
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            write_whole(path, content)
    except OSError as error:
        raise cannot_store(kind_of_file(error, is_own=True) or BROKEN, error) from error


def _damaged(blob: Blob, what: str, error: Exception) -> DamagedFile:
    """Note that a file is not what it was; whoever opens it learns it in a sentence, whichever page shows it."""
    code = note_fault(error, upto_here=True)
    return DamagedFile(
        f"Berkas bersidik {in_fours(blob.sha256[:12])} {what}, jadi tidak ditampilkan. Catatannya dalam jurnal tetap ada. "
        f"Beri tahu administrator kode {code}: berkas ini dipulihkan dari cadangan, atau diunggah lagi oleh yang memilikinya."
    )

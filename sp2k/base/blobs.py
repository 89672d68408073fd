"""Files by content: written whole and synced to the disk before any row names them (trust: durability)."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from sp2k.base.models import Blob
from sp2k.base.refusals import Refused
from sp2k.base.wording import instant_in_words


def store_blob(content: bytes, *, content_type: str, now: datetime) -> Blob:
    """Keep `content` under its SHA-256 and return its row; the same bytes twice are one file and one row."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = blob_path(sha256)
    if not path.exists():
        _write_durably(path, content)
    row, is_new = Blob.objects.get_or_create(
        sha256=sha256, defaults={"size": len(content), "content_type": content_type, "stored_at": now}
    )
    if not is_new and row.erased_at is not None:
        row.erased_at, row.stored_at = None, now
        row.save(update_fields=["erased_at", "stored_at"])
    return row


def read_blob(blob: Blob) -> bytes:
    """Return the bytes of a stored file; a file that no longer matches its name is an error, never served."""
    if blob.erased_at is not None:
        raise Refused(f"Berkas ini dihapus pada {instant_in_words(blob.erased_at, settings.TIME_ZONE)} karena keliru "
                      f"diunggah. Yang tersisa sidiknya: {blob.sha256}.")  # fmt: skip
    content = blob_path(blob.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != blob.sha256:
        raise OSError(f"Berkas {blob.sha256} pada cakram tidak lagi sesuai dengan sidiknya.")
    return content


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


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.rename(file.name, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

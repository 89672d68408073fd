"""Files by content: written whole and synced to the disk before any row names them (trust: durability)."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from sp2k.base.models import Blob


def store_blob(content: bytes, *, content_type: str, now: datetime) -> Blob:
    """Keep `content` under its SHA-256 and return its row; the same bytes twice are one file and one row."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = blob_path(sha256)
    if not path.exists():
        _write_durably(path, content)
    row, _ = Blob.objects.get_or_create(
        sha256=sha256, defaults={"size": len(content), "content_type": content_type, "stored_at": now}
    )
    return row


def read_blob(blob: Blob) -> bytes:
    """Return the bytes of a stored file; a file that no longer matches its name is an error, never served."""
    content = blob_path(blob.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != blob.sha256:
        raise OSError(f"Berkas {blob.sha256} pada cakram tidak lagi sesuai dengan sidiknya.")
    return content


def blob_path(sha256: str) -> Path:
    """Return where the file with this SHA-256 lies."""
    return Path(settings.BLOB_DIR) / sha256[:2] / sha256


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(file.name, 0o640)
    os.rename(file.name, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

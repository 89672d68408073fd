"""What lies in the data folder is read by its owner only: made anew, and left wider by an earlier version."""

import os
import sqlite3
import stat
import subprocess
import sys

import pytest

from sp2k.base import clock
from sp2k.base.blobs import blob_path, store_blob
from sp2k.config.private_files import mend_modes


def modes(folder) -> dict[str, int]:
    """Every file and folder below, with what its owner and others may do."""
    return {str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode) for path in folder.rglob("*")}


def wide(folder) -> list[str]:
    return [name for name, mode in modes(folder).items() if mode & 0o077 and not name.startswith("static")]


def environment(folder) -> dict[str, str]:
    return {**os.environ, "SP2K_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "sp2k.config.settings"}


def run(words, folder, umask=0o022) -> subprocess.CompletedProcess:
    """Call the product's command line as a new process, from a shell whose own files would be read by all."""
    return subprocess.run(
        [sys.executable, "-c", "from sp2k.config.cli import main; main()", *words], capture_output=True, text=True,
        umask=umask, timeout=120, env=environment(folder),
    )  # fmt: skip


@pytest.fixture
def left_wide(tmp_path):
    """A data folder as an earlier version left it: 755 and 644, uploads 640."""
    folder = tmp_path / "data"
    for name in ("berkas/ab", "static"):
        (folder / name).mkdir(parents=True)
    sqlite3.connect(folder / "sp2k.sqlite3").close()
    for name, mode in {"berkas/ab/ab12": 0o640, "sp2k.sqlite3-wal": 0o644, "static/app.css": 0o644}.items():
        (folder / name).write_bytes(b"isi")
        (folder / name).chmod(mode)
    for name, mode in {"": 0o755, "berkas": 0o755, "berkas/ab": 0o755, "static": 0o755, "sp2k.sqlite3": 0o644}.items():
        (folder / name).chmod(mode)
    return folder


def test_what_an_earlier_version_left_wide_is_mended_and_counted(left_wide):
    n = mend_modes(left_wide)

    assert n == 6
    assert modes(left_wide) == {
        "berkas": 0o700, "berkas/ab": 0o700, "berkas/ab/ab12": 0o600, "sp2k.sqlite3": 0o600, "sp2k.sqlite3-wal": 0o600,
        "static": 0o755, "static/app.css": 0o644,
    }  # fmt: skip
    assert stat.S_IMODE(left_wide.stat().st_mode) == 0o700
    assert mend_modes(left_wide) == 0


def test_a_command_mends_the_folder_and_says_so_in_one_line(left_wide):
    (left_wide / "sp2k.sqlite3-wal").unlink()

    result = run(["edition", "status", "tidak-ada"], left_wide)

    assert result.stderr.splitlines()[0] == (
        "5 berkas dan folder data kini hanya terbaca oleh pemiliknya (sebelumnya juga oleh pengguna lain di mesin ini)."
    )
    assert wide(left_wide) == []


def test_a_new_installation_makes_no_file_that_others_read(tmp_path):
    folder = tmp_path / "baru"
    made = "from django.core.management import call_command; call_command('migrate', verbosity=0)"

    subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {made}"],
        check=True, umask=0o022, timeout=120, env=environment(folder),
    )  # fmt: skip

    assert sorted(modes(folder)) == ["secret-key", "sp2k.sqlite3"]
    assert wide(folder) == []
    assert not stat.S_IMODE(folder.stat().st_mode) & 0o077


@pytest.mark.django_db
def test_an_uploaded_file_is_read_by_the_owner_only():
    blob = store_blob(b"bukti", content_type="text/plain", now=clock.now())

    path = blob_path(blob.sha256)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)] == [0o600, 0o700]

"""The data folder becomes read-only under a running server: it is read on, one signs in, and what is sent comes back."""

import os
import shutil
from contextlib import contextmanager

import pytest

from tests.faults.running.jurors import duties_of_jurors, is_receipt, seal, sheet_fields
from tests.faults.running.server import Browser


@contextmanager
def read_only(folder):
    """Take from the owner what lets write; given back in the end."""
    paths = [folder, *(path for path in folder.rglob("*") if not path.is_symlink())]
    modes = {path: path.stat().st_mode for path in paths}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.mark.slow
def test_a_folder_that_became_read_only_is_read_on_and_loses_nothing(serve):
    server, under = serve("jury"), ()
    if os.geteuid() == 0:  # root may write whatever the modes say, unless that right is taken away
        if not shutil.which("setpriv"):
            pytest.skip("root writes into a read-only folder, and setpriv is not here to take that right away")
        under = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    server.start(under=under)
    (name, [duty, *_]), *_ = duties_of_jurors(server).items()
    browser = Browser(server)
    browser.enter(name)
    fields = sheet_fields(browser, duty, 70)

    with read_only(server.folder):
        refused = seal(browser, duty, fields)
        stranger = Browser(server)
        entered = stranger.enter(name)
        read = stranger.get(f"/juri/lembar/{duty}/")
    received = seal(browser, duty, fields)

    assert (refused.status, refused.headers["Retry-After"]) == (503, "120")
    assert "Server sedang hanya dapat membaca, tidak dapat menyimpan. Tidak ada yang hilang" in refused.words
    assert 'value="70"' in refused.text
    assert (entered.status, entered.goes_to, read.status) == (302, "/meja/", 200)
    assert is_receipt(received, duty)
    server.assert_intact()

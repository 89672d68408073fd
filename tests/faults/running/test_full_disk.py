"""The data folder lies on a disk that is really full: sentences, nothing half done, and no restart once there is room."""

import io
import os
import random
import subprocess
import zlib

import pikepdf
import pytest

from tests.faults.running.jurors import duties_of_jurors, is_receipt, seal, sheet_fields
from tests.faults.running.server import Browser

MEGABYTES = 16
LARGE = 5 * 10**6
FORM = "/isian/kaltara-2024-uji/isian/65.01.01"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a few megabytes, as a file system in memory."""
    place = tmp_path / "cakram"
    place.mkdir()
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "sp2k-uji", str(place)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


class Filler:
    """Takes all the room there is, and gives it back."""

    def __init__(self, place):
        self.path = place / "penuh"

    def fill(self):
        with self.path.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass

    def free(self):
        self.path.unlink()


def files_of(folder):
    return {path.relative_to(folder): path.stat().st_size for path in (folder / "berkas").rglob("*") if path.is_file()}


def large_pdf() -> bytes:
    """A PDF of five megabytes that cannot be made smaller."""
    pdf, written = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.Root.Noise = pdf.make_stream(random.Random(1).randbytes(LARGE))
    pdf.save(written)
    return written.getvalue()


@pytest.mark.slow
def test_a_sheet_on_a_full_disk_comes_back_as_typed_and_is_received_once_there_is_room(serve, small_disk):
    server, filler = serve("jury", small_disk / "data"), Filler(small_disk)
    server.start()
    (name, duties), *_ = duties_of_jurors(server).items()
    browser = Browser(server)
    browser.enter(name)
    fields = [sheet_fields(browser, duty, 70, catatan="Gagasan baik. " * 300) for duty in duties]

    filler.fill()
    answers = [seal(browser, duty, sent) for duty, sent in zip(duties, fields, strict=True)]
    entered, read = Browser(server).enter(name), browser.get(f"/juri/lembar/{duties[0]}/")
    filler.free()
    again = [seal(browser, duty, sent) for duty, sent in zip(duties, fields, strict=True)]

    assert 503 in [answer.status for answer in answers]
    assert {answer.status for answer in answers} <= {302, 503}  # what still finds room in the log is received
    for answer in answers:
        if answer.status == 503:
            assert "Ruang simpan server penuh. Tidak ada yang hilang" in answer.words
            assert 'value="70"' in answer.text and "Gagasan baik." in answer.text
    assert (entered.status, entered.goes_to, read.status) == (302, "/meja/", 200)
    assert all(is_receipt(answer, duty) for answer, duty in zip(again, duties, strict=True))
    assert server.rows("SELECT count(*) FROM judging_sheet") == [(3,)]
    assert server.rows("SELECT count(*) FROM judging_mark") == [(9,)]
    server.assert_intact()


@pytest.mark.slow
def test_a_large_file_on_a_full_disk_leaves_no_row_and_no_part_of_itself(serve, small_disk):
    server, filler = serve("forms", small_disk / "data"), Filler(small_disk)
    server.start()
    browser = Browser(server)
    assert browser.enter("operator-65.01").status == 302
    before, sent = files_of(server.folder), {"berkas": ("laporan.pdf", large_pdf())}
    rows = server.rows("SELECT count(*) FROM base_blob")

    filler.fill()
    refused = browser.post(f"{FORM}/bukti/", {}, files=sent)
    during, kept = files_of(server.folder), server.rows("SELECT count(*) FROM base_blob")
    filler.free()
    taken = browser.post(f"{FORM}/bukti/", {}, files=sent)

    assert refused.status == 503
    assert "Ruang simpan server penuh. Tidak ada yang hilang" in refused.words
    assert (during, kept) == (before, rows)
    assert taken.status == 302
    [(document,)] = server.rows("SELECT id FROM entries_draftdocument WHERE name = 'laporan.pdf'")
    served = browser.get(f"/isian/draf/bukti/{document}/")
    assert (served.status, zlib.crc32(served.body)) == (200, zlib.crc32(sent["berkas"][1]))
    server.assert_intact()

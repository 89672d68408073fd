"""Files made to burst, sent to the real server: a sentence for who sent them, and nobody else waits."""

import threading
import time

import psutil
import pytest
from PIL import Image

from tests.base.files.made import blank, cross_reference_bomb, encoded, office_file, saved
from tests.faults.running.server import Browser

FORM = "/isian/kaltara-2024-uji/isian/65.01.01"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
GROWS_BY = 150 << 20  # bytes; one of the bombs alone would take 2 GB
WAITS = 5  # seconds; this machine may be busy


def bombs() -> dict[str, bytes]:
    return {
        "rujukan.pdf": cross_reference_bomb(),
        "lembar.xlsx": office_file({"xl/worksheets/sheet1.xml": bytes(300 * 10**6)}),
        "entitas.xlsx": office_file({"xl/worksheets/sheet1.xml": LAUGHS}),
        "besar.png": encoded(Image.new("RGBA", (7_700, 7_700)), "PNG"),
    }


def memory_of(server) -> int:
    """Bytes that the server's own processes hold; those it starts for a file are counted by their own limit."""
    master = psutil.Process(server.process.pid)
    return sum(one.memory_info().rss for one in [master, *master.children()])


@pytest.mark.slow
def test_bombs_are_refused_in_a_sentence_while_others_are_served(serve):
    server = serve("forms")
    server.start()
    camat, other, answers, waits = Browser(server), Browser(server), {}, []
    assert camat.enter("operator-65.01").status == 302
    before, sent = memory_of(server), bombs()

    def send(name):
        sender = Browser(server, dict(camat.cookies))
        answers[name] = sender.post(f"{FORM}/bukti/", {}, files={"berkas": (name, sent[name])})

    threads = [threading.Thread(target=send, args=[name]) for name in sent]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        begun = time.monotonic()
        assert other.get("/akun/masuk/").status == 200
        waits.append(time.monotonic() - begun)

    assert {name: answer.status for name, answer in answers.items()} == dict.fromkeys(sent, 422)
    for name, answer in answers.items():
        assert f'"{name}"' in answer.words or "Server sedang memeriksa banyak berkas." in answer.words
    assert max(waits) < WAITS
    assert memory_of(server) - before < GROWS_BY
    assert camat.post(f"{FORM}/bukti/", {}, files={"berkas": ("baik.pdf", saved(blank()))}).status == 302
    assert server.rows("SELECT name FROM entries_draftdocument WHERE name IN ('baik.pdf', 'lembar.xlsx')") == [
        ("baik.pdf",)
    ]
    server.assert_intact()

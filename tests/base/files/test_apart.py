"""A script run apart ends by its limits, waits its turn, and says how it ended; nothing of ours is within its reach."""

import logging
import resource
import threading
import time

import pytest

from sp2k.base.apart import Ended, Limits, TooBusy, run_apart, running

SMALL = Limits(memory=256 << 20, seconds=1, written=1 << 20)


@pytest.fixture
def script(tmp_path):
    def write(text):
        path = tmp_path / "skrip.py"
        path.write_text(text)
        return path

    return write


def how(script) -> str:
    with pytest.raises(Ended) as ended:
        run_apart(script, b"", limits=SMALL)
    return ended.value.how


def test_bytes_go_in_and_come_out_with_the_arguments(script):
    turned_round = script("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1] + sys.argv[1].encode())")

    assert run_apart(turned_round, bytes(range(256)), "é") == bytes(range(255, -1, -1)) + "é".encode()


def test_what_goes_in_can_be_read_twice(script):
    twice = script("import sys; f = sys.stdin.buffer; f.read(); f.seek(1); sys.stdout.buffer.write(f.read())")

    assert run_apart(twice, b"abc") == b"bc"


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("while True: pass", "time"),
        ("import time; time.sleep(60)", "time"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGABRT)", "memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("bytes(1 << 30)", "broken"),
        ("import sys; sys.stdout.buffer.write(bytes(2 << 20))", "broken"),
    ],
)
def test_how_it_ended_is_known(script, text, ended):
    assert how(script(text)) == ended


def test_a_script_that_falls_over_by_itself_leaves_a_trace_for_the_administrator(script, caplog):
    log = logging.getLogger("sp2k.faults")
    log.addHandler(caplog.handler)
    how(script("raise ValueError('i' + 'si berkas')"))
    log.removeHandler(caplog.handler)

    assert "sp2k.base.apart.running.Ended" in caplog.text
    assert "isi berkas" not in caplog.text


def test_its_limits_are_laid_before_it_begins(script):
    told = script(
        "import os, resource, sys\n"
        "for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):\n"
        "    print(*resource.getrlimit(which))\n"
        "print(sorted(os.environ), any(name.split('.')[0] == 'sp2k' for name in sys.modules), os.nice(0) > 0)"
    )

    lines = run_apart(told, b"", limits=SMALL).decode().splitlines()

    assert lines[:4] == ["268435456 268435456", "1 1", "1048576 1048576", "0 0"]
    assert lines[4].endswith("False True") and "DJANGO" not in lines[4] and "PYTHONUTF8" in lines[4]


def test_no_more_run_at_once_than_there_are_turns_and_who_gets_none_is_told(script, monkeypatch):
    monkeypatch.setattr(running, "LONG_WAIT", 0.2)
    monkeypatch.setattr(running, "SHORT_WAIT", 0.1)
    slow, told = script("import time; time.sleep(1.5)"), []

    def ask():
        try:
            told.append(run_apart(slow, b""))
        except TooBusy as refused:
            told.append(refused.sentence)

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    busy = "Server sedang memeriksa banyak berkas. Tunggu sebentar, lalu unggah lagi."
    assert sorted(told, key=str) == [busy] * 3 + [b""] * 2
    assert run_apart(slow, b"") == b""  # and every turn was given back


def test_a_wait_that_is_worth_it_is_waited(script):
    quick, told = script("import time; time.sleep(0.3)"), []
    threads = [threading.Thread(target=lambda: told.append(run_apart(quick, b"x"))) for _ in range(4)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == [b""] * 4
    assert time.monotonic() - began > 0.6  # two at a time


def test_what_it_writes_beyond_its_share_never_reaches_us(script):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert how(script("import sys\nwhile True: sys.stdout.buffer.write(bytes(1 << 20))")) == "broken"

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000

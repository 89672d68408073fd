"""The server is killed while jurors send: whatever it acknowledged is there, once, and it is back within ten seconds.

Eight kills here, of one process or of the whole server; `SP2K_KILLS=200` for the full count.
"""

import os
import random
import threading
import time

import pytest

from tests.faults.running.jurors import at_work

KILLS = int(os.environ.get("SP2K_KILLS", "8"))
ALL_OF_IT = 4  # every fourth kill is of the whole server
BACK_WITHIN = 10


@pytest.mark.slow
def test_whatever_was_acknowledged_before_a_kill_is_there_once(serve):
    server, stop = serve("jury", processes=2), threading.Event()
    server.start(by_command=True)
    jurors, threads = at_work(server, stop)

    try:
        took = kill_at_random(server, jurors)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)

    kept = {op_id.replace("-", ""): value for juror in jurors for op_id, value in juror.kept.items()}
    assert len(kept) > KILLS
    stored = server.rows("SELECT sheet.op_id, value FROM judging_sheet sheet JOIN judging_mark m ON m.sheet_id = sheet.id")
    for op_id, value in kept.items():
        assert [float(mark) for stored_id, mark in stored if stored_id == op_id] == [value] * 3
    lines = server.rows("SELECT count(*) FROM journal_line WHERE type IN ('sheet.submit', 'sheet.revise')")
    assert lines == server.rows("SELECT count(*) FROM judging_sheet")
    assert_drafts_are_there(server, jurors)
    assert {status for juror in jurors for status in juror.answers} <= {302, 422}
    assert min(took) < BACK_WITHIN * max(1, os.getloadavg()[0] / os.cpu_count())
    server.assert_intact()


def kill_at_random(server, jurors) -> list[float]:
    """Kill, again and again, what the jurors send to; return how long each start of the whole server took."""
    took, chance = [], random.Random(1)
    for n in range(1, KILLS + 1):
        wait_until_something_is_kept(jurors)
        time.sleep(chance.uniform(0, 0.3))
        if n % ALL_OF_IT:
            server.kill_one(chance)
        else:
            server.kill()
            took.append(server.start())
    wait_until_something_is_kept(jurors)
    return took


def wait_until_something_is_kept(jurors):
    before, until = sum(len(juror.kept) for juror in jurors), time.monotonic() + 60
    while sum(len(juror.kept) for juror in jurors) == before:
        assert time.monotonic() < until, "nobody could send for a minute"
        time.sleep(0.02)


def assert_drafts_are_there(server, jurors):
    drafts = dict(server.rows("SELECT assignment_id, note FROM judging_sheetdraft"))
    for juror in jurors:
        if juror.drafted:
            assert int(drafts[juror.duties[-1]]) >= juror.drafted

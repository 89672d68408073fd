"""Twenty jurors send while the bureau locks their stage: each sheet is counted in the lock, or refused, or kept as late."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.running.jurors import duties_of_jurors, is_receipt, seal, sheet_fields
from tests.faults.running.server import BROKEN_LINE, Browser, meddled_with

CLIENTS = 20
LATE = 2  # seconds that a sheet's transaction may begin late
STAGE = "/tahap/kaltara-2024-uji/presentasi"
BEFORE_THE_END = 3  # seconds that the clock shows before the end of the minute 16.00 when the jurors begin


@pytest.mark.slow
def test_a_sheet_sent_while_its_stage_is_locked_is_counted_or_refused_or_late(serve, tmp_path):
    server = serve("jury", processes=2, threads=12, startup=meddled_with(tmp_path / "mulai"))
    server.start()
    hands = [(name, duty) for name, duties in duties_of_jurors(server).items() for duty in duties]
    browsers = {name: Browser(server) for name, _ in hands}
    for name, browser in browsers.items():
        assert browser.enter(name).status == 302
    for name, duty in hands:  # without a sheet from everyone nothing can be locked
        assert is_receipt(seal(browsers[name], duty, sheet_fields(browsers[name], duty, 60)), duty)
    bureau = Browser(server)
    bureau.enter("biro-satu-65")
    (server.folder / "lambat").write_text(str(LATE))  # what a request has read of the stage may be old when it writes
    let_the_clock_show(server, "2024-06-05 08:01:00", ahead=-BEFORE_THE_END)  # 16.01 in Makassar's zone

    stop, received = threading.Event(), []
    with ThreadPoolExecutor(CLIENTS + 1) as pool:
        sent = [pool.submit(send_on, browsers[name], duty, stop, received) for name, duty in hands[:CLIENTS]]
        locked = pool.submit(lock, bureau, stop).result(timeout=120)
        answers = [status for each in sent for status in each.result(timeout=120)]

    (server.folder / "lambat").unlink()
    assert locked and set(answers) <= {302, 403, 422}
    lines = server.rows("SELECT seq, canonical FROM journal_line WHERE type = 'sheets.lock'")
    [(lock_seq, told)] = [(seq, body) for seq, body in map(body_of, lines) if body["stage"] == "presentasi"]
    counted = server.rows("SELECT count(DISTINCT assignment_id) FROM judging_sheet")
    assert told["n"] == counted[0][0] == len(hands)
    late_lines = "SELECT count(*) FROM journal_line WHERE seq > ? AND type IN ('sheet.submit', 'sheet.revise')"
    assert server.rows(late_lines, lock_seq) == [(0,)]
    kept = {row[0] for row in server.rows("SELECT op_id FROM judging_sheet UNION SELECT op_id FROM judging_latesheet")}
    assert received and {op_id.replace("-", "") for op_id in received} <= kept
    server.assert_intact()


def body_of(line) -> tuple[int, dict]:
    return line[0], json.loads(line[1])["body"]


def let_the_clock_show(server, instant: str, *, ahead: float) -> None:
    """Let the clock of the sample data show an instant (UTC), `ahead` seconds later."""
    connection = server.open()
    shown = "strftime('%Y-%m-%d %H:%M:%f', ?, ? || ' seconds')"
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    connection.execute(f"UPDATE base_demonstrationclock SET instant = {shown}, started_at = {now}", (instant, str(ahead)))
    connection.commit()
    connection.close()


def send_on(browser, duty, stop, received) -> list[int]:
    """Change one's sheet again and again until the stage is locked, and once more."""
    statuses, value, is_last = [], 60, False
    while not is_last:
        is_last, value = stop.is_set(), 61 + (value - 60) % 30
        try:
            fields = sheet_fields(browser, duty, value)
            if "op_id" not in fields:
                return statuses
            answer = seal(browser, duty, fields | {"perubahan": "Dinilai ulang."})
        except BROKEN_LINE:
            continue
        statuses.append(answer.status)
        if is_receipt(answer, duty):
            received.append(fields["op_id"])
    return statuses


def lock(bureau, stop) -> bool:
    """Press the button of the lock, as the page shows it, until the stage is locked."""
    until = time.monotonic() + 90
    try:
        while time.monotonic() < until:
            answer = bureau.post(f"{STAGE}/kunci/", bureau.get(f"{STAGE}/kunci/").hidden)
            if answer.status == 302:
                return True
            time.sleep(0.05)
    finally:
        stop.set()
    return False

"""The database is held by another process; a button is pressed twice: waits or 503, never 500, nothing lost, nothing twice."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.faults.running.jurors import duties_of_jurors, is_receipt, seal, sheet_fields
from tests.faults.running.server import Browser

WAITS = 1  # seconds, in these tests; 20 by default
TWICE = 50
APART = 0.005


@pytest.fixture
def server(serve):
    made = serve("jury", SP2K_BUSY_SECONDS=str(WAITS))
    made.start()
    return made


@pytest.fixture
def juror(server):
    name, duties = next(iter(duties_of_jurors(server).items()))
    browser = Browser(server)
    assert browser.enter(name).status == 302
    return browser, duties, name


@contextmanager
def held(database, seconds: float = 0):
    """Another process's writing: nobody else can write until it is over, after `seconds` or at the end of the block."""
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(seconds, connection.rollback) if seconds else None
    if timer:
        timer.start()
    try:
        yield
    finally:
        timer.join() if timer else connection.rollback()
        connection.close()


@pytest.mark.slow
def test_a_sheet_waits_for_a_short_writing_and_comes_back_as_typed_from_a_long_one(server, juror):
    browser, [first, second, _], name = juror
    short, long = sheet_fields(browser, first, 80), sheet_fields(browser, second, 70, catatan="Gagasan baik.")

    with held(server.database, seconds=WAITS / 4):
        waited = seal(browser, first, short)
    with held(server.database):
        refused = seal(browser, second, long)
        entered = Browser(server).enter(name)
        read = browser.get("/juri/lembar/")
    again = seal(browser, second, long)

    assert is_receipt(waited, first)
    assert (refused.status, refused.headers["Retry-After"]) == (503, "10")
    assert "Basis data sedang dipakai proses lain terlalu lama. Tidak ada yang hilang" in refused.words
    assert 'value="70"' in refused.text and "Gagasan baik." in refused.text
    assert (entered.status, entered.goes_to, read.status) == (302, "/meja/", 200)
    assert is_receipt(again, second)
    assert server.rows("SELECT count(*) FROM judging_sheet") == [(2,)]
    code = refused.words.split("administrator kode ")[1][:6]
    assert f"GALAT {code} " in server.said() and f"{code} | sqlite3.OperationalError: database is locked" in server.said()
    server.assert_intact()


@pytest.mark.slow
def test_a_button_pressed_twice_is_one_sheet_and_two_equal_receipts(server, juror):
    browser, duties, _ = juror

    pairs = []
    with ThreadPoolExecutor(2) as hands:
        for n in range(TWICE):
            duty = duties[n % len(duties)]
            fields = sheet_fields(browser, duty, 50 + n % 40)
            body, kind = browser.body(fields)
            pressed = []
            for _press in range(2):
                pressed.append(hands.submit(browser.send, f"/juri/lembar/{duty}/segel/", body, kind))
                time.sleep(APART)
            answers = [each.result() for each in pressed]
            pairs.append((fields["op_id"].replace("-", ""), duty, [(answer.status, answer.goes_to) for answer in answers]))

    stored = dict(server.rows("SELECT op_id, count(*) FROM judging_sheet GROUP BY op_id"))
    assert stored == {op_id: 1 for op_id, _, _ in pairs}
    assert all(answers == [(302, f"/juri/lembar/{duty}/")] * 2 for _, duty, answers in pairs)
    lines = server.rows("SELECT count(*) FROM journal_line WHERE type IN ('sheet.submit', 'sheet.revise')")
    assert lines == [(TWICE,)]
    server.assert_intact()

"""Publishing dies at each of its steps, and two press the button at once: one publication, and the same decree."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.running.prepare import EDITION_CODE
from tests.faults.running.server import BROKEN_LINE, Browser, meddled_with

PUBLISH = f"/keputusan/{EDITION_CODE}/terbitkan/"
DECREE = f"/hasil/{EDITION_CODE}/keputusan.pdf"
MOST_POINTS = 40


def state(server) -> tuple:
    """Return whether it is published, by which row and which line, and how many lines there are."""
    return (
        server.rows("SELECT count(*) FROM publication_publication"),
        server.rows("SELECT count(*) FROM editions_edition WHERE published_at IS NOT NULL"),
        server.rows("SELECT count(*) FROM journal_line WHERE type = 'result.publish'"),
        server.rows("SELECT count(*) FROM journal_line"),
    )


def decree_of(server) -> str:
    [(sha256,)] = server.rows("SELECT document_id FROM publication_decree")
    content = (server.folder / "berkas" / sha256[:2] / sha256).read_bytes()
    assert hashlib.sha256(content).hexdigest() == sha256
    return sha256


def the_two_who_said_yes(server) -> list[Browser]:
    """Return the browsers of the two whose yes the announcement needs, after they gave it."""
    people = [Browser(server), Browser(server)]
    for browser, name in zip(people, ("biro-satu-65", "biro-dua-65"), strict=True):
        assert browser.enter(name).status == 302
        browser.post(PUBLISH.replace("terbitkan", "setuju"), {"act": "terbit", "role": "B"})
    return people


def press(browser):
    """Press the button as its page shows it; None where the line broke."""
    try:
        return browser.post(PUBLISH, browser.get(PUBLISH).hidden)
    except BROKEN_LINE:
        return None


@pytest.mark.slow
def test_publishing_that_dies_at_any_step_is_done_once_by_pressing_again(serve, tmp_path):
    server = serve("decree", startup=meddled_with(tmp_path / "mulai"))
    server.start()
    browser, _ = the_two_who_said_yes(server)
    before, decree = state(server), decree_of(server)
    order, seen = server.folder / "mati-pada", []

    for point in range(1, MOST_POINTS):
        shown = until_shown(browser)
        order.write_text(str(point))
        try:
            answer = browser.post(PUBLISH, shown.hidden)
        except BROKEN_LINE:
            answer = None
        order.unlink(missing_ok=True)
        seen.append(state(server))
        if answer is not None or seen[-1] != before:
            break
    until_shown(browser, PUBLISH.replace("terbitkan/", ""))
    again = press(browser)

    n_points = len(seen)
    assert n_points > 4, "it died too seldom to say anything"
    assert seen[:-1] == [before] * (n_points - 1)
    once = ([(1,)], [(1,)], [(1,)], [(before[3][0][0] + 1,)])
    assert (seen[-1], state(server)) == (once, once)
    assert again is None or again.status != 500
    assert decree_of(server) == decree == hashlib.sha256(Browser(server).get(DECREE).body).hexdigest()
    server.assert_intact()


@pytest.mark.slow
def test_two_who_publish_at_once_publish_once(serve):
    server = serve("decree", processes=2)
    server.start()
    people = the_two_who_said_yes(server)
    decree = decree_of(server)
    pages = [browser.get(PUBLISH).hidden for browser in people]

    with ThreadPoolExecutor(2) as hands:
        answers = [each.result() for each in [
            hands.submit(browser.post, PUBLISH, page) for browser, page in zip(people, pages, strict=True)
        ]]  # fmt: skip

    assert 302 in [answer.status for answer in answers]
    assert all(answer.status < 500 for answer in answers)
    assert state(server)[:3] == ([(1,)], [(1,)], [(1,)])
    assert decree_of(server) == decree == hashlib.sha256(Browser(server).get(DECREE).body).hexdigest()
    server.assert_intact()


def until_shown(browser, address=PUBLISH):
    """Return a page, once the server is back."""
    until = time.monotonic() + 60
    while True:
        try:
            return browser.get(address)
        except BROKEN_LINE:
            assert time.monotonic() < until
            time.sleep(0.05)

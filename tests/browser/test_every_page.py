"""Every kind of page that a role can reach: it fits phone and office screen, has one heading, and axe finds nothing grave."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction

from tests.browser.walking import SIZES, scrolls_sideways, sign_in
from tests.pages.crawl import built_of, crawled
from tests.pages.people import USERNAMES

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GRAVE = {"serious", "critical"}
NARROW = ("desk:home", "judging:sheet", "judging:visit-claim", "judging:attendance", "entries:fill", "results:stage")


@pytest.fixture(scope="session")
def kinds(demonstration, django_db_blocker):
    """The pages to look at: {username: [(path, how it is built)]}, one a kind of page, found before a browser starts."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = {username: _one_of_each(crawled(username)) for username in USERNAMES}
        transaction.set_rollback(True)
    return found


def _one_of_each(visits) -> list[tuple[str, str, frozenset]]:
    """Return (name of address, path, tags with their classes) of the first page of each kind."""
    first = {}
    for visit in visits:
        if visit.is_page and visit.status == 200:
            first.setdefault(visit.name, visit)
    return [(name, visit.path, visit.built) for name, visit in first.items()]


_LOOKED_INTO: set[tuple[str, frozenset]] = set()  # a page built like one before is not looked into again


@pytest.mark.parametrize("username", USERNAMES)
def test_every_kind_of_page_fits_and_axe_finds_nothing_grave(kinds, page, address, demonstration_folder, username):
    faults, path = [], ""
    page.on("pageerror", lambda error: faults.append((path, str(error))))
    page.on("console", lambda said: faults.append((path, said.text)) if said.type == "error" else None)
    sign_in(page, address, demonstration_folder, username)
    for name, path, built in kinds[username]:
        page.goto(address + path)
        faults += [(path, fault) for fault in _faults_of_shape(page, name)]
        for new in [(size, built) for size in SIZES if (size, built) not in _LOOKED_INTO]:
            _LOOKED_INTO.add(new)
            _resize(page, *SIZES[new[0]])
            faults += [(path, new[0], fault) for fault in graves(page)]

    assert not faults, "\n".join(map(str, faults))
    assert len(kinds[username]) >= 10


def _faults_of_shape(page, name) -> list[str]:
    n_headings = page.locator("h1").count()
    faults = [] if n_headings == 1 else [f"{n_headings} h1"]
    for width, height in [*SIZES.values(), *([(320, 640)] if name in NARROW else [])]:
        _resize(page, width, height)
        if scrolls_sideways(page):
            faults.append(f"scrolls sideways at {width}")
    return faults


def _resize(page, width, height):
    page.set_viewport_size({"width": width, "height": height})


def graves(page) -> list[str]:
    """Return what axe finds serious or critical, each with the first places."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {'; '.join(node['html'][:160] for node in one['nodes'][:2])} ({len(one['nodes'])})"
        for one in found
        if one["impact"] in GRAVE
    ]


def test_axe_is_asked_and_answers(page):
    page.set_content("<html lang='id'><title>Uji</title><main><h1>Uji</h1><input></main></html>")

    assert [fault.partition(":")[0] for fault in graves(page)] == ["label"]


def test_what_a_page_is_built_of_does_not_ask_what_it_says():
    one = built_of('<p class="muted">Satu</p><input type="text" name="a">')

    assert one == built_of('<p class="muted">Dua</p><input type="text" name="b">')
    assert one != built_of('<p>Satu</p><input type="text" name="a">')

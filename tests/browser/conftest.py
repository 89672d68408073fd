"""A real browser for the tests that walk through pages; they find things by role and label.

The pages come from a server of its own, started as people start it. A test here never asks the database: Playwright
keeps an event loop in this thread, in which Django would open another connection than the tests'. Therefore the data is
copied out before the browser starts, and the browser is closed after each module, before other tests use the database.
"""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.demonstration import Place, copy_data, copy_folder, served
from tests.browser.find_browser import find_browser, flags
from tests.browser.walking import SIZES, sign_in

PATIENCE_MS = 20_000  # a machine that does other work too answers late
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def untouched_folder(demonstration, django_db_blocker, tmp_path_factory):
    """The loaded demonstration as a data folder that no server opens: what others are copied from."""
    folder = tmp_path_factory.mktemp("asal")
    with django_db_blocker.unblock():
        copy_data(folder)
    return folder


@pytest.fixture(scope="session")
def demonstration_folder(untouched_folder, tmp_path_factory):
    """The data folder that is served to all who read; its logins stand in `demo-logins.txt`."""
    return copy_folder(untouched_folder, tmp_path_factory.mktemp("peragaan"))


@pytest.fixture(scope="session")
def address(demonstration_folder):
    """The address at which the demonstration is served."""
    with served(demonstration_folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """One headless Chromium a module. That none can be had is a failure, never a skip."""
    path = find_browser()
    assert path, "Tidak ada Chromium yang dapat dijalankan; `make test` memasangnya, atau sebutkan SP2K_BROWSER=."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags())
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A page of a visitor nobody knows: no cookies, Indonesian, at the size of a phone (390 by 844)."""
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


@pytest.fixture(scope="session", params=SIZES)
def place(request, untouched_folder, tmp_path_factory):
    """A demonstration for stories that change it, one a size of screen: no two of them act on the same things."""
    folder = copy_folder(untouched_folder, tmp_path_factory.mktemp("salinan"))
    with served(folder) as address:
        yield Place(address, folder, request.param)


@pytest.fixture
def person(browser, place):
    """Call it with a username: that person's page, signed in by the form. What a page complains of fails the story."""
    contexts, complaints = [], []

    def signed_in(username):
        context = browser.new_context(
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            viewport=dict(zip(("width", "height"), SIZES[place.size], strict=True)),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        sign_in(page, place.address, place.folder, username)
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert complaints == []

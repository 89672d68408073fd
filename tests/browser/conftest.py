"""A real browser for the tests that walk through pages; they find things by role and label.

The pages come from a server of its own, started as people start it. A test here never asks the database: Playwright
keeps an event loop in this thread, in which Django would open another connection than the tests'. Therefore the data is
copied out before the browser starts, and the browser is closed after each module, before other tests use the database.
"""

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.demonstration import copy_data, served
from tests.browser.find_browser import find_browser, flags


@pytest.fixture(scope="session")
def demonstration_folder(demonstration, django_db_blocker, tmp_path_factory):
    """The loaded demonstration as a data folder that a server can open; its logins stand in `demo-logins.txt`."""
    folder = tmp_path_factory.mktemp("peragaan")
    with django_db_blocker.unblock():
        copy_data(folder)
    return folder


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
    page.set_default_timeout(15_000)
    yield page
    context.close()

"""A real browser for the tests that walk through pages; they find things by role and label."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.find_browser import find_browser, flags


@pytest.fixture(scope="session")
def browser():
    """One headless Chromium for all browser tests. That none can be had is a failure, never a skip."""
    path = find_browser()
    assert path, "Tidak ada Chromium yang dapat dijalankan; `make test` memasangnya, atau sebutkan SP2K_BROWSER=."
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
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

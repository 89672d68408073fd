"""How a person walks through the pages in the stories: signs in by the form, reads, clicks, types."""

import os
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.demonstration import password_of

SIZES = {"office": (1280, 900), "phone": (390, 844)}
PICTURES = Path(__file__).parents[2] / "docs" / "manual" / "gambar"


def sign_in(page: Page, address: str, folder: Path, username: str) -> None:
    """Go to the door, sign in with the password of the file that a newcomer is shown, and arrive at the desk."""
    page.goto(f"{address}/akun/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(password_of(username, folder))
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page).to_have_url(f"{address}/meja/")


def scrolls_sideways(page: Page) -> bool:
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def arrives(page: Page, heading: str | re.Pattern) -> None:
    """The page whose title that is has come, and fits the screen."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert not scrolls_sideways(page), page.url


def goes_by_the_row(page: Page, word: str) -> None:
    """Click a word of the row under the masthead."""
    page.get_by_role("navigation").get_by_role("link", name=word, exact=True).first.click()


def asks_for(page: Page, act: str) -> None:
    """Go to the page of an act that cannot be undone: it shows what will happen and has the one button."""
    page.get_by_role("link", name=act, exact=True).click()
    expect(page.get_by_role("heading", name="Yang akan terjadi")).to_be_visible()
    assert not scrolls_sideways(page), page.url


def confirms(page: Page, act: str) -> None:
    """Go to the act's page, read it, press its button."""
    asks_for(page, act)
    page.get_by_role("button", name=act, exact=True).click()


def picture(page: Page, name: str, *, at: str = "office", height: int = 800) -> None:
    """Keep what the screen shows as an illustration of the manual: only when asked for, only at that size."""
    if not os.environ.get("SP2K_PICTURES") or page.viewport_size["width"] != SIZES[at][0]:
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, animations="disabled", clip={"x": 0, "y": 0, "width": SIZES[at][0], "height": height})
    with Image.open(file) as shot:
        shot.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(file, optimize=True)

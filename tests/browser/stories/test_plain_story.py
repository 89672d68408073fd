"""Work with the keyboard alone, and work without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demonstration import password_of
from tests.browser.walking import SIZES, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MARKS = ("K1", "K2", "I1", "I2", "I3", "P1", "P2", "N1", "N2")
FOCUSED = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    const label = here.labels && here.labels[0] ? here.labels[0].innerText : here.innerText;
    const seen = style.outlineStyle !== "none" || style.boxShadow !== "none";
    return [(here.getAttribute("aria-label") || label || "").trim().replace(/\\s+/g, " "), seen];
}"""


def tabs_to(page, name, *, most=150):
    """Press the tab key until the focus stands on what is called so; the focus is seen wherever it stands."""
    for _ in range(most):
        page.keyboard.press("Tab")
        label, is_seen = page.evaluate(FOCUSED)
        if re.match(name, label):
            assert is_seen, f"the focus on {label} cannot be seen at {page.url}"
            return
    raise AssertionError(f"{name} is not reached by {most} tabs at {page.url}")


def test_a_juror_signs_in_and_seals_a_sheet_with_the_keyboard_alone(page, address, demonstration_folder):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/akun/masuk/")
    tabs_to(page, "Nama pengguna")
    page.keyboard.type("juri")
    tabs_to(page, "Kata sandi")
    page.keyboard.type(password_of("juri", demonstration_folder))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Meja kerja")

    tabs_to(page, "Lembar saya")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lembar saya")
    tabs_to(page, "Puger ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Puger")
    for code in MARKS:
        tabs_to(page, f"{code} ")
        page.keyboard.type("81,5")
    tabs_to(page, "Segel lembar")
    page.keyboard.press("Enter")

    expect(page.get_by_role("region", name="Tanda terima")).to_contain_text("Diterima server, no. ")


@pytest.fixture
def plain(browser, address, demonstration_folder):
    """Call it with a username: a page without JavaScript, signed in, on a phone."""
    contexts = []

    def signed_in(username):
        width, height = SIZES["phone"]
        size = {"width": width, "height": height}
        contexts.append(browser.new_context(locale="id-ID", java_script_enabled=False, viewport=size))
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        sign_in(page, address, demonstration_folder, username)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def test_a_form_is_kept_as_a_draft_without_javascript(plain):
    page = plain("camat")
    page.get_by_role("link", name="Lengkapi dan kirim isian Rogojampi").click()
    page.get_by_role("link", name=re.compile("^D ")).click()
    page.get_by_label("Jumlah inovasi").fill("4")
    page.get_by_role("button", name="Simpan draf").click()

    expect(page.get_by_text(re.compile("[Tt]ersimpan")).first).to_be_visible()
    expect(page.get_by_label("Jumlah inovasi")).to_have_value("4")


def test_a_form_is_accepted_without_javascript(plain):
    page = plain("verifikator")
    page.get_by_role("link", name=re.compile("^Periksa ")).click()
    page.get_by_role("main").get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Periksa aspek A"))
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_text(re.compile("Tersimpan \\d"))).to_be_visible()
    while (done := page.get_by_role("button", name=re.compile("^Aspek . selesai"))).count():
        done.click()
        page.wait_for_load_state()
    page.get_by_role("button", name="Terima isian").click()

    expect(page.get_by_text(re.compile("Isian Kecamatan .* diterima"))).to_be_visible()

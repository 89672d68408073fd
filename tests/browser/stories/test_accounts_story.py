"""A juror is invited in the hall, loses the password and is let in again, and a form outlives its session."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demonstration import password_of
from tests.browser.walking import scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"phone": (390, 844), "office": (1280, 900)}
NAME = "Dr. Siti Kusumaningtyas, M.Si."


@pytest.fixture
def other(browser):
    """The invited person's own phone."""
    context = browser.new_context(locale="id-ID", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def signs_in(page, address, username, password):
    page.goto(f"{address}/akun/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()


def sets_password(page, password):
    page.get_by_label("Kata sandi baru", exact=True).fill(password)
    page.get_by_label("Kata sandi baru, sekali lagi").fill(password)
    page.get_by_role("button", name="Simpan dan masuk").click()


@pytest.mark.parametrize("size", SIZES)
def test_a_juror_is_invited_and_let_in_again(page, other, address, demonstration_folder, size):
    page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
    username = f"siti.{size}"
    signs_in(page, address, "provinsi", password_of("provinsi", demonstration_folder))

    page.get_by_role("link", name="Orang", exact=True).click()
    page.get_by_role("link", name="Tambah orang").click()
    page.get_by_label("Nama", exact=True).fill(NAME)
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Juri", exact=True).check()
    page.get_by_role("button", name="Tambah orang").click()
    page.get_by_role("button", name="Buat undangan").click()

    link = page.get_by_label("Tautan saja").input_value()
    expect(page.get_by_role("img", name="Kode QR")).to_be_visible()
    assert not scrolls_sideways(page)
    with page.expect_download() as letter:
        page.get_by_role("button", name="Unduh surat (PDF)").click()
    assert letter.value.suggested_filename == "surat-akses.pdf"

    other.goto(link)
    assert link.rstrip("/").rpartition("/")[2] not in other.url
    sets_password(other, "lontar-garam-perahu")
    expect(other).to_have_url(f"{address}/meja/")

    page.goto(f"{address}/akun/orang/?cari={username}")
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("button", name="Setel ulang akses").click()
    code = page.get_by_text(re.compile(r"^[2-9A-Z]{4}-[2-9A-Z]{4}$")).inner_text()

    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("Masuk")
    other.get_by_role("link", name="Saya memegang surat dengan kode.").click()
    other.get_by_label("Nama pengguna").fill(username)
    other.get_by_label("Kode", exact=True).fill(code.lower())
    other.get_by_role("button", name="Lanjutkan").click()
    sets_password(other, "gunung-sirih-dayung")
    expect(other).to_have_url(f"{address}/meja/")


def test_what_was_typed_outlives_the_session(page, address, demonstration_folder):
    password = password_of("provinsi", demonstration_folder)
    signs_in(page, address, "provinsi", password)
    page.goto(f"{address}/akun/orang/baru/")
    page.get_by_label("Nama", exact=True).fill("Budi yang Panjang Namanya")
    page.context.clear_cookies(name="sesi")

    page.get_by_role("button", name="Tambah orang").click()
    expect(page.get_by_text("Yang Anda ketik tidak hilang")).to_be_visible()
    page.get_by_label("Nama pengguna").fill("provinsi")
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("button", name="Jalankan tombol tadi").click()

    expect(page.get_by_label("Nama", exact=True)).to_have_value("Budi yang Panjang Namanya")


def test_a_reader_of_english_turns_the_language_and_back(page, address):
    page.goto(f"{address}/akun/masuk/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")

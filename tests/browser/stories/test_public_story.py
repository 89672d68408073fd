"""A newcomer starts the demonstration, opens the address, reads the result and the decree, and signs in as the bureau."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.demonstration import password_of
from tests.browser.walking import scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"phone": {"width": 390, "height": 844}, "office": {"width": 1280, "height": 900}}


@pytest.fixture(params=SIZES)
def visitor(page, request):
    """A visitor at the size of a phone, then of an office screen, who notes what the page complains of."""
    page.set_viewport_size(SIZES[request.param])
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    assert page.complaints == []


def test_a_newcomer_sees_who_won_and_reads_the_decree(visitor, address):
    visitor.goto(address)

    expect(visitor).to_have_url(f"{address}/hasil/jatim-2022/")
    podium = visitor.get_by_role("list").filter(has_text="Juara I").first
    expect(podium.get_by_role("listitem").first).to_contain_text("Juara I")
    expect(podium.get_by_role("listitem").first).to_contain_text("Rogojampi")
    expect(visitor.get_by_role("row").filter(has_text="Pamekasan").first).to_contain_text("Juara Harapan II")
    expect(visitor.get_by_text("Peragaan.")).to_be_visible()
    assert not scrolls_sideways(visitor)

    link = visitor.get_by_role("link", name="Buka keputusan (PDF")
    decree = visitor.request.get(address + link.get_attribute("href"))
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(decree.body())).pages)
    assert "188/966/KPTS/013/2022" in words
    assert "Rogojampi" in words


def test_a_newcomer_finds_all_participants_and_the_list_behind_the_map(visitor, address):
    visitor.goto(f"{address}/hasil/jatim-2022/")

    visitor.get_by_text("Daftar 38 kabupaten/kota").click()
    expect(visitor.get_by_role("listitem").filter(has_text="tidak ikut: ")).to_have_count(8)
    visitor.get_by_role("link", name="Lihat 30 peserta").click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text("30 peserta dan nilainya")
    assert not scrolls_sideways(visitor)


def test_a_newcomer_reads_what_is_real_and_what_was_made_up(visitor, address):
    visitor.goto(f"{address}/hasil/jatim-2022/")

    visitor.get_by_role("link", name="Apa yang nyata, apa yang contoh").click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text("Apa yang nyata, apa yang contoh")
    real = visitor.get_by_role("table", name="Nyata SP2K Jawa Timur 2022")
    decree = real.get_by_role("row").filter(has_text="188/966/KPTS/013/2022")
    expect(decree).to_contain_text("suarapubliknews.net (28 Desember 2022)")
    expect(decree).to_contain_text("Sama")
    made_up = visitor.get_by_role("table", name="Contoh SP2K Jawa Timur 2022")
    expect(made_up.get_by_role("row").filter(has_text="25 dari 30 calon")).to_be_visible()
    assert not scrolls_sideways(visitor)


def test_the_bureau_signs_in_by_the_form_and_sees_its_desk(visitor, address, demonstration_folder):
    visitor.goto(f"{address}/hasil/jatim-2022/")
    visitor.get_by_role("link", name="Masuk").click()
    visitor.get_by_label("Nama pengguna").fill("provinsi")
    visitor.get_by_label("Kata sandi").fill(password_of("provinsi", demonstration_folder))
    visitor.get_by_role("button", name="Masuk").click()

    expect(visitor.get_by_role("heading", name="Meja kerja")).to_be_visible()
    expect(visitor.get_by_role("region", name="SKK Jawa Timur 2023")).to_contain_text(re.compile(r"\d+ dari 180"))
    assert not scrolls_sideways(visitor)

    visitor.get_by_role("button", name="Keluar").click()
    expect(visitor.get_by_role("link", name="Masuk")).to_be_visible()


def test_a_wrong_password_is_answered_by_what_to_do(page, address):
    page.goto(f"{address}/akun/masuk/")
    page.get_by_label("Nama pengguna").fill("provinsi")
    page.get_by_label("Kata sandi").fill("bukan kata sandinya")
    page.get_by_role("button", name="Masuk").click()

    expect(page.get_by_role("alert")).to_have_text(
        "Salah: Nama pengguna atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."
    )


def test_the_result_fits_the_narrowest_phone(page, address):
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/hasil/jatim-2022/", "/hasil/jatim-2022/peserta/", "/akun/masuk/", "/tidak/ada/"):
        page.goto(address + path)
        assert not scrolls_sideways(page), path

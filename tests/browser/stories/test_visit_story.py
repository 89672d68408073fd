"""A visitor signs in by the form, looks into the claims of a kecamatan one by one, and takes the minutes along."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.walking import picture, scrolls_sideways, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"phone": (390, 844), "office": (1280, 900), "narrow": (320, 700)}


def photo() -> dict:
    written = io.BytesIO()
    Image.new("RGB", (1200, 900), "#2f407e").save(written, "JPEG")
    return {"name": "aula.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


@pytest.fixture(params=SIZES)
def visitor(page, address, demonstration_folder, request):
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[request.param], strict=True)))
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    sign_in(page, address, demonstration_folder, "juri")
    page.get_by_role("link", name="Kunjungan", exact=True).click()
    yield page
    assert page.complaints == []


def test_a_visitor_looks_into_the_next_claim_and_takes_the_minutes_along(visitor, address):
    visitor.get_by_role("link", name="Junrejo").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Junrejo")
    before = visitor.get_by_text(" klaim", exact=False).first.inner_text()
    code = visitor.get_by_role("link", name="Periksa ").inner_text().removeprefix("Periksa ")
    visitor.get_by_role("link", name=f"Periksa {code}").click()
    assert visitor.locator("input[type=radio]:checked").count() == 0
    assert not scrolls_sideways(visitor)

    visitor.get_by_label("Sebagian: mengurangi 0,5 poin").check()
    visitor.get_by_label("Apa yang dilihat di tempat").fill("Papan ada di aula, datanya tahun lalu.")
    visitor.get_by_label("Foto dari galeri").set_input_files([photo()])
    picture(visitor, "kunjungan-klaim", at="phone", height=844)
    visitor.get_by_role("button", name="Simpan temuan").click()

    expect(visitor.get_by_text(f"Temuan {code} tersimpan: Sebagian, mengurangi 0,5 poin.")).to_be_visible()
    expect(visitor.locator(f"#klaim-{code}")).to_contain_text("1 foto")
    assert visitor.get_by_text(" klaim", exact=False).first.inner_text() != before
    assert not scrolls_sideways(visitor)
    link = visitor.get_by_role("link", name="Unduh berita acara (PDF)").get_attribute("href")
    minutes = visitor.request.get(address + link)
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(minutes.body())).pages)
    assert "BERITA ACARA TINJAU LAPANG" in words and "Papan ada di aula" in " ".join(words.split())


def test_what_was_typed_is_there_again_when_the_browser_forgot_the_page(visitor):
    visitor.get_by_role("link", name="Bumiaji").first.click()
    visitor.get_by_role("link", name="Periksa ").click()
    visitor.get_by_label("Tidak ditemukan").check()
    visitor.get_by_label("Apa yang dilihat di tempat").fill("Sedang diketik ketika kamera dibuka")

    visitor.reload()

    expect(visitor.get_by_label("Apa yang dilihat di tempat")).to_have_value("Sedang diketik ketika kamera dibuka")
    expect(visitor.get_by_label("Tidak ditemukan")).to_be_checked()
    expect(visitor.get_by_text("Yang Anda ketik tadi dipulihkan.")).to_be_visible()

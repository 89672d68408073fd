"""A sheet on paper from the printer to the juror's yes: two typists who differ, a scan, all by clicking and typing."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.demonstration import password_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"phone": (390, 844), "office": (1280, 900)}


@pytest.fixture(params=SIZES)
def enter(browser, address, demonstration_folder, request):
    """Open the site as one person, in a browser of that person's own."""
    width, height = SIZES[request.param]
    contexts = []

    def open_as(username):
        context = browser.new_context(locale="id-ID", viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{address}/akun/masuk/")
        page.get_by_label("Nama pengguna").fill(username)
        page.get_by_label("Kata sandi").fill(password_of(username, demonstration_folder))
        page.get_by_role("button", name="Masuk").click()
        expect(page).to_have_url(f"{address}/meja/")
        page.goto(f"{address}/juri/kertas/")
        return page

    yield open_as
    for context in contexts:
        context.close()


def scrolls_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def scan() -> dict:
    drawn = io.BytesIO()
    Image.new("RGB", (900, 1300), "white").save(drawn, "JPEG")
    return {"name": "kertas.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def find(page, code):
    page.get_by_label("Kode kertas").fill(code)
    page.get_by_role("button", name="Buka kertas").click()


def type_marks(page, marks):
    boxes = page.locator("main").get_by_role("textbox", name=re.compile(r"^[A-Z]\d "))
    for n in range(boxes.count()):
        boxes.nth(n).fill(marks.get(n, "80"))
    page.get_by_role("button", name="Simpan ketikan").click()


def test_a_sheet_on_paper_becomes_the_jurors_own(enter):
    first = enter("provinsi")
    row = first.get_by_role("row").filter(has_text="SKK Jawa Timur 2023").filter(has_text="Presentasi")
    row.get_by_role("link", name="Cetak lembar Presentasi").click()
    first.get_by_label("Kursi juri").select_option(label="JPIP: Juri 2 (contoh)")
    first.get_by_role("button", name="Siapkan lembar").click()
    with first.expect_download() as download:
        first.get_by_role("link", name="Unduh PDF").click()
    pages = PdfReader(download.value.path()).pages
    texts = [page.extract_text() for page in pages]
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", texts[-1])[0]
    assert all("JPIP" in text and "DATA CONTOH" in text.replace("\n", " ") for text in texts)
    first.get_by_role("link", name="Semua lembar kertas").click()

    find(first, code.lower())
    type_marks(first, {0: "87.500"})
    expect(first.get_by_role("alert")).to_contain_text("87.500 dapat dibaca sebagai")
    type_marks(first, {0: "61,4"})
    expect(first.get_by_text("Anda sudah mengetik kertas ini.")).to_be_visible()
    assert not scrolls_sideways(first)

    second = enter("provinsi2")
    find(second, code)
    expect(second.locator("main")).not_to_contain_text("61,4")
    type_marks(second, {0: "41,6"})
    expect(second.get_by_role("heading", level=1)).to_have_text("Perbedaan dua ketikan")
    assert second.get_by_role("radio", checked=True).count() == 0
    second.get_by_role("group").filter(has_text="K1").get_by_label("61,4").check()
    second.get_by_role("button", name="Simpan penyelesaian").click()
    second.get_by_label("Pindaian kertas").set_input_files([scan()])
    second.get_by_role("button", name="Unggah pindaian").click()
    expect(second.get_by_role("heading", name="Menunggu konfirmasi juri")).to_be_visible()
    assert not scrolls_sideways(second)

    juror = enter("juri")
    juror.get_by_role("link", name="Lembar saya").first.click()
    juror.locator("section").filter(has_text="Kertas Anda menunggu konfirmasi").get_by_role("link").first.click()
    picture = juror.get_by_role("img", name=f"Pindaian kertas {code}")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
    assert not scrolls_sideways(juror)
    juror.get_by_role("button", name="Konfirmasi lembar").click()

    expect(juror.get_by_text('ditandai "dari kertas"')).to_be_visible()

"""The chair signs in by the form and reads how sure the places are, on a phone and on an office screen."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.walking import scrolls_sideways, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"phone": (390, 844), "office": (1280, 900), "narrow": (320, 700)}


@pytest.mark.parametrize("size", SIZES)
def test_the_chair_reads_how_sure_the_places_are_and_why_the_fifth_stands_where_it_does(
    page, address, demonstration_folder, size
):
    page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign_in(page, address, demonstration_folder, "ketua")

    page.get_by_role("link", name="Seberapa yakin?", exact=True).click()
    page.get_by_role("link", name=re.compile("Seberapa yakin Presentasi, SP2K Jawa Timur 2022")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Seberapa yakin?")
    expect(page.get_by_text("Lima besar jelas: Pamekasan (Kabupaten Pamekasan)")).to_be_visible()
    ranges = page.get_by_role("table", name=re.compile("Rentang tempat yang masuk akal"))
    expect(ranges.get_by_role("row").filter(has_text="Rogojampi")).to_contain_text("100 dari 100")
    strictness = page.get_by_role("table", name=re.compile("Ketat atau longgar"))
    expect(strictness.get_by_role("row").filter(has_text="Universitas Airlangga")).to_have_count(1)
    assert not scrolls_sideways(page)

    ranges.get_by_role("link", name="Pamekasan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kecamatan Pamekasan, Kabupaten Pamekasan")
    expect(page.get_by_role("table", name=re.compile("Dibandingkan dengan tempat 4: Tongas"))).to_be_visible()
    assert not scrolls_sideways(page)
    assert complaints == []


def test_the_bureau_takes_the_methodology_and_the_numbers_along(page, address, demonstration_folder):
    sign_in(page, address, demonstration_folder, "provinsi")
    page.goto(f"{address}/tahap/jatim-2022/presentasi/yakin/")

    link = page.get_by_role("link", name="Cara menghitung (PDF)")
    sheet = page.request.get(address + link.get_attribute("href"))
    assert len(PdfReader(io.BytesIO(sheet.body())).pages) == 1

    page.get_by_role("link", name="Angka analisis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Angka analisis")
    book = page.request.get(address + page.get_by_role("link", name="Unduh XLSX").get_attribute("href"))
    assert book.body()[:2] == b"PK"
    assert not scrolls_sideways(page)


def test_a_juror_finds_no_way_there(page, address, demonstration_folder):
    sign_in(page, address, demonstration_folder, "juri")

    expect(page.get_by_role("link", name="Seberapa yakin?")).to_have_count(0)
    assert page.goto(f"{address}/tahap/jatim-2022/presentasi/yakin/").status == 404

"""A juror signs in by the form and scores: typing, a draft that keeps itself, refusals, sealing, a change with a reason."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walking import picture, scrolls_sideways, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Each story takes another entry: they share one demonstration.
STORIES = {"phone": ((390, 844), "Modo", "Kabupaten Lamongan"), "office": ((1280, 900), "Kedamean", "Kabupaten Gresik")}
MARKS = ("K1", "K2", "I1", "I2", "I3", "P1", "P2", "N1", "N2")


def open_sheet(page, address, name):
    page.goto(f"{address}/juri/lembar/?saring=belum")
    page.get_by_role("link", name=re.compile(f"^{name} ")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def fill_in(page, mark="82"):
    for code in MARKS:
        page.get_by_role("textbox", name=re.compile(f"^{code} ")).fill(mark)


@pytest.mark.parametrize("size", STORIES)
def test_a_juror_fills_in_seals_and_changes_a_sheet(page, address, demonstration_folder, size):
    (width, height), name, regency = STORIES[size]
    page.set_viewport_size({"width": width, "height": height})
    sign_in(page, address, demonstration_folder, "juri")
    page.get_by_role("link", name="Lembar saya", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lembar saya")
    assert not scrolls_sideways(page)
    picture(page, "juri-lembar-saya", at="phone", height=844)
    open_sheet(page, address, name)
    expect(page.get_by_text(regency, exact=False).first).to_be_visible()
    expect(page.get_by_text("0 dari 9 terisi, kurang")).to_be_visible()

    page.get_by_role("textbox", name="K1 Penguasaan masalah wilayah").fill("87,5")
    picture(page, "juri-lembar", at="phone", height=844)
    page.get_by_role("textbox", name="K2 Pemahaman kewenangan").fill("87.500")
    expect(page.get_by_role("status").filter(has_text="Tersimpan")).to_contain_text("87.500 dapat dibaca sebagai")
    page.reload()
    expect(page.get_by_role("textbox", name="K1 Penguasaan masalah wilayah")).to_have_value("87,5")
    expect(page.get_by_text("2 dari 9 terisi, kurang")).to_be_visible()

    page.get_by_role("button", name="Segel lembar").click()
    fault = page.get_by_role("alert")
    expect(fault).to_contain_text("Salah: lembar belum dapat disegel")
    expect(fault).to_be_focused()
    fault.get_by_role("link", name="K2 Pemahaman kewenangan").click()
    expect(page.get_by_role("textbox", name="K2 Pemahaman kewenangan")).to_be_focused()
    assert not scrolls_sideways(page)

    fill_in(page)
    page.get_by_label("Catatan").fill("Angka sebelum dan sesudah disertai sumber.")
    expect(page.get_by_text("9 dari 9 terisi", exact=True)).to_be_visible()
    page.get_by_role("button", name="Segel lembar").click()
    receipt = page.get_by_role("region", name="Tanda terima")
    expect(receipt).to_contain_text("Diterima server, no. ")
    expect(receipt).to_contain_text(re.compile("Kode segel\\s*[0-9A-Z]{3}-[0-9A-Z]{3}"))
    assert not scrolls_sideways(page)
    picture(page, "juri-tanda-terima", at="phone", height=844)

    page.get_by_role("link", name="Ubah dengan alasan").click()
    page.get_by_role("textbox", name="K1 Penguasaan masalah wilayah").fill("90")
    page.get_by_label("Alasan perubahan").fill("Salah baca rubrik.")
    page.get_by_role("button", name="Segel lembar").click()
    history = page.get_by_role("region", name="Riwayat lembar ini")
    expect(history.get_by_role("listitem")).to_have_count(2)
    expect(history).to_contain_text("Salah baca rubrik.")
    expect(page.get_by_text("Draf perubahan")).to_have_count(0)


def test_a_phone_in_the_hand_has_large_targets_and_enter_seals_nothing(page, address, demonstration_folder):
    sign_in(page, address, demonstration_folder, "juri")
    open_sheet(page, address, "Tulangan")

    first = page.get_by_role("textbox", name=re.compile("^K1 "))
    box = first.bounding_box()
    assert (box["height"] >= 56, box["width"] >= 88) == (True, True)
    for button in ("Simpan draf", "Segel lembar"):
        assert page.get_by_role("button", name=button).bounding_box()["height"] >= 44
    fill_in(page)
    first.press("Enter")

    expect(page.get_by_text(re.compile("^Tersimpan [0-9.]+ WIB")).first).to_be_visible()
    expect(page.get_by_role("button", name="Segel lembar")).to_be_visible()


def test_the_sheet_works_without_javascript(browser, address, demonstration_folder):
    context = browser.new_context(locale="id-ID", java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, address, demonstration_folder, "juri")
    open_sheet(page, address, "Trucuk")
    page.get_by_role("textbox", name=re.compile("^K1 ")).fill("75")

    page.get_by_role("button", name="Simpan draf").click()

    expect(page.get_by_text(re.compile("^Tersimpan [0-9.]+ WIB")).first).to_be_visible()
    expect(page.get_by_role("textbox", name=re.compile("^K1 "))).to_have_value("75")
    fill_in(page, "75,5")
    page.get_by_role("button", name="Segel lembar").click()
    expect(page.get_by_role("region", name="Tanda terima")).to_contain_text("Diterima server, no. ")
    context.close()

"""Those who decide nothing alone: the inspectorate reads along, the leader finds what waits, the administrator lets in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walking import arrives, goes_by_the_row, picture, scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_inspectorate_reads_the_journal_the_stages_and_the_approvals(person):
    page = person("pengawas")
    expect(page.get_by_role("heading", name="Jurnal")).to_be_visible()
    expect(page.get_by_text("Utuh").first).to_be_visible()
    expect(page.get_by_role("heading", name="Diberitahukan")).to_be_visible()
    assert not scrolls_sideways(page)
    picture(page, "meja-pengawas")

    goes_by_the_row(page, "Persetujuan")
    arrives(page, "Persetujuan")
    goes_by_the_row(page, "Tahap")
    arrives(page, "Tahap")
    page.get_by_role("table", name=re.compile("^EKK Kota Batu 2023")).get_by_role("link", name="Presentasi").click()
    arrives(page, "Presentasi")
    expect(page.get_by_text("Hitungan dibekukan").first).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tempat (places.csv)").click()
    assert "35.79" in taken.value.path().read_text("utf-8")
    page.get_by_role("link", name="Seberapa yakin?").last.click()
    expect(page.get_by_text("sehingga tidak ada rentang tempat yang dapat diberi")).to_be_visible()  # the city entered three
    assert not scrolls_sideways(page)


def test_the_leader_finds_the_result_of_the_last_edition_and_what_will_wait(person):
    page = person("pimpinan")
    arrives(page, "Meja kerja")
    goes_by_the_row(page, "Keputusan")
    arrives(page, "Keputusan")
    page.get_by_role("row").filter(has_text="Jawa Timur 2022").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("SP2K 2022"))
    expect(page.get_by_role("row").filter(has_text="Juara I").first).to_contain_text("Rogojampi")
    assert not scrolls_sideways(page)
    goes_by_the_row(page, "Seberapa yakin?")
    arrives(page, "Seberapa yakin?")
    page.get_by_role("row").filter(has_text="Tinjau lapang").filter(has_text="2022").get_by_role("link").click()
    expect(page.get_by_role("table", name=re.compile("^Rentang tempat"))).to_be_visible()
    assert not scrolls_sideways(page)


def test_the_administrator_closes_an_account_and_opens_it_again_and_reads_no_mark(person):
    page = person("admin")
    expect(page.get_by_role("heading", name="Server")).to_be_visible()
    page.get_by_role("searchbox", name=re.compile("Cari orang")).fill("juri-5")
    page.get_by_role("button", name="Lihat orang").click()
    arrives(page, "Orang")
    page.get_by_role("link", name="Juri 5 (contoh)").click()
    expect(page.get_by_role("button", name="Buat undangan")).to_be_disabled()
    page.get_by_role("button", name="Nonaktifkan akun").click()
    expect(page.get_by_text("Dinonaktifkan", exact=True)).to_be_visible()
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Aktifkan akun").click()
    expect(page.get_by_role("button", name="Nonaktifkan akun")).to_be_visible()
    assert page.request.get(f"{page.url.partition('/akun/')[0]}/tahap/").status == 404

"""A kecamatan fills in its form on a phone, the regency verifies it, and another regency ranks and nominates."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walking import asks_for, confirms, picture, scrolls_sideways
from tests.entries.pages import pdf

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def upload(page, label, name):
    page.get_by_label(label).set_input_files({"name": name, "mimeType": "application/pdf", "buffer": pdf(name)})


def fill_and_send(camat):
    """Go on with the draft on a phone: a number read two ways, one file behind two indicators, the check, the sending."""
    camat.get_by_role("link", name="Isian", exact=True).click()
    camat.get_by_role("row", name=re.compile("Sinergitas Kinerja Kecamatan 2024")).get_by_role(
        "link", name="Lanjutkan isian"
    ).click()
    assert not scrolls_sideways(camat)
    camat.get_by_role("link", name=re.compile("^D ")).click()
    expect(camat.get_by_role("heading", level=1)).to_have_text("Aspek D. Inovasi dan upaya kecamatan")

    picture(camat, "isian-aspek", at="phone", height=844)
    upload(camat, "Unggah berkas baru D2 Inovasi camat", "inovasi.pdf")
    expect(camat.get_by_role("link", name="inovasi.pdf")).to_be_visible()
    camat.get_by_label("Jumlah inovasi").fill("87.500")
    expect(camat.get_by_text(re.compile("Tersimpan .* WIB · 1 isian perlu diperbaiki"))).to_be_visible()
    camat.get_by_role("button", name="Simpan draf").click()
    expect(camat.get_by_role("alert")).to_contain_text("87.500 dapat dibaca dua cara")
    camat.get_by_label("Jumlah inovasi").fill("3")
    camat.get_by_label("Berkas yang dipakai D1 dibuat kecamatan").select_option("inovasi.pdf")
    camat.get_by_role("button", name="Periksa dan kirim").click()

    expect(camat.get_by_role("table", name=re.compile("indikator belum lengkap"))).to_be_visible()
    assert not scrolls_sideways(camat)
    picture(camat, "isian-periksa", at="phone", height=844)
    camat.get_by_role("button", name="Kirim isian").click()
    expect(camat.get_by_text("Isian terkirim sebagai revisi 1 dan menunggu verifikator.")).to_be_visible()


def find_by_keyboard(verifier):
    """Refuse a file and say why without touching the mouse; it is kept while the page is only typed on."""
    verifier.get_by_role("checkbox", name="Tidak diterima D2 inovasi.pdf").focus()
    verifier.keyboard.press("Space")
    verifier.get_by_role("group", name="D2. Inovasi camat").get_by_text("Catatan untuk kecamatan").focus()
    verifier.keyboard.press("Enter")
    verifier.keyboard.press("Tab")
    verifier.keyboard.type("Manfaat tanpa angka")
    expect(verifier.get_by_role("status").filter(has_text=re.compile("Tersimpan .* WIB · 1 dari"))).to_be_visible()


def test_a_form_is_filled_returned_mended_and_accepted(person):
    camat = person("camat")
    fill_and_send(camat)

    verifier = person("verifikator")
    verifier.get_by_role("link", name="Antrean", exact=True).click()
    verifier.get_by_role("link", name="Rogojampi", exact=True).click()
    expect(verifier.get_by_role("heading", level=1)).to_have_text("Periksa aspek A. Pelayanan publik")
    verifier.get_by_role("link", name=re.compile("^D ")).click()
    picture(verifier, "verifikasi")
    find_by_keyboard(verifier)
    verifier.reload()
    expect(verifier.get_by_role("checkbox", name="Tidak diterima D2 inovasi.pdf")).to_be_checked()
    expect(verifier.get_by_role("group", name="D2. Inovasi camat")).to_contain_text("0, klaim 7 dari 7 poin")
    verifier.get_by_role("button", name="Ringkasan dan putusan").click()
    expect(verifier.get_by_role("table", name="1 indikator dengan temuan")).to_be_visible()
    assert not scrolls_sideways(verifier)
    picture(verifier, "verifikasi-putusan")
    verifier.get_by_label("Alasan pengembalian").fill("Resume inovasi belum memuat manfaat.")
    verifier.get_by_role("button", name="Kembalikan isian").click()
    expect(verifier.get_by_text("Isian Kecamatan Rogojampi, Kabupaten Banyuwangi dikembalikan.")).to_be_visible()

    camat.get_by_role("link", name="Isian", exact=True).click()
    camat.get_by_role("link", name="Perbaiki isian").click()
    expect(camat.get_by_text("Resume inovasi belum memuat manfaat.")).to_be_visible()
    camat.get_by_role("link", name=re.compile("^D ")).click()
    expect(camat.get_by_text("Bukti tidak diterima: inovasi.pdf. Manfaat tanpa angka")).to_be_visible()
    upload(camat, "Unggah berkas baru D2 Inovasi camat", "resume.pdf")
    expect(camat.get_by_role("link", name="resume.pdf")).to_be_visible()
    camat.get_by_role("button", name="Periksa dan kirim").click()
    camat.get_by_role("button", name="Kirim isian").click()
    expect(camat.get_by_text("Isian terkirim sebagai revisi 2 dan menunggu verifikator.")).to_be_visible()

    verifier.get_by_role("link", name="Antrean", exact=True).click()
    verifier.get_by_role("link", name="Rogojampi", exact=True).click()
    assert not scrolls_sideways(verifier)
    for _aspect in "ABCDEF":
        verifier.get_by_role("button", name=re.compile("^Aspek . selesai")).click()
    expect(verifier.get_by_text(re.compile("Masih ada|belum ditandai diperiksa"))).to_have_count(0)
    verifier.get_by_role("button", name="Terima isian").click()
    expect(verifier.get_by_text("Isian Kecamatan Rogojampi, Kabupaten Banyuwangi diterima.")).to_be_visible()
    camat.reload()
    expect(camat.get_by_text("Poin verifikasi")).to_be_visible()


def test_a_regency_ranks_sends_its_first_and_hands_in_the_minutes(person):
    page = person("kabupaten")
    page.get_by_role("link", name="Peringkat", exact=True).click()
    page.get_by_role("link", name="Evaluasi Kinerja Kecamatan Kabupaten Banyuwangi 2023").click()
    confirms(page, "Tetapkan peringkat")
    expect(page.get_by_role("table", name=re.compile("^Peringkat"))).to_be_visible()
    assert not scrolls_sideways(page)

    picture(page, "peringkat")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Cetak rancangan berita acara").click()
    assert taken.value.suggested_filename == "berita-acara-35.10.pdf"
    asks_for(page, "Ajukan calon")
    page.get_by_label("Nomor berita acara").fill("BA-9/2023")
    upload(page, re.compile("Berita acara bertanda tangan"), "berita acara.pdf")
    page.get_by_role("button", name="Ajukan calon").click()

    expect(page.get_by_text("dengan berita acara nomor BA-9/2023")).to_be_visible()
    expect(page.get_by_role("link", name="Berita acara BA-9/2023")).to_be_visible()


def test_a_kecamatan_tells_an_innovation_on_a_phone(person):
    page = person("camat")
    page.get_by_role("link", name="Isian", exact=True).click()
    page.get_by_role("link", name="Sinergitas Kinerja Kecamatan 2024").click()
    page.get_by_role("link", name="Inovasi kecamatan ini").click()
    page.get_by_role("link", name="Tulis inovasi").click()
    page.get_by_label("Judul").fill("Loket Pasti")
    page.get_by_role("radio", name="Inovasi").check()
    page.get_by_label("Masalah yang dijawab").fill("Antrean panjang.")
    page.get_by_label("Cara kerja").fill("Nomor antrean lewat WhatsApp.")
    page.get_by_role("button", name="Simpan inovasi").click()

    expect(page.get_by_role("alert")).to_contain_text("Isian ini belum diisi.")
    page.get_by_label("Manfaat, dengan angka").fill("Dari 3 hari menjadi 40 menit.")
    page.get_by_role("button", name="Simpan inovasi").click()
    expect(page.get_by_text("Inovasi Loket Pasti disimpan.")).to_be_visible()
    assert not scrolls_sideways(page)

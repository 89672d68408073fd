"""The bureau's ordinary life: an edition from last year's, its rules locked by two, a date moved, a juror replaced."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walking import arrives, goes_by_the_row, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NEWCOMER = "Dr. Siti Kusumaningtyas, M.Si."


@pytest.fixture
def bureau(person):
    return person("provinsi")


def test_an_edition_is_copied_from_last_years_checked_and_locked_by_two(bureau, person):
    bureau.get_by_role("link", name="Buka edisi baru").click()
    arrives(bureau, "Buka edisi baru")
    picture(bureau, "edisi-baru")
    bureau.get_by_label("Disusun dari").select_option("Salinan SKK Jawa Timur 2024")
    bureau.get_by_label("Kode edisi").fill("jatim-2025")
    bureau.get_by_label("Tahun").fill("2025")
    bureau.get_by_role("button", name="Buka draf", exact=True).click()
    arrives(bureau, "SKK Jawa Timur 2025")
    expect(bureau.get_by_text("Edisi jatim-2025 dibuka sebagai draf. Belum ada yang terkunci.")).to_be_visible()

    bureau.get_by_role("link", name="Gelar", exact=True).click()
    arrives(bureau, "Gelar")
    bureau.get_by_label("Gelar, satu per baris").fill("Juara I\nJuara II\nJuara III")
    bureau.get_by_role("button", name="Simpan").click()
    arrives(bureau, "SKK Jawa Timur 2025")
    picture(bureau, "edisi-draf")
    bureau.get_by_role("link", name="Naskah", exact=True).click()
    arrives(bureau, re.compile("[Nn]askah"))
    expect(bureau.get_by_role("region", name="Pemeriksaan")).to_contain_text("Ada 3 gelar, padahal 7 yang lolos")
    bureau.get_by_role("button", name="Periksa").click()
    expect(bureau.get_by_role("region", name="Pemeriksaan")).to_contain_text("Tidak ada kesalahan")
    bureau.get_by_role("link", name="Aturan", exact=True).click()
    arrives(bureau, "Aturan yang akan dikunci")
    picture(bureau, "aturan-akan-dikunci")
    bureau.get_by_role("button", name="Setujui sebagai Penyelenggara provinsi").click()

    second = person("provinsi2")
    goes_by_the_row(second, "Meja kerja")
    second.get_by_role("region", name="Hari ini").get_by_role("link", name="Lengkapi dan kunci aturan").click()
    second.get_by_role("link", name="Lihat apa yang akan dikunci").click()
    arrives(second, "Aturan yang akan dikunci")
    second.get_by_role("button", name="Kunci aturan").click()
    expect(second.get_by_text("Aturan terkunci").first).to_be_visible()


def test_a_stage_is_moved_for_everyone_with_a_reason(bureau):
    bureau.get_by_role("link", name="SKK Jawa Timur 2024", exact=True).click()
    bureau.get_by_role("link", name="Kalender", exact=True).click()
    arrives(bureau, "Kalender")
    picture(bureau, "kalender")
    bureau.get_by_role("link", name="Pindahkan Pengisian dan verifikasi").click()
    arrives(bureau, "Pindahkan Pengisian dan verifikasi")
    bureau.get_by_label("Batas akhir").fill("2023-12-02T16:00")
    bureau.get_by_role("textbox", name="Alasan").fill("Banjir di tiga kabupaten.")
    bureau.get_by_role("button", name="Pindahkan").click()
    expect(bureau.get_by_role("alert")).to_contain_text("Sabtu")
    expect(bureau.get_by_role("textbox", name="Alasan")).to_have_value("Banjir di tiga kabupaten.")
    bureau.get_by_label("Batas akhir").fill("2023-12-04T16:00")
    bureau.get_by_role("button", name="Pindahkan").click()
    expect(bureau.get_by_text("Tanggal dipindahkan.")).to_be_visible()
    expect(bureau.get_by_role("region", name="Riwayat pemindahan")).to_contain_text("Banjir di tiga kabupaten.")


def test_a_juror_is_invited_and_replaces_another_and_those_waited_for_are_reminded(bureau):
    bureau.get_by_role("link", name="Orang", exact=True).click()
    arrives(bureau, "Orang")
    picture(bureau, "orang")
    bureau.get_by_role("link", name="Tambah orang").click()
    bureau.get_by_label("Nama", exact=True).fill(NEWCOMER)
    bureau.get_by_label("Nama pengguna").fill("siti.dpmd")
    bureau.get_by_label("Juri", exact=True).check()
    bureau.get_by_role("button", name="Tambah orang").click()
    bureau.get_by_role("button", name="Buat undangan").click()
    expect(bureau.get_by_role("img", name="Kode QR")).to_be_visible()
    picture(bureau, "undangan")

    goes_by_the_row(bureau, "Juri")
    bureau.get_by_role("link", name="Presentasi, SKK Jawa Timur 2023", exact=True).click()
    arrives(bureau, "Panel juri")
    picture(bureau, "panel")
    bureau.get_by_role("link", name="Ganti orang DPMD Provinsi Jawa Timur").click()
    arrives(bureau, "DPMD Provinsi Jawa Timur")
    bureau.get_by_label("Orang").select_option(f"{NEWCOMER} (siti.dpmd)")
    bureau.get_by_label("Alasan penggantian").fill("Dirawat di rumah sakit sejak 31 Oktober.")
    bureau.get_by_role("button", name="Ganti orang").click()
    arrives(bureau, re.compile("DPMD|Panel juri"))
    bureau.get_by_role("link", name="Panel", exact=True).click()
    expect(bureau.get_by_role("row").filter(has_text="DPMD")).to_contain_text(NEWCOMER)

    bureau.get_by_role("link", name="Pengingat", exact=True).click()
    arrives(bureau, "Yang masih ditunggu")
    bureau.get_by_role("button", name="Ingatkan JPIP").click()
    expect(bureau.get_by_label("Teks untuk disalin")).to_have_value(re.compile("^Yth. Juri 2"))
    picture(bureau, "pengingat")


def test_a_session_is_changed_and_who_is_there_is_ticked(bureau):
    goes_by_the_row(bureau, "Juri")
    bureau.get_by_role("link", name="Presentasi, SKK Jawa Timur 2023", exact=True).click()
    bureau.get_by_role("link", name="Jadwal", exact=True).last.click()
    arrives(bureau, "Jadwal")
    picture(bureau, "jadwal")
    bureau.get_by_role("link", name="Ubah sesi Sesi 1 November 2023").click()
    arrives(bureau, "Sesi 1 November 2023")
    bureau.get_by_label("Tempat").fill("Aula lantai 2, BPSDM")
    bureau.get_by_role("button", name="Simpan sesi").click()
    expect(bureau.get_by_role("table", name=re.compile("^Sesi 1 November"))).to_contain_text("Aula lantai 2, BPSDM")

    bureau.get_by_role("link", name="Kehadiran", exact=True).click()
    arrives(bureau, "Kehadiran juri")
    bureau.get_by_role("button", name="Hadir JPIP, Kecamatan Modo").click()
    expect(bureau.get_by_role("button", name="Batalkan JPIP, Kecamatan Modo")).to_be_visible()
    picture(bureau, "kehadiran", at="phone", height=844)

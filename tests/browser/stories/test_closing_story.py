"""A stage closes and its result goes out: absence, the chair's yes, lock, count, titles, the leader's yes, decree."""

import io
import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.walking import arrives, asks_for, confirms, goes_by_the_row, picture, scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EDITION = "EKK Kota Mojokerto 2023"


def test_the_waiting_stage_is_closed_and_its_result_announced(person):
    bureau = person("provinsi")
    records_the_missing_juror_absent(bureau)
    chair = person("ketua")
    agrees_to_the_lock(chair)
    locks_and_counts(bureau)
    second = person("provinsi2")
    moves_the_announcement_to_a_minute_soon(bureau, second)
    gives_titles(bureau)
    leader = person("pimpinan")
    agrees_to_the_result(leader)
    issues_the_decree(bureau)
    announces(bureau, second)


def does_first(page, task):
    """Go to the desk and open the task that it names."""
    goes_by_the_row(page, "Meja kerja")
    arrives(page, "Meja kerja")
    page.get_by_role("region", name="Hari ini").get_by_role("link", name=task, exact=True).click()


def records_the_missing_juror_absent(bureau):
    picture(bureau, "meja-provinsi")
    does_first(bureau, "Lengkapi 1 lembar juri belum masuk")
    arrives(bureau, "Kemajuan")
    bureau.get_by_role("link", name="Kehadiran", exact=True).click()
    bureau.get_by_role("link", name="Sesi 24 Oktober 2023").click()
    arrives(bureau, "Kehadiran juri")
    picture(bureau, "kehadiran", at="phone", height=844)
    bureau.get_by_role("link", name="Absen Badan Perencanaan Pembangunan Daerah, Kecamatan Magersari").click()
    arrives(bureau, "Juri tidak menilai")
    bureau.get_by_role("button", name="Catat tidak menilai").click()
    expect(bureau.get_by_label("Alasan")).to_be_focused()
    bureau.get_by_label("Alasan").fill("Dipanggil rapat Sekretaris Daerah.")
    bureau.get_by_role("button", name="Catat tidak menilai").click()
    expect(bureau.get_by_role("heading", level=1)).to_have_text("Kehadiran juri")


def agrees_to_the_lock(chair):
    does_first(chair, "Setujui penguncian tahap Presentasi")
    arrives(chair, "Presentasi")
    confirms(chair, "Setujui penguncian")
    expect(chair.get_by_text("Persetujuan Anda dicatat.")).to_be_visible()


def locks_and_counts(bureau):
    does_first(bureau, "Kunci tahap Presentasi")
    arrives(bureau, "Presentasi")
    picture(bureau, "tahap-siap-dikunci")
    confirms(bureau, "Kunci tahap")
    expect(bureau.get_by_text("Tahap Presentasi dikunci.")).to_be_visible()
    confirms(bureau, "Bekukan hitungan")
    expect(bureau.get_by_text("Hitungan tahap Presentasi dibekukan.")).to_be_visible()
    expect(bureau.get_by_role("row").filter(has_text="Magersari")).to_contain_text("rata-rata dari 2 penilai yang ada")
    assert not scrolls_sideways(bureau)
    picture(bureau, "tahap-dibekukan")


def gives_titles(bureau):
    does_first(bureau, "Beri gelar")
    arrives(bureau, "Penetapan EKK 2023")
    confirms(bureau, "Beri gelar")
    expect(bureau.get_by_text("Gelar diberikan.", exact=True)).to_be_visible()
    expect(bureau.get_by_role("row").filter(has_text="Juara I").first).to_contain_text("Kranggan")
    expect(bureau.get_by_role("button", name="Tetapkan hasil")).to_be_disabled()


def agrees_to_the_result(leader):
    does_first(leader, "Setujui hasil")
    arrives(leader, "Penetapan EKK 2023")
    expect(leader.get_by_text("Dengan 3 juri dan 3 peserta nilainya terlalu sedikit", exact=False)).to_be_visible()
    picture(leader, "penetapan-pimpinan")
    leader.get_by_role("button", name="Setujui hasil").click()
    expect(leader.get_by_text("Lengkap", exact=True)).to_be_visible()


def issues_the_decree(bureau):
    does_first(bureau, "Tetapkan hasil")
    confirms(bureau, "Tetapkan hasil")
    expect(bureau.get_by_text("Hasil ditetapkan.", exact=True)).to_be_visible()
    asks_for(bureau, "Buat keputusan")
    bureau.get_by_label("Nomor keputusan").fill("188.45/321/417/2023")
    bureau.get_by_label("Tanggal ditetapkan").fill("2023-10-31")
    picture(bureau, "keputusan-nomor")
    bureau.get_by_role("button", name="Buat keputusan").click()
    expect(bureau.get_by_role("heading", level=1)).to_have_text("Penetapan EKK 2023")
    link = bureau.get_by_role("link", name=re.compile("^Buka naskah keputusan")).get_attribute("href")
    decree = bureau.request.get(bureau.url.partition("/keputusan/")[0] + link)
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(decree.body())).pages)
    assert "188.45/321/417/2023" in words and "Kranggan" in words


def moves_the_announcement_to_a_minute_soon(bureau, second):
    """One proposes it and another agrees. The clock is not hurried: what follows is done while those minutes pass."""
    goes_by_the_row(bureau, "Meja kerja")
    hour, minute = re.search(r"(\d\d)\.(\d\d) WIB", bureau.get_by_text("Selasa, 31 Oktober 2023").inner_text()).groups()
    soon = datetime(2023, 10, 31, int(hour), int(minute)) + timedelta(minutes=3)
    bureau.get_by_role("heading", name=EDITION, exact=True).get_by_role("link").click()
    bureau.get_by_role("link", name="Kalender", exact=True).click()
    bureau.get_by_role("link", name="Pindahkan Pengumuman").click()
    arrives(bureau, "Pindahkan pengumuman")
    bureau.get_by_role("textbox", name="Pengumuman").fill(soon.isoformat(timespec="minutes"))
    bureau.get_by_role("textbox", name="Alasan").fill("Wali Kota menyerahkan keputusannya hari ini.")
    bureau.get_by_role("button", name="Pindahkan").click()
    expect(bureau.get_by_text("Usul pemindahan tercatat dan menunggu persetujuan orang kedua.")).to_be_visible()
    goes_by_the_row(second, "Meja kerja")
    second.get_by_role("heading", name=EDITION, exact=True).get_by_role("link").click()
    second.get_by_role("link", name="Kalender", exact=True).click()
    second.get_by_role("link", name="Setujui atau tarik").click()
    second.get_by_role("button", name="Setujui dan pindahkan").click()
    expect(second.get_by_text("Tanggal dipindahkan.")).to_be_visible()


def announces(bureau, second):
    """Two persons of the bureau: the first says yes, the second publishes, whose act is a yes too."""
    bureau.get_by_role("button", name="Setujui pengumuman").click()
    expect(bureau.get_by_role("button", name="Setujui pengumuman")).to_have_count(0)
    expect(bureau.get_by_role("button", name="Terbitkan hasil")).to_be_disabled()
    does_first(second, "Umumkan hasil")
    arrives(second, "Penetapan EKK 2023")
    publish = second.get_by_role("link", name="Terbitkan hasil")
    for _ in range(100):
        if publish.count():
            break
        second.wait_for_timeout(2_000)
        second.reload()
    confirms(second, "Terbitkan hasil")
    expect(second.get_by_text("Hasil diterbitkan dan terbuka bagi umum.")).to_be_visible()
    second.get_by_role("link", name="Lihat halaman hasil").click()
    expect(second.get_by_role("listitem").filter(has_text="Juara I").first).to_contain_text("Kranggan")
    assert not scrolls_sideways(second)

"""A province made small: nine real kecamatan of three regencies, instruments that can be counted in the head.

Kalimantan Utara lies in WITA, so that no test passes by taking Jakarta's clock for everyone's.
"""

from copy import deepcopy
from datetime import datetime
from zoneinfo import ZoneInfo

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.editions.actions import open_edition
from sp2k.editions.models import Stage
from sp2k.entries.models import Participation
from sp2k.instruments.actions import import_instrument
from sp2k.judging.models import Assignment, Seat
from sp2k.regions.actions import import_regions
from sp2k.regions.files import SHIPPED_DECREE, SHIPPED_LIST
from sp2k.regions.models import Region
from sp2k.results.closing import RegencyDesk
from tests.story.told import LONG_AFTER, LONG_BEFORE, Told, staff, targets
from tests.story.unchanged import our_models

PRESENT = (
    "kode", "65,", "65.01,", "65.01.01", "65.01.02", "65.01.03", "65.04,", "65.04.01", "65.04.02", "65.04.03", "65.71,",
    "65.71.01", "65.71.02", "65.71.03", "64,", "64.71,", "64.71.01",
)  # fmt: skip
BULUNGAN, TANA_TIDUNG, TARAKAN = "65.01", "65.04", "65.71"
FIRST, SECOND, THIRD = "65.01.01", "65.04.01", "65.71.01"  # nominated; by the marks told they end in this order

FORM = """
instrumen: isian-uji
nama: Isian uji
maks: 100
aspek:
- kode: A
  nama: Pelayanan
  maks: 60
  indikator:
  - kode: A1
    judul: Monografi
    satuan: dokumen
    maks: 20
    aturan: {jenis: ada, dasar: bukti, poin: 20, kunci: monografi}
  - kode: A2
    judul: Layanan yang dibuka
    satuan: layanan
    maks: 20
    aturan: {jenis: jenjang, masukan: layanan, pita: [{min: 10, poin: 20}, {min: 5, poin: 10}, {lain: true, poin: 0}]}
  - kode: A3
    judul: Loket
    satuan: pilihan
    maks: 20
    aturan: {jenis: pilihan, masukan: loket, opsi: [{kode: ada, poin: 20}, {kode: belum, poin: 0}]}
- kode: B
  nama: Inovasi
  maks: 40
  indikator:
  - kode: B1
    judul: Inovasi
    satuan: dokumen
    maks: 40
    aturan:
      jenis: daftar
      mode: bobot
      dasar: bukti
      butir: [{kode: gagasan, judul: Gagasan, poin: 15}, {kode: hasil, judul: Hasil, poin: 25}]
"""
SHEET = """
instrumen: juri-uji
nama: Lembar juri uji
maks: 100
bulat_aspek: 2
aspek:
- kode: kinerja
  nama: Kinerja
  maks: 100
  bobot: 0.6
  indikator:
  - {kode: K1, judul: Kinerja, satuan: nilai, maks: 100, bobot: 1, aturan: {jenis: juri, skala: [0, 100], desimal: 1}}
- kode: inovasi
  nama: Inovasi
  maks: 100
  bobot: 0.4
  indikator:
  - {kode: I1, judul: Gagasan, satuan: nilai, maks: 100, bobot: 0.5, aturan: {jenis: juri, skala: [0, 100], desimal: 1}}
  - {kode: I2, judul: Hasil, satuan: nilai, maks: 100, bobot: 0.5, aturan: {jenis: juri, skala: [0, 100], desimal: 1}}
"""
VISIT = """
instrumen: lapang-uji
nama: Lembar lapang uji
maks: 100
bulat_aspek: 2
aspek:
- kode: kenyataan
  nama: Kenyataan
  maks: 100
  indikator:
  - {kode: L1, judul: Kenyataan, satuan: nilai, maks: 100, aturan: {jenis: juri, skala: [0, 100], desimal: 6}}
"""
EDITION = """
edisi: kaltara-2024-uji
nama: Penilaian Kecamatan Uji
singkatan: PKU
tahun: 2024
wilayah: "65"
zona: Asia/Makassar
penyelenggara: Biro Pemerintahan Provinsi Kalimantan Utara
tahap:
- kode: isian
  jenis: isian
  nama: Pengisian
  peserta: wilayah
  instrumen: isian-uji
  mulai: 2024-03-04 08.00
  selesai: 2024-04-05 16.00
  verifikasi_sampai: 2024-04-19 16.00
  sumber: poin
  bulat: {nilai: 2}
  pengungkapan: sendiri
- kode: seleksi
  jenis: seleksi
  nama: Seleksi
  peserta: isian
  mulai: 2024-04-22 08.00
  selesai: 2024-05-10 16.00
  sumber: bawaan
  bawaan: {cara: tambah, tahap: isian, bobot: 1}
  bulat: {nilai: 2}
  kuota: {lingkup: kabupaten_kota, jumlah: 1}
  seri: ["bawaan:aspek:B"]
  boleh_tidak_ikut: true
  pengungkapan: calon
- kode: presentasi
  jenis: penilaian
  nama: Presentasi
  tempat: Gedung Gabungan Dinas, Tanjung Selor
  peserta: seleksi
  instrumen: juri-uji
  kursi:
  - {kode: akademisi, lembaga: Universitas Borneo Tarakan, ketua: true}
  - {kode: bappeda, lembaga: Bappeda Provinsi Kalimantan Utara}
  - {kode: dpmd, lembaga: DPMD Provinsi Kalimantan Utara}
  mulai: 2024-06-04 08.00
  selesai: 2024-06-05 16.00
  sumber: juri
  gabung: rata_rata
  bila_kosong: tolak
  bulat: {aspek: 2, nilai: 2}
  kuota: {lingkup: semua, jumlah: 2}
  seri: ["aspek:kinerja"]
  pengungkapan: total
- kode: lapang
  jenis: kunjungan
  nama: Tinjau lapang
  peserta: presentasi
  instrumen: lapang-uji
  kursi:
  - {kode: akademisi, lembaga: Universitas Borneo Tarakan, ketua: true}
  - {kode: bappeda, lembaga: Bappeda Provinsi Kalimantan Utara}
  mulai: 2024-06-19 08.00
  selesai: 2024-06-21 16.00
  sumber: juri
  gabung: rata_rata
  bila_kosong: tolak
  temuan: {dikonfirmasi: 0, tidak: -1, lebih: 0.5}
  bulat: {aspek: 2, nilai: 2}
  bawaan: {cara: bobot, tahap: presentasi, bobot: 0.6, bobot_tahap: 0.4}
  seri: ["tahap:lapang"]
  pengungkapan: total
gelar: [Juara I, Juara II]
persetujuan:
  kunci_aturan: [{peran: B, orang: 2}]
  hasil: [{peran: G, orang: 1, kertas_oleh: {peran: B, orang: 2}}]
  terbit: [{peran: B, orang: 2}]
pengumuman: 2024-07-10 10.00
keputusan:
  kertas: F4
  penetap: Gubernur Kalimantan Utara
  tentang: Juara {nama} Tahun {tahun}
  menimbang:
  - bahwa dari {peserta:isian} kecamatan diperoleh {jumlah_gelar} kecamatan dengan nilai tertinggi
  - bahwa berdasarkan huruf a perlu menetapkan Keputusan Gubernur Kalimantan Utara tentang Juara {nama} Tahun {tahun}
  mengingat:
  - Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
  diktum:
  - "Menetapkan Juara {nama} Tahun {tahun} sebagai berikut: {daftar_juara}"
  - Keputusan ini mulai berlaku pada tanggal ditetapkan
  lampiran: Juara {nama} Tahun {tahun}
  kota: Tanjung Selor
  penandatangan: (nama Gubernur)
"""
NOMINEES = {BULUNGAN: FIRST, TANA_TIDUNG: SECOND, TARAKAN: THIRD}
MARKS = {"presentasi": {FIRST: 90, SECOND: 80, THIRD: 70}, "lapang": {FIRST: 90, SECOND: 80}}
DECREE = {"nomor": "188.44/K.1/2024", "tanggal": "2024-06-28"}


def form_with(otherwise: str) -> str:
    """Return the form with its A1 asked only of kecamatan with desa; `otherwise` is what it counts for the others."""
    before = "judul: Monografi\n"
    return FORM.replace(before, f"{before}    berlaku_untuk: [ada_desa]\n    bila_tidak_berlaku: {otherwise}\n")


def sheet_with(otherwise: str) -> str:
    """Return the jury's sheet with its I1 asked only of kecamatan with desa."""
    before = "{kode: I1, judul: Gagasan,"
    return SHEET.replace(before, f"{before} berlaku_untuk: [ada_desa], bila_tidak_berlaku: {otherwise},")


def at(text: str) -> datetime:
    """Return an instant of the calendar above, e.g. ``2024-06-05 16.01``, or with seconds ``... 16.00.59``."""
    form = "%Y-%m-%d %H.%M.%S" if text.count(".") == 2 else "%Y-%m-%d %H.%M"
    return datetime.strptime(text, form).replace(tzinfo=ZoneInfo("Asia/Makassar"))


# Instants between the acts of the play.
FORMS_OPEN = at("2024-03-04 09.00")
FORMS_IN = at("2024-04-05 15.30")
NOMINATIONS_OPEN = at("2024-04-22 08.00")
JURY_SEATED = at("2024-06-04 07.59")
SHEETS_IN = at("2024-06-05 16.00")
JURY_LOCKED = at("2024-06-05 17.30")
JURY_FROZEN = at("2024-06-05 18.30")
VISIT_SEATED = at("2024-06-19 07.59")
VISIT_FROZEN = at("2024-06-21 18.30")
TITLES_GIVEN = at("2024-06-25 09.00")
DECREE_ISSUED = at("2024-07-01 09.00")


def play_small(
    until: datetime = LONG_AFTER, *, source: str = EDITION, instruments: tuple[str, ...] = (FORM, SHEET, VISIT), **story
) -> Told:
    """Open the small edition in an empty database and play it up to `until`.

    What was played once is stood up again from its rows: a hundred tests begin at a dozen instants.
    """
    key = (until, source, instruments, repr(story))
    if key not in _PLAYED:
        told = _play(until, source, instruments, dict(story))
        _PLAYED[key] = [list(model._base_manager.all()) for model in our_models()], told
    else:
        for rows in filter(None, _PLAYED[key][0]):
            type(rows[0])._base_manager.bulk_create(rows)
    return deepcopy(_PLAYED[key][1])


_PLAYED: dict[tuple, tuple[list, Told]] = {}


def _play(until, source, instruments, story) -> Told:
    lines = SHIPPED_LIST.read_text(encoding="utf-8").splitlines(keepends=True)
    import_regions("".join(line for line in lines if line.startswith(PRESENT)), decree=SHIPPED_DECREE, now=LONG_BEFORE)
    first, second, leader = staff(story.pop("region", "65"))
    for text in instruments:
        import_instrument(text, name="uji.yaml", by=first, now=LONG_BEFORE)
    is_sample = story.pop("is_sample", True)
    edition = open_edition(source, name="uji.yaml", by=first, now=LONG_BEFORE, is_sample=is_sample)
    given = {"told": MARKS, "targets": targets(nominees=NOMINEES, decree=DECREE)} | story
    player = given.pop("player", Told)
    return player(edition, given.pop("targets"), until, (first, second), leader, **given).play()


def stage(story: Told, code: str) -> Stage:
    return Stage.objects.select_related("edition__region", "instrument").get(edition=story.edition, code=code)


def entry(story: Told, stage_code: str, code: str) -> Participation:
    """Return a kecamatan's participation in a stage."""
    rows = Participation.objects.select_related("stage__edition__region", "entry__region__parent")
    return rows.get(stage__edition=story.edition, stage__code=stage_code, entry__region=code)


def duty(story: Told, code: str, seat: str, stage_code: str = "presentasi") -> Assignment:
    """Return a seat's duty towards a kecamatan."""
    return Assignment.objects.get(
        participation__stage__edition=story.edition, participation__stage__code=stage_code,
        participation__entry__region=code, seat__code=seat,
    )  # fmt: skip


def seat(story: Told, code: str, stage_code: str = "presentasi") -> Seat:
    return Seat.objects.get(stage__edition=story.edition, stage__code=stage_code, code=code)


def holder(story: Told, code: str, stage_code: str = "presentasi") -> User:
    """Return the person who sits in a seat now."""
    return seat(story, code, stage_code).holder


def chair(story: Told) -> User:
    """Return whoever holds the chair seat of the presentations, with the chair's role as well."""
    found = holder(story, "akademisi")
    found.memberships.get_or_create(role="K", region_id="65")
    return User.objects.get(pk=found.pk)


def desk(story: Told, regency: str) -> RegencyDesk:
    return RegencyDesk(stage(story, "seleksi"), Region.objects.get(code=regency))


def person(story: Told, role: str, regency: str) -> User:
    """Return the sample operator (C), organiser (R) or verifier (V) of a regency."""
    return story.crew.of_regency(role, Region.objects.get(code=regency))


def other_bureau(username: str = "biro-tetangga") -> User:
    """Return a bureau member of the province next door."""
    return User.objects.filter(username=username).first() or create_user(username, "Biro Tetangga", roles=[("B", "64")])

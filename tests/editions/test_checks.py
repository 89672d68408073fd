"""`check_edition`: take the shipped file, change one thing, see the one sentence."""

from dataclasses import replace
from functools import cache

import pytest

from sp2k.editions.checks import check_edition
from sp2k.editions.file import EditionFileError, read_edition
from sp2k.instruments.shelf import SHIPPED, find_instruments
from sp2k.regions.files import SHIPPED_LIST, read_regions
from sp2k.regions.parts import parts_of
from tests.editions.conftest import edition_text

INSTRUMENTS = ("sumedang-2026-skor100", "presentasi-jatim-2022", "lapang-jatim-2022")


@cache
def regions():
    return read_regions(SHIPPED_LIST.read_text(encoding="utf-8"), name="wilayah.csv")


@cache
def instruments():
    return find_instruments(INSTRUMENTS, [SHIPPED])


def findings(old="", new="", code="jatim-2022"):
    """Findings on a shipped file in which the first `old` is `new`."""
    text = edition_text(code)
    assert old in text
    edition = read_edition(text.replace(old, new, 1), name="berkas.yaml")
    found = check_edition(edition, instruments=instruments(), region=parts_of(regions(), edition.region))
    return [(finding.level, finding.sentence) for finding in found]


def test_the_shipped_editions_can_be_used():
    assert findings() == []
    assert findings(code="banyuwangi-2022-contoh") == []
    assert findings(code="jatim-2023") == [
        ("perhatian", "Ada 5 gelar, padahal 7 yang lolos dari tahap lapang: tempat 6 dan 7 tidak bergelar.")
    ]


WRONG = {
    "a first stage that not all enter": (
        "peserta: wilayah", "peserta: seleksi",
        "Tahap pertama, isian, diikuti semua kecamatan: tulis peserta: wilayah.",
    ),
    "entrants from a later stage": (
        "peserta: seleksi", "peserta: lapang",
        "Tahap presentasi mengambil peserta dari tahap lapang, yang tidak mendahuluinya.",
    ),
    "entrants from an unknown stage": (
        "peserta: seleksi", "peserta: penyisihan",
        "Tahap presentasi mengambil peserta dari tahap penyisihan, yang tidak ada dalam berkas.",
    ),
    "entrants from a stage that is not the one before": (
        "peserta: seleksi", "peserta: isian",
        "Tahap presentasi mengambil peserta dari tahap isian, padahal tahap tepat sebelumnya seleksi.",
    ),
    "all kecamatan in a later stage": (
        "peserta: seleksi", "peserta: wilayah",
        "Tahap presentasi menerima semua kecamatan; hanya tahap pertama yang boleh berpeserta: wilayah.",
    ),
    "a source that does not fit the kind": (
        "sumber: bawaan", "sumber: poin", "Tahap seleksi (seleksi) bersumber poin, semestinya bawaan.",
    ),
    "a jury stage without an instrument": (
        "  instrumen: presentasi-jatim-2022     # contoh\n", "", "Tahap presentasi (penilaian) memerlukan instrumen.",
    ),
    "a key of another kind": (
        "boleh_tidak_ikut: true", "boleh_tidak_ikut: true\n  instrumen: lapang-jatim-2022",
        "Tahap seleksi (seleksi) tidak memakai instrumen.",
    ),
    "an unknown instrument": (
        "presentasi-jatim-2022", "presentasi-jatim-2021",
        "Tahap presentasi memakai instrumen presentasi-jatim-2021, yang tidak dikenal.",
    ),
    "a seat twice": (
        "kode: jpip", "kode: unair", "Pada tahap presentasi, kursi unair tertulis 2 kali.",
    ),
    "two chairs": (
        "lembaga: JPIP}", "lembaga: JPIP, ketua: true}", "Tahap presentasi mempunyai 2 ketua; paling banyak satu.",
    ),
    "more of each regency than the smallest has": (
        "jumlah: 1}", "jumlah: 4}",
        "Tahap seleksi meloloskan 4 dari tiap kabupaten/kota, "
        "padahal dari Kota Kediri paling banyak 3 kecamatan masuk.",
    ),
    "more than there are regencies": (
        "jumlah: 5}", "jumlah: 39}", "Tahap presentasi meloloskan 39, padahal paling banyak 38 kecamatan masuk.",
    ),
    "more titles than finalists": (
        "Harapan II]", "Harapan II, Juara Harapan III]",
        "Ada 6 gelar, padahal paling banyak 5 yang lolos dari tahap lapang.",
    ),
    "a title twice": (
        "Harapan II]", "Harapan I]", 'Gelar "Juara Harapan I" tertulis 2 kali.',
    ),
    "no titles": (
        "[Juara I, Juara II, Juara III, Juara Harapan I, Juara Harapan II]", "[]",
        "Gelar belum dinyatakan; tulis sedikitnya satu, untuk tempat 1.",
    ),
    "a stage that ends before it begins": (
        "selesai: 2022-11-04", "selesai: 2022-11-01",
        "Tahap presentasi selesai 1 November 2022, 16.00 WIB, tidak sesudah mulainya 2 November 2022, 08.00 WIB.",
    ),
    "a stage that begins before the last one ends": (
        "mulai: 2022-11-16", "mulai: 2022-11-04",
        "Tahap lapang mulai 4 November 2022, 08.00 WIB, "
        "sebelum tahap presentasi berakhir 4 November 2022, 16.00 WIB.",
    ),
    "a stage that begins during the verification": (
        "verifikasi_sampai: 2022-09-16", "verifikasi_sampai: 2022-09-20",
        "Tahap seleksi mulai 19 September 2022, 08.00 WIB, "
        "sebelum tahap isian berakhir 20 September 2022, 16.00 WIB.",
    ),
    "verification that ends before the forms": (
        "verifikasi_sampai: 2022-09-16", "verifikasi_sampai: 2022-08-30",
        "Verifikasi tahap isian berakhir 30 Agustus 2022, 16.00 WIB, "
        "sebelum pengisiannya selesai 31 Agustus 2022, 16.00 WIB.",
    ),
    "an announcement before the end": (
        "pengumuman: 2022-12-28", "pengumuman: 2022-11-20",
        "Pengumuman 20 November 2022, 10.00 WIB mendahului akhir tahap lapang, 25 November 2022, 16.00 WIB.",
    ),
    "carry-over from a later stage": (
        "tahap: isian, bobot: 1", "tahap: presentasi, bobot: 1",
        "Tahap seleksi membawa nilai dari tahap presentasi, yang tidak mendahuluinya.",
    ),
    "a weight that means nothing": (
        "bobot: 1}", "bobot: 1, bobot_tahap: 1}",
        "Bawaan tahap seleksi bercara tambah, jadi tidak memakai bobot_tahap.",
    ),
    "a weight of nothing": (
        "bobot: 1}", "bobot: 0}", "Bawaan tahap seleksi bercara tambah, tetapi bobot tertulis 0, harus lebih dari 0.",
    ),
    "a way that needs marks of its own": (
        "{cara: tambah, tahap: isian, bobot: 1}", "{cara: ganti, tahap: isian}",
        "Tahap seleksi tidak mempunyai nilai sendiri; pakai cara: tambah pada bawaannya.",
    ),
    "a tie-break on an unknown aspect": (
        '"aspek:kinerja"', '"aspek:kerja"',
        'Pemutus seri "aspek:kerja" pada tahap presentasi menunjuk aspek kerja, '
        "yang tidak ada pada instrumen presentasi-jatim-2022.",
    ),
    "a tie-break on an unknown indicator": (
        '"aspek:kinerja"', '"indikator:N9"',
        'Pemutus seri "indikator:N9" pada tahap presentasi menunjuk indikator N9, '
        "yang tidak ada pada instrumen presentasi-jatim-2022.",
    ),
    "a tie-break on an unknown carried aspect": (
        "bawaan:aspek:D", "bawaan:aspek:Z",
        'Pemutus seri "bawaan:aspek:Z" pada tahap seleksi menunjuk aspek Z, '
        "yang tidak ada pada instrumen sumedang-2026-skor100.",
    ),
    "a tie-break on what is not carried": (
        '"aspek:kinerja"', '"bawaan:aspek:D"',
        'Pemutus seri "bawaan:aspek:D" pada tahap presentasi menunjuk nilai bawaan, '
        "padahal tahap ini tidak membawa nilai.",
    ),
    "a tie-break on a stage that is not carried": (
        '"aspek:kinerja"', '"tahap:isian"',
        'Pemutus seri "tahap:isian" pada tahap presentasi menunjuk tahap yang nilainya tidak dibawa ke tahap ini.',
    ),
    "a tie-break on a stage without marks": (
        '"bawaan:aspek:D"', '"tahap:seleksi"',
        'Pemutus seri "tahap:seleksi" pada tahap seleksi menunjuk tahap ini, yang tidak mempunyai nilai sendiri.',
    ),
    "a tie-break on an aspect where there is none": (
        '"bawaan:aspek:D"', '"aspek:D"',
        'Pemutus seri "aspek:D" pada tahap seleksi menunjuk tahap seleksi, yang tidak mempunyai aspek.',
    ),
    "a tie-break that names nothing": (
        '"aspek:kinerja"', '"usia camat"',
        'Pemutus seri "usia camat" pada tahap presentasi tidak dikenal; '
        "pakai aspek:KODE, indikator:KODE, tahap:KODE, bawaan:aspek:KODE, atau undian.",
    ),
    "a tie-break twice": (
        '"aspek:kinerja"', '"aspek:inovasi"',
        'Pemutus seri "aspek:inovasi" pada tahap presentasi tertulis 2 kali.',
    ),
    "a lot that others would follow": (
        '"aspek:inovasi", "aspek:kepemimpinan", "aspek:kompetensi"]  # contoh', '"undian", "aspek:kompetensi"]',
        "Undian pada tahap presentasi harus menjadi pemutus seri terakhir.",
    ),
    "a seed without a lot": (
        "  gabung: rata_rata\n", "  gabung: rata_rata\n  benih: 04-17-23\n",
        "Tahap presentasi mempunyai benih, tetapi undian tidak ada di antara pemutus serinya.",
    ),
    "an act that nobody need approve": (
        "  terbit: [{peran: B, orang: 2}]\n", "", "Persetujuan untuk terbit belum dinyatakan.",
    ),
    "an approval of who approves nothing": (
        "terbit: [{peran: B, orang: 2}]", "terbit: [{peran: J, orang: 1}]",
        "Persetujuan terbit meminta peran Juri (J), yang tidak memberi persetujuan; pilih B, G, I, atau K.",
    ),
    "two persons outside the bureau": (
        "terbit: [{peran: B, orang: 2}]", "terbit: [{peran: I, orang: 1}, {peran: K, orang: 1}]",
        "Persetujuan terbit menunggu 2 orang di luar penyelenggara provinsi; paling banyak 1.",
    ),
    "a role twice": (
        "terbit: [{peran: B, orang: 2}]", "terbit: [{peran: B, orang: 1}, {peran: B, orang: 1}]",
        "Persetujuan terbit menyebut Penyelenggara provinsi (B) 2 kali; gabungkan menjadi satu.",
    ),
    "a paper recorded by one": (
        "kertas_oleh: {peran: B, orang: 2}", "kertas_oleh: {peran: B, orang: 1}",
        "Surat persetujuan hasil harus dicatat sedikitnya 2 orang Penyelenggara provinsi (B), "
        "tertulis 1 orang Penyelenggara provinsi (B).",
    ),
    "a decree that fills in what nobody knows": (
        "kota: Surabaya", "kota: Surabaya {provinsi}",
        "Pada keputusan, isian {provinsi} pada kota tidak dikenal; pakai {dinilai:KODE}, {jumlah_gelar}, "
        "{kehadiran}, {nama}, {nomor_berita_acara}, {penyelenggara}, {peserta:KODE}, {singkatan}, {tahun}, "
        "{tanggal_berita_acara}, {terdaftar:KODE}, {tidak_dinilai:KODE}, {tidak_ikut:KODE}, atau {wilayah}, dengan KODE "
        "tahap isian, seleksi, presentasi, atau lapang.",
    ),
    "a region with a lost zero": (
        'wilayah: "35"', 'wilayah: "35.1"',
        "Pada wilayah, kode 35.1 kehilangan nol karena pernah terbaca sebagai angka: kemungkinan 35.10.",
    ),
    "a region that is on no list": (
        'wilayah: "35"', 'wilayah: "98"', "Wilayah 98 tidak ada dalam daftar wilayah.",
    ),
    "a kecamatan as the whole region": (
        'wilayah: "35"', 'wilayah: "35.10.13"', "Wilayah Rogojampi (35.10.13) tidak terdiri atas kecamatan.",
    ),
}  # fmt: skip


WRONG_WEIGHTS = {  # in an edition whose last stage weighs in the score of the stage before
    "carry-over from an unknown stage": (
        "tahap: isian, bobot: 0.5", "tahap: paparan, bobot: 0.5",
        "Tahap presentasi membawa nilai dari tahap paparan, yang tidak mendahuluinya.",
    ),
    "weights that are not one": (
        "bobot_tahap: 0.5", "bobot_tahap: 0.6",
        "Bawaan tahap presentasi bercara bobot, tetapi bobotnya, 0,5 dan 0,6, berjumlah 1,1, harus tepat 1.",
    ),
    "a weight that is missing": (
        ", bobot_tahap: 0.5", "", "Bawaan tahap presentasi bercara bobot, jadi memerlukan bobot dan bobot_tahap.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", WRONG_WEIGHTS)
def test_one_fault_of_weights_is_one_sentence(fault):
    old, new, sentence = WRONG_WEIGHTS[fault]

    assert findings(old, new, code="banyuwangi-2022-contoh") == [("salah", sentence)]


@pytest.mark.parametrize("fault", WRONG)
def test_one_fault_is_one_sentence(fault):
    old, new, sentence = WRONG[fault]

    assert findings(old, new) == [("salah", sentence)]


LOOK = {
    "a combination against the instrument's": (
        "gabung: rata_rata", "gabung: median",
        "Tahap presentasi menyatakan gabung median; itu yang dipakai, walaupun instrumen presentasi-jatim-2022 "
        "mengusulkan rata_rata pada indikator K1. Begitu juga 8 indikator lain.",
    ),
    "a deadline on a holiday": (
        "selesai: 2022-08-31", "selesai: 2022-08-17",
        "Batas tahap isian, 17 Agustus 2022, jatuh pada hari libur (Hari Kemerdekaan).",
    ),
    "a deadline on a Saturday": (
        "selesai: 2022-11-25", "selesai: 2022-11-26", "Batas tahap lapang, 26 November 2022, jatuh pada hari Sabtu.",
    ),
    "verification that ends on a Sunday": (
        "verifikasi_sampai: 2022-09-16", "verifikasi_sampai: 2022-09-18",
        "Batas verifikasi tahap isian, 18 September 2022, jatuh pada hari Minggu.",
    ),
    "a panel without a chair": (", ketua: true}", "}", "Tahap presentasi belum mempunyai ketua."),
    "two seats of one institution": (
        "lembaga: JPIP}", "lembaga: Universitas Airlangga}",
        "Pada tahap presentasi, Universitas Airlangga mempunyai 2 kursi.",
    ),
    "a stage that cuts nobody": (
        "  kuota: {lingkup: semua, jumlah: 5}\n", "",
        "Tahap presentasi tidak berkuota: semua pesertanya masuk tahap lapang.",
    ),
    "fewer titles than finalists": (
        ", Juara Harapan II]", "]", "Ada 4 gelar, padahal 5 yang lolos dari tahap lapang: tempat 5 tidak bergelar.",
    ),
}  # fmt: skip
DESA = "\ndesa:\n  ada: [{}]\nkeputusan:"


@pytest.mark.parametrize(
    ("codes", "sentences"),
    [
        ('"35.79", "35.10.16"', []),
        ('"35.79", "35.79"', ["Kode 35.79 tertulis 2 kali pada desa."]),
        ('"35.9"', [
            "Pada desa, kode 35.9 kehilangan nol karena pernah terbaca sebagai angka: kemungkinan 35.90.",
        ]),
        ('"36.71"', ["Kode 36.71 pada desa bukan kecamatan atau kabupaten/kota dalam wilayah 35."]),
        ('"35"', ["Kode 35 pada desa bukan kecamatan atau kabupaten/kota dalam wilayah 35."]),
    ],
)  # fmt: skip
def test_desa_are_declared_of_kecamatan_or_whole_regencies_of_the_edition(codes, sentences):
    assert findings("\nkeputusan:", DESA.format(codes)) == [("salah", sentence) for sentence in sentences]


def test_a_code_that_was_read_as_a_number_is_not_taken_for_a_region():
    with pytest.raises(EditionFileError, match="Pada bagian utama, desa"):
        findings("\nkeputusan:", DESA.format("35.79"))


def test_an_indicator_of_desa_asks_for_the_cities_to_be_declared():
    known = find_instruments(INSTRUMENTS, [SHIPPED])
    form = known["sumedang-2026-skor100"]
    first = form.aspects[0]
    asking = replace(first.indicators[0], applies_to=frozenset({"ada_desa"}))
    known["sumedang-2026-skor100"] = replace(
        form, aspects=(replace(first, indicators=(asking, *first.indicators[1:])), *form.aspects[1:])
    )
    text = edition_text("batu-2023-contoh")

    def said(text):
        edition = read_edition(text, name="berkas.yaml")
        found = check_edition(edition, instruments=known, region=parts_of(regions(), edition.region))
        return [finding.sentence for finding in found if finding.place == "desa"]

    assert said(text) == [
        "Indikator A1 memakai sifat ada_desa, dan 3 kecamatan dalam kota dianggap tanpa desa karena daftar wilayah tidak "
        "memuat desa. Sebutlah yang mempunyai desa pada desa, ada."
    ]
    assert said(text.replace("\nkeputusan:", DESA.format('"35.79"'), 1)) == []


@pytest.mark.parametrize("oddity", LOOK)
def test_one_oddity_is_one_notice(oddity):
    old, new, sentence = LOOK[oddity]

    assert findings(old, new) == [("perhatian", sentence)]


def test_a_cut_of_three_leaves_too_few_for_five_visits_and_five_titles():
    assert findings("jumlah: 5}", "jumlah: 3}") == [
        ("salah", "Tahap lapang meloloskan 5, padahal paling banyak 3 kecamatan masuk."),
        ("salah", "Ada 5 gelar, padahal paling banyak 3 yang lolos dari tahap lapang."),
    ]


def test_two_stages_of_one_code_are_told_with_what_follows():
    assert findings("kode: seleksi", "kode: isian")[0] == ("salah", "Ada 2 tahap berkode isian.")


def test_one_of_each_regency_cannot_come_from_five():
    text = edition_text("jatim-2022")
    last = text.rindex("{lingkup: semua, jumlah: 5}")
    text = text[:last] + "{lingkup: kabupaten_kota, jumlah: 1}" + text[last + len("{lingkup: semua, jumlah: 5}") :]

    found = check_edition(
        read_edition(text, name="berkas.yaml"), instruments=instruments(), region=parts_of(regions(), "35")
    )

    assert [finding.sentence for finding in found] == [
        "Tahap lapang meloloskan 1 dari tiap kabupaten/kota, 38 seluruhnya, padahal paling banyak 5 kecamatan masuk.",
        "Gelar mengikuti tempat pada tahap terakhir, lapang, yang berperingkat per kabupaten/kota; "
        "pakai kuota berlingkup semua.",
    ]


def test_an_instrument_of_answers_is_not_for_jurors_nor_the_other_way_round():
    assert findings("instrumen: lapang-jatim-2022", "instrumen: sumedang-2026-skor100")[0] == (
        "salah",
        "Tahap lapang dinilai juri, tetapi indikator A1 pada instrumen sumedang-2026-skor100 dihitung dari isian. "
        "Begitu juga 113 indikator lain.",
    )
    assert findings("instrumen: sumedang-2026-skor100", "instrumen: presentasi-jatim-2022")[0] == (
        "salah",
        "Tahap isian dihitung dari isian, tetapi indikator K1 pada instrumen presentasi-jatim-2022 memerlukan juri. "
        "Begitu juga 8 indikator lain.",
    )


def test_without_the_words_of_the_decree_the_edition_cannot_end():
    text = edition_text("jatim-2022").partition("\nkeputusan:")[0] + "\nkeputusan: {}\n"

    found = check_edition(
        read_edition(text, name="berkas.yaml"), instruments=instruments(), region=parts_of(regions(), "35")
    )

    assert [finding.sentence for finding in found] == [
        "Bagian keputusan belum ada; tanpa isinya surat keputusan tidak dapat dibuat."
    ]


def test_one_regency_alone_may_rank_by_regency_for_its_titles():
    assert (
        findings("{lingkup: semua, jumlah: 3}", "{lingkup: kabupaten_kota, jumlah: 3}", code="banyuwangi-2022-contoh")
        == []
    )

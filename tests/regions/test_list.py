"""The list of regions: what a file must be, and the shapes in which spreadsheets break codes."""

import pytest

from sp2k.base.refusals import BadInput
from sp2k.regions.files import SHIPPED_LIST, SHIPPED_STATISTICS, RegionRow, read_population, read_regions, why_no_code

HEADING = "kode,nama,tingkat,induk\n"
JATIM = "35,Jawa Timur,provinsi,\n35.10,Kabupaten Banyuwangi,kabupaten,35\n"


def refusal(text):
    with pytest.raises(BadInput) as refused:
        read_regions(text, name="wilayah.csv")
    return refused.value.sentence


def test_the_shipped_list_holds_all_of_indonesia():
    rows = read_regions(SHIPPED_LIST.read_text(), name="wilayah.csv")

    levels = [row.level for row in rows]
    assert [levels.count(level) for level in ("provinsi", "kabupaten", "kota", "kecamatan")] == [38, 416, 98, 7285]


def test_codes_stay_text_and_a_parent_stands_before_its_parts():
    rows = read_regions(HEADING + "35.10.13,Rogojampi,kecamatan,35.10\n" + JATIM, name="wilayah.csv")

    assert rows == (
        RegionRow("35", "Jawa Timur", "provinsi", None),
        RegionRow("35.10", "Kabupaten Banyuwangi", "kabupaten", "35"),
        RegionRow("35.10.13", "Rogojampi", "kecamatan", "35.10"),
    )


def test_a_list_saved_by_an_indonesian_spreadsheet_is_read():
    text = "\ufeffKode;Nama;Tingkat;Induk\r\n35;Jawa Timur ;Provinsi;\r\n\r\n"

    assert read_regions(text, name="wilayah.csv") == (RegionRow("35", "Jawa Timur", "provinsi", None),)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("35.1", "kode 35.1 kehilangan nol karena pernah terbaca sebagai angka: kemungkinan 35.10. "
                 "Muat ulang berkas dengan kolom kode sebagai teks."),
        ("11.1.1", "kode 11.1.1 kehilangan nol: tiap bagian dua angka, seperti 11.01.01. "
                   "Muat ulang berkas dengan kolom kode sebagai teks."),
        ("35.0", "kode 35.0 pernah terbaca sebagai angka: semestinya 35. "
                 "Muat ulang berkas dengan kolom kode sebagai teks."),
        ("35,1", "kode 35,1 terbaca sebagai angka berkoma. Muat ulang berkas dengan kolom kode sebagai teks."),
        ("35.100000000000001", "kode 35.100000000000001 pernah terbaca sebagai angka. "
                               "Muat ulang berkas dengan kolom kode sebagai teks."),
        ("11/01/2001", "kode 11/01/2001 terbaca sebagai tanggal. Muat ulang berkas dengan kolom kode sebagai teks."),
        ("351013", "kode 351013 tidak bertitik; tulis seperti 35.10 atau 35.10.13"),
        ("", "kode kosong"),
        ("Jatim", '"Jatim" bukan kode wilayah; tulis seperti 35, 35.10, atau 35.10.13'),
        ("35.10", None),
    ],
)  # fmt: skip
def test_a_broken_code_is_recognised_by_its_shape(code, reason):
    assert why_no_code(code) == reason


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("35.1,Kabupaten Banyuwangi,kabupaten,35\n",
         "wilayah.csv tidak dimuat. Baris 4: kode 35.1 kehilangan nol karena pernah terbaca sebagai angka: "
         "kemungkinan 35.10. Muat ulang berkas dengan kolom kode sebagai teks."),
        ("35.10.13,Rogojampi,kecamatan,35.1\n",
         "wilayah.csv tidak dimuat. Baris 4: induk 35.10.13 tertulis 35.1, semestinya 35.10."),
        ("35.10.13,Rogojampi,kecamatan,35.15\n",
         "wilayah.csv tidak dimuat. Baris 4: induk 35.10.13 tertulis 35.15, semestinya 35.10."),
        ("35.11,Bondowoso,distrik,35\n",
         'wilayah.csv tidak dimuat. Baris 4: tingkat "distrik" tidak dikenal; '
         "pilih provinsi, kabupaten, kota, atau kecamatan."),
        ("35.11,Bondowoso,kecamatan,35\n", "wilayah.csv tidak dimuat. Baris 4: kode 35.11 bukan kode kecamatan."),
        ("35.10,Banyuwangi,kabupaten,35\n", "wilayah.csv tidak dimuat. Baris 4: kode 35.10 sudah ada di baris 3."),
        ("35.11.02,Tamanan,kecamatan,35.11\n",
         "wilayah.csv tidak dimuat. Baris 4: induk 35.11 tidak ada dalam daftar."),
        ("35.11, ,kabupaten,35\n", "wilayah.csv tidak dimuat. Baris 4: nama wilayah 35.11 kosong."),
        ("35.11,Bondowoso,kabupaten\n", 'Berkas "wilayah.csv" baris 4: ada 3 kolom, semestinya 4. Isi yang memuat pemisah '
         "kolom ditulis di antara tanda petik."),
    ],
)  # fmt: skip
def test_a_broken_line_is_named_with_its_cure(lines, sentence):
    assert refusal(HEADING + JATIM + lines) == sentence


def test_many_broken_lines_are_summed_up():
    lines = "".join(f"35.{n},Kabupaten,kabupaten,35\n" for n in range(1, 8))

    assert refusal(HEADING + "35,Jawa Timur,provinsi,\n" + lines).endswith(
        "Baris 7: kode 35.5 kehilangan nol karena pernah terbaca sebagai angka: kemungkinan 35.50. "
        "Muat ulang berkas dengan kolom kode sebagai teks. Dan 2 kesalahan lain."
    )


def test_a_file_without_the_columns_is_refused():
    assert refusal("kode,nama\n35,Jawa Timur\n") == (
        'Berkas "wilayah.csv" tidak mempunyai kolom tingkat, induk, jadi bukan daftar wilayah. Baris pertamanya '
        "berisi: kode, nama. Baris judulnya memuat kode, nama, tingkat, induk."
    )
    assert refusal("") == 'Berkas "wilayah.csv" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.'


def test_a_file_with_a_heading_alone_is_refused():
    assert refusal(HEADING) == 'Berkas "wilayah.csv" belum memuat satu baris pun di bawah baris judul.'


def test_population_of_the_shipped_statistics():
    population = read_population(SHIPPED_STATISTICS.read_text(), name="wilayah_statistik.csv")

    assert (len(population), population["35"], population["35.10"]) == (552, 41_919_906, 1_791_789)


def test_a_population_with_points_is_refused():
    with pytest.raises(BadInput) as refused:
        read_population("kode,penduduk\n35,41.919.906\n", name="s.csv")

    assert refused.value.sentence == (
        's.csv tidak dimuat. Baris 2: penduduk harus bilangan bulat tanpa titik, tertulis "41.919.906".'
    )

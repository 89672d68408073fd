"""`read_edition`: every key by its kind, every fault a sentence that names its place."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sp2k.editions.file import ApprovalRule, Carry, EditionFileError, Quota, SeatFile, read_edition
from tests.editions.conftest import edition_text


def faults(old, new):
    """The sentences with which the file of 2022 is refused when the first `old` is `new`."""
    text = edition_text("jatim-2022")
    assert old in text
    with pytest.raises(EditionFileError) as refused:
        read_edition(text.replace(old, new, 1), name="berkas.yaml")
    return [finding.sentence for finding in refused.value.findings]


def test_the_edition_of_2022_as_read():
    edition = read_edition(edition_text("jatim-2022"), name="jatim-2022.yaml")

    assert (edition.code, edition.region, edition.year, edition.zone) == ("jatim-2022", "35", 2022, "Asia/Jakarta")
    assert [(stage.code, stage.kind, stage.entrants) for stage in edition.stages] == [
        ("isian", "isian", "wilayah"),
        ("seleksi", "seleksi", "isian"),
        ("presentasi", "penilaian", "seleksi"),
        ("lapang", "kunjungan", "presentasi"),
    ]
    assert edition.titles == ("Juara I", "Juara II", "Juara III", "Juara Harapan I", "Juara Harapan II")
    assert edition.holidays[2].day == date(2022, 8, 17)
    assert edition.approvals["hasil"] == (ApprovalRule("G", 1, ApprovalRule("B", 2)),)


def test_a_local_time_is_read_in_the_zone_of_the_edition():
    text = edition_text("jatim-2022")

    western = read_edition(text, name="barat.yaml").stages[2]
    eastern = read_edition(text.replace("Asia/Jakarta", "Asia/Jayapura"), name="timur.yaml").stages[2]

    assert western.closes_at == datetime(2022, 11, 4, 9, 0, tzinfo=UTC)
    assert eastern.closes_at == datetime(2022, 11, 4, 7, 0, tzinfo=UTC)


def test_a_stage_with_all_its_parts():
    stage = read_edition(edition_text("jatim-2023"), name="jatim-2023.yaml").stages[3]

    assert stage.seats[1] == SeatFile("unair", "Universitas Airlangga", False)
    assert stage.carry == Carry("bobot", "presentasi", Decimal("0.6"), Decimal("0.4"))
    assert stage.quota == Quota("semua", 7)
    assert stage.tie_breaks == ("tahap:lapang", "aspek:kesesuaian", "bawaan:aspek:kinerja")
    assert stage.disclosure == "total"


def test_2022_is_decided_by_the_score_of_its_last_stage_alone():
    stage = read_edition(edition_text("jatim-2022"), name="jatim-2022.yaml").stages[3]

    assert (stage.source, stage.carry, stage.tie_breaks) == (
        "juri", None, ("aspek:kesesuaian", "aspek:pelayanan", "aspek:kolaborasi"),
    )  # fmt: skip


def test_the_rules_of_a_stage_are_the_file_without_its_dates_and_decimals_as_text():
    stage = read_edition(edition_text("jatim-2023"), name="jatim-2023.yaml").stages[3]

    assert {key: stage.rules[key] for key in ("temuan", "bawaan", "bulat")} == {
        "temuan": {"dikonfirmasi": 0, "sebagian": "-0.5", "tidak": -1, "lebih": "0.5"},
        "bawaan": {"cara": "bobot", "tahap": "presentasi", "bobot": "0.6", "bobot_tahap": "0.4"},
        "bulat": {"aspek": 2, "nilai": 2},
    }
    assert {"mulai", "selesai", "verifikasi_sampai"} & stage.rules.keys() == set()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("edisi: jatim-2022", "edisi: Jatim 2022",
         'Pada bagian utama, "edisi" tertulis "Jatim 2022"; pakai huruf kecil, angka, dan tanda hubung.'),
        ('wilayah: "35"', "wilayah: 35.10",
         'Pada bagian utama, "wilayah" terbaca sebagai angka 35.10; tulis dengan tanda kutip: "35.10".'),
        ("singkatan: SP2K\n", "", 'Pada bagian utama, kunci "singkatan" belum ada.'),
        ("nama: Presentasi", 'nama: ""', 'Pada tahap presentasi, "nama" kosong.'),
        ("singkatan: SP2K", f"singkatan: {'S' * 41}", 'Pada bagian utama, "singkatan" lebih panjang dari 40 huruf.'),
        ("tahun: 2022", "tahun: dua ribu",
         'Pada bagian utama, "tahun" tertulis "dua ribu"; tulis bilangan bulat 2000 sampai 2100.'),
        ("zona: Asia/Jakarta", "zona: Asia/Jogja",
         'Pada bagian utama, zona "Asia/Jogja" tidak dikenal; '
         "pakai Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura."),
        ("zona: Asia/Jakarta", "zona: ../../etc",
         'Pada bagian utama, zona "../../etc" tidak dikenal; pakai Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura.'),
        ("jenis: penilaian", "jenis: lomba",
         'Pada tahap presentasi, "jenis" tertulis "lomba"; pilih isian, seleksi, penilaian, atau kunjungan.'),
        ("  kuota: {lingkup: semua", "  kouta: {lingkup: semua",
         'Pada tahap presentasi, kunci "kouta" tidak dikenal; mungkin maksudnya "kuota".'),
        ("mulai: 2022-11-02 08.00", "mulai: 2022-11-31 08.00",
         'Pada tahap presentasi, "mulai" tertulis "2022-11-31 08.00"; tulis waktu setempat seperti 2022-11-02 08.00.'),
        ("mulai: 2022-11-02 08.00", "mulai: 2 November",
         'Pada tahap presentasi, "mulai" tertulis "2 November"; tulis waktu setempat seperti 2022-11-02 08.00.'),
        ("tanggal: 2022-07-09", "tanggal: 9 Juli",
         'Pada libur ke-1, "tanggal" tertulis "9 Juli"; tulis tanggal seperti 2022-12-26.'),
        ("lingkup: kabupaten_kota, jumlah: 1", "lingkup: kabupaten_kota, jumlah: 0",
         'Pada tahap seleksi, kuota, "jumlah" tertulis 0; tulis bilangan bulat 1 sampai 10000.'),
        ("lingkup: kabupaten_kota", "lingkup: kecamatan",
         'Pada tahap seleksi, kuota, "lingkup" tertulis "kecamatan"; pilih semua atau kabupaten_kota.'),
        ("kode: jpip", "kode: J P",
         'Pada tahap presentasi, kursi J P, "kode" tertulis "J P"; pakai huruf kecil, angka, dan tanda hubung.'),
        ("cara: tambah", "cara: kali",
         'Pada tahap seleksi, bawaan, "cara" tertulis "kali"; pilih ganti, tambah, atau bobot.'),
        ("tahap: isian, bobot: 1", "tahap: isian, bobot: satu",
         'Pada tahap seleksi, bawaan, "bobot" tertulis "satu"; tulis angka bertitik desimal, misalnya 0.6.'),
        ("sebagian: -0.5", "Sebagian Benar: -0.5",
         'Pada tahap lapang, temuan, temuan "Sebagian Benar" harus satu kata: '
         "huruf kecil, angka, garis bawah, paling banyak 20."),
        ("bila_kosong: tolak", "bila_kosong: nol",
         'Pada tahap presentasi, "bila_kosong" tertulis "nol"; pilih tolak atau abaikan.'),
        ("bulat: {aspek: 2, nilai: 2}", "bulat: {aspek: 2, nilai: 9}",
         'Pada tahap presentasi, bulat, "nilai" tertulis 9; tulis bilangan bulat 0 sampai 6.'),
        ("pengungkapan: calon", "pengungkapan: rahasia",
         'Pada tahap seleksi, "pengungkapan" tertulis "rahasia"; pilih sendiri, total, semua, atau calon.'),
        ("boleh_tidak_ikut: true", "boleh_tidak_ikut: ya",
         'Pada tahap seleksi, "boleh_tidak_ikut" tertulis "ya"; tulis true atau false.'),
        ("gelar: [Juara I,", "gelar: [1,",
         'Pada bagian utama, isi ke-1 dari "gelar" harus teks berisi 1 sampai 80 huruf.'),
        ("{peran: G,", "{peran: Gubernur,",
         'Pada bagian utama, persetujuan, hasil ke-1, "peran" tertulis "Gubernur"; '
         "pilih C, R, V, B, K, J, I, G, atau T."),
        ("kunci_aturan: [", "kunci: [{peran: B, orang: 2}]\n  kunci_aturan: [",
         'Pada bagian utama, persetujuan, kunci "kunci" tidak dikenal; mungkin maksudnya "kunci_dini".'),
    ],
)  # fmt: skip
def test_a_fault_is_a_sentence_that_names_its_place(old, new, sentence):
    assert faults(old, new) == [sentence]


def test_all_faults_are_told_at_once():
    assert faults("singkatan: SP2K\ntahun: 2022", "singkat: SP2K\ntahun: 1922") == [
        'Pada bagian utama, kunci "singkat" tidak dikenal; mungkin maksudnya "singkatan".',
        'Pada bagian utama, kunci "singkatan" belum ada.',
        'Pada bagian utama, "tahun" tertulis 1922; tulis bilangan bulat 2000 sampai 2100.',
    ]


def test_a_file_without_stages_is_refused():
    text = edition_text("jatim-2022")
    head, _, rest = text.partition("tahap:\n")
    text = head + "tahap: []\n" + rest[rest.index("gelar:") :]

    with pytest.raises(EditionFileError) as refused:
        read_edition(text, name="berkas.yaml")

    assert refused.value.sentence == (
        'berkas.yaml tidak dapat dibaca. Pada bagian utama, "tahap" kosong; '
        "sebuah edisi mempunyai sedikitnya satu tahap."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "berkas.yaml bukan berkas edisi; isinya harus pasangan kunci dan isi."),
        ("- satu\n- dua\n", "berkas.yaml bukan berkas edisi; isinya harus pasangan kunci dan isi."),
        ("edisi: a\nedisi: b\n", 'berkas.yaml baris 2 memuat kunci "edisi" dua kali dalam satu bagian.'),
    ],
)
def test_what_is_no_edition_file_is_said_to_be_none(text, sentence):
    with pytest.raises(EditionFileError) as refused:
        read_edition(text, name="berkas.yaml")

    assert [finding.sentence for finding in refused.value.findings] == [sentence]


def test_words_that_cannot_be_hashed_are_refused():
    assert faults("penetap:", "Penetap Keputusan:") == [
        "Isi keputusan tidak dapat disimpan: nama kunci hanya boleh huruf kecil, angka, dan garis bawah "
        "(paling banyak 32), dan teks tanpa karakter kendali."
    ]


def test_text_decomposed_by_an_editor_is_read_composed():
    text = edition_text("jatim-2022").replace("nama: Presentasi", "nama: Pre\u0301sentasi")

    assert read_edition(text, name="berkas.yaml").stages[2].name == "Pr\u00e9sentasi"

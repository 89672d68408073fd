import pytest

from sp2k.tally.sheets import MarkError, MarkLines
from tests.tally.counting.contest import ROGOJAMPI, TAMAN, Contest, carried_rules

TITLE = "kode,penilai,indikator,nilai\r\n"


def read(*lines: str) -> list[tuple]:
    return [tuple(mark) for mark in MarkLines(lines)]


def fault_of(*lines: str) -> tuple[int, str]:
    marks = MarkLines(lines)
    with pytest.raises(MarkError) as error:
        list(marks)
    return marks.line, error.value.sentence


def test_lines_with_comments_byte_order_mark_and_windows_ends_are_read():
    assert read("\ufeff# Data contoh\r\n", "\r\n", TITLE, '35.10.13,unair,N1,"87,5"\r\n', "\r\n", ",,,\r\n") == [
        ("35.10.13", "unair", "N1", "87,5")
    ]


def test_semicolons_stand_for_commas_when_the_title_has_them():
    assert read("Kode; penilai;indikator;NILAI\n", "35.10.13;unair;N1;87,5\n") == [("35.10.13", "unair", "N1", "87,5")]


@pytest.mark.parametrize(
    ("lines", "line", "sentence"),
    [
        ([], 0, 'berkas kosong; baris pertama harus "kode,penilai,indikator,nilai".'),
        (["kode,nilai\n"], 1, 'baris judul harus "kode,penilai,indikator,nilai", bukan "kode,nilai".'),
        ([TITLE, "a,b,N1,87,5\n"], 2, "ada 5 kolom, seharusnya 4. Bila maksudnya 87,5, tulislah 87.5."),
        (["# x\n", TITLE, "a,b\n"], 3, "ada 2 kolom, seharusnya 4: kode,penilai,indikator,nilai."),
        ([TITLE, *["a,b,N1,87\n"] * 3, 'a,b,N1,"87\n', *["a,b,N1,87\n"] * 36], 5,
         "tanda kutip tidak ditutup, atau ada karakter yang tidak boleh ada dalam CSV."),
        ([TITLE, 'a,b,N1,"87\n', 'a,b,N1,"87\n'], 2,
         "tanda kutip tidak ditutup, atau ada karakter yang tidak boleh ada dalam CSV."),
        ([TITLE, 'a,b,N1,"87\n'], 2, "tanda kutip tidak ditutup, atau ada karakter yang tidak boleh ada dalam CSV."),
    ],
)
def test_a_file_that_is_not_a_list_of_marks_is_refused_with_its_line(lines, line, sentence):
    assert fault_of(*lines) == (line, sentence)


def mark_of(text: str, maximum=100, **rule) -> str:
    rule = {"jenis": "juri", "skala": [0, 100], "desimal": 3} | rule
    rule = {key: value for key, value in rule.items() if value is not None}
    contest = Contest([ROGOJAMPI], ["unair"], {"N": {"N1": {"maks": maximum, "aturan": rule}}}, bulat={"aspek": 6})
    contest.line(ROGOJAMPI, "unair", "N1", text)
    try:
        return contest.totals()[ROGOJAMPI]
    except MarkError as error:
        assert error.is_about_line
        return error.sentence.removeprefix("35.10.13, penilai unair, N1: ")


@pytest.mark.parametrize(
    ("written", "read"),
    [("87.5", "87.5"), ("87,5", "87.5"), (" 87.50 ", "87.5"), ("0", "0"), ("100", "100"), ("0.125", "0.125"),
     ("7,125", "7.125"), ("87,500", "87.5"), ("0.500", "0.5"), ("87.125", "87.125")],
)  # fmt: skip
def test_a_mark_is_read_exactly(written, read):
    assert mark_of(written) == read


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "nilai tidak tertulis. Tulislah angkanya, atau kosong bila tidak diisi; kosong bukan nol."),
        ("87.500", "nilai 87.500 dapat dibaca 87500 atau 87.5. Tulislah 87500 atau 87.5."),
        ("-1", "nilai -1 harus antara 0 dan 100."),
        ("101", "nilai 101 harus antara 0 dan 100."),
        ("baik", 'nilai "baik" bukan angka, bukan pula absen, benturan, kosong, t.b.; tulislah misalnya 87.5.'),
        ("8o", 'nilai "8o" bukan angka, bukan pula absen, benturan, kosong, t.b.; tulislah misalnya 87.5.'),
        ("1e1", 'nilai "1e1" bukan angka, bukan pula absen, benturan, kosong, t.b.; tulislah misalnya 87.5.'),
        ("٨٧", 'nilai "٨٧" bukan angka, bukan pula absen, benturan, kosong, t.b.; tulislah misalnya 87.5.'),
        ("1/2", 'nilai "1/2" bukan angka, bukan pula absen, benturan, kosong, t.b.; tulislah misalnya 87.5.'),
        ("87.1234", "nilai 87,1234 paling banyak 3 angka di belakang koma."),
        ("absen", "absen berlaku untuk seluruh lembar: kosongkanlah kolom indikator, atau tulislah *."),
        ("t.b.", "indikator N1 berlaku untuk semua peserta, jadi tidak boleh t.b."),
    ],
)
def test_a_mark_that_cannot_count_is_refused_with_its_place(written, sentence):
    assert mark_of(written) == sentence


def test_on_a_scale_to_a_thousand_a_point_before_three_digits_has_two_readings():
    two = "nilai 1.125 dapat dibaca 1125 atau 1.125. Tulislah 1125 atau 1.125."

    assert mark_of("1.125", 100, skala=[0, 2000]) == two
    assert mark_of("1.125", 100, skala=[0, 1000]) == "0.1125"


def test_a_mark_must_be_one_of_the_legal_ones_and_is_then_the_points():
    rule = {"jenis": "juri", "nilai_sah": [0, 3, 5]}
    contest = Contest([ROGOJAMPI], ["unair"], {"N": {"N1": {"maks": 5, "aturan": rule}}})

    assert contest.gives("unair", ROGOJAMPI, N1=3).totals() == {ROGOJAMPI: "3"}


def test_a_mark_that_is_not_one_of_the_legal_ones_is_refused():
    assert mark_of("4", 5, skala=None, nilai_sah=[0, 3, 5]) == "nilai 4 tidak ada dalam daftar nilai sah: 0; 3; 5."


FINDINGS = {"dikonfirmasi": 0, "tidak": -1}
GIVEN = (ROGOJAMPI, "unair", "N1", "80")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([("35.10.99", "unair", "N1", "80")], '"35.10.99" tidak ada dalam daftar peserta tahap ini.'),
        ([(ROGOJAMPI, "bapeda", "N1", "80")], 'penilai "bapeda" tidak ada dalam aturan; yang ada: unair, jpip.'),
        ([(ROGOJAMPI, "unair", "N9", "80")], 'indikator "N9" tidak ada pada instrumen tahap ini, atau tidak dinilai.'),
        ([GIVEN, GIVEN], "nilai N1 untuk 35.10.13 dari unair tertulis dua kali; hapuslah salah satu."),
        ([GIVEN, (ROGOJAMPI, "unair", "N1", "81")],
         "nilai N1 untuk 35.10.13 dari unair tertulis dua kali; hapuslah salah satu."),
        ([GIVEN, (ROGOJAMPI, "unair", "*", "absen")],
         "penilai unair dicatat absen atau benturan untuk 35.10.13, tetapi juga memberi nilai."),
        ([(ROGOJAMPI, "unair", "", "absen"), GIVEN],
         "penilai unair dicatat absen atau benturan untuk 35.10.13, tetapi juga memberi nilai."),
        ([(ROGOJAMPI, "unair", "", "absen"), (ROGOJAMPI, "unair", "*", "benturan")],
         "keterangan penilai unair untuk 35.10.13 sudah ada pada baris lain."),
        ([(ROGOJAMPI, "unair", "", "80")], 'kolom indikator kosong; itu hanya untuk absen dan benturan, bukan "80".'),
        ([(ROGOJAMPI, "tahap:lain", "nilai", "80")], 'aturan tahap ini tidak memakai nilai bawaan dari tahap "lain".'),
        ([(ROGOJAMPI, "tahap:isian", "total", "80")], 'nilai bawaan hanya "nilai" atau "aspek:KODE", bukan "total".'),
        ([(ROGOJAMPI, "tahap:isian", "aspek:", "80")], 'nilai bawaan hanya "nilai" atau "aspek:KODE", bukan "aspek:".'),
        ([(ROGOJAMPI, "tahap:isian", "nilai", "x")], 'nilai "x" bukan angka. Tulislah misalnya 87.5 atau 26/3.'),
        ([(ROGOJAMPI, "tahap:isian", "nilai", "1/0")], 'nilai "1/0" bukan angka: penyebutnya nol.'),
        ([(ROGOJAMPI, "tahap:isian", "nilai", "80"), (ROGOJAMPI, "tahap:isian", "nilai", "81")],
         "nilai nilai untuk 35.10.13 dari tahap:isian tertulis dua kali; hapuslah salah satu."),
        ([(ROGOJAMPI, "tahap:isian", "nilai", "kosong"), (ROGOJAMPI, "tahap:isian", "nilai", "81")],
         "nilai nilai untuk 35.10.13 dari tahap:isian tertulis dua kali; hapuslah salah satu."),
        ([(ROGOJAMPI, "tahap:isian", "nilai", "81"), (ROGOJAMPI, "tahap:isian", "nilai", "kosong")],
         "nilai nilai untuk 35.10.13 dari tahap:isian tertulis dua kali; hapuslah salah satu."),
        ([(ROGOJAMPI, "unair", "temuan:A1", "ragu")], 'temuan "ragu" tidak dikenal; yang ada: dikonfirmasi, tidak.'),
        ([(ROGOJAMPI, "unair", "temuan:", "tidak")], "klaim tidak disebut; tulislah temuan:KLAIM."),
        ([(ROGOJAMPI, "unair", "temuan:A1", "tidak"), (ROGOJAMPI, "jpip", "temuan:A1", "tidak")],
         "klaim A1 untuk 35.10.13 sudah ada temuannya, dari unair."),
    ],
)  # fmt: skip
def test_a_line_that_does_not_fit_the_rules_is_refused(lines, sentence):
    contest = Contest([ROGOJAMPI, TAMAN], temuan=FINDINGS, bawaan={"cara": "ganti", "tahap": "isian"})
    for line in lines:
        contest.line(*line)

    with pytest.raises(MarkError) as error:
        contest.count()

    assert error.value.sentence == sentence
    assert error.value.is_about_line


def test_findings_and_seats_are_refused_where_the_stage_has_none():
    with pytest.raises(MarkError, match="aturan tahap ini tidak memakai temuan"):
        Contest([ROGOJAMPI]).line(ROGOJAMPI, "unair", "temuan:A1", "tidak").count()
    with pytest.raises(MarkError, match="tahap ini tidak mempunyai penilai"):
        Contest(data=carried_rules([ROGOJAMPI])).line(ROGOJAMPI, "unair", "N1", "1").count()


@pytest.mark.parametrize("points", ["5.5", "-0.5", "11/2"])
def test_points_outside_the_indicator_s_range_are_refused(points):
    contest = Contest([ROGOJAMPI], penilai=None, sumber="poin", aspects={"E": {"E1": 5}})
    contest.line(ROGOJAMPI, "verifikator", "E1", points)

    with pytest.raises(MarkError, match="di luar 0 sampai 5"):
        contest.count()


def test_what_is_only_recorded_takes_no_points():
    recorded = {"maks": 0, "aturan": {"jenis": "ada", "dasar": "bukti", "kunci": "a", "poin": None}}
    contest = Contest([ROGOJAMPI], penilai=None, sumber="poin", aspects={"E": {"E1": 5, "E2": recorded}})
    contest.gives("verifikator", ROGOJAMPI, E1=4, E2="t.b.")

    assert contest.totals() == {ROGOJAMPI: "4"}
    with pytest.raises(MarkError, match="nilai E2 untuk 35.10.13 dari verifikator tertulis dua kali"):
        contest.gives("verifikator", ROGOJAMPI, E2="kosong").count()
    contest.marks.pop()
    with pytest.raises(MarkError, match='indikator "E2" tidak ada pada instrumen tahap ini, atau tidak dinilai'):
        contest.gives("verifikator", ROGOJAMPI, E2=0).count()

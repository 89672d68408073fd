"""CSV as programs write it: any of three separators, UTF-8 or UTF-16; another encoding is refused, never guessed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sp2k.base.tables.delimited import DELIMITERS
from tests.base.tables.test_reading import SITI, TITLES, refusal, table


def text_of(rows, delimiter=";", end="\r\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


ROWS = [TITLES, ("65.01.01", "Ra\u2019as, Siti; S.Sos.", "197001011990031001", "15/01/2023")]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize(
    "encoded",
    [lambda text: text.encode(), lambda text: text.encode("utf-8-sig"), lambda text: text.encode("utf-16"),
     lambda text: b"\xfe\xff" + text.encode("utf-16-be")],
    ids=["UTF-8", "UTF-8 with its mark", "UTF-16 LE", "UTF-16 BE"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_separators_encodings_and_line_ends_are_all_the_same(delimiter, encoded, end):
    (row,) = table(encoded(text_of(ROWS, delimiter, end)), "uji.csv").rows

    assert (row.number, row.text("nama"), row.digits("nip")) == (2, "Ra\u2019as, Siti; S.Sos.", ROWS[1][2])


def test_the_hint_for_a_spreadsheet_names_the_separator_and_counts_as_a_line():
    (row,) = table(("sep=;\r\n" + text_of(ROWS)).encode(), "uji.csv").rows

    assert (row.number, row.where("nip")) == (3, "Baris 3, kolom nip")


def test_a_record_over_several_lines_has_the_number_of_its_first():
    rows = table(b'kode;nama\n65.01.01;"Siti\nAminah"\n65.01.02;Budi\n', "uji.csv").rows

    assert [row.number for row in rows] == [2, 4]


def test_an_encoding_that_is_not_certain_is_refused_with_its_line_and_its_cure():
    assert refusal("kode;nama\n65.01.01;Siti\n65.01.02;Ra\u2019as\n".encode("cp1252"), "uji.csv") == (
        'Berkas "uji.csv" bukan teks UTF-8: baris 3 memuat tanda yang tidak pasti bacaannya (mungkin "Ra\u2019as"). Simpan '
        'sebagai "CSV UTF-8" atau XLSX, lalu unggah lagi.'
    )


def test_what_stands_in_more_or_fewer_columns_than_the_titles_is_refused_by_its_line():
    assert refusal(b"kode,nama\n65.01.01,Siti, S.Sos.\n", "uji.csv") == (
        'Berkas "uji.csv" baris 2: ada 3 kolom, semestinya 2. Isi yang memuat pemisah kolom ditulis di antara tanda petik.'
    )
    assert "ada 1 kolom, semestinya 2" in refusal(b"kode,nama\n65.01.01\n", "uji.csv")
    assert len(table(b"kode,nama\n65.01.01,Siti,,\n", "uji.csv").rows) == 1


def test_texts_guarded_from_becoming_formulas_or_numbers_are_what_they_say():
    (row,) = table(b"kode;nama;nip;sejak\n=\"65.01.01\";'=Siti;'197001011990031001;\n", "uji.csv").rows

    assert (row.code("kode"), row.text("nama"), row.digits("nip")) == ("65.01.01", "=Siti", "197001011990031001")


def test_a_binary_file_and_a_cell_without_end_are_refused():
    assert refusal(b"kode;nama\n" + b"\0\1\2", "uji.csv").startswith('Berkas "uji.csv" bukan XLSX atau CSV UTF-8.')
    assert refusal(b"kode;nama\n" + b"x" * 200_000, "uji.csv") == (
        'Berkas "uji.csv" bukan CSV yang utuh. Simpan ulang, lalu unggah lagi.'
    )


OPEN = (
    "tanda kutip tidak ditutup, atau di belakang penutupnya masih ada tulisan. Perbaiki selnya; tanda kutip di dalam sel "
    'ditulis dua kali (""). Lalu unggah lagi.'
)
NOTED = "kode;nama;catatan\n65.01.01;Siti;\n65.01.02;Budi;{}\n65.01.03;Ani;{}\n65.01.04;Rudi;\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [('"belum dilantik', ""), ('"belum dilantik', '"lihat Perda"'), ('"belum" dilantik', "")],
    ids=["to the end", "until another opens", "closed too early"],
)
def test_a_quote_that_does_not_close_is_refused_by_its_line_also_in_a_column_that_nobody_reads(first, second):
    content = NOTED.format(first, second).encode()

    assert refusal(content, "uji.csv") == f'Berkas "uji.csv" baris 3: {OPEN}'
    assert refusal(b"sep=;\n" + content, "uji.csv") == f'Berkas "uji.csv" baris 4: {OPEN}'


def test_a_quote_left_open_in_a_long_file_is_refused_by_its_line():
    content = NOTED.format('"belum dilantik', "") + "65.01.05;Tuti;\n" * 10_000

    assert refusal(content.encode(), "uji.csv") == f'Berkas "uji.csv" baris 3: {OPEN}'


def swallows(line: int, title: str) -> str:
    return (
        f'Berkas "uji.csv" baris {line}, kolom {title}: selnya memuat baris baru, jadi baris di bawahnya dapat hilang; '
        "mungkin tanda kutip tidak ditutup. Tulis dalam satu baris, lalu unggah lagi."
    )


def test_rows_between_a_quote_left_open_and_the_next_one_are_not_lost():
    assert refusal(NOTED.format('"lihat Perda', '1/2020"').encode(), "uji.csv") == swallows(3, "catatan")
    assert refusal(b'kode;nama\n65.01.01;Siti;\n65.01.02;Budi;"a\nb"\n', "uji.csv") == swallows(3, "C")


def test_rows_that_a_cell_of_ours_swallowed_are_not_lost_where_the_row_is_passed_over():
    assert refusal(b'kode;nama;nip\n65.01.01;;"1\n65.01.02;Budi;2"\n', "uji.csv") == swallows(2, "nip")


def test_a_title_over_two_lines_is_a_title_and_one_that_swallowed_a_row_is_not():
    assert len(table(b'kode;nama;"catatan\n(bila ada)"\n65.01.01;Siti;\n', "uji.csv").rows) == 1
    assert refusal(b'kode;nama;"catatan\n65.01.01;Siti;x"\n65.01.02;Budi;\n', "uji.csv") == swallows(
        1, "catatan 65.01.01;Siti;x"
    )


def test_quotes_are_those_of_the_separator_with_which_the_titles_are_found():
    (row,) = table(b'"kode";"nama"\n"65.01.01";"Siti, ""Ibu"" S.Sos."\n', "uji.csv").rows

    assert row.text("nama") == 'Siti, "Ibu" S.Sos.'


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12)


@given(st.lists(NAMES, min_size=1, max_size=5), st.sampled_from(sorted(DELIMITERS)))
def test_no_text_in_a_csv_breaks_the_reader_or_moves_to_another_column(names, delimiter):
    """Whatever stands in a cell, the code beside it is still the code: read as written, or refused in a sentence."""
    rows = [("kode", "nama", "nip", "sejak"), *[("65.01.01", name, SITI[2], "") for name in names]]

    found = table(text_of(rows, delimiter, "\n").encode(), "uji.csv").rows

    assert {row.code("kode") for row in found} == {"65.01.01"}
    assert len(found) == len(names)

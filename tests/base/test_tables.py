"""Tables as files: a workbook holds numbers and dates as such, a CSV is data, and no text is reckoned with in either."""

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from sp2k.base.documents.tables import Sheet, csv_text, harmless, local, number_of, workbook_bytes, xlsx_bytes

HEADER = ["kode", "kecamatan", "nilai", "tanggal", "waktu", "banyak"]
NASTY = [
    '=HYPERLINK("http://jahat.test";"klik")',
    "@SUM(1+1)",
    "\t=1",
    "+1+1",
    "-1+1",
    "=cmd|' /C calc'!A0",
    "\r=1",
    "＝1+1",
]
ROWS = [
    ("35.10", name, Decimal("87.50"), date(2024, 6, 21), datetime(2024, 6, 21, 16, 30), n)
    for n, name in enumerate(NASTY)
]


def cells(content: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


def test_a_workbook_holds_texts_numbers_and_dates_as_what_they_are():
    rows = cells(xlsx_bytes("a", HEADER, ROWS, first_line="Data contoh"))

    assert rows[0][0] == "Data contoh"
    assert rows[1] == HEADER
    assert rows[2] == ["35.10", NASTY[0], 87.5, date(2024, 6, 21), datetime(2024, 6, 21, 16, 30), 0.0]
    assert [row[1].replace("_x000D_", "\r") for row in rows[2:]] == NASTY


def test_a_mark_shows_the_decimals_it_was_given_with():
    content = xlsx_bytes("a", ["nilai"], [(Decimal("87.50"),), (Decimal("80"),)])

    assert 'formatCode="0.00"' in part(content, "xl/styles.xml")
    assert ["<v>87.50</v>" in part(content, "xl/worksheets/sheet1.xml"), cells(content)[2]] == [True, [80.0]]


def test_no_text_becomes_a_formula_a_link_or_a_number():
    content = xlsx_bytes("a", ["teks"], [(text,) for text in (*NASTY, "http://jahat.test", "0812", "35.10", "1e5")])
    sheet = part(content, "xl/worksheets/sheet1.xml")

    assert ("<f>" in sheet, "hyperlink" in sheet.lower()) == (False, False)
    assert cells(content)[-3:] == [["0812"], ["35.10"], ["1e5"]]
    assert 'quotePrefix="1"' in part(content, "xl/styles.xml")  # so that editing the cell does not make one of it


def test_a_text_that_no_cell_holds_is_cut_and_says_so():
    [[_], [text]] = cells(xlsx_bytes("a", ["teks"], [("a" * 40_000,)]))

    assert (len(text), text[-41:]) == (32_767, "a … (dipotong: tidak muat dalam satu sel)"[-41:])


def test_several_tables_are_several_sheets_and_an_empty_cell_is_empty():
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(workbook_bytes([Sheet("satu", ["a", "b"], [(None, ""), ("x", 1)]), Sheet("dua", ["c"], [])]))
    )

    assert book.sheet_names == ["satu", "dua"]
    assert book.get_sheet_by_index(0).to_python() == [["a", "b"], ["", ""], ["x", 1.0]]


def test_a_csv_is_data_for_programs():
    text = csv_text(
        ["kode", "nilai", "beda"], [("35.10", "87.50", "-1.5"), ("=1", Decimal("80.00"), -2)], first_line="Data"
    )

    assert text == "# Data\nkode,nilai,beda\n35.10,87.50,-1.5\n'=1,80.00,-2\n"


@pytest.mark.parametrize("text", NASTY)
def test_a_text_that_a_spreadsheet_would_reckon_with_has_an_apostrophe_in_a_csv(text):
    assert harmless(text) == "'" + text


def test_totals_are_numbers_and_what_is_none_stays_a_word():
    assert [number_of(text) for text in ("87.50", "-1.5", "tidak dinilai", "", None, "1/3")] == [
        Decimal("87.50"), Decimal("-1.5"), "tidak dinilai", "", None, "1/3",
    ]  # fmt: skip


def test_an_instant_is_the_hour_on_the_wall_of_its_zone():
    at = datetime(2024, 6, 21, 9, 30, 15, tzinfo=UTC)

    assert (local(at, "Asia/Jakarta"), local(at, "Asia/Jayapura"), local(None, "Asia/Jakarta")) == (
        datetime(2024, 6, 21, 16, 30), datetime(2024, 6, 21, 18, 30), None,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed on this machine")
def test_libreoffice_shows_every_text_as_it_is_marks_as_numbers_and_dates_as_dates(tmp_path):
    (tmp_path / "uji.xlsx").write_bytes(xlsx_bytes("a", HEADER, ROWS))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):59,34,76,1,,1057,false,true", "--outdir", str(tmp_path), str(tmp_path / "uji.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip

    rows = list(csv.reader(io.StringIO((tmp_path / "uji.csv").read_text("utf-8")), delimiter=";"))
    assert [row[1].strip() for row in rows[1:]] == [name.strip() for name in NASTY]
    shown = {(row[2].replace(".", ","), *row[3:5]) for row in rows[1:]}  # the sign for decimals is the machine's own
    assert shown == {("87,50", "21/06/2024", "21/06/2024 16:30")}

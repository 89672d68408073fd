"""XLSX from outside: what is in its cells; and files that are none, broken, locked, or made to burst."""

import resource
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from sp2k.base.refusals import BadInput
from sp2k.base.xlsx import Cell, reading
from sp2k.base.xlsx.reading import column_name, read_worksheets


@pytest.fixture
def book(tmp_path):
    """Return a function that writes cells of one worksheet, given as {cell: value}, and returns the file."""

    def write(cells, name="lembar", **more):
        path = tmp_path / "uji.xlsx"
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, **more}) as workbook:
            sheet, day = workbook.add_worksheet(name), workbook.add_format({"num_format": "d mmm"})
            for place, value in cells.items():
                if isinstance(value, datetime):
                    sheet.write_datetime(place, value, day)
                else:
                    sheet.write(place, value)
        return path

    return write


def rows_of(path):
    (sheet,) = read_worksheets(path)
    return {
        f"{column_name(column)}{number}": (cell.kind, cell.text)
        for number, cells in sheet.rows
        for column, cell in enumerate(cells)
        if cell is not None
    }


def test_cells_keep_their_place_their_kind_and_the_digits_that_were_typed(book):
    path = book({
        "B3": "35.10.13", "C3": 87.1, "D3": 100, "B5": 0.1 + 0.2, "C5": True, "D5": datetime(2022, 5, 8), "AB7": -0.05,
    })  # fmt: skip

    assert rows_of(path) == {
        "B3": ("teks", "35.10.13"), "C3": ("angka", "87.1"), "D3": ("angka", "100"),
        "B5": ("angka", "0.3"), "C5": ("benar atau salah", "TRUE"), "D5": ("tanggal", "2022-05-08"),
        "AB7": ("angka", "-0.05"),
    }  # fmt: skip


def test_a_text_that_looks_like_a_formula_stays_text_and_an_empty_sheet_is_empty(book):
    assert rows_of(book({"A1": "=1+1"})) == {"A1": ("teks", "=1+1")}
    assert read_worksheets(book({}))[0].rows == []


def test_cells_are_compared_as_what_they_hold():
    assert Cell("teks", "1") != Cell("angka", "1")
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def refusal(path) -> str:
    with pytest.raises(BadInput) as error:
        read_worksheets(path)
    return error.value.sentence


NOT_XLSX = " bukan berkas XLSX. Simpanlah lagi sebagai XLSX, atau sebagai CSV UTF-8."


def test_what_is_no_xlsx_file_is_refused(tmp_path):
    text, other, old = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    text.write_text("kode,penilai\n")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    assert refusal(text) == "a.xlsx" + NOT_XLSX
    assert refusal(other) == "b.xlsx" + NOT_XLSX
    assert refusal(old) == "c.xlsx berkata sandi atau berbentuk XLS lama. Simpanlah sebagai XLSX tanpa kata sandi."


def rebuilt(path, **changed):
    """Write the file anew with some parts replaced; the key is the end of a part's name."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            parts[part.filename] = archive.read(part)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, next((new for end, new in changed.items() if name.endswith(f"{end}.xml")), content))
    return path


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><worksheet><sheetData><row><c t='inlineStr'><is><t>&i;</t></is></c></row></sheetData></worksheet>"
)


def test_definitions_of_entities_are_refused_before_anything_is_parsed(book):
    path = rebuilt(book({"A1": "x"}), sheet1=BILLION_LAUGHS)

    assert refusal(path) == (
        "uji.xlsx memuat definisi entitas, yang tidak pernah dibuat program lembar kerja. Berkas ini tidak dibaca."
    )


def test_a_broken_worksheet_is_refused(book):
    path = rebuilt(book({"A1": "x"}), workbook="<workbook><sheets><sheet")

    assert refusal(path) == "uji.xlsx rusak, jadi tidak dapat dibaca. Bukalah dan simpanlah lagi sebagai XLSX."


def test_a_zip_bomb_is_refused_by_its_directory(book):
    path = rebuilt(book({"A1": "x"}), sheet1=b" " * (60 * 10**6))

    assert refusal(path).startswith("uji.xlsx akan menjadi 600")
    assert refusal(path).endswith("Berkas ini tidak dibaca.")


def test_a_directory_that_lies_about_sizes_is_found_out_while_unpacking(book, monkeypatch):
    path = rebuilt(book({"A1": "x"}), sheet1=b"<worksheet>" + b" " * 300_000 + b"</worksheet>")
    monkeypatch.setattr(reading, "MOST_UNPACKED", 200_000)
    monkeypatch.setattr(reading, "_refuse_by_directory", lambda path: None)

    assert refusal(path) == "uji.xlsx isinya jauh lebih besar daripada yang disebutnya. Berkas ini tidak dibaca."


def test_one_cell_at_the_far_corner_does_not_fill_the_machine(book):
    cells = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    path = rebuilt(book({"A1": "x"}), sheet1=f"<worksheet xmlns='{main}'>{cells}</sheetData></worksheet>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    rows = rows_of(path)

    assert rows == {"A1": ("angka", "1")}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


def test_a_file_that_is_missing_says_so_to_the_caller(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_worksheets(tmp_path / "hilang.xlsx")

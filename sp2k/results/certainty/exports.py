"""The analyst's tables as files. The first line says so when the data are a sample."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

from sp2k.editions.models import Stage
from sp2k.results.certainty.numbers import Table

# What a spreadsheet would take for a formula (CSV injection): such a text gets an apostrophe in front.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\0")
SHEET_NAME = 31


def sample_line(stage: Stage) -> str:
    return f"Data contoh: {stage}. Nilai dibuat untuk peragaan, bukan nilai resmi."


def csv_of(table: Table, stage: Stage) -> str:
    """Return a table as CSV; decimals with a point, as data."""
    text = io.StringIO()
    if stage.edition.is_sample:
        text.write(f"# {sample_line(stage)}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return text.getvalue()


def workbook_of(tables: Sequence[Table], stage: Stage) -> bytes:
    """Return all tables as one XLSX workbook, a sheet a table; texts stay texts whatever they begin with."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            _write_sheet(book.add_worksheet(table.code[:SHEET_NAME]), table, stage, bold)
        if not tables:
            book.add_worksheet("kosong").write_string(0, 0, "Hitungan tahap ini belum dibekukan.")
    return content.getvalue()


def _write_sheet(sheet, table: Table, stage: Stage, bold) -> None:
    top = 0
    if stage.edition.is_sample:
        sheet.write_string(0, 0, sample_line(stage))
        top = 1
    for column, name in enumerate(table.header):
        sheet.write_string(top, column, name, bold)
    for row, values in enumerate(table.rows, start=top + 1):
        for column, value in enumerate(values):
            if isinstance(value, int | float):
                sheet.write_number(row, column, value)
            else:
                sheet.write_string(row, column, str(value))
    sheet.freeze_panes(top + 1, 0)
    sheet.set_column(0, max(len(table.header) - 1, 0), 18)


def _cell(value):
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value

"""A table as a file for a spreadsheet: texts stay texts whatever they begin with, and the first line may say what it is."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

# What a spreadsheet would take for a formula (CSV injection): such a text gets an apostrophe in front.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\0")
CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sample_line(what: object) -> str:
    """Return the first line of every file of sample data."""
    return f"Data contoh: {what}. Isi dibuat untuk peragaan, bukan data resmi."


def csv_text(header: Sequence[str], rows: Iterable[Sequence], *, first_line: str = "") -> str:
    """Return a table as CSV, after a line that begins with ``#`` where there is something to say first."""
    text = io.StringIO()
    if first_line:
        text.write(f"# {first_line}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def xlsx_bytes(name: str, header: Sequence[str], rows: Iterable[Sequence], *, first_line: str = "") -> bytes:
    """Return a table as a workbook of one sheet."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet, bold = book.add_worksheet(name[:31]), book.add_format({"bold": True})
        top = 1 if first_line else 0
        if first_line:
            sheet.write_string(0, 0, first_line)
        for column, title in enumerate(header):
            sheet.write_string(top, column, title, bold)
        for row, values in enumerate(rows, start=top + 1):
            for column, value in enumerate(values):
                (sheet.write_number if isinstance(value, int) else sheet.write_string)(row, column, _plain(value))
        sheet.freeze_panes(top + 1, 0)
        sheet.set_column(0, max(len(header) - 1, 0), 18)
    return content.getvalue()


def _plain(value):
    return value if isinstance(value, int) else "" if value is None else str(value)


def _cell(value):
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value

"""Tables as files: CSV for programs, a workbook for people; texts stay texts whatever they begin with.

A CSV is data: UTF-8, commas, decimals with a point, instants as written; programs read it the same everywhere. Excel does
not: where decimals have a comma it takes commas for decimals and 87.50 for a text, so people get a workbook, whose numbers
are numbers and whose dates are dates in every language (ADR 0039).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

import xlsxwriter

# What a spreadsheet would take for a formula (CSV injection), those of wide letters among them.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z", re.ASCII)
CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_NAME, LONGEST_CELL = 31, 32_767
WIDEST, OF_INSTANTS = 480, 17  # a column's width: at most, in pixels; of dates with hours, in letters
DAY, INSTANT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Sheet:
    """One worksheet. A value is a text, a number (a Decimal keeps its decimals), a date, a local datetime, or None."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence]
    above: Sequence[str] = ()


def sample_line(what: object) -> str:
    """Return the first line of every file of sample data."""
    return f"Data contoh: {what}. Isi dibuat untuk peragaan, bukan data resmi."


def csv_text(header: Sequence[str], rows: Iterable[Sequence], *, first_line: str = "") -> str:
    """Return a table as CSV for programs, after a line that begins with ``#`` where there is something to say first."""
    text = io.StringIO()
    if first_line:
        text.write(f"# {first_line}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue()


def harmless(value):
    """Return a value as a CSV may hold it: a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if not isinstance(value, str) or not value.startswith(FORMULA_SIGNS) or _PLAIN_NUMBER.match(value):
        return value
    return "'" + value


def xlsx_bytes(name: str, header: Sequence[str], rows: Iterable[Sequence], *, first_line: str = "") -> bytes:
    """Return a table as a workbook of one sheet, for people."""
    return workbook_bytes([Sheet(name, header, rows, (first_line,) if first_line else ())])


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Return tables as one workbook, a sheet a table."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        formats = _Formats(book)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:SHEET_NAME]), sheet, formats)
    return content.getvalue()


def number_of(text: str | None) -> Decimal | str | None:
    """Return the number that an official text says, with its decimals; a text that is none ("tidak dinilai") as it is.

    Only for columns of marks and totals: a code such as 35.10 would be taken for a number.
    """
    if not text or not _PLAIN_NUMBER.match(text):
        return text
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def local(instant: datetime | None, zone: str) -> datetime | None:
    """Return an instant as the clock on the wall shows it in that zone: what a workbook can hold."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0) if instant else None


class _Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book):
        self._book, self._made = book, {}
        self.bold = book.add_format({"bold": True})
        self.quoted = book.add_format({"quote_prefix": True})  # stays a text when somebody edits the cell, too

    def of(self, pattern: str):
        if pattern not in self._made:
            self._made[pattern] = self._book.add_format({"num_format": pattern})
        return self._made[pattern]


def _write(sheet, table: Sheet, formats: _Formats) -> None:
    top, instants = len(table.above), set()
    for column, title in enumerate(table.header):
        sheet.write_string(top, column, title, formats.bold)
    for row, values in enumerate(table.rows, start=top + 1):
        for column, value in enumerate(values):
            _write_cell(sheet, row, column, value, formats)
            if isinstance(value, datetime):
                instants.add(column)
    sheet.autofit(WIDEST)  # before the lines above: they run over several columns
    for column in instants:
        sheet.set_column(column, column, OF_INSTANTS)
    for row, line in enumerate(table.above):
        sheet.write_string(row, 0, line, formats.quoted if line.startswith(FORMULA_SIGNS) else None)
    sheet.freeze_panes(top + 1, 0)


def _write_cell(sheet, row: int, column: int, value, formats: _Formats) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, formats.of(INSTANT))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats.of(DAY))
    elif isinstance(value, Decimal):
        decimals = max(-value.as_tuple().exponent, 0)
        sheet.write_number(row, column, value, formats.of("0." + "0" * decimals if decimals else "0"))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        text = str(value)
        sheet.write_string(row, column, _fitting(text), formats.quoted if text.startswith(FORMULA_SIGNS) else None)


def _fitting(text: str) -> str:
    """A cell holds 32,767 letters; what is cut says so, since the writer would leave the whole cell out."""
    if len(text) <= LONGEST_CELL:
        return text
    cut = " … (dipotong: tidak muat dalam satu sel)"
    return text[: LONGEST_CELL - len(cut)] + cut

"""A plain workbook: a head, rows, and on its first line that the data are a sample when they are."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

SAMPLE = "Data contoh. Dibuat untuk peragaan, bukan data resmi."
SHEET_NAME = 31


def simple_workbook(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, is_sample: bool, notes: Sequence[str] = ()
) -> bytes:
    """Return a workbook of one sheet; texts stay texts whatever they begin with.

    Parameters
    ----------
    notes : lines above the head, after the sample's
    """
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet, bold = book.add_worksheet(name[:SHEET_NAME]), book.add_format({"bold": True})
        above = [SAMPLE, *notes] if is_sample else list(notes)
        for top, line in enumerate(above):
            sheet.write_string(top, 0, line)
        for column, title in enumerate(header):
            sheet.write_string(len(above), column, title, bold)
        for row, values in enumerate(rows, start=len(above) + 1):
            for column, value in enumerate(values):
                if isinstance(value, int):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, str(value))
        sheet.freeze_panes(len(above) + 1, 0)
        sheet.set_column(0, max(len(header) - 1, 0), 24)
    return content.getvalue()

"""The analyst's tables as files. The first line says so when the data are a sample."""

from collections.abc import Sequence

from sp2k.base.documents.tables import Sheet, csv_text, number_of, workbook_bytes
from sp2k.base.language import of_record
from sp2k.editions.models import Stage
from sp2k.results.certainty.numbers import POINTS, Table


def sample_line(stage: Stage) -> str:
    return f"Data contoh: {stage}. Nilai dibuat untuk peragaan, bukan nilai resmi."


def csv_of(table: Table, stage: Stage) -> str:
    """Return a table as CSV; decimals with a point, as data."""
    return csv_text(table.header, table.rows, first_line=_above(stage))


@of_record
def workbook_of(tables: Sequence[Table], stage: Stage) -> bytes:
    """Return tables as one XLSX workbook, a sheet a table."""
    above = [line] if (line := _above(stage)) else []
    sheets = [Sheet(table.code, table.header, _rows(table), above) for table in tables]
    return workbook_bytes(sheets or [Sheet("kosong", ["Hitungan tahap ini belum dibekukan."], [])])


def _rows(table: Table) -> list[list]:
    """The rows with the official totals as numbers: in a CSV they are the texts as printed."""
    points = {place for place, head in enumerate(table.header) if head == POINTS}
    return [[number_of(cell) if n in points and isinstance(cell, str) else cell for n, cell in enumerate(row)]
            for row in table.rows]  # fmt: skip


def _above(stage: Stage) -> str:
    return sample_line(stage) if stage.edition.is_sample else ""

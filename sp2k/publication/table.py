"""The result table outside the page: its rows around the cut, and the table as a file for programs and one for people."""

from sp2k.base.documents.tables import csv_text, number_of, xlsx_bytes
from sp2k.base.language import of_record
from sp2k.publication.queries import PublicResult, ResultRow

UNJUDGED, NO_PART = "tidak dinilai", "tidak ikut tahap ini"  # a document is Indonesian


def rows_around_the_cut(rows: tuple[ResultRow, ...], below: int) -> tuple[ResultRow, ...]:
    """Return the rows down to the cut (or the last title, where nothing was cut) and `below` more."""
    last = max((n for n, row in enumerate(rows, start=1) if row.is_last_before_cut or row.title), default=0)
    return rows[: last + below]


@of_record
def result_csv(result: PublicResult) -> str:
    """Return the whole table for programs; decimals with a point. Sample data says so on the first line."""
    header, rows = _table(result)
    return csv_text(header, rows, first_line=_above(result))


@of_record
def result_workbook(result: PublicResult) -> bytes:
    """Return the same table for people, as a workbook in which marks are numbers."""
    header, rows = _table(result)
    marks = range(4, 4 + len(result.columns) + result.shows_final)
    numbered = [[number_of(cell) if n in marks else cell for n, cell in enumerate(row)] for row in rows]
    return xlsx_bytes("hasil", header, numbered, first_line=_above(result))


def _table(result: PublicResult) -> tuple[list[str], list[list]]:
    columns = [column.code for column in result.columns]
    final = ["nilai_akhir"] if result.shows_final else []
    counted = columns if any(seats for row in result.rows for seats in row.seats) else []
    jurors = [f"{code}_{what}" for code in counted for what in ("juri", "kursi")]
    parted = ["seri"] if any(row.parting for row in result.rows) else []
    headings = [f"{column.code}_dengan_bawaan" if column.has_carried else column.code for column in result.columns]
    rows = []
    for row in result.rows:
        given = (*row.scores, row.total) if result.shows_final else row.scores
        scores = [NO_PART if score is None else score or UNJUDGED for score in given]
        told = [n for seats in row.seats for n in ((seats.present, seats.asked) if seats else ("", ""))] if jurors else []
        rows.append([row.place, row.code, row.name, row.regency, *scores, row.title, *told, *([row.parting] * len(parted))])
    return ["tempat", "kode", "kecamatan", "kabupaten_kota", *headings, *final, "gelar", *jurors, *parted], rows


def _above(result: PublicResult) -> str:
    is_sample = result.edition.is_sample
    return f"Data contoh: {result.edition}. Nilai dibuat untuk peragaan, bukan nilai resmi." if is_sample else ""

"""The result table outside the page: its rows around the cut, and the table as CSV."""

import csv
import io

from sp2k.base.language import of_record
from sp2k.publication.queries import PublicResult, ResultRow

# What a spreadsheet would take for a formula (CSV injection): such a cell gets an apostrophe in front.
UNJUDGED, NO_PART = "tidak dinilai", "tidak ikut tahap ini"  # a document is Indonesian
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\0")


def rows_around_the_cut(rows: tuple[ResultRow, ...], below: int) -> tuple[ResultRow, ...]:
    """Return the rows down to the cut (or the last title, where nothing was cut) and `below` more."""
    last = max((n for n, row in enumerate(rows, start=1) if row.is_last_before_cut or row.title), default=0)
    return rows[: last + below]


@of_record
def result_csv(result: PublicResult) -> str:
    """Return the whole table; decimals with a point, as data. Sample data says so on the first line."""
    text = io.StringIO()
    if result.edition.is_sample:
        text.write(f"# Data contoh: {result.edition}. Nilai dibuat untuk peragaan, bukan nilai resmi.\n")
    writer = csv.writer(text, lineterminator="\n")
    columns = [column.code for column in result.columns]
    final = ["nilai_akhir"] if result.shows_final else []
    counted = columns if any(seats for row in result.rows for seats in row.seats) else []
    jurors = [f"{code}_{what}" for code in counted for what in ("juri", "kursi")]
    headings = [f"{column.code}_dengan_bawaan" if column.has_carried else column.code for column in result.columns]
    writer.writerow(["tempat", "kode", "kecamatan", "kabupaten_kota", *headings, *final, "gelar", *jurors])
    for row in result.rows:
        given = (*row.scores, row.total) if result.shows_final else row.scores
        scores = [NO_PART if score is None else score or UNJUDGED for score in given]
        told = [n for seats in row.seats for n in ((seats.present, seats.asked) if seats else ("", ""))] if jurors else []
        writer.writerow([row.place, row.code, _cell(row.name), _cell(row.regency), *scores, _cell(row.title), *told])
    return text.getvalue()


def _cell(text: str) -> str:
    return "'" + text if text.startswith(FORMULA_SIGNS) else text

"""The tables that a count writes and that it reads: the same bytes for the same rules and marks, on every machine."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sp2k.tally.count import Count, EntryResult
from sp2k.tally.sheets import HEADER as SHEETS_HEADER
from sp2k.tally.sheets import Mark

SAMPLE_LINE = "# Data contoh: nilai sintetis, bukan nilai resmi.\n"
PLACES_HEADER = ("tempat", "kode", "nilai", "lingkup", "diputus_oleh", "lolos", "keterangan")
THROUGH, NOT_THROUGH, TIED_AT_CUT = "ya", "tidak", "seri di batas"

_NUMBER = re.compile(r"-?[0-9]+(?:[./][0-9]+)?\Z", re.ASCII)
_NEEDS_QUOTES = re.compile(r'[",;\r\n]')
# In a whole line: no cell of it needs a second look unless this is found, or a comma that parts no cells.
_ODD = re.compile(r'[";\t\r\n\0]|(?:^|,)[=+@-]')


def csv_line(cells: Sequence[str]) -> str:
    """Return one line of a table. A text that a spreadsheet would take for a formula is marked as text with ``'``."""
    line = ",".join(cells)
    if line.count(",") == len(cells) - 1 and not _ODD.search(line):
        return line + "\n"
    return ",".join([_cell(cell) for cell in cells]) + "\n"


def _cell(text: str) -> str:
    if text.startswith(("=", "+", "-", "@", "\t", "\r", "\0")) and not _NUMBER.match(text):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def table_lines(header: Sequence[str], rows: Iterable[Sequence[str]], *, is_sample: bool) -> Iterator[str]:
    """Yield the lines of a table, each ending in ``\\n``; the first says so when the data are synthetic."""
    if is_sample:
        yield SAMPLE_LINE
    yield csv_line(header)
    for row in rows:
        yield csv_line(row)


def places_lines(count: Count) -> Iterator[str]:
    """Yield ``places.csv``: a line an entry, by scope, place and code; without a place last in its scope."""
    return table_lines(PLACES_HEADER, map(_place_row, count.results), is_sample=count.rules.is_sample)


def sheets_lines(marks: Iterable[Mark], *, is_sample: bool) -> Iterator[str]:
    """Yield ``sheets.csv``, one mark a line in the order given: the very input of the count."""
    return table_lines(SHEETS_HEADER, marks, is_sample=is_sample)


def _place_row(result: EntryResult) -> tuple[str, ...]:
    place = "" if result.place is None else str(result.place)
    remarks = "; ".join([result.reason] * bool(result.reason) + list(result.notes))
    return place, result.code, result.total_text, result.scope, result.decided_by, through_text(result), remarks


def through_text(result: EntryResult) -> str:
    """Return ``ya``, ``tidak``, ``seri di batas``, or "" when no quota is declared."""
    if result.is_at_cut:
        return TIED_AT_CUT
    return {None: "", True: THROUGH, False: NOT_THROUGH}[result.is_through]

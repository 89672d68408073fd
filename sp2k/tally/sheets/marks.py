"""Marks as text: the lines of a sheets file, and what a single mark says. Two readings are refused, not guessed."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import chain

from sp2k.tally.numbers import exact, exact_text

HEADER = ("kode", "penilai", "indikator", "nilai")
ABSENT, RECUSED, EMPTY, NOT_APPLICABLE = "absen", "benturan", "kosong", "t.b."
STATES = (ABSENT, RECUSED, EMPTY, NOT_APPLICABLE)

# (entry, assessor, indicator, value), all as text.
Mark = tuple[str, str, str, str]

_NUMBER = re.compile(r"(-?)([0-9]{1,12})(?:([.,])([0-9]{1,200}))?\Z", re.ASCII)
_OPEN = "tanda kutip tidak ditutup, atau ada karakter yang tidak boleh ada dalam CSV."
_HINT = re.compile(r"sep=.\s*\Z", re.IGNORECASE)  # the first line by which a spreadsheet is told the separator
_RATIO = re.compile(r"-?[0-9]{1,200}(?:/[0-9]{1,200}|\.[0-9]{1,200})?\Z", re.ASCII)


class MarkError(ValueError):
    """Marks that cannot be counted; its message is an Indonesian sentence.

    `is_about_line` tells whether the mark last taken from the stream is at fault, rather than the marks as a whole.
    """

    def __init__(self, sentence: str, *, is_about_line: bool = True):
        super().__init__(sentence)
        self.sentence, self.is_about_line = sentence, is_about_line


class MarkLines:
    """The marks of a sheets file, one at a time; `line` is the number of the line on which the mark last read begins.

    Leading lines that begin with ``#`` are comments, and ``sep=;`` is passed over. Columns stand between commas, or
    semicolons or tabs if the header's do.

    Parameters
    ----------
    lines : iterable of str
        As a text file opened with ``newline=""`` gives them.
    """

    def __init__(self, lines: Iterable[str]):
        self._lines, self._skipped, self._begin = iter(lines), 0, 0

    @property
    def line(self) -> int:
        return self._skipped + self._begin

    def __iter__(self) -> Iterator[Mark]:
        """Yield marks as lists of four texts.

        Raises
        ------
        MarkError
            For a header that is not `HEADER`, a line with another number of columns, quotes that do not close.
        """
        header = self._header()
        separator = _separator_of(header)
        reader = csv.reader(chain([header], self._lines), delimiter=separator, strict=True)
        self._begin = 1
        try:
            names = next(reader)
            if tuple(name.strip().lower() for name in names) != HEADER:
                raise MarkError(f'baris judul harus "{",".join(HEADER)}", bukan "{header.strip()[:60]}".')
            self._begin = reader.line_num + 1
            for row in reader:
                if len(row) == 4 and any(row):
                    yield row
                elif any(cell.strip() for cell in row):
                    raise MarkError(_about_columns(row, separator))
                self._begin = reader.line_num + 1
        except csv.Error:
            raise MarkError(_OPEN) from None

    def _header(self) -> str:
        for line in self._lines:
            line = line.removeprefix("\ufeff")
            if not line.startswith("#") and line.strip() and not _HINT.match(line):
                return line
            self._skipped += 1
        raise MarkError(f'berkas kosong; baris pertama harus "{",".join(HEADER)}".', is_about_line=False)


def _separator_of(header: str) -> str:
    """Return what stands between the titles: a comma, or a semicolon or tab where there is no comma."""
    return next((sign for sign in ",;\t" if sign in header), ",")


def _about_columns(row: list[str], separator: str) -> str:
    if len(row) == 5 and separator == "," and row[3].strip().isdigit() and row[4].strip().isdigit():
        whole, decimals = row[3].strip(), row[4].strip()
        return f"ada 5 kolom, seharusnya 4. Bila maksudnya {whole},{decimals}, tulislah {whole}.{decimals}."
    return f"ada {len(row)} kolom, seharusnya 4: {separator.join(HEADER)}."


def read_mark(text: str, why_not: Callable[[Fraction], str | None], *, is_bound: bool = True) -> Fraction:
    """Return the number a person wrote: comma or point, no thousands.

    Parameters
    ----------
    text : str, trimmed
    why_not : function
        The scale's own check: an Indonesian reason, or None for a legal mark.
    is_bound : bool
        False: the scale only tells which of two readings is meant, it refuses nothing.

    Raises
    ------
    MarkError
        With the reason: empty, not a number, two readings (``87.500``), or what the scale says.
    """
    if not text:
        raise MarkError("nilai tidak tertulis. Tulislah angkanya, atau kosong bila tidak diisi; kosong bukan nol.")
    found = _NUMBER.match(text)
    if found is None:
        raise MarkError(f'nilai "{text[:40]}" bukan angka, bukan pula {", ".join(STATES)}; tulislah misalnya 87.5.')
    sign, whole, point, decimals = found.groups()
    if point == "." and _has_two_readings(sign, whole, decimals, why_not):
        short, long = exact_text(exact(f"{whole}.{decimals}")), whole + decimals
        raise MarkError(f"nilai {text} dapat dibaca {long} atau {short}. Tulislah {long} atau {short}.")
    mark = exact(f"{sign}{whole}.{decimals}" if point else sign + whole)
    reason = why_not(mark)
    if is_bound and reason is not None:
        raise MarkError(reason[:1].lower() + reason[1:])
    return mark


def _has_two_readings(sign: str, whole: str, decimals: str, why_not: Callable[[Fraction], str | None]) -> bool:
    """Tell whether a point may stand for thousands: three digits behind it that nobody would write as decimals, or
    that make a legal mark without it. ``0.125`` and, on a scale to 100, ``7.125`` have one reading only."""
    if sign or len(decimals) != 3 or len(whole) > 3 or whole.startswith("0"):
        return False
    return decimals.endswith("0") or why_not(exact(whole + decimals)) is None


def read_exact(text: str) -> Fraction:
    """Return a number that a count wrote: a plain decimal, or a ratio such as ``26/3``."""
    if not _RATIO.match(text):
        raise MarkError(f'nilai "{text[:40]}" bukan angka. Tulislah misalnya 87.5 atau 26/3.')
    try:
        return exact(text)
    except ValueError:
        raise MarkError(f'nilai "{text[:40]}" bukan angka: penyebutnya nol.') from None

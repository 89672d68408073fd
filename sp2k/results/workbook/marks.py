"""Marks from an XLSX file: a worksheet with the columns of sheets.csv, its codes as text.

The rules are those of every table from outside (ADR 0038); what is its own is that a mark may be a number, and that it is
then the number seen on the screen.
"""

from collections.abc import Iterator
from pathlib import Path

from sp2k.base.refusals import BadInput
from sp2k.base.typed import spelled_cell, title_key, why_posing
from sp2k.base.xlsx import Cell, Worksheet, column_name, read_worksheets
from sp2k.base.xlsx.reading import DATE, ERROR, FORMULA, NUMBER, PERCENT, TEXT
from sp2k.tally.sheets import HEADER, Mark

WORKSHEET = "lembar"
SHOWN = 8
_VALUE = len(HEADER) - 1
_TITLES = tuple(title_key(title) for title in HEADER)
_CURE = "Formatlah kolom nilai sebagai teks atau angka, lalu tulislah nilainya lagi."


class MarkRows:
    """The marks of an XLSX file, one at a time; `line` is the number of the row last read.

    They stand on the visible worksheet named ``lembar``, or on the only visible one that holds anything. Rows above the
    title that begin with ``#`` are comments.
    """

    def __init__(self, path: Path):
        self.line, self._path = 0, path
        self._worksheet = self._find(read_worksheets(path))
        self._refuse_unseen()

    def _find(self, worksheets: list[Worksheet]) -> Worksheet:
        visible = [each for each in worksheets if not each.is_hidden]
        named = [each for each in visible if title_key(each.name) == WORKSHEET]
        found = named or [each for each in visible if each.rows]
        if len(found) == 1 and (named or not self._hidden(worksheets)):
            return found[0]
        if hidden := self._hidden(worksheets):
            raise BadInput(
                f'{self._path.name}: lembar kerja "{hidden}" tersembunyi, jadi tidak dibaca. Tampilkanlah, atau namailah '
                f'"{WORKSHEET}" yang memuat nilai.'
            )
        names = ", ".join(each.name for each in found)
        what = f"memuat beberapa lembar kerja: {names}" if found else "kosong"
        raise BadInput(f'{self._path.name} {what}. Namailah "{WORKSHEET}" yang memuat nilai.')

    def _hidden(self, worksheets: list[Worksheet]) -> str:
        return next((each.name for each in worksheets if each.is_hidden and title_key(each.name) == WORKSHEET), "")

    def _refuse_unseen(self) -> None:
        """Refuse rows, columns and merged cells of which a reader of the screen sees something else than stands there."""
        sheet, width = self._worksheet, len(HEADER)
        areas = [
            f"{column_name(left)}{top}:{column_name(right)}{bottom}"
            for top, left, bottom, right in sorted(sheet.merged)
            if left < width and bottom >= self._titled_at()
        ]
        hidden = [f"baris {number}" for number in sorted(sheet.hidden_rows)]
        hidden += [f"kolom {column_name(place)}" for place in range(width) if sheet.hides_column(place)]
        for what, cure in ((areas, "digabung. Pisahkanlah selnya dan isilah setiap baris"),
                           (hidden, "disembunyikan, mungkin oleh filter. Tampilkanlah semuanya, atau hapuslah")):  # fmt: skip
            if what:
                more = f", dan {len(what) - SHOWN} lainnya" if len(what) > SHOWN else ""
                raise BadInput(f"{self._path.name}, lembar kerja {sheet.name}: {', '.join(what[:SHOWN])}{more} {cure}.")

    def _titled_at(self) -> int:
        return next((number for number, cells in self._worksheet.rows if not _is_comment(cells)), 0)

    def __iter__(self) -> Iterator[Mark]:
        """Yield marks as tuples of four texts. Raises BadInput naming file, worksheet and cell."""
        is_titled = False
        for number, cells in self._worksheet.rows:
            self.line = number
            if is_titled:
                if mark := self._mark(cells):
                    yield mark
            elif not _is_comment(cells):
                self._refuse_title(cells)
                is_titled = True
        if not is_titled:
            raise BadInput(f'{self._path.name} kosong; baris pertama harus "{" | ".join(HEADER)}".')

    def _refuse_title(self, cells: list[Cell | None]) -> None:
        names = ["" if cell is None else title_key(cell.text) for cell in cells]
        while names and not names[-1]:
            names.pop()
        if tuple(names) != _TITLES:
            raise self._fault(0, f'baris judul harus "{" | ".join(HEADER)}", bukan "{" | ".join(names)[:60]}".')

    def _mark(self, cells: list[Cell | None]) -> Mark | None:
        if any(cell is not None and spelled_cell(cell.text) for cell in cells[len(HEADER) :]):
            raise self._fault(len(HEADER), f"kolom ini harus kosong; yang dibaca hanya {', '.join(HEADER)}.")
        cells = (cells + [None] * len(HEADER))[: len(HEADER)]
        code, assessor, indicator, value = (self._text(position, cell) for position, cell in enumerate(cells))
        return (code, assessor, indicator, value) if code or assessor or indicator or value else None

    def _text(self, position: int, cell: Cell | None) -> str:
        if cell is None:
            return ""
        if cell.kind == TEXT:
            if reason := why_posing(text := spelled_cell(cell.text)):
                raise self._fault(position, reason)
            return text
        if cell.kind in (ERROR, FORMULA):
            what = f"{cell.text}: rumusnya gagal" if cell.kind == ERROR else "rumus yang hasilnya tidak tersimpan"
            raise self._fault(position, f"berisi {what}. Tulislah isinya, atau bukalah dan simpanlah lagi berkasnya di Excel "
                              "atau LibreOffice.")  # fmt: skip
        return self._value(cell) if position == _VALUE else self._refuse_code(position, cell)

    def _value(self, cell: Cell) -> str:
        if cell.kind in (NUMBER, PERCENT) and cell.shown:
            raise self._fault(_VALUE, f"terlihat {_local(cell.shown)} tetapi tersimpan {_local(cell.text)}. {_CURE}")
        if cell.kind == NUMBER:
            return _local(cell.text)  # a number has one reading only: no point that could part thousands
        was = "; program lembar kerja mengubah angka yang diketik menjadi tanggal" if cell.kind == DATE else ""
        raise self._fault(_VALUE, f"berisi {cell.kind} {cell.text}, bukan nilai{was}. {_CURE}")

    def _refuse_code(self, position: int, cell: Cell) -> str:
        raise self._fault(
            position,
            f"berisi {cell.kind} {cell.text}, bukan teks: nol pada kode dapat hilang. Formatlah kolom {HEADER[position]} "
            f"sebagai teks, lalu tulislah kodenya lagi{_likely(position, cell)}.",
        )

    def _fault(self, position: int, sentence: str) -> BadInput:
        where = f"{column_name(position)}{self.line}"
        return BadInput(f"{self._path.name}, lembar kerja {self._worksheet.name}, sel {where}: {sentence}")


def _is_comment(cells: list[Cell | None]) -> bool:
    return cells[0] is not None and cells[0].text.strip().startswith("#")


def _local(digits: str) -> str:
    return digits.replace(".", ",")


def _likely(position: int, cell: Cell) -> str:
    """Guess what a broken code was, for the reader alone: 35.1 has lost the zero of 35.10."""
    whole, point, decimals = cell.text.partition(".")
    is_broken = position == 0 and cell.kind == NUMBER and point and len(decimals) == 1
    return f", mungkin {whole}.{decimals}0" if is_broken else ""

"""Marks from an XLSX file: a worksheet with the columns of sheets.csv, its codes as text."""

from collections.abc import Iterator
from pathlib import Path

from sp2k.base.refusals import BadInput
from sp2k.base.xlsx import Cell, Worksheet, column_name, read_worksheets
from sp2k.base.xlsx.reading import DATE, NUMBER, TEXT
from sp2k.tally.sheets import HEADER, Mark

WORKSHEET = "lembar"
_VALUE = len(HEADER) - 1


class MarkRows:
    """The marks of an XLSX file, one at a time; `line` is the number of the row last read.

    They stand on the worksheet named ``lembar``, or on the only one there is. Rows above the title that begin with
    ``#`` are comments.
    """

    def __init__(self, path: Path):
        self.line, self._path = 0, path
        self._worksheet = self._find(read_worksheets(path))

    def _find(self, worksheets: list[Worksheet]) -> Worksheet:
        named = [each for each in worksheets if each.name.strip().lower() == WORKSHEET]
        found = named or [each for each in worksheets if each.rows]
        if len(found) == 1:
            return found[0]
        names = ", ".join(each.name for each in found)
        what = f"memuat beberapa lembar kerja: {names}" if found else "kosong"
        raise BadInput(f'{self._path.name} {what}. Namailah "{WORKSHEET}" yang memuat nilai.')

    def __iter__(self) -> Iterator[Mark]:
        """Yield marks as tuples of four texts. Raises BadInput naming file, worksheet and cell."""
        is_titled = False
        for number, cells in self._worksheet.rows:
            self.line = number
            first = cells[0].text.strip() if cells[0] is not None else ""
            if is_titled:
                yield self._mark(cells)
            elif not first.startswith("#"):
                self._refuse_title(cells)
                is_titled = True
        if not is_titled:
            raise BadInput(f'{self._path.name} kosong; baris pertama harus "{" | ".join(HEADER)}".')

    def _refuse_title(self, cells: list[Cell | None]) -> None:
        names = ["" if cell is None else cell.text.strip().lower() for cell in cells]
        while names and not names[-1]:
            names.pop()
        if tuple(names) != HEADER:
            raise self._fault(0, f'baris judul harus "{" | ".join(HEADER)}", bukan "{" | ".join(names)[:60]}".')

    def _mark(self, cells: list[Cell | None]) -> Mark:
        if any(cell is not None for cell in cells[len(HEADER) :]):
            raise self._fault(len(HEADER), f"kolom ini harus kosong; yang dibaca hanya {', '.join(HEADER)}.")
        cells = (cells + [None] * len(HEADER))[: len(HEADER)]
        code, assessor, indicator, value = (self._text(position, cell) for position, cell in enumerate(cells))
        return code, assessor, indicator, value

    def _text(self, position: int, cell: Cell | None) -> str:
        if cell is None:
            return ""
        if cell.kind == TEXT:
            return cell.text
        if cell.kind == NUMBER and position == _VALUE:
            return cell.text.replace(".", ",")  # a number has one reading only: no point that could part thousands
        if position == _VALUE:
            cure = "Formatlah kolom nilai sebagai teks atau angka, lalu tulislah nilainya lagi."
            was = "; program lembar kerja mengubah angka yang diketik menjadi tanggal" if cell.kind == DATE else ""
            raise self._fault(position, f"berisi {cell.kind} {cell.text}, bukan nilai{was}. {cure}")
        raise self._fault(
            position,
            f"berisi {cell.kind} {cell.text}, bukan teks: nol pada kode dapat hilang. Formatlah kolom {HEADER[position]} "
            f"sebagai teks, lalu tulislah kodenya lagi{_likely(position, cell)}.",
        )

    def _fault(self, position: int, sentence: str) -> BadInput:
        where = f"{column_name(position)}{self.line}"
        return BadInput(f"{self._path.name}, lembar kerja {self._worksheet.name}, sel {where}: {sentence}")


def _likely(position: int, cell: Cell) -> str:
    """Guess what a broken code was, for the reader alone: 35.1 has lost the zero of 35.10."""
    whole, point, decimals = cell.text.partition(".")
    is_broken = position == 0 and cell.kind == NUMBER and point and len(decimals) == 1
    return f", mungkin {whole}.{decimals}0" if is_broken else ""

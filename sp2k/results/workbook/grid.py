"""One worksheet being filled row by row, and the addresses of its cells for the formulas of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sp2k.base.xlsx import column_name
from sp2k.results.workbook.formulas import is_plain
from sp2k.tally.numbers import exact_text

TITLE, HEADER, FIRST_ROW = 0, 1, 5


@dataclass(frozen=True, slots=True)
class Formula:
    """A live cell: the formula and the value it comes to, for readers that do not recalculate."""

    text: str
    value: Fraction | str | None


class Grid:
    """A worksheet. Row 1 is its title (`# Data contoh …` for sample data), row 2 the heads of its columns.

    Rows 3 to 5 are for parameters of the columns; entries begin in row 6, so that a row is the same entry on every
    sheet that has one row an entry.
    """

    def __init__(self, sheet, title: str, formats: Mapping[str, object]):
        self.sheet, self.name, self._formats = sheet, sheet.get_name(), formats
        self.sheet.write_string(TITLE, 0, title, formats["title"])
        self.sheet.freeze_panes(HEADER + 1, 0)

    def heads(self, names: list[str]) -> None:
        for column, name in enumerate(names):
            self.sheet.write_string(HEADER, column, name, self._formats["head"])

    def row(self, row: int, cells: list) -> None:
        """Write one row; None leaves a cell empty, a Fraction is a number, a text is a text whatever it looks like."""
        for column, cell in enumerate(cells):
            if isinstance(cell, Formula):
                value = "" if cell.value is None else _shown(cell.value)
                self.sheet.write_formula(row, column, "=" + cell.text, self._formats["live"], value)
            elif isinstance(cell, str):
                self.sheet.write_string(row, column, cell)
            elif isinstance(cell, Fraction | int) and is_plain(Fraction(cell)):
                self.sheet.write_number(row, column, _shown(cell))
            elif cell is not None:
                self.sheet.write_string(row, column, exact_text(cell))

    def at(self, row: int, column: int) -> str:
        """Return the address of a cell for a formula on any sheet."""
        return f"{self.name}!{_address(row, column)}"

    def across(self, row: int, first: int, last: int) -> str:
        """Return the address of a part of one row."""
        return f"{self.at(row, first)}:{_address(row, last)}"

    def down(self, first: int, last: int, column: int) -> str:
        """Return the address of a part of one column."""
        return f"{self.at(first, column)}:{_address(last, column)}"


def _address(row: int, column: int) -> str:
    return f"${column_name(column)}${row + 1}"


def _shown(value: Fraction | str) -> str | float:
    # The one place where a number leaves the exact world: a workbook holds binary numbers and nothing else.
    return value if isinstance(value, str) else float(value)

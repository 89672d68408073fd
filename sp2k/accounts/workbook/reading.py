"""Rows of people out of a list: what can be read, and beside each row what cannot."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError

from sp2k.accounts.forms.people import clean_username
from sp2k.accounts.forms.profile import clean_phone
from sp2k.accounts.workbook import COLUMNS, KIND, REQUIRED
from sp2k.base.refusals import BadInput
from sp2k.base.tables import Row, Table, read_table

CLEARED = ("lembaga", "telepon", "asal")  # what an empty cell can empty
LONGEST = {"nama": 120, "nama_wilayah": 200, "lembaga": 200}


@dataclass(frozen=True)
class PersonRow:
    """One row as read: `number` as in the file; `faults` are sentences, and empty when all of it could be read.

    `clears` are the columns whose empty cell empties what is known; every other empty cell leaves it.
    """

    number: int
    place: str = ""
    nama_pengguna: str = ""
    nama: str = ""
    peran: str = ""
    wilayah: str = ""
    nama_wilayah: str = ""
    lembaga: str = ""
    telepon: str = ""
    asal: str = ""
    clears: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    def plain(self) -> dict:
        return asdict(self)


def rows_of(content: bytes, *, name: str) -> list[PersonRow]:
    """Read a list of people, XLSX or CSV; see `read_table` for what is refused. What is wrong in a row stays with the row."""
    return rows_of_table(read_table(name, content, KIND))


def rows_of_table(table: Table, *, clears: bool = False) -> list[PersonRow]:
    """Return the rows of a list that was read.

    Parameters
    ----------
    clears : whether an empty cell of an optional column empties what is known of the person
    """
    return [_row(row, clears) for row in table.rows]


def row_of(plain: dict) -> PersonRow:
    """Return a row that travelled between two pages."""
    return PersonRow(**{**plain, "faults": tuple(plain["faults"]), "clears": tuple(plain["clears"])})


def _row(row: Row, clears: bool) -> PersonRow:
    values, faults = {}, []
    for column in COLUMNS:
        try:
            values[column] = _READERS[column](row, column) or ""
        except BadInput as refused:
            faults.append(refused.sentence)
            continue
        if not values[column] and column in REQUIRED:
            faults.append(f"{row.where(column)}: kosong.")
    emptied = [column for column in CLEARED if row.has(column) and not values.get(column)] if clears else []
    return PersonRow(row.number, row.place, **values, clears=tuple(emptied), faults=tuple(faults))


def _name(row: Row, column: str) -> str | None:
    return row.text(column, longest=LONGEST.get(column, 120))


def _checked(clean: Callable[[str], str]) -> Callable[[Row, str], str]:
    """A reader that brings a text to the form in which the page of one person keeps it."""

    def read(row: Row, column: str) -> str:
        try:
            return clean(text) if (text := row.text(column, longest=120)) else ""
        except ValidationError as refused:
            raise row.fault(column, " ".join(refused.messages)) from None

    return read


_READERS = {
    "nama_pengguna": _checked(clean_username), "nama": _name, "peran": _checked(str.upper), "wilayah": Row.code,
    "nama_wilayah": _name, "lembaga": _name, "telepon": _checked(clean_phone), "asal": Row.code,
}  # fmt: skip

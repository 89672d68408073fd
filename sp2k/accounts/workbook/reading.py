"""Rows of people out of an XLSX file: what can be read, and beside each row what cannot."""

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from sp2k.accounts.forms.people import clean_username
from sp2k.accounts.forms.profile import clean_phone
from sp2k.accounts.workbook import COLUMNS, REQUIRED
from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.base.xlsx import Worksheet, column_name, read_worksheets
from sp2k.base.xlsx.reading import NUMBER, TEXT

MOST_ROWS = 2_000
HEADER_WITHIN = 5  # a list of ours begins with a line that says so when it is sample data
LONGEST = {"nama": 120, "lembaga": 200}


@dataclass(frozen=True)
class PersonRow:
    """One row as read: `number` as in the file; `faults` are sentences, and empty when all of it could be read."""

    number: int
    nama_pengguna: str = ""
    nama: str = ""
    peran: str = ""
    wilayah: str = ""
    lembaga: str = ""
    telepon: str = ""
    asal: str = ""
    faults: tuple[str, ...] = ()

    def plain(self) -> dict:
        return asdict(self)


def rows_of(content: bytes, *, name: str) -> list[PersonRow]:
    """Read the first worksheet that has our columns.

    Raises
    ------
    BadInput
        For a file that is no XLSX, has not our columns, has no rows or too many. What is wrong in a row stays with the row.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.xlsx"
        path.write_bytes(content)
        try:
            worksheets = read_worksheets(path)
        except BadInput as refused:
            raise BadInput(refused.sentence.replace(path.name, f'"{name}"')) from None
    for worksheet in worksheets:
        if header := _header(worksheet):
            return _rows(worksheet, *header, name)
    needed = ", ".join(REQUIRED)
    raise BadInput(f'Berkas "{name}" tidak mempunyai kolom {needed}. Unduh contohnya, lalu isi di sana.')


def row_of(plain: dict) -> PersonRow:
    """Return a row that was kept between two pages."""
    return PersonRow(**{**plain, "faults": tuple(plain["faults"])})


def _header(worksheet: Worksheet) -> tuple[int, dict[str, int]] | None:
    """Return the number of the row with the names of columns, and where each column stands."""
    for number, cells in worksheet.rows[:HEADER_WITHIN]:
        names = {cell.text.strip().lower(): place for place, cell in enumerate(cells) if cell is not None}
        if set(REQUIRED) <= set(names):
            return number, {column: names[column] for column in COLUMNS if column in names}
    return None


def _rows(worksheet: Worksheet, header: int, places: dict[str, int], name: str) -> list[PersonRow]:
    numbered = [(number, cells) for number, cells in worksheet.rows if number > header]
    if not numbered:
        raise BadInput(f'Berkas "{name}" belum memuat satu orang pun di bawah baris judul.')
    if len(numbered) > MOST_ROWS:
        raise BadInput(f'Berkas "{name}" memuat {len(numbered)} baris; paling banyak {MOST_ROWS}. Pecah berkasnya.')
    return [row for number, cells in numbered if (row := _row(number, cells, places)) is not None]


def _row(number: int, cells, places: dict[str, int]) -> PersonRow | None:
    values, faults = {}, []
    for column, place in places.items():
        cell = cells[place] if place < len(cells) else None
        try:
            values[column] = _value(column, cell) if cell is not None else ""
        except BadInput as refused:
            faults.append(f"Kolom {column} ({column_name(place)}{number}): {refused.sentence}")
        except ValidationError as refused:
            faults.append(f"Kolom {column} ({column_name(place)}{number}): {' '.join(refused.messages)}")
    if not any(values.values()) and not faults:
        return None
    told = {fault.split()[1] for fault in faults}
    faults += [f"Kolom {column} kosong." for column in REQUIRED if not values.get(column) and column not in told]
    return PersonRow(number, **values, faults=tuple(faults))


def _value(column: str, cell) -> str:
    if cell.kind not in (TEXT, NUMBER):
        raise BadInput(f"terbaca sebagai {cell.kind}. Ubah format selnya menjadi teks, lalu ketik ulang.")
    if cell.kind == NUMBER and ("." in cell.text or len(cell.text) > 15):
        raise BadInput(
            f"terbaca sebagai angka {cell.text}, sehingga nolnya dapat hilang. Ubah format selnya menjadi teks, "
            "lalu ketik ulang."
        )
    text = clean_text(cell.text, name="Isinya", longest=LONGEST.get(column, 120))
    if "\n" in text:
        raise BadInput("memuat baris baru. Tulis dalam satu baris.")
    if not text:
        return ""
    if column == "nama_pengguna":
        return clean_username(text)
    if column == "telepon":
        return clean_phone(text)
    return text.upper() if column == "peran" else text

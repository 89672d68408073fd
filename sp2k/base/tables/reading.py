"""A list from outside, XLSX or CSV, as rows whose cells know where they stand."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from sp2k.base.apart import turn
from sp2k.base.refusals import BadInput
from sp2k.base.tables import delimited
from sp2k.base.tables.columns import ListKind, Titles, chosen_sheet, is_filled, refuse_unclear
from sp2k.base.tables.rows import Row
from sp2k.base.typed import clean_text
from sp2k.base.wording import number_in_words, size_in_words
from sp2k.base.xlsx.reading import UPLOADED, Worksheet, column_name, read_worksheets

LARGEST = 20 * 10**6
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {b"%PDF": "PDF", b"\xff\xd8\xff": "gambar JPG", b"\x89PNG": "gambar PNG", b"MZ": "program", b"{\\rt": "RTF"}
SHOWN = 8


@dataclass(frozen=True)
class Table:
    """A list as read.

    Attributes
    ----------
    rows : those below the titles with something in one of our columns
    above : what stands above the titles, line by line
    missing : our columns that the file does not have; what they are about stays as it is
    unread : titles that are none of ours
    """

    name: str
    rows: tuple[Row, ...]
    above: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_table(name: str, content: bytes, kind: ListKind, *, largest: int = LARGEST) -> Table:
    """Read a list of one kind.

    Parameters
    ----------
    name : of the file, as whoever sent it calls it
    largest : bytes

    Raises
    ------
    BadInput
        For a file that is empty, too large, of another kind, broken, or locked; that has not the columns, or has them
        twice; that hides rows or columns, or merges their cells; that has no row, or too many.
    """
    name = clean_text(name, name="Nama berkas", longest=200)
    _refuse_other_kinds(name, content, kind, largest)
    if content.startswith((ZIP, OLE)):
        sheet, titles = chosen_sheet(_worksheets(name, content, kind), kind, name)
    else:
        sheet, titles = chosen_sheet([delimited.sheet_of(delimited.decoded(content, name=name), kind, name=name)], kind, name)
        delimited.refuse_swallowed(sheet, titles, name)
        delimited.refuse_ragged(sheet, titles, name)
    refuse_unclear(sheet, titles, name)
    rows = tuple(_rows(sheet, titles))
    _refuse_number(rows, sheet, kind, name)
    _refuse_merged(sheet, titles, name)
    _refuse_hidden(rows, sheet, name)
    above = tuple(_line(cells) for number, cells in sheet.rows if number < titles.number)
    missing = tuple(column.title for column in kind.columns if column.title not in titles.places)
    return Table(name, rows, above, missing, titles.unread)


def _refuse_other_kinds(name: str, content: bytes, kind: ListKind, largest: int) -> None:
    if not content.strip():
        raise BadInput(f'Berkas "{name}" kosong ({len(content)} bita). Pilih berkas lain, lalu unggah lagi.')
    if len(content) > largest:
        raise BadInput(
            f'Berkas "{name}" {size_in_words(len(content))}; paling besar {size_in_words(largest)}. Simpan hanya '
            f"{kind.what} dalam satu berkas, tanpa gambar, lalu unggah lagi."
        )
    for mark, what in _OTHERS.items():
        if content.startswith(mark):
            raise BadInput(f'Berkas "{name}" adalah {what}, bukan XLSX atau CSV. {kind.cure}')
    if content.startswith(ZIP) and b"xl/workbook.xml" not in content:
        is_other = next((what for mark, what in _ZIPPED.items() if mark in content), "arsip ZIP")
        if b"xl/" not in content or is_other != "arsip ZIP":
            raise BadInput(f'Berkas "{name}" adalah {is_other}, bukan XLSX. Simpan sebagai XLSX, lalu unggah lagi.')


_ZIPPED = {b"word/document.xml": "dokumen Word", b"opendocument": "berkas OpenDocument", b"xl/workbook.bin": "XLSB",
           b"ppt/presentation.xml": "PowerPoint"}  # fmt: skip


def _worksheets(name: str, content: bytes, kind: ListKind) -> list[Worksheet]:
    """Parse apart; the title row and what may stand above it come on top of the rows of a list."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.xlsx"
        path.write_bytes(content)
        try:
            with turn():
                return read_worksheets(path, limits=UPLOADED, most_rows=kind.most_rows + 20)
        except BadInput as refused:
            raise BadInput(refused.sentence.replace(path.name, f'Berkas "{name}"', 1)) from None


def _rows(sheet: Worksheet, titles: Titles):
    places = titles.places.values()
    for number, cells in sheet.rows:
        if number > titles.number and any(place < len(cells) and is_filled(cells[place]) for place in places):
            yield Row(number, sheet.name, tuple(cells), titles.places)


def _refuse_number(rows: tuple[Row, ...], sheet: Worksheet, kind: ListKind, name: str) -> None:
    if len(rows) > kind.most_rows or sheet.is_cut:
        most = number_in_words(kind.most_rows)
        raise BadInput(f'Berkas "{name}" memuat lebih dari {most} baris; paling banyak {kind.most_rows}. Pecah berkasnya.')
    if not rows:
        raise BadInput(f'Berkas "{name}" belum memuat satu baris pun di bawah baris judul.')


def _refuse_merged(sheet: Worksheet, titles: Titles, name: str) -> None:
    """A value merged over several cells stands in the first alone: whoever reads the rest finds nothing."""
    areas = [
        f"{column_name(left)}{top}:{column_name(right)}{bottom}"
        for top, left, bottom, right in sorted(sheet.merged)
        if bottom >= titles.number and any(left <= place <= right for place in titles.places.values())
    ]
    if areas:
        more = f", dan {len(areas) - SHOWN} lainnya" if len(areas) > SHOWN else ""
        raise BadInput(
            f'Berkas "{name}", lembar "{sheet.name}": sel {", ".join(areas[:SHOWN])}{more} digabung. Pisahkan selnya '
            "(Unmerge) dan isi setiap baris, lalu unggah lagi."
        )


def _refuse_hidden(rows: tuple[Row, ...], sheet: Worksheet, name: str) -> None:
    hidden = [str(row.number) for row in rows if row.number in sheet.hidden_rows]
    if hidden:
        more = f", dan {len(hidden) - SHOWN} lainnya" if len(hidden) > SHOWN else ""
        raise BadInput(
            f'Berkas "{name}", lembar "{sheet.name}": baris {", ".join(hidden[:SHOWN])}{more} disembunyikan, mungkin oleh '
            "filter. Tampilkan semua baris, atau hapus yang tidak dimaksud, lalu unggah lagi."
        )


def _line(cells) -> str:
    return " ".join(cell.text for cell in cells if cell is not None)

"""What one kind of list is made of, and where its columns stand in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sp2k.base.refusals import BadInput
from sp2k.base.typed import title_key
from sp2k.base.xlsx.reading import Cell, Worksheet, column_name

TITLES_WITHIN = 10  # our own lists begin with a line or two that say what they are; people add a heading


@dataclass(frozen=True)
class Column:
    """A column by the title that we write; without a required one the file is no list of this kind."""

    title: str
    is_required: bool = False

    @cached_property
    def key(self) -> str:
        return title_key(self.title)


@dataclass(frozen=True)
class ListKind:
    """One kind of list.

    Parameters
    ----------
    what : how a sentence calls it, e.g. ``daftar pejabat``
    columns : those that are read; whatever else stands in a file is left alone, and said
    most_rows : below the titles
    cure : where to begin instead, e.g. ``Unduh daftarnya, lalu isi di sana.``
    """

    what: str
    columns: tuple[Column, ...]
    most_rows: int
    cure: str

    @cached_property
    def required(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns if column.is_required)


@dataclass(frozen=True)
class Titles:
    """The row of titles in one worksheet: its number and the place of each of our columns that it has."""

    number: int
    places: Mapping[str, int]
    unread: tuple[str, ...] = ()
    doubled: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def find_titles(sheet: Worksheet, kind: ListKind) -> Titles | None:
    """Return where the titles of a kind of list stand, or None where one of the required ones is not there."""
    keys = {column.key: column.title for column in kind.columns}
    needed = {column.key for column in kind.columns if column.is_required}
    for number, cells in sheet.rows[:TITLES_WITHIN]:
        found: dict[str, list[int]] = {}
        for place, cell in enumerate(cells):
            if cell is not None and (key := title_key(cell.text)):
                found.setdefault(key, []).append(place)
        if needed <= found.keys():
            ours = {keys[key]: places for key, places in found.items() if key in keys}
            unread = tuple(cells[places[0]].text for key, places in found.items() if key not in keys)
            doubled = {title: tuple(places) for title, places in ours.items() if len(places) > 1}
            return Titles(number, {title: places[0] for title, places in ours.items()}, unread, doubled)
    return None


def chosen_sheet(sheets: list[Worksheet], kind: ListKind, name: str) -> tuple[Worksheet, Titles]:
    """Return the one visible worksheet that has the columns.

    Raises
    ------
    BadInput
        Where none has them, or several do.
    """
    found = [(sheet, titles) for sheet in sheets if not sheet.is_hidden and (titles := find_titles(sheet, kind))]
    filled = [(sheet, titles) for sheet, titles in found if sheet.rows[-1][0] > titles.number]
    if len(filled or found) == 1:
        return (filled or found)[0]
    if found:
        named = ", ".join(f'"{sheet.name}"' for sheet, _titles in filled or found)
        raise BadInput(
            f'Berkas "{name}" mempunyai {len(filled or found)} lembar kerja dengan kolom {kind.what}: {named}. Hapus atau '
            "sembunyikan yang tidak dimaksud, lalu unggah lagi."
        )
    raise BadInput(_no_columns(sheets, kind, name))


def _no_columns(sheets: list[Worksheet], kind: ListKind, name: str) -> str:
    hidden = [sheet.name for sheet in sheets if sheet.is_hidden and find_titles(sheet, kind)]
    if hidden:
        return (
            f'Berkas "{name}": kolom {kind.what} hanya ada pada lembar kerja tersembunyi "{hidden[0]}", yang tidak dibaca. '
            "Tampilkan lembar itu, lalu unggah lagi."
        )
    first = next((sheet for sheet in sheets if not sheet.is_hidden and sheet.rows), None)
    needed = ", ".join(_lacking(first, kind) if first else kind.required)
    there = _titles_seen(first) if first else ""
    has = f' Baris pertamanya berisi: {there}.' if there else ""
    return f'Berkas "{name}" tidak mempunyai kolom {needed}, jadi bukan {kind.what}.{has} {kind.cure}'


def _lacking(sheet: Worksheet, kind: ListKind) -> list[str]:
    """The required columns that the likeliest row of titles does not have."""
    needed = {column.key: column.title for column in kind.columns if column.is_required}
    rows = [{title_key(cell.text) for cell in cells if cell is not None} for _number, cells in sheet.rows[:TITLES_WITHIN]]
    there = max(rows, key=lambda keys: len(needed.keys() & keys), default=set())
    return [title for key, title in needed.items() if key not in there]


def _titles_seen(sheet: Worksheet) -> str:
    return ", ".join(cell.text[:30] for cell in sheet.rows[0][1] if cell is not None)[:160]


def refuse_unclear(sheet: Worksheet, titles: Titles, name: str) -> None:
    """Refuse a title that stands twice, and a column of ours that is not shown."""
    for title, places in titles.doubled.items():
        cells = " dan ".join(f"{column_name(place)}{titles.number}" for place in places)
        raise BadInput(f'Berkas "{name}": judul kolom {title} ada {len(places)} kali ({cells}). Sisakan satu.')
    hidden = [title for title, place in titles.places.items() if sheet.hides_column(place)]
    if hidden:
        place = column_name(titles.places[hidden[0]])
        raise BadInput(
            f'Berkas "{name}": kolom {hidden[0]} ({place}) disembunyikan. Tampilkan kolomnya dan periksa isinya, atau hapus, '
            "lalu unggah lagi."
        )


def is_filled(cell: Cell | None) -> bool:
    """Whether a cell holds more than blanks."""
    return cell is not None and (bool(cell.text.strip("\u00a0\u200b \t\r\n")) or cell.kind != "teks")

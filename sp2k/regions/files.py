"""Reading a list of regions: codes stay text, and the shapes in which spreadsheets break them are recognised.

National data sets in circulation have lost zeros: 11.10 became 11.1 because the code was once taken for a number.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sp2k.base.refusals import BadInput
from sp2k.base.tables import Column, ListKind, Row, Table, read_table
from sp2k.regions.folding import listed_name

DATA = Path(__file__).parent / "data"
SHIPPED_LIST = DATA / "wilayah.csv"
SHIPPED_STATISTICS = DATA / "wilayah_statistik.csv"
SHIPPED_DECREE = "Kepmendagri 300.2.2-2430 Tahun 2025"

COLUMNS = ("kode", "nama", "tingkat", "induk")
LIST_KIND = ListKind(
    "daftar wilayah", tuple(Column(title, True) for title in COLUMNS), 20_000,
    f"Baris judulnya memuat {', '.join(COLUMNS)}.",
)  # fmt: skip
_STATISTICS_KIND = ListKind(
    "statistik wilayah", (Column("kode", True), Column("penduduk", True)), 20_000, "Baris judulnya memuat kode, penduduk."
)
_DEPTH = {"provinsi": 1, "kabupaten": 2, "kota": 2, "kecamatan": 3}
_CODE = re.compile(r"\d\d(?:\.\d\d){0,2}\Z", re.ASCII)
_DATE = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}")
_AS_TEXT = "Muat ulang berkas dengan kolom kode sebagai teks."
_SHOWN = 5


@dataclass(frozen=True)
class RegionRow:
    """One line of a list: `level` is provinsi, kabupaten, kota or kecamatan; a province has no parent."""

    code: str
    name: str
    level: str
    parent: str | None


def read_regions(text: str, *, name: str) -> tuple[RegionRow, ...]:
    """Read a list `kode,nama,tingkat,induk`.

    Parameters
    ----------
    text : the CSV, separated by comma, semicolon or tab
    name : how the sentences call the file

    Returns
    -------
    tuple of RegionRow, in the order of the codes, so that a parent stands before its parts

    Raises
    ------
    BadInput
        Naming up to five lines, each with what is wrong and its cure.
    """
    return rows_of_table(read_table(name, text.encode(), LIST_KIND), name=name)


def rows_of_table(table: Table, *, name: str) -> tuple[RegionRow, ...]:
    """Return the rows of a list that was read; refused as by `read_regions`."""
    rows, faults, seen = [], [], {}
    for line, cells in _rows(table, faults):
        row = RegionRow(
            cells["kode"], listed_name(cells["nama"], level := cells["tingkat"].lower()), level, cells["induk"] or None
        )
        fault = _fault(row) or (f"kode {row.code} sudah ada di baris {seen[row.code]}" if row.code in seen else None)
        if fault:
            faults.append(f"baris {line}: {fault}")
        else:
            rows.append(row)
        seen.setdefault(row.code, line)
    faults += _orphans(rows, seen)
    if faults:
        raise BadInput(_sentence(name, faults))
    return tuple(sorted(rows, key=lambda row: row.code))


def read_population(text: str, *, name: str) -> dict[str, int]:
    """Read `kode,…,penduduk,…` into inhabitants by code of the region."""
    population, faults = {}, []
    for line, cells in _rows(read_table(name, text.encode(), _STATISTICS_KIND), faults):
        if reason := why_no_code(cells["kode"]):
            faults.append(f"baris {line}: {reason}")
        elif not re.fullmatch(r"\d{1,9}", cells["penduduk"], re.ASCII):
            faults.append(f'baris {line}: penduduk harus bilangan bulat tanpa titik, tertulis "{cells["penduduk"]}"')
        else:
            population[cells["kode"]] = int(cells["penduduk"])
    if faults:
        raise BadInput(_sentence(name, faults))
    return population


def why_no_code(text: str) -> str | None:
    """Return None when `text` has the shape of a region's code, else what is wrong and how to mend it."""
    if _CODE.match(text):
        return None
    if not text:
        return "kode kosong"
    if _DATE.fullmatch(text):
        return f"kode {text} terbaca sebagai tanggal. {_AS_TEXT}"
    if re.fullmatch(r"\d\d,\d{1,2}", text, re.ASCII):
        return f"kode {text} terbaca sebagai angka berkoma. {_AS_TEXT}"
    if re.fullmatch(r"\d{3,6}", text, re.ASCII):
        return f"kode {text} tidak bertitik; tulis seperti 35.10 atau 35.10.13"
    if re.fullmatch(r"\d\d?(?:\.\d\d?){0,2}|\d\d\.\d{3,}|\d\d\.0+", text, re.ASCII):
        return f"kode {text} {_lost_zero(text)}. {_AS_TEXT}"
    return f'"{text[:30]}" bukan kode wilayah; tulis seperti 35, 35.10, atau 35.10.13'


def _lost_zero(text: str) -> str:
    segments = text.split(".")
    if re.fullmatch(r"\d\d\.0+", text):
        return f"pernah terbaca sebagai angka: semestinya {segments[0]}"
    if len(segments) == 2 and len(segments[0]) == 2 and len(segments[1]) == 1:
        return f"kehilangan nol karena pernah terbaca sebagai angka: kemungkinan {text}0"
    if all(len(segment) <= 2 for segment in segments):
        return f"kehilangan nol: tiap bagian dua angka, seperti {'.'.join(segment.zfill(2) for segment in segments)}"
    return "pernah terbaca sebagai angka"


def _fault(row: RegionRow) -> str | None:
    if reason := why_no_code(row.code):
        return reason
    if not row.name:
        return f"nama wilayah {row.code} kosong"
    if row.level not in _DEPTH:
        return f'tingkat "{row.level}" tidak dikenal; pilih provinsi, kabupaten, kota, atau kecamatan'
    depth = row.code.count(".") + 1
    if depth != _DEPTH[row.level]:
        return f"kode {row.code} bukan kode {row.level}"
    expected = row.code.rpartition(".")[0] or None
    if row.parent != expected:
        written = row.parent or "kosong"
        return f"induk {row.code} tertulis {written}, semestinya {expected or 'kosong'}"
    return None


def _orphans(rows: list[RegionRow], seen: Mapping[str, int]) -> list[str]:
    return [
        f"baris {seen[row.code]}: induk {row.parent} tidak ada dalam daftar"
        for row in rows
        if row.parent and row.parent not in seen
    ]


def _rows(table: Table, faults: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number in the file, cells by title); what cannot be read is added to `faults`, with its cell."""
    for row in table.rows:
        try:
            yield row.number, {title: _READERS.get(title, Row.text)(row, title) or "" for title in row.places}
        except BadInput as refused:
            faults.append(refused.sentence)


_READERS = {"kode": Row.code, "induk": Row.code}


def _sentence(name: str, faults: list[str]) -> str:
    rest = f" Dan {len(faults) - _SHOWN} kesalahan lain." if len(faults) > _SHOWN else ""
    return f"{name} tidak dimuat. " + " ".join(_ended(fault) for fault in faults[:_SHOWN]) + rest


def _ended(fault: str) -> str:
    """A fault as a sentence; those of a cell are sentences already."""
    return fault[0].upper() + fault[1:].removesuffix(".") + "."

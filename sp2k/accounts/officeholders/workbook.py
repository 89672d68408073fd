"""The list of officeholders as XLSX: given out with what is recorded, and read in again."""

import io
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import xlsxwriter

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.actions import Term
from sp2k.base.language import of_record
from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.base.xlsx import Cell, Worksheet, read_worksheets
from sp2k.base.xlsx.reading import DATE, NUMBER
from sp2k.regions.files import why_no_code
from sp2k.regions.models import Region

COLUMNS = ("kode", "wilayah", "jabatan", "nama", "nip", "pangkat", "sejak", "sampai", "dasar")
REQUIRED = ("kode", "jabatan", "nama", "sejak")
SAMPLE = "Data contoh: nama pejabat di dalamnya untuk peragaan."
HEADER_WITHIN, MOST_ROWS, SHOWN = 5, 3_000, 8
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@of_record
def workbook_of(regions: Iterable[Region], *, is_sample: bool) -> bytes:
    """Return a row an officeholder of the day, and an empty one for a region that has none: to be filled and sent back.

    Every cell is text, so that no zero and no digit of an NIP is lost.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        sheet, bold = book.add_worksheet("pejabat"), book.add_format({"bold": True})
        sheet.set_column(0, len(COLUMNS) - 1, 22, book.add_format({"num_format": "@"}))
        top = 1 if is_sample else 0
        if is_sample:
            sheet.write_string(0, 0, SAMPLE)
        rows = [COLUMNS, *(row for region in regions for row in _rows_of(region))]
        for number, values in enumerate(rows, start=top):
            for place, value in enumerate(values):
                sheet.write_string(number, place, value, *([bold] if number == top else []))
        sheet.freeze_panes(top + 1, 0)
    return content.getvalue()


@of_record
def read_officeholders(content: bytes, *, name: str) -> list[tuple[str, Term]]:
    """Return (region's code, term) of every row that names a person.

    Raises
    ------
    BadInput
        Naming up to eight rows, each with what is wrong and its cure; a list is taken wholly or not at all.
    """
    worksheet, header, places = _found(content, name)
    rows, faults = [], []
    for number, cells in worksheet.rows:
        told = {column: _cell(cells, place) for column, place in places.items()}
        if number <= header or not (told["nama"] and told["nama"].text.strip()):
            continue
        try:
            rows.append(_term(told))
        except BadInput as refused:
            faults.append(f"Baris {number}: {refused.sentence}")
    if faults:
        rest = f" Dan {len(faults) - SHOWN} kesalahan lain." if len(faults) > SHOWN else ""
        raise BadInput(f'Berkas "{name}" tidak dimuat. {" ".join(faults[:SHOWN])}{rest}')
    if not rows:
        raise BadInput(f'Berkas "{name}" belum memuat satu nama pun.')
    if len(rows) > MOST_ROWS:
        raise BadInput(f'Berkas "{name}" memuat {len(rows)} baris; paling banyak {MOST_ROWS}. Pecah berkasnya.')
    return rows


def _rows_of(region: Region):
    for holder in region.current or [None]:
        told = ("", "", "", "", "", "", "")
        if holder is not None:
            until = holder.until.isoformat() if holder.until else ""
            told = (
                holder.office, holder.name, holder.nip, holder.rank, holder.since.isoformat(), until, holder.source,
            )  # fmt: skip
        yield (region.code, region.full_name, *told)


def _found(content: bytes, name: str) -> tuple[Worksheet, int, dict[str, int]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.xlsx"
        path.write_bytes(content)
        try:
            worksheets = read_worksheets(path)
        except BadInput as refused:
            raise BadInput(refused.sentence.replace(path.name, f'"{name}"')) from None
    for worksheet in worksheets:
        for number, cells in worksheet.rows[:HEADER_WITHIN]:
            names = {cell.text.strip().lower(): place for place, cell in enumerate(cells) if cell is not None}
            if set(REQUIRED) <= set(names):
                return worksheet, number, {column: names[column] for column in COLUMNS if column in names}
    needed = ", ".join(REQUIRED)
    raise BadInput(f'Berkas "{name}" tidak mempunyai kolom {needed}. Unduh daftarnya, lalu isi di sana.')


def _cell(cells: list[Cell | None], place: int) -> Cell | None:
    return cells[place] if place < len(cells) else None


def _term(told: dict[str, Cell | None]) -> tuple[str, Term]:
    code = _text(told, "kode")
    if reason := why_no_code(code):
        raise BadInput(f"{reason[0].upper()}{reason[1:].removesuffix('.')}.")
    since = _day(told, "sejak")
    if since is None:
        raise BadInput("Kolom sejak kosong. Tulis tanggal mulai menjabat, misalnya 2023-01-15.")
    nip = told.get("nip")
    if nip is not None and nip.kind == NUMBER and len(nip.text) > 15:
        raise BadInput(
            f"NIP {nip.text} tersimpan sebagai angka, jadi angka belakangnya hilang. Ubah format sel menjadi teks, lalu "
            "ketik ulang."
        )
    return code, Term(
        _office(_text(told, "jabatan")), _text(told, "nama"), _text(told, "nip"), _text(told, "pangkat"), since,
        _day(told, "sampai"), _text(told, "dasar"),
    )  # fmt: skip


def _text(told, column: str) -> str:
    cell = told.get(column)
    return clean_text(cell.text, name=f"Kolom {column}", longest=200) if cell is not None else ""


def _office(text: str) -> str:
    words = text.lower().replace(".", "").strip()
    known = {office.value: office for office in Officeholder.Office}
    known |= {office.label.lower().replace(".", ""): office for office in Officeholder.Office}
    if words not in known:
        raise BadInput(f'Jabatan "{text}" tidak dikenal. Tulis {", ".join(Officeholder.Office.values)}.')
    return known[words].value


def _day(told, column: str) -> date | None:
    cell = told.get(column)
    if cell is None or not cell.text.strip():
        return None
    written = cell.text.strip()
    try:
        return date.fromisoformat(written[:10] if cell.kind == DATE else written)
    except ValueError:
        raise BadInput(f'Kolom {column} tertulis "{written[:30]}". Tulis tanggal seperti 2023-01-15.') from None

"""The list of officeholders as XLSX: given out with what is recorded, and read in again."""

import io
import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.ledger import ZONE
from sp2k.accounts.officeholders.plans import ListedTerm
from sp2k.base.language import of_record
from sp2k.base.refusals import BadInput
from sp2k.base.tables import Column, ListKind, Row, Table, refuse_rows
from sp2k.base.tables.days import day_of
from sp2k.base.wording import instant_in_words
from sp2k.regions.files import why_no_code
from sp2k.regions.models import Region

REQUIRED = ("kode", "jabatan", "nama", "sejak")
COLUMNS = ("kode", "wilayah", "jabatan", "nama", "nip", "pangkat", "sejak", "sampai", "dasar")
KIND = ListKind(
    "daftar pejabat", tuple(Column(title, title in REQUIRED) for title in COLUMNS), 3_000,
    "Unduh daftar pejabat, lalu isi di sana.",
)  # fmt: skip
SAMPLE = "Data contoh: nama pejabat di dalamnya untuk peragaan."
LONGEST = {"nama": 120, "pangkat": 80, "dasar": 200}
OFFICES = {office.value: office.value for office in Officeholder.Office} | {
    str(office.label): office.value for office in Officeholder.Office
}
_TAKEN = re.compile(r"diunduh (\d{1,2} \w+ \d{4}), (\d\d)\.(\d\d) WIB")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@of_record
def workbook_of(regions: Iterable[Region], *, is_sample: bool, now: datetime) -> bytes:
    """Return a row an officeholder of the day, and an empty one for a region that has none: to be filled and sent back.

    Every cell is text, so that no zero and no digit of an NIP is lost; the first lines say when it was given out.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        sheet, bold = book.add_worksheet("pejabat"), book.add_format({"bold": True})
        sheet.set_column(0, len(COLUMNS) - 1, 22, book.add_format({"num_format": "@"}))
        above = [SAMPLE] * is_sample + [f"Daftar pejabat, diunduh {instant_in_words(now, ZONE)}."]
        top = len(above)
        for number, line in enumerate(above):
            sheet.write_string(number, 0, line)
        rows = [COLUMNS, *(row for region in regions for row in _rows_of(region))]
        for number, values in enumerate(rows, start=top):
            for place, value in enumerate(values):
                sheet.write_string(number, place, value, *([bold] if number == top else []))
        sheet.freeze_panes(top + 1, 0)
    return content.getvalue()


def listed_terms(table: Table, *, clears: bool) -> list[ListedTerm]:
    """Return the rows of a list that name a person; a row that names nobody and says nothing else is left out.

    Parameters
    ----------
    clears : whether an empty cell empties what is recorded; without it, it changes nothing

    Raises
    ------
    BadInput
        Naming the first faults, each with its cell and its cure; a list is taken wholly or not at all.
    """
    terms, faults = [], []
    for row in table.rows:
        try:
            if (term := _term(row, clears)) is not None:
                terms.append(term)
        except BadInput as refused:
            faults.append(refused.sentence)
    refuse_rows(table.name, faults)
    if not terms:
        raise BadInput(f'Berkas "{table.name}" belum memuat satu nama pun.')
    return terms


def taken_at(table: Table) -> datetime | None:
    """Return when a list of ours was given out, as its first lines say; None for one made by hand."""
    found = next((found for line in table.above if (found := _TAKEN.search(line))), None)
    if found is None:
        return None
    day = day_of(found[1])
    return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=ZoneInfo(ZONE))


def _term(row: Row, clears: bool) -> ListedTerm | None:
    name = row.text("nama", longest=LONGEST["nama"])
    if not name:
        if any(row.cell(title) for title in ("jabatan", "nip", "pangkat", "sejak", "sampai", "dasar")):
            raise row.fault("nama", "kosong. Tulis namanya, atau kosongkan seluruh barisnya selain kode dan wilayah.")
        return None
    if not any(letter.isalpha() for letter in name):
        emptied = "kosongkan seluruh barisnya selain kode dan wilayah"
        raise row.fault("nama", f'berisi "{name[:40]}", bukan nama. Tulis namanya, atau {emptied}.')
    code = row.code("kode") or ""
    if reason := why_no_code(code):
        raise row.fault("kode", f"{reason.removesuffix('.')}.")
    office, since = row.choice("jabatan", OFFICES, offered=Officeholder.Office.values), row.day("sejak")
    for title, value in (("jabatan", office), ("sejak", since)):
        if not value:
            raise row.fault(title, f"kosong. Tulis {'tanggal mulai menjabat' if title == 'sejak' else 'jabatannya'}.")
    given = {key: value for key, value in _given(row).items() if value or clears and value is not None}
    return ListedTerm(row.number, row.place, code, row.text("wilayah") or "", office, name, since, given)


def _given(row: Row) -> dict:
    """What the optional columns say: None where there is no such column, an empty text where the cell is empty."""
    until = row.day("sampai") or ("" if row.has("sampai") else None)
    texts = {"rank": row.text("pangkat", longest=LONGEST["pangkat"]), "source": row.text("dasar", longest=LONGEST["dasar"])}
    return {"nip": row.digits("nip"), "until": until, **texts}


def _rows_of(region: Region):
    for holder in region.current or [None]:
        told = ("", "", "", "", "", "", "")
        if holder is not None:
            until = holder.until.isoformat() if holder.until else ""
            told = (
                holder.office, holder.name, holder.nip, holder.rank, holder.since.isoformat(), until, holder.source,
            )  # fmt: skip
        yield (region.listed_code, region.full_name, *told)

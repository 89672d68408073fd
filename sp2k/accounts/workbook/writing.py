"""The template to fill and the list of people, as XLSX: every cell is text, whatever it begins with."""

import io
from collections.abc import Iterable

import xlsxwriter

from sp2k.accounts.models import User
from sp2k.accounts.workbook import COLUMNS, EXPLAINED
from sp2k.base.language import of_record
from sp2k.regions.models import ENDED

SAMPLE = "Data contoh: nama orang di dalamnya untuk peragaan."
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@of_record
def template() -> bytes:
    """Return an empty list with its columns, formatted as text so that `35.10` keeps its nought, and what they mean."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        _sheet(book, "orang", [])
        explained = book.add_worksheet("keterangan")
        for row, (column, meaning) in enumerate(EXPLAINED.items()):
            explained.write_string(row, 0, column)
            explained.write_string(row, 1, meaning)
        explained.set_column(0, 0, 18)
        explained.set_column(1, 1, 80)
    return content.getvalue()


@of_record
def workbook_of(people: Iterable[User], *, is_sample: bool) -> bytes:
    """Return people with their roles, a row a role, in the columns of the template; it can be read in again."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        rows = [
            (
                person.username, person.name, membership.role, membership.region.listed_code, membership.region.name_in_lists,
                person.institution, person.phone, _home(person),
            )
            for person in people
            for membership in person.memberships.all()
        ]  # fmt: skip
        _sheet(book, "orang", rows, first=SAMPLE if is_sample else "")
    return content.getvalue()


def _home(person: User) -> str:
    home = person.home
    return "" if home is None else f"{home.listed_code} {ENDED}" if home.ended_at else home.listed_code


def _sheet(book, name: str, rows, *, first: str = "") -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    sheet.set_column(0, len(COLUMNS) - 1, 22, book.add_format({"num_format": "@"}))
    top = 0
    if first:
        sheet.write_string(0, 0, first)
        top = 1
    for place, column in enumerate(COLUMNS):
        sheet.write_string(top, place, column, bold)
    for number, values in enumerate(rows, start=top + 1):
        for place, value in enumerate(values):
            sheet.write_string(number, place, str(value))
    sheet.freeze_panes(top + 1, 0)

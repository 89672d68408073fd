"""A list of regions from outside, as CSV or XLSX, brought to the one text that is read and kept."""

import csv
import io

from django import forms

from sp2k.base.language import of_record
from sp2k.base.pages.textfile import TextUpload
from sp2k.base.refusals import Refused
from sp2k.base.tables import Table
from sp2k.base.tables.fields import TableFile
from sp2k.regions.files import COLUMNS, LIST_KIND, RegionRow, read_regions, rows_of_table


class ListFile(TableFile):
    """A list as CSV or XLSX; its value is a `TextUpload` that `read_regions` has read without a fault."""

    def __init__(self, **options):
        super().__init__(kind=LIST_KIND, **options)

    def clean(self, data, initial=None):
        table = super().clean(data, initial)
        if not isinstance(table, Table):
            return None
        try:
            return of_record(_upload)(table)
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None


def _upload(table: Table) -> TextUpload:
    rows = rows_of_table(table, name=table.name)
    text = _as_csv(rows)
    read_regions(text, name=table.name)
    return TextUpload(table.name, text)


def _as_csv(rows: tuple[RegionRow, ...]) -> str:
    """The list in the one form in which it is kept, whatever program wrote it: by code, separated by commas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([row.code, row.name, row.level, row.parent or ""] for row in rows)
    return text.getvalue()

"""A list of regions from outside, as CSV or XLSX, brought to the one text that is read and kept."""

import csv
import io
import tempfile
from pathlib import Path

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.textfile import TextUpload, clean_text_file
from sp2k.base.pages.uploads import XLSX, clean_upload
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.xlsx import Worksheet, read_worksheets
from sp2k.regions.files import read_regions

COLUMNS = ("kode", "nama", "tingkat", "induk")
LARGEST = 5_000_000
HEADER_WITHIN = 5


class ListFile(forms.FileField):
    """A list as CSV (UTF-8) or XLSX; its value is a `TextUpload` that `read_regions` has read without a fault."""

    def __init__(self, **options):
        options.setdefault("error_messages", {}).update(required=_("Pilih berkasnya lebih dahulu."))
        options.setdefault("allow_empty_file", True)  # the sentence about an empty file is ours
        super().__init__(**options)
        self.widget.attrs.update({"class": "input", "accept": ".csv,.xlsx"})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not hasattr(file, "read"):
            return None
        try:
            return _text(file)
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None


def _text(file) -> TextUpload:
    begins_as_zip = file.read(4) == b"PK\x03\x04"
    file.seek(0)
    upload = _from_workbook(file) if begins_as_zip else clean_text_file(file, largest=LARGEST)
    read_regions(upload.text, name=upload.name)
    return upload


def _from_workbook(file) -> TextUpload:
    upload = clean_upload(file, kinds=(XLSX,), largest=LARGEST)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wilayah.xlsx"
        path.write_bytes(upload.content)
        try:
            worksheets = read_worksheets(path)
        except BadInput as refused:
            raise BadInput(refused.sentence.replace(path.name, f'"{upload.name}"')) from None
    for worksheet in worksheets:
        if found := _header(worksheet):
            return TextUpload(upload.name, _as_csv(worksheet, *found))
    raise BadInput(f'Berkas "{upload.name}" tidak mempunyai kolom {", ".join(COLUMNS)}.')


def _header(worksheet: Worksheet) -> tuple[int, list[int]] | None:
    for number, cells in worksheet.rows[:HEADER_WITHIN]:
        names = {cell.text.strip().lower(): place for place, cell in enumerate(cells) if cell is not None}
        if set(COLUMNS) <= set(names):
            return number, [names[column] for column in COLUMNS]
    return None


def _as_csv(worksheet: Worksheet, header: int, places: list[int]) -> str:
    """The worksheet as the CSV it stands for; empty rows stay, so that a fault names the row of the worksheet."""
    rows = {number: cells for number, cells in worksheet.rows if number >= header}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    text.write("\n" * (header - 1))
    for number in range(header + 1, max(rows) + 1):
        cells = rows.get(number, [])
        values = [cells[place] if place < len(cells) else None for place in places]
        writer.writerow([value.text.strip() if value is not None else "" for value in values])
    return text.getvalue()

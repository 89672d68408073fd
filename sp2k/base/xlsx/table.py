"""A small table from outside, XLSX or CSV, as rows of texts with the numbers they have in the file."""

import csv
import io
import tempfile
from pathlib import Path

from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.base.wording import size_in_words
from sp2k.base.xlsx.reading import read_worksheets

Row = tuple[int, list[str]]
ZIP = b"PK\x03\x04"


def read_table(name: str, content: bytes, *, largest: int) -> list[Row]:
    """Return the rows of a table's first worksheet, or of a CSV with comma or semicolon; empty rows are left out.

    Raises
    ------
    BadInput
        For an empty file, one too large, and one that is neither.
    """
    name = clean_text(name, name="Nama berkas", longest=200)
    if not content:
        raise BadInput(f'Berkas "{name}" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.')
    if len(content) > largest:
        raise BadInput(f'Berkas "{name}" lebih dari {size_in_words(largest)}. Pecah berkasnya, lalu unggah lagi.')
    rows = _from_workbook(name, content) if content.startswith(ZIP) else _from_csv(name, content)
    return [(number, cells) for number, cells in rows if any(cells)]


def _from_workbook(name, content) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name.replace("/", "_")).stem[:100] + ".xlsx")
        path.write_bytes(content)
        worksheets = read_worksheets(path)
    return [
        (number, [cell.text.strip() if cell else "" for cell in cells])
        for worksheet in worksheets[:1]
        for number, cells in worksheet.rows
    ]


def _from_csv(name, content) -> list[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise BadInput(f'Berkas "{name}" bukan XLSX atau CSV UTF-8. Simpan sebagai salah satunya, lalu unggah lagi.')
    first = text.partition("\n")[0]
    delimiter = ";" if text.count(";") > text.count(",") or ";" in first else ","
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter)
        return [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        raise BadInput(f'Berkas "{name}" bukan CSV yang utuh. Simpan ulang, lalu unggah lagi.') from None

"""CSV as programs and people write it, brought to the one shape of a worksheet."""

import codecs
import csv
import io
import re

from sp2k.base.refusals import BadInput
from sp2k.base.tables.columns import ListKind, Titles, find_titles
from sp2k.base.xlsx.reading import Cell, Worksheet, column_name, text_cell

DELIMITERS = {";": "titik koma", ",": "koma", "\t": "tab"}
_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE | re.DOTALL)
# A text kept from being taken for a formula or a number, by our own CSV and by people.
_GUARDED = re.compile(r"'(?=[-=+@\d])|=\"(?=[^\"]*\"\Z)")


def decoded(content: bytes, *, name: str) -> str:
    """Return the text of a CSV in UTF-8 or, with its mark, UTF-16.

    Raises
    ------
    BadInput
        For another encoding: names would be read wrongly without anybody noticing.
    """
    has_mark = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if has_mark else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(_other_encoding(content, error, name)) from None
    if "\0" in text:
        raise BadInput(f'Berkas "{name}" bukan XLSX atau CSV UTF-8. Simpan sebagai salah satunya, lalu unggah lagi.')
    return text


def _other_encoding(content: bytes, error: UnicodeDecodeError, name: str) -> str:
    line = content[: error.start].count(b"\n") + 1
    word = re.split(rb"[,;\t\r\n\"]", content[max(0, error.start - 20) : error.start + 20])
    around = next((part for part in word if any(byte > 127 for byte in part)), b"")
    likely = around.decode("cp1252", errors="replace").strip()
    return (
        f'Berkas "{name}" bukan teks UTF-8: baris {line} memuat tanda yang tidak pasti bacaannya (mungkin "{likely}"). '
        'Simpan sebagai "CSV UTF-8" atau XLSX, lalu unggah lagi.'
    )


def sheet_of(text: str, kind: ListKind, *, name: str) -> Worksheet:
    """Return a CSV as a worksheet without a name; the separator is the one with which its titles are found."""
    hint = _HINT.match(text)
    body, skipped = (text[hint.end() :], 1) if hint else (text, 0)
    candidates = [hint[1]] if hint and hint[1] in DELIMITERS else list(DELIMITERS)
    parsed = [_parsed(body, delimiter, skipped, kind, name) for delimiter in candidates]
    found = [each for each in parsed if find_titles(each[0], kind)]
    sheet, fault = found[0] if found else max(parsed, key=_likeliness)
    if fault:
        raise BadInput(fault)
    return sheet


def _likeliness(parsed: tuple[Worksheet, str]) -> tuple[bool, int]:
    """Of separators with which no titles are found, the one with which it is a CSV, then the one with most columns."""
    sheet, fault = parsed
    return not fault, max((len(cells) for _number, cells in sheet.rows[:1]), default=0)


def _parsed(text: str, delimiter: str, skipped: int, kind: ListKind, name: str) -> tuple[Worksheet, str]:
    """Return the rows up to where the CSV is no longer one, and the sentence about that place."""
    rows, begin, fault = [], skipped + 1, ""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    is_cut = False
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if is_cut := len(rows) > kind.most_rows + 20:
                    break
                rows.append((begin, [text_cell(_unguarded(cell)) if cell.strip() else None for cell in cells]))
            begin = skipped + reader.line_num + 1
    except csv.Error as error:
        fault = _why_no_csv(error, begin, name, is_long=skipped + reader.line_num > begin)
    return Worksheet("", rows, is_cut=is_cut), fault


def _why_no_csv(error: csv.Error, line: int, name: str, *, is_long: bool) -> str:
    if is_long or "expected" in str(error) or "end of data" in str(error):
        return (
            f'Berkas "{name}" baris {line}: tanda kutip tidak ditutup, atau di belakang penutupnya masih ada tulisan. '
            'Perbaiki selnya; tanda kutip di dalam sel ditulis dua kali (""). Lalu unggah lagi.'
        )
    return f'Berkas "{name}" bukan CSV yang utuh. Simpan ulang, lalu unggah lagi.'


def _unguarded(cell: str) -> str:
    cell = cell.strip()
    found = _GUARDED.match(cell)
    if found is None:
        return cell
    return cell[1:] if cell[0] == "'" else cell[2:-1]


def refuse_ragged(sheet: Worksheet, titles: Titles, name: str) -> None:
    """Refuse rows that have more or fewer cells than there are titles: something in them stands in another column."""
    width = next(len(cells) for number, cells in sheet.rows if number == titles.number)
    for number, cells in sheet.rows:
        if number > titles.number and len(cells) != width and not _only_pads(cells, width):
            raise BadInput(
                f'Berkas "{name}" baris {number}: ada {len(cells)} kolom, semestinya {width}. Isi yang memuat pemisah '
                "kolom ditulis di antara tanda petik."
            )


def _only_pads(cells: list[Cell | None], width: int) -> bool:
    return len(cells) > width and not any(cells[width:])


def refuse_swallowed(sheet: Worksheet, titles: Titles, name: str) -> None:
    """Refuse cells over several lines that nobody reads, or that hold separators: a quote left open takes rows with it."""
    read = set(titles.places.values())
    titled = next(cells for number, cells in sheet.rows if number == titles.number)
    for number, cells in sheet.rows:
        for place, cell in enumerate(cells):
            if cell is None or "\n" not in cell.text and "\r" not in cell.text:
                continue
            is_unread = number > titles.number and place not in read
            if is_unread or any(delimiter in cell.text for delimiter in DELIMITERS):
                title = titled[place].text if place < len(titled) and titled[place] else column_name(place)
                raise BadInput(
                    f'Berkas "{name}" baris {number}, kolom {" ".join(title.split())[:40]}: selnya memuat baris baru, '
                    "jadi baris di bawahnya dapat hilang; mungkin tanda kutip tidak ditutup. Tulis dalam satu baris, lalu "
                    "unggah lagi."
                )

"""Worksheets of an XLSX file from outside, as texts and digits; whatever cannot be one is refused in a sentence."""

import json
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sp2k.base.apart.running import LAUNCHER
from sp2k.base.refusals import BadInput
from sp2k.base.typed import spelled_cell

CHILD = str(Path(__file__).with_name("child"))
MOST_BYTES = 100 * 10**6
MOST_UNPACKED = 400 * 10**6
# Workbooks of marks shrink 8 to 25 times; a small one may do so by more without being able to do harm.
MOST_RATIO, RATIO_FROM = 60, 20 * 10**6
MOST_PARTS = 2_000
MOST_ROWS = 1_048_576
MOST_COLUMNS = 512  # what stands further right is no table of ours
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

TEXT, NUMBER, DATE, FLAG = "teks", "angka", "tanggal", "benar atau salah"
PERCENT, TIME, ERROR, FORMULA = "persen", "jam", "galat", "rumus tanpa hasil"
UNSEEN = "tulisan tak terlihat"
_KINDS = {"u": UNSEEN, "n": NUMBER, "d": DATE, "b": FLAG, "p": PERCENT, "t": TIME, "e": ERROR, "f": FORMULA}
_FAULTS = {
    "unpacked": "isinya jauh lebih besar daripada yang disebutnya. Berkas ini tidak dibaca.",
    "entities": "memuat definisi entitas, yang tidak pernah dibuat program lembar kerja. Berkas ini tidak dibaca.",
    "told": "memuat terlalu banyak isi. Simpanlah hanya lembar kerja dan kolom yang diperlukan.",
    "memory": "memerlukan memori terlalu besar. Simpanlah hanya lembar kerja yang diperlukan, tanpa sel kosong berformat.",
    "time": "terlalu lama dibaca. Simpanlah hanya lembar kerja yang diperlukan, tanpa sel kosong berformat.",
    "broken": "rusak, jadi tidak dapat dibaca. Bukalah dan simpanlah lagi sebagai XLSX.",
}
# What a spreadsheet writes for an error, in any language, once it is a text: #N/A, #REF!, #NILAI!, Err:502, a full column.
_ERRORS = re.compile(
    r"#(?:n/a|t/a)(?: .*)?|#[\w/.]+[!?]|#getting_data|#{3,}|(?:err|error|galat|kesalahan) ?: ?\d{3}", re.IGNORECASE
)
_RANGE = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: bytes of memory, seconds of the processor, characters that the cells may hold."""

    memory: int
    seconds: int
    told: int = 24 * 10**6


# A file that somebody waits for at a page, while others work; and one counted on the command line.
UPLOADED, BY_COMMAND = Limits(512 * 10**6, 10), Limits(1 << 30, 120, told=1 << 30)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: `kind` is TEXT, NUMBER (its digits in `text`), DATE, PERCENT, and so on.

    `shown` is what the screen shows of it, where its format makes that something else than is stored; UNSEEN is a text of
    which something else is seen.
    """

    kind: str
    text: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One worksheet: rows as (number in the file, cells from column A); an empty cell is None.

    Attributes
    ----------
    is_hidden : then only the first rows are there, to tell what it is
    hidden_rows : numbers of the rows that hold something and are not shown
    hidden_columns : pairs of first and last, from 0
    merged : areas as (first row, first column, last row, last column), rows from 1 as in the file, columns from 0
    is_cut : there are more rows than were asked for
    """

    name: str
    rows: list[tuple[int, list[Cell | None]]]
    is_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_cut: bool = False

    def hides_column(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


def text_cell(text: str) -> Cell:
    """Return a cell of text; the name of an error, as CSV and copied values keep it, is the error."""
    is_error = ("#" in text or ":" in text) and _ERRORS.fullmatch(spelled_cell(text))
    return Cell(ERROR if is_error else TEXT, text)


def column_name(position: int) -> str:
    """Return `A` for 0, `Z` for 25, `AA` for 26."""
    name = ""
    while position >= 0:
        name, position = chr(ord("A") + position % 26) + name, position // 26 - 1
    return name


def column_position(name: str) -> int:
    """Return 0 for `A`, 25 for `Z`, 26 for `AA`."""
    position = 0
    for letter in name:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def read_worksheets(path: Path, *, limits: Limits = BY_COMMAND, most_rows: int = MOST_ROWS) -> list[Worksheet]:
    """Read all worksheets of a file, the hidden ones no further than to tell what they are.

    Parameters
    ----------
    most_rows : rows with something in them, of each worksheet; where there are more, it is cut there and says so

    Raises
    ------
    BadInput
        For what is no XLSX file, is locked, broken or too large, or would burst when unpacked. OSError passes.
    """
    _refuse_by_directory(path)
    laid = [str(limit) for limit in (limits.memory, limits.seconds, limits.told)]
    asked = [str(limit) for limit in (MOST_UNPACKED, most_rows, limits.told)]
    command = [sys.executable, "-I", LAUNCHER, *laid, CHILD, str(path), *asked]
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={"PYTHONUTF8": "1"}, **streams) as process:  # noqa: S603 - our own script
        clock = threading.Timer(limits.seconds * 3, process.kill)  # one that waits uses no processor
        clock.start()
        try:
            worksheets = list(_worksheets(path, process.stdout))
        except json.JSONDecodeError:  # it was ended in the middle of a line
            raise _fault(path, "time" if process.wait() < 0 else "memory") from None
        except BaseException:
            process.kill()
            raise
        finally:
            clock.cancel()
    if process.returncode:  # ended by a signal at its limits, or by the parser itself
        raise _fault(path, "time" if process.returncode < 0 else "memory")
    return worksheets


def _refuse_by_directory(path: Path) -> None:
    """Look at the zip directory before anything is unpacked."""
    with path.open("rb") as file:
        if file.read(len(OLD_OR_LOCKED)) == OLD_OR_LOCKED:
            raise BadInput(
                f"{path.name} berkata sandi atau berbentuk XLS lama. Simpanlah sebagai XLSX tanpa kata sandi."
            )
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise BadInput(f"{path.name} berukuran {size} bita; paling banyak {MOST_BYTES}.")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError):
        raise BadInput(f"{path.name} {_no_workbook(path)}") from None
    if not {"[content_types].xml", "xl/workbook.xml"} <= {part.filename.lower() for part in parts}:
        raise BadInput(f"{path.name} bukan berkas XLSX. Simpanlah lagi sebagai XLSX, atau sebagai CSV UTF-8.")
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(size, 1)
    if is_bomb or unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise BadInput(
            f"{path.name} akan menjadi {unpacked} bita dalam {len(parts)} bagian bila dibuka, dari {size} bita. Berkas ini "
            "tidak dibaca."
        )


def _no_workbook(path: Path) -> str:
    with path.open("rb") as file:
        is_cut = file.read(4) == b"PK\x03\x04"
    if is_cut:
        return "terpotong, jadi tidak dapat dibaca. Salin atau unduh lagi berkasnya sampai selesai."
    return "bukan berkas XLSX. Simpanlah lagi sebagai XLSX, atau sebagai CSV UTF-8."


def _worksheets(path: Path, lines) -> Iterator[Worksheet]:
    named, rows, hidden = [], [], set()
    for line in lines:
        said = json.loads(line)
        if isinstance(said, list):
            number, cells, is_hidden = said
            rows.append((number, _filled(cells)))
            hidden |= {number} if is_hidden else set()
        elif "fault" in said:
            raise _fault(path, said["fault"])
        elif "sheets" in said:
            named = iter(said["sheets"])
        else:
            name, is_hidden = next(named)
            merged = [area for ref in said["merged"] if (area := _area(ref))]
            columns = [(first, last) for first, last in said["hidden"]]
            yield Worksheet(name, rows, is_hidden, hidden, columns, merged, said["cut"])
            rows, hidden = [], set()


def _filled(cells: list) -> list[Cell | None]:
    """Cells by their column; whoever writes a cell twice, or out of order, is read as a spreadsheet reads it: the last."""
    row: list[Cell | None] = []
    for column, value in cells:
        if column >= MOST_COLUMNS:
            continue
        row.extend([None] * (column + 1 - len(row)))
        row[column] = text_cell(value) if isinstance(value, str) else _cell(value)
    return row


def _cell(value: list[str]) -> Cell:
    kind, text, *shown = value
    return Cell(_KINDS[kind], text, shown[0] if shown and shown[0] != text else "")


def _area(reference: str) -> tuple[int, int, int, int] | None:
    found = _RANGE.fullmatch(reference.replace("$", ""))
    if found is None or found[3] is None:
        return None
    return int(found[2]), column_position(found[1]), int(found[4]), column_position(found[3])


def _fault(path: Path, word: str) -> BadInput:
    return BadInput(f"{path.name} {_FAULTS[word]}")

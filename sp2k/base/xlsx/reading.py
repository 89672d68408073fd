"""Worksheets of an XLSX file from outside, as texts and digits; whatever cannot be one is refused in a sentence."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sp2k.base.refusals import BadInput
from sp2k.base.xlsx import child

MOST_BYTES = 100 * 10**6
MOST_UNPACKED = 400 * 10**6
# Workbooks of marks shrink 8 to 25 times; a small one may do so by more without being able to do harm.
MOST_RATIO, RATIO_FROM = 60, 20 * 10**6
MOST_PARTS = 2_000
MOST_ROWS = 1_048_576
MEMORY, SECONDS = 1 << 30, 120
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

TEXT, NUMBER, DATE, FLAG = "teks", "angka", "tanggal", "benar atau salah"
_KINDS = {"n": NUMBER, "d": DATE, "b": FLAG}
_FAULTS = {
    "unpacked": "isinya jauh lebih besar daripada yang disebutnya. Berkas ini tidak dibaca.",
    "entities": "memuat definisi entitas, yang tidak pernah dibuat program lembar kerja. Berkas ini tidak dibaca.",
    "rows": f"memuat lebih dari {MOST_ROWS} baris.",
    "memory": "memerlukan memori terlalu besar. Simpanlah hanya lembar kerja yang diperlukan, tanpa sel kosong berformat.",
    "broken": "rusak, jadi tidak dapat dibaca. Bukalah dan simpanlah lagi sebagai XLSX.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: `kind` is TEXT, NUMBER (its digits in `text`), DATE or FLAG."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One worksheet: rows as (number in the file, cells from column A); an empty cell is None."""

    name: str
    rows: list[tuple[int, list[Cell | None]]]


def column_name(position: int) -> str:
    """Return `A` for 0, `Z` for 25, `AA` for 26."""
    name = ""
    while position >= 0:
        name, position = chr(ord("A") + position % 26) + name, position // 26 - 1
    return name


def read_worksheets(path: Path) -> list[Worksheet]:
    """Read all worksheets of a file.

    Raises
    ------
    BadInput
        For what is no XLSX file, is locked, broken or too large, or would burst when unpacked. OSError passes.
    """
    _refuse_by_directory(path)
    limits = [str(limit) for limit in (MEMORY, SECONDS, MOST_UNPACKED, MOST_ROWS)]
    command = [sys.executable, "-I", child.__file__, str(path), *limits]
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={"PYTHONUTF8": "1"}, **streams) as process:  # noqa: S603 - our own script
        try:
            worksheets = list(_worksheets(path, process.stdout))
        except json.JSONDecodeError:  # it was ended in the middle of a line
            raise _fault(path, "memory") from None
        except BaseException:
            process.kill()
            raise
    if process.returncode:  # ended by its limits, or by the parser itself
        raise _fault(path, "memory")
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
        raise BadInput(f"{path.name} bukan berkas XLSX. Simpanlah lagi sebagai XLSX, atau sebagai CSV UTF-8.") from None
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= {part.filename for part in parts}:
        raise BadInput(f"{path.name} bukan berkas XLSX. Simpanlah lagi sebagai XLSX, atau sebagai CSV UTF-8.")
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(size, 1)
    if is_bomb or unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise BadInput(
            f"{path.name} akan menjadi {unpacked} bita dalam {len(parts)} bagian bila dibuka, dari {size} bita. Berkas ini "
            "tidak dibaca."
        )


def _worksheets(path: Path, lines) -> Iterator[Worksheet]:
    names, current, offset = [], None, 0
    for line in lines:
        said = json.loads(line)
        if isinstance(said, list):
            cells = [None] * offset + [_cell(value) for value in said[1]]
            if any(cell is not None for cell in cells):
                current.rows.append((said[0], cells))
        elif "fault" in said:
            raise _fault(path, said["fault"])
        elif "sheets" in said:
            names = said["sheets"]
        else:
            if current is not None:
                yield current
            current, offset = Worksheet(names[said["sheet"]], []), said["column"]
    if current is not None:
        yield current


def _cell(value) -> Cell | None:
    if isinstance(value, str):
        return Cell(TEXT, value)
    return None if value is None else Cell(_KINDS[value[0]], str(value[1]))


def _fault(path: Path, word: str) -> BadInput:
    return BadInput(f"{path.name} {_FAULTS[word]}")

"""Run as a script, by `reading.py` alone: parse one XLSX under limits of memory and time; print its cells as JSON lines.

It imports nothing of ours, so that nothing of ours is in reach of a file that breaks the parser. Lines: first
``{"sheets": [name, …]}``, then for each sheet ``{"sheet": n, "column": first}`` and its rows ``[row, [cell, …]]``, cells
being ``null``, text, ``["n", digits]``, ``["d", ISO date]`` or ``["b", true]``; or, at any time, ``{"fault": word}``.
"""

import json
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

CHUNK = 1 << 16
# No spreadsheet program writes either into a workbook; both are how entity bombs begin.
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def main(path: str, memory: str, seconds: str, unpacked: str, rows: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (int(memory),) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        fault = why_not_parsed(path, int(unpacked))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        fault = "broken"
    except MemoryError:
        fault = "memory"
    if fault:
        tell({"fault": fault})
        return
    parse(path, int(rows))


def tell(line) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


def why_not_parsed(path: str, most: int) -> str:
    """Unpack every part once, without keeping it: what the directory says of sizes may be a lie."""
    with zipfile.ZipFile(path) as archive:
        left = most
        for member in archive.infolist():
            with archive.open(member) as part:
                tail = b""
                while chunk := part.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        return "unpacked"
                    if any(word in tail + chunk for word in FORBIDDEN):
                        return "entities"
                    tail = chunk[-16:]
    return ""


def parse(path: str, most_rows: int) -> None:
    import python_calamine

    try:
        with open(path, "rb") as file:
            book = python_calamine.CalamineWorkbook.from_filelike(file)
            names = book.sheet_names
            tell({"sheets": names})
            for n, name in enumerate(names):
                sheet = book.get_sheet_by_name(name)
                # Rows come from the first of the sheet, columns from the first that is used.
                tell({"sheet": n, "column": sheet.start[1] if sheet.start else 0})
                for number, row in enumerate(sheet.iter_rows() if sheet.start else (), start=1):
                    if number > most_rows:
                        tell({"fault": "rows"})
                        return
                    tell([number, [cell_of(value) for value in row]])
    except MemoryError:
        tell({"fault": "memory"})
    except Exception:  # whatever the parser says of a file from outside, the file is at fault
        tell({"fault": "broken"})


def cell_of(value):
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return ["b", value]
    if isinstance(value, int | float):
        return ["n", digits_of(value)]
    if isinstance(value, datetime | date | time | timedelta):
        return ["d", value.isoformat() if not isinstance(value, timedelta) else str(value)]
    return str(value)


def digits_of(value: int | float) -> str:
    """Write a number as the shortest text that reads back as it: what was typed, for up to 15 digits."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


if __name__ == "__main__":
    main(*sys.argv[1:])

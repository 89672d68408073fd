"""A workbook recalculated by LibreOffice, after every stored result has been taken out of it."""

import csv
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

# Separator, quote, UTF-8, from line 1, cells as they are rather than as shown, every sheet to a file of its own.
TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
STORED = re.compile(rb"(</f>)<v>[^<]*</v>")


def office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def without_results(workbook: bytes, change: Callable[[str, bytes], bytes] = lambda name, part: part) -> bytes:
    """Return the workbook without the results its writer stored beside the formulas; `change` may edit any part."""
    stripped, content = 0, BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            part, n = STORED.subn(rb"\1", source.read(name))
            stripped += n
            target.writestr(name, change(name, part))
    assert stripped > 0
    return content.getvalue()


def recalculate(workbooks: dict[str, bytes], folder: Path) -> dict[str, dict[str, list[list[str]]]]:
    """Return, for each named workbook, the rows of each of its sheets as LibreOffice works them out."""
    for name, content in workbooks.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        [office(), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", TO_CSV,
         "--outdir", str(folder / "csv"), *[str(folder / f"{name}.xlsx") for name in workbooks]],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    found: dict[str, dict[str, list[list[str]]]] = {name: {} for name in workbooks}
    for path in (folder / "csv").glob("*.csv"):
        name, _, sheet = path.stem.rpartition("-")
        with path.open(encoding="utf-8", newline="") as file:
            found[name][sheet] = list(csv.reader(file))
    return found

"""Setting a document: a template of ours, data as values, our fonts alone, the same bytes on every machine."""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

FONTS = Path(__file__).parent / "fonts"
# Archives keep PDF/A-2a; screen readers ask for PDF/UA-1.
STANDARDS = ["a-2a", "ua-1"]


def typeset(template: Path, data: dict[str, Any], *, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return the PDF that `template` makes of `data`.

    Parameters
    ----------
    template : a `.typ` file of ours; it may read files beside it and no others
    data : what JSON can carry. It reaches the template as values, never as source: nothing in it is markup.
    pictures : files that the template may read beside itself, by the names that the data gives them

    Returns
    -------
    bytes
        The same for the same data: no clock, no system font, no network.
    """
    if not pictures:
        return _compiled(template, data)
    with TemporaryDirectory(prefix="sp2k-") as room:
        beside = Path(room) / template.name
        beside.write_bytes(template.read_bytes())
        for name, content in pictures.items():
            (Path(room) / name).write_bytes(content)
        return _compiled(beside, data)


def _compiled(template: Path, data) -> bytes:
    return typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(printable(data))},
        pdf_standards=STANDARDS,
    )


def printable(value: Any) -> Any:
    """Return data whose every text can be printed: characters without a letterform appear as their number.

    A missing letterform would print as nothing, and a mark that turns the direction of writing could make a name read
    as another. Both show as ``[U+202E]``; line breaks and tabs become spaces.
    """
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return _printable_text(value) if isinstance(value, str) else value


def _printable_text(text: str) -> str:
    known = _letterforms()
    return "".join(
        char if ord(char) in known else " " if char in "\n\r\t" else f"[U+{ord(char):04X}]"
        for char in unicodedata.normalize("NFC", text)
    )


@cache
def _letterforms() -> frozenset[int]:
    lines = (FONTS / "aksara.txt").read_text("utf-8").splitlines()
    runs = (line.split("-") for line in lines if not line.startswith("#"))
    return frozenset(code for first, last in runs for code in range(int(first, 16), int(last, 16) + 1))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])

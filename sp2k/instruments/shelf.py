"""Instrument files in folders, found by the code they declare. No database is asked."""

import re
from collections.abc import Iterable
from pathlib import Path

from sp2k.instruments.reading import read_instrument_text
from sp2k.tally.instrument import Instrument

SHIPPED = Path(__file__).parent / "data"
_DECLARES = re.compile(r"^instrumen:[ \t]*([^\s#]+)", re.MULTILINE)


def find_instruments(codes: Iterable[str], folders: Iterable[Path]) -> dict[str, Instrument]:
    """Compile the instruments of these codes that the folders hold; a code that is nowhere is left out.

    Raises
    ------
    BadInput
        When a file of that code is no instrument.
    """
    wanted, found = set(codes), {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.yaml"))):
        text = path.read_text(encoding="utf-8", errors="replace")
        declared = _DECLARES.search(text)
        code = declared[1].strip("\"'") if declared else None
        if code in wanted and code not in found:
            found[code] = read_instrument_text(text, name=path.name)
    return found

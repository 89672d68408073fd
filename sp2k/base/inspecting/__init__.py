"""Looking into PDF, pictures and office files from outside: each script here runs apart and imports nothing of ours."""

import json
from pathlib import Path

from sp2k.base.apart import Ended, run_apart

Verdict = dict
# By name, not imported: the parsers they load are then nowhere in the server process.
_PDF, _PICTURE, _OFFICE = (Path(__file__).with_name(name) for name in ("pdf.py", "picture.py", "office.py"))


def inspect_pdf(content: bytes) -> tuple[Verdict, bytes]:
    """Return what was found in a PDF and its bytes as they may be kept; see `pdf.py` for the words of a verdict."""
    verdict, kept = _told(_PDF, content)
    return verdict, kept or content


def inspect_picture(content: bytes) -> tuple[Verdict, bytes]:
    """Return the kind of a picture, "JPEG" or "PNG", and the picture drawn anew; see `picture.py`."""
    return _told(_PICTURE, content)


def inspect_office_file(content: bytes) -> Verdict:
    """Return the kind of an office file, "XLSX" or "DOCX", or why it cannot be kept; see `office.py`."""
    return _told(_OFFICE, content)[0]


def _told(script: Path, content: bytes) -> tuple[Verdict, bytes]:
    try:
        verdict, _, kept = run_apart(script, content).partition(b"\n")
    except Ended as ended:
        return {"fault": ended.how}, b""
    return json.loads(verdict), kept

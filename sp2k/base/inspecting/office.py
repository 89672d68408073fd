"""Run apart: look into an XLSX or DOCX that is kept as evidence, without opening it as a document.

Its bytes are kept as sent, so whatever could start by itself on the reader's computer is a reason to refuse it. It
writes one line of JSON: ``{"kind": "XLSX" or "DOCX"}``, or ``{"fault": word, "name": part}``.
"""

import json
import re
import sys
import zipfile

CHUNK = 1 << 16
MOST_PARTS = 5_000
MOST_UNPACKED = 400 * 10**6
# Worksheets shrink 8 to 25 times; a small file may shrink by more without being able to do harm.
MOST_RATIO, RATIO_FROM = 60, 20 * 10**6
KINDS = {
    "xl/workbook.xml": ("XLSX", b"spreadsheetml.sheet.main+xml"),
    "word/document.xml": ("DOCX", b"wordprocessingml.document.main+xml"),
}
# Neither is ever written by an office program; both are how entity bombs begin. Text may be of two bytes a letter.
FORBIDDEN = tuple(
    word.encode(coding) for word in ("<!DOCTYPE", "<!ENTITY") for coding in ("ascii", "utf-16-le", "utf-16-be")
)
MACROS = re.compile(r"vbaproject|vbadata|macrosheets|dialogsheets|activex|customui", re.IGNORECASE)
EMBEDDED = re.compile(r"/embeddings/|oleobject", re.IGNORECASE)
LINKED = re.compile(r"/externallinks/|connections\.xml$|/querytables/|webextension", re.IGNORECASE)
USUAL_ENDINGS = {
    "xml", "rels", "vml", "png", "jpg", "jpeg", "jpe", "gif", "bmp", "tif", "tiff", "emf", "wmf", "emz", "wmz", "svg", "wdp",
    "odttf", "fntdata", "data",
}  # fmt: skip
SETTINGS_OF_PRINTERS = re.compile(r"/printersettings/[^/]*\.bin$", re.IGNORECASE)
EXTERNAL = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
ONLY_A_LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
FIELDS = re.compile(rb"<w:instrText\b[^>]*>([^<]*)|<w:fldSimple\b[^>]*w:instr\s*=\s*[\"']([^\"']*)")
STARTS_SOMETHING = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON)\b", re.IGNORECASE)


def main() -> None:
    try:
        verdict = look(sys.stdin.buffer)
    except MemoryError:
        verdict = {"fault": "memory"}
    except Exception:  # whatever zip and zlib say of a file from outside, the file is at fault
        verdict = {"fault": "broken"}
    sys.stdout.buffer.write(json.dumps(verdict).encode() + b"\n")


def look(file) -> dict:
    size = file.seek(0, 2)
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        names = [part.filename for part in parts]
        kind = next((kind for name, kind in KINDS.items() if name in names), None)
        if kind is None or "[Content_Types].xml" not in names:
            return {"fault": "kind"}
        return _why_not_by_directory(parts, size) or _why_not_by_parts(archive, kind[1]) or {"kind": kind[0]}


def _why_not_by_directory(parts: list[zipfile.ZipInfo], size: int) -> dict | None:
    """What the directory says is looked at first, before anything is unpacked."""
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > RATIO_FROM and unpacked > MOST_RATIO * size:
        return {"fault": "unpacked", "bytes": unpacked, "parts": len(parts)}
    seen = set()
    for part in parts:
        name = part.filename.lower().replace("\\", "/")
        if name in seen or name.startswith("/") or ".." in name.split("/") or "\0" in part.orig_filename:
            return {"fault": "broken"}
        if part.flag_bits & 1:
            return {"fault": "locked"}
        seen.add(name)
        if fault := _why_no_part("/" + name):
            return {"fault": fault, "name": part.filename}
    return None


def _why_no_part(name: str) -> str:
    for fault, pattern in (("macros", MACROS), ("embedded", EMBEDDED), ("linked", LINKED)):
        if pattern.search(name):
            return fault
    is_usual = name.endswith("/") or name.rpartition(".")[2] in USUAL_ENDINGS or SETTINGS_OF_PRINTERS.search(name)
    return "" if is_usual else "stranger"


def _why_not_by_parts(archive: zipfile.ZipFile, main_type: bytes) -> dict | None:
    """Unpack every part once: what the directory says of sizes may be a lie, and XML is looked at for what it begins."""
    left = MOST_UNPACKED
    for part in archive.infolist():
        is_read = part.filename.endswith(".rels") or part.filename in ("[Content_Types].xml", "word/document.xml")
        kept = b""
        with archive.open(part) as opened:
            tail = b""
            while chunk := opened.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    return {"fault": "unpacked", "bytes": MOST_UNPACKED, "parts": 0}
                if any(word in tail + chunk for word in FORBIDDEN):
                    return {"fault": "entities", "name": part.filename}
                tail = chunk[-32:]
                kept += chunk if is_read and len(kept) < 64 * CHUNK else b""
        if is_read and (fault := _why_not_read(part.filename, kept, main_type)):
            return {"fault": fault, "name": part.filename}
    return None


def _why_not_read(name: str, content: bytes, main_type: bytes) -> str:
    if b"\0" in content[:200]:
        content = content.decode("utf-16", "replace").encode()
    if name == "[Content_Types].xml":
        return "" if main_type in content and b"macroEnabled" not in content else "macros"
    if name.endswith(".rels"):
        # An address to click on stays; what is fetched by itself, a template or a picture, is none.
        return "" if all(ONLY_A_LINK.search(found[0]) for found in EXTERNAL.finditer(content)) else "linked"
    fields = b"".join(found[1] or found[2] or b"" for found in FIELDS.finditer(content))
    return "linked" if STARTS_SOMETHING.search(fields) else ""


if __name__ == "__main__":
    main()

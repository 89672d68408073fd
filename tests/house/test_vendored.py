"""What came from elsewhere is listed with its licence and its SHA-256, and its notice is shipped."""

import hashlib
import re

from tests.house.project import ROOT, SOURCE, files, is_vendored, place

FONTS = {".woff2", ".woff", ".ttf", ".otf"}


def from_elsewhere():
    return [path for path in files(under=SOURCE) if path.suffix in FONTS or is_vendored(path)]


def test_every_file_from_elsewhere_stands_in_a_list_with_its_hash():
    lists = "\n".join(path.read_text("utf-8") for path in files(".md", under=SOURCE) if path.name == "VENDORED.md")
    rows = [row for row in lists.splitlines() if row.startswith("| `")]
    unlisted = [
        place(path)
        for path in from_elsewhere()
        if not any(path.name in row and hashlib.sha256(path.read_bytes()).hexdigest() in row for row in rows)
    ]

    assert unlisted == []


def test_every_licence_the_notice_names_is_shipped_and_none_is_left_over():
    named = set(re.findall(r"LICENSES/([\w.-]+\w)", (ROOT / "NOTICE").read_text("utf-8")))

    assert named == {path.name for path in (ROOT / "LICENSES").iterdir()}

"""The edition files that come with SP2K: templates for a new edition."""

from dataclasses import dataclass
from pathlib import Path

from sp2k.editions.file import EditionFile, read_edition

SHIPPED = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Template:
    """A shipped edition file and what it declares."""

    text: str
    file: EditionFile


def shipped_templates() -> dict[str, Template]:
    """Return the shipped edition files by code."""
    found = {}
    for path in sorted(SHIPPED.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        file = read_edition(text, name=path.name)
        found[file.code] = Template(text, file)
    return found

"""The versions of a draft's text, and how two of them differ."""

import difflib
from dataclasses import dataclass

from sp2k.editions.models import Edition, EditionText

SHOWN = 30


@dataclass(frozen=True)
class Difference:
    """A line that only one of two texts has: `sign` is + (typed), - (in force) or empty (both, for orientation)."""

    sign: str
    line: str


def versions_of(edition: Edition) -> list[EditionText]:
    """Return the last versions, newest first."""
    return list(edition.texts.select_related("by").defer("text").order_by("-number")[:SHOWN])


def compared(standing: str, other: str) -> list[Difference]:
    """Return the lines by which `other` differs from the standing text, with two lines around each."""
    lines = difflib.unified_diff(standing.splitlines(), other.splitlines(), lineterm="", n=2)
    shown = [line for line in lines if not line.startswith(("---", "+++"))]
    return [Difference("", "…") if line.startswith("@@") else Difference(line[:1].strip(), line[1:]) for line in shown]

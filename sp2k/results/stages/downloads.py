"""The files of a frozen count, byte for byte as they were counted; the workbook is made from them."""

from dataclasses import dataclass

from sp2k.base.exactyaml import load
from sp2k.base.refusals import Refused
from sp2k.results.frozen import require_frozen
from sp2k.results.models import FrozenTally
from sp2k.results.workbook.writing import MOST_MARKS, n_marks, workbook_of
from sp2k.tally.count import count
from sp2k.tally.sheets import MarkLines
from sp2k.tally.stage_rules import read_stage_rules

CSV, YAML = "text/csv; charset=utf-8", "application/yaml; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class CountFile:
    """A file of the count: the act that reads it, its kind, and the field that holds it (none for the workbook)."""

    action: str
    content_type: str
    kept_in: str = ""


FILES = {
    "places.csv": CountFile("places.export", CSV, "places"),
    "rules.yaml": CountFile("places.export", YAML, "rules"),
    "sheets.csv": CountFile("marks.export", CSV, "sheets"),
    "jejak.csv": CountFile("marks.export", CSV, "trace"),
    "hitung.xlsx": CountFile("marks.export", XLSX),
}


def file_of(tally: FrozenTally, name: str) -> str | bytes:
    """Return a file of the count; Refused where a workbook would be too large to open."""
    require_frozen(tally)
    if kept_in := FILES[name].kept_in:
        return getattr(tally, kept_in)
    counted = count(read_stage_rules(load(tally.rules, name="rules.yaml")), MarkLines(tally.sheets.splitlines(True)))
    if n_marks(counted) > MOST_MARKS:
        raise Refused(f"Lembar kerja tidak dibuat: {n_marks(counted)} nilai, lebih dari {MOST_MARKS}. Unduh CSV-nya.")
    return workbook_of(counted)

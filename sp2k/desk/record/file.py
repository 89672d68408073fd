"""The record as a table for a spreadsheet: the same acts as on the page, with the whole hash of each line that may show it."""

from collections.abc import Sequence

from sp2k.base import clock
from sp2k.base.documents.tables import csv_text, local, sample_line, xlsx_bytes
from sp2k.base.language import of_record
from sp2k.base.wording import instant_in_words, zone_in_words
from sp2k.desk.record.telling import read_acts
from sp2k.journal.models import Line

HEADER = ("waktu", "edisi", "jenis", "tindakan", "oleh", "peran", "sidik")


@of_record
def record_file(lines: Sequence[Line], kind: str, *, reader) -> str | bytes:
    """Return the acts as `csv` or `xlsx`; the first line says that the data are a sample where some are."""
    acts = read_acts(lines, reader=reader)
    is_sample = clock.is_demonstration() or any(act.edition and act.edition.is_sample for act in acts)
    first_line = sample_line("catatan tindakan") if is_sample else ""
    if kind == "csv":
        rows = [(instant_in_words(act.at, act.zone), *_rest(act)) for act in acts]
        return csv_text(HEADER, rows, first_line=first_line)
    # A workbook holds the hour on the wall, so that it can be sorted; editions lie in several zones.
    dated = [(local(act.at, act.zone), zone_in_words(act.at, act.zone), *_rest(act)) for act in acts]
    return xlsx_bytes("catatan tindakan", (HEADER[0], "zona", *HEADER[1:]), dated, first_line=first_line)


def _rest(act) -> tuple:
    return act.edition.code if act.edition else "", act.line.type, act.sentence, act.who, act.roles, act.hash

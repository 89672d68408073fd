"""The codes of a stage's papers as a workbook, for whoever hands them out and collects them."""

from collections.abc import Iterable

from sp2k.base.documents.tables import local, xlsx_bytes
from sp2k.base.language import of_record
from sp2k.editions.models import Stage
from sp2k.judging.models import PaperSheet

HEADER = ["Kode", "Kecamatan", "Kabupaten/kota", "Juri", "Lembaga", "Keadaan", "Pembacaan", "Dicetak", "Alasan ditarik"]


@of_record
def codes_workbook(stage: Stage, papers: Iterable[PaperSheet]) -> bytes:
    """Return the list of codes; no mark is in it."""
    above = f"Data contoh: {stage}. Dibuat untuk peragaan, bukan yang resmi." if stage.edition.is_sample else ""
    return xlsx_bytes("kertas", HEADER, [_cells(paper, stage.edition.zone) for paper in papers], first_line=above)


def _cells(paper: PaperSheet, zone: str) -> list:
    entry = paper.assignment.participation.entry
    return [
        paper.shown_code, entry.name, entry.regency_name, paper.juror.name if paper.juror else "",
        paper.assignment.seat.institution, str(paper.get_state_display()), paper.reading, local(paper.printed_at, zone),
        paper.withdrawn_reason,
    ]  # fmt: skip

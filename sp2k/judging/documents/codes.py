"""The codes of a stage's papers as a workbook, for whoever hands them out and collects them."""

import io
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import xlsxwriter

from sp2k.base.language import of_record
from sp2k.editions.models import Stage
from sp2k.judging.models import PaperSheet

HEADER = ["Kode", "Kecamatan", "Kabupaten/kota", "Juri", "Lembaga", "Keadaan", "Pembacaan", "Dicetak", "Alasan ditarik"]
WIDTHS = [18, 24, 26, 30, 40, 26, 11, 18, 30]


@of_record
def codes_workbook(stage: Stage, papers: Iterable[PaperSheet]) -> bytes:
    """Return the list of codes; no mark is in it. Texts stay texts whatever they begin with."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("kertas")
        top = 0
        if stage.edition.is_sample:
            sheet.write_string(0, 0, f"Data contoh: {stage}. Dibuat untuk peragaan, bukan yang resmi.")
            top = 1
        for column, (name, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
            sheet.write_string(top, column, name, book.add_format({"bold": True}))
            sheet.set_column(column, column, width)
        for row, paper in enumerate(papers, start=top + 1):
            for column, value in enumerate(_cells(paper, stage.edition.zone)):
                sheet.write_string(row, column, value)
        sheet.freeze_panes(top + 1, 0)
    return content.getvalue()


def _cells(paper: PaperSheet, zone: str) -> list[str]:
    entry = paper.assignment.participation.entry
    return [
        paper.shown_code, entry.name, entry.regency_name, paper.juror.name if paper.juror else "",
        paper.assignment.seat.institution, paper.get_state_display(), str(paper.reading),
        f"{paper.printed_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H.%M}", paper.withdrawn_reason,
    ]  # fmt: skip

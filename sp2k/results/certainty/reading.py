"""Reading a stage's certainty: from its frozen count to what the pages and exports show."""

from collections.abc import Sequence
from dataclasses import dataclass

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base.clock import moment
from sp2k.base.documents.tables import Sheet, csv_text, number_of, workbook_bytes
from sp2k.base.language import of_record
from sp2k.editions.models import Stage
from sp2k.results.certainty.asking import Answers, FrozenInput, ask
from sp2k.results.certainty.numbers import POINTS, Table, all_tables
from sp2k.results.certainty.page import certainty_page
from sp2k.results.certainty.standings import Board, board_of
from sp2k.results.frozen import require_frozen
from sp2k.results.models import Advancement, FrozenTally
from sp2k.results.queries import StageResult, counted_stages_visible_to, standing_tally
from sp2k.results.ties.ruled import placements_of


@dataclass(frozen=True)
class StageRow:
    """A stage in the list: readable, or the reason why not yet."""

    stage: Stage
    reason: str


def readable_stages(user, *, now) -> list[StageRow] | None:
    """Return the counted stages within the reach of a person's roles; None for whoever may read none at all."""
    rows = [
        StageRow(stage, why_not(user, "certainty.read", StageResult(stage), now=moment(now, stage.edition)) or "")
        for stage in counted_stages_visible_to(user).filter(edition__abandoned_at=None).prefetch_related("edition__stages")
        if not is_hidden(user, "certainty.read", StageResult(stage), now=moment(now, stage.edition))
    ]
    return rows or None


def certainty_of(stage: Stage, *, show_all: bool, named: bool) -> dict:
    """Return what the page "Seberapa yakin?" needs; `page` is None before the count is frozen or without marks."""
    tally, answers, board = _asked(stage)
    page = None
    if answers is not None:
        institutions = dict(stage.seats.values_list("code", "institution")) if named else {}
        page = certainty_page(answers, board, show_all=show_all, institutions=institutions)
    return {
        "stage": stage, "tally": tally, "page": page, "named": named,
        "has_advanced": Advancement.objects.filter(stage=stage).exists(),
    }  # fmt: skip


def analysis_of(stage: Stage) -> dict:
    """Return what the analyst's page needs."""
    tally, answers, board = _asked(stage)
    tables = all_tables(answers, board) if answers is not None else ()
    return {"stage": stage, "tally": tally, "tables": tables, "answers": answers}


@of_record
def tables_of(stage: Stage) -> tuple[Table, ...]:
    """Return the analyst's tables; none before the count is frozen."""
    _tally, answers, board = _asked(stage)
    return all_tables(answers, board) if answers is not None else ()


def _asked(stage: Stage) -> tuple[FrozenTally | None, Answers | None, Board | None]:
    tally = standing_tally(stage)
    if tally is None:
        return None, None, None
    placed = placements_of(require_frozen(tally), placed_only=True)
    answers = ask(FrozenInput.of(tally, placed))
    return tally, answers, None if answers is None else board_of(tally, answers, placed)


def sample_line(stage: Stage) -> str:
    return f"Data contoh: {stage}. Nilai dibuat untuk peragaan, bukan nilai resmi."


def csv_of(table: Table, stage: Stage) -> str:
    """Return a table as CSV; decimals with a point, as data."""
    return csv_text(table.header, table.rows, first_line=_above(stage))


@of_record
def workbook_of(tables: Sequence[Table], stage: Stage) -> bytes:
    """Return tables as one XLSX workbook, a sheet a table."""
    above = [line] if (line := _above(stage)) else []
    sheets = [Sheet(table.code, table.header, _rows(table), above) for table in tables]
    return workbook_bytes(sheets or [Sheet("kosong", ["Hitungan tahap ini belum dibekukan."], [])])


def _rows(table: Table) -> list[list]:
    """The rows with the official totals as numbers: in a CSV they are the texts as printed."""
    points = {place for place, head in enumerate(table.header) if head == POINTS}
    return [[number_of(cell) if n in points and isinstance(cell, str) else cell for n, cell in enumerate(row)]
            for row in table.rows]  # fmt: skip


def _above(stage: Stage) -> str:
    return sample_line(stage) if stage.edition.is_sample else ""

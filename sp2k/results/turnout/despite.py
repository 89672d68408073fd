"""Sheets that count although their writer's conflict of interest with the entry was recorded after they were given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from sp2k.base.language import spoken_instant
from sp2k.editions.models import Stage
from sp2k.judging.models import Conflict
from sp2k.judging.opening.attendance import require_conflicts
from sp2k.judging.queries import conflicts_in, sheets_despite_conflict


@dataclass(frozen=True)
class JudgedDespite:
    """One such sheet: of which seat, for whom, and when the conflict was recorded. What was written of it stays private."""

    institution: str
    code: str
    entry: str
    recorded_at: datetime
    is_declared: bool


def judged_despite(stages: Iterable[Stage]) -> dict[int, tuple[JudgedDespite, ...]]:
    """Return {stage: its sheets that count despite a conflict}, for stages of one edition."""
    stages = list(stages)
    sheets = list(sheets_despite_conflict([stage.pk for stage in stages])) if stages else []
    if not sheets:
        return {}
    require_conflicts(stages[0])
    conflicts, found = conflicts_in(stages[0].edition), {}
    for sheet in sheets:
        participation = sheet.assignment.participation
        conflict = conflicts[sheet.by_id, participation.entry_id]
        row = JudgedDespite(
            sheet.assignment.seat.institution, participation.region_code, str(participation.entry), conflict.declared_at,
            conflict.ground == Conflict.Ground.DECLARED,
        )  # fmt: skip
        found[participation.stage_id] = (*found.get(participation.stage_id, ()), row)
    return found


def despite_said(rows: Sequence[JudgedDespite], stage: Stage) -> list[str]:
    """Return each sheet in one sentence: whose seat, with whom, since when, and that it counts."""
    declared = _("Kursi %(seat)s menyatakan benturan kepentingan dengan %(entry)s pada %(at)s, sesudah memberi lembarnya pada "
                 "tahap %(stage)s. Lembar itu tetap dihitung.")  # fmt: skip
    noted = _("Kursi %(seat)s tercatat berbenturan kepentingan dengan %(entry)s menurut asalnya pada %(at)s, sesudah memberi "
              "lembarnya pada tahap %(stage)s. Lembar itu tetap dihitung.")  # fmt: skip
    return [
        (declared if row.is_declared else noted)
        % {"seat": row.institution, "entry": row.entry, "stage": stage.name,
           "at": spoken_instant(row.recorded_at, stage.edition.zone)}
        for row in rows
    ]  # fmt: skip

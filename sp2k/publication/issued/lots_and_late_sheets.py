"""What minutes say of a lot that was drawn and of a sheet that came late and counts: who, when, before whom."""

from collections.abc import Sequence

from sp2k.base.wording import instant_in_words
from sp2k.editions.models import Stage
from sp2k.journal.models import Line
from sp2k.journal.queries import lines_of_type
from sp2k.judging.models import Assignment, LateSheet, Sheet
from sp2k.results.models import Placement
from sp2k.results.stages.late import LateCase, late_cases
from sp2k.results.templatetags.ties import BY_LOT
from sp2k.results.ties.lots import signed_draw


def lot_told(stage: Stage, rows: Sequence[Placement]) -> list[str]:
    """Return how the lot was drawn by which some of these rows have their place; nothing where none has."""
    if not any(row.decided_by == BY_LOT for row in rows):
        return []
    draw, zone = signed_draw(stage), stage.edition.zone
    if draw is None:
        seed = stage.rules.get("benih")
        return [f'Undian: benihnya, "{seed}", tertulis dalam aturan yang dikunci.'] if seed else []
    lot = draw.lot
    return [
        f'Undian: benihnya "{draw.seed}", diambil dari: {lot.source.rstrip(".")}. Diumumkan {lot.by.name} pada '
        f"{instant_in_words(lot.at, zone)}, ditarik pada {instant_in_words(lot.draws_at, zone)}, dicatat {draw.by.name} pada "
        f"{instant_in_words(draw.at, zone)}. Hadir: {'; '.join(draw.present)}. Disahkan {draw.signed_by.name} pada "
        f"{instant_in_words(draw.signed_at, zone)}."
    ]


def late_sheets_told(stage: Stage) -> list[str]:
    """Return each late sheet that counts: when it came, as what its seat was recorded before, who proposed and agreed."""
    accepted = [case for case in late_cases(stage) if case.late.decision == LateSheet.Decision.ACCEPTED]
    standing = set(
        Sheet.objects.filter(op_id__in=[case.late.op_id for case in accepted], voided_at=None).values_list("op_id", flat=True)
    )
    counted = [case for case in accepted if case.late.op_id in standing]
    recorded = lines_of_type(stage.edition.chain_id, ("attendance.record",)) if counted else []
    return [_late_told(case, _recorded_before(case.late, recorded), stage.edition.zone) for case in counted]


def _late_told(case: LateCase, state: str, zone: str) -> str:
    late, duty = case.late, case.late.assignment
    away = {
        Assignment.Attendance.ABSENT: " Sebelum itu kursinya tercatat absen.",
        Assignment.Attendance.RECUSED: " Sebelum itu kursinya tercatat berbenturan kepentingan.",
    }.get(state, "")
    agreed = " dan ".join(f"{yes.by.name} pada {instant_in_words(yes.at, zone)}" for yes in case.yeses)
    return (
        f"Lembar kursi {duty.seat.institution} untuk {duty.participation.entry} datang sesudah tahap ditutup, pada "
        f"{instant_in_words(late.at, zone)}, dan dihitung lewat koreksi.{away} Diusulkan {case.proposal.by.name} pada "
        f"{instant_in_words(case.proposal.at, zone)}; disetujui {agreed}."
    )


def _recorded_before(late: LateSheet, recorded: Sequence[tuple[Line, dict]]) -> str:
    """What was recorded last of the seat's attendance before the sheet counted: that it does records that it was there."""
    duty = late.assignment
    whose = {"stage": duty.stage.code, "seat": duty.seat.code, "entry": duty.participation.region_code}
    states = [
        body["state"] for line, body in recorded if line.at < late.decided_at and body.items() >= whose.items()
    ]
    return states[-1] if states else ""

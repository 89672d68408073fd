"""What minutes say of a lot that was drawn and of what came after the deadline and counts: who, when, before whom."""

from collections.abc import Sequence

from sp2k.base.wording import instant_in_words
from sp2k.editions.models import Stage
from sp2k.journal.models import Line
from sp2k.journal.queries import lines_of_type
from sp2k.judging.models import Assignment, LateSheet, PaperSheet, Sheet
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
        f"{instant_in_words(lot.at, zone)}, untuk ditarik pada {instant_in_words(lot.draws_at, zone)}, dicatat "
        f"{draw.by.name} pada {instant_in_words(draw.at, zone)}. Hadir: {'; '.join(draw.present)}. Disahkan "
        f"{draw.signed_by.name} pada {instant_in_words(draw.signed_at, zone)}."
    ]


def late_sheets_told(stage: Stage) -> list[str]:
    """Return each late sheet that counts: when it came, as what its seat was recorded before, who proposed and agreed.

    After them the papers that their jurors confirmed between the deadline and the lock.
    """
    accepted = [case for case in late_cases(stage) if case.late.decision == LateSheet.Decision.ACCEPTED]
    standing = set(
        Sheet.objects.filter(op_id__in=[case.late.op_id for case in accepted], voided_at=None).values_list("op_id", flat=True)
    )
    counted = [case for case in accepted if case.late.op_id in standing]
    recorded = lines_of_type(stage.edition.chain_id, ("attendance.record",)) if counted else []
    told = [_late_told(case, _recorded_before(case.late, recorded), stage) for case in counted]
    return told + _confirmed_after_the_deadline(stage)


def _confirmed_after_the_deadline(stage: Stage) -> list[str]:
    """Return each paper that counts though its juror confirmed it after the deadline: until the lock nobody else decides."""
    papers = (
        PaperSheet.objects.filter(
            assignment__participation__stage=stage, state=PaperSheet.State.CONFIRMED, late_sheet=None,
            confirmed_at__gte=stage.closes_at,
        )
        .select_related("assignment__seat", "assignment__participation__entry__region__parent")
        .prefetch_related("assignment__sheets")
        .order_by("confirmed_at", "pk")
    )  # fmt: skip
    return [_paper_told(paper, stage.edition.zone) for paper in papers if paper.is_visit or _counts(paper)]


def _counts(paper: PaperSheet) -> bool:
    """Whether a paper's sheet is the one of its duty: not voided, and no later one stands."""
    standing = [row for row in paper.assignment.sheets.all() if not row.is_voided]
    return bool(standing) and standing[-1].pk == paper.sheet_id  # by revision


def _paper_told(paper: PaperSheet, zone: str) -> str:
    duty, what = paper.assignment, "Formulir kunjungan" if paper.is_visit else "Lembar"
    return (
        f"{what} kertas kursi {duty.seat.institution} untuk {duty.participation.entry}, dicetak pada "
        f"{instant_in_words(paper.printed_at, zone)}, dikonfirmasi jurinya pada {instant_in_words(paper.confirmed_at, zone)}, "
        "sesudah batas waktu tahap dan sebelum tahap dikunci. Kertas yang dikonfirmasi sebelum penguncian dihitung tanpa "
        "koreksi."
    )


def _late_told(case: LateCase, state: str, stage: Stage) -> str:
    late, duty, zone = case.late, case.late.assignment, stage.edition.zone
    passed = "tahap dikunci" if stage.locked_at and late.at >= stage.locked_at else "batas waktu tahap"
    away = {
        Assignment.Attendance.ABSENT: " Sebelum itu kursinya tercatat absen.",
        Assignment.Attendance.RECUSED: " Sebelum itu kursinya tercatat berbenturan kepentingan.",
    }.get(state, "")
    agreed = " dan ".join(f"{yes.by.name} pada {instant_in_words(yes.at, zone)}" for yes in case.yeses)
    return (
        f"Lembar kursi {duty.seat.institution} untuk {duty.participation.entry} datang sesudah {passed}, pada "
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

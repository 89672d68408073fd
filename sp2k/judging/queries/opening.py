"""Holding what a panel gave against the journal: sheets, late sheets, visits, papers, attendance, conflicts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.base.blobs import states_of
from sp2k.base.models import Blob
from sp2k.base.wording import within_sentence
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries.opening import open_rules
from sp2k.entries.queries.opening import erasing_lines, open_entrants, open_registered
from sp2k.instruments.fields import mark_fields
from sp2k.journal.opening import GONE, NOT_VOIDED, UNTOLD, Opening, open_chain_of, open_lines
from sp2k.judging.contents import (
    confirmation_content,
    duties_content,
    finding_content,
    plain_mark,
    plan_content,
    seating_content,
    sheet_content,
    typing_content,
)
from sp2k.judging.models import (
    Assignment,
    Conflict,
    LateSheet,
    Mark,
    PaperSheet,
    Seat,
    Seating,
    Sheet,
    VisitFinding,
    VisitPhoto,
    VisitPlan,
)
from sp2k.judging.opening.attendance import open_attendance
from sp2k.judging.opening.claims import open_claims
from sp2k.judging.opening.erased import findings_with, has_let_go, has_let_scan_go
from sp2k.judging.opening.given import (
    hold_given_findings,
    hold_given_late_sheets,
    hold_given_sheets,
    hold_revisions_in_order,
)
from sp2k.judging.opening.papers import SCANNED, confirmed_papers, open_paper_acts
from sp2k.judging.opening.schedule import open_schedule
from sp2k.judging.paper_places import places_of
from sp2k.judging.queries.duties import duties_of

GIVEN = ("sheet.submit", "sheet.revise", "sheet.correct")
LATE = ("sheet.late", "correction.propose", "correction.refuse", "correction.approve")
SEAT = ("code", "institution", "is_chair", "position")
_DUTY = ("assignment__seat", "assignment__participation__entry")


def open_panel(opening: Opening, stage: Stage) -> None:
    """Hold all that was given at a stage that jurors or visitors score against its lines."""
    open_seats(opening, stage)
    open_duties(opening, stage)
    open_schedule(opening, stage)
    open_sheets(opening, stage)
    open_late_sheets(opening, stage)
    open_findings(opening, stage)
    open_papers(opening, stage)
    open_attendance(opening, stage)
    open_claims(opening, stage)


def _declared_seats(stage: Stage) -> list[tuple]:
    declared = enumerate(stage.rules.get("kursi") or (), start=1)
    return [(seat["kode"], seat["lembaga"], bool(seat.get("ketua")), n) for n, seat in declared]


def refuse_changed_panel(stage: Stage, act: str) -> None:
    """Stop an act about a panel, its duties or its order, where rules, yeses or the panel are not those of their lines."""
    refuse_changed_people(act)
    opening = open_chain_of(stage.edition.chain_id, reads_bytes=False)
    opening.expect_whole_database(Seat, Seating, Conflict, Assignment)
    open_rules(opening, stage.edition)
    open_entrants(opening, stage)
    open_registered(opening, stage)
    open_panel(opening, stage)
    opening.refuse_faults(act)


def open_seats(opening: Opening, stage: Stage) -> None:
    """Hold the seats of a panel against the locked rules, which name their institutions."""
    kept = list(stage.seats.values_list(*SEAT))
    if kept:
        seq, _body = opening.last("panel.lock", stage=stage.code)
        opening.hold(kept == _declared_seats(stage), f"Kursi juri tahap {stage.name}", seq)
    _open_seatings(opening, stage)


def require_institutions(edition: Edition) -> None:
    """Refuse to show seats whose institutions are not those of the locked rules, which its pages have held. Two queries."""
    opening, kept = open_lines(edition.chain_id, ("panel.lock",)), defaultdict(list)
    for stage, *seat in Seat.objects.filter(stage__edition=edition).values_list("stage__code", *SEAT).order_by("position"):
        kept[stage].append(tuple(seat))
    for stage in edition.stages.all():
        if stage.code in kept:
            seq, _body = opening.last("panel.lock", stage=stage.code)
            opening.hold(kept[stage.code] == _declared_seats(stage), f"Kursi juri tahap {stage.name}", seq)
    opening.refuse_to_show()


def require_late_sheets(stage: Stage) -> None:
    """Refuse to show who sent late sheets and what was decided about them where it is not what the lines say.

    Their marks stand on no such page, and are not held for it: a page that may not tell marks must not differ by them.
    """
    lates = list(LateSheet.objects.filter(assignment__participation__stage=stage).select_related(*_DUTY))
    if lates:
        opening = open_lines(stage.edition.chain_id, LATE, lates)
        for late in lates:
            what, seq = f"Lembar terlambat {late.assignment}", opening.line_of(("sheet.late",), late.commitment)
            if opening.hold(seq is not None, what, seq, why=UNTOLD) and opening.hold_act(late, what, seq):
                _open_late_decision(opening, late, what)
        opening.refuse_to_show()


def require_seatings(stage: Stage) -> None:
    """Refuse to print who sits in the seats of a stage where it is not what the lines tell: what minutes ask first."""
    opening = open_lines(stage.edition.chain_id, ("panel.seat",))
    _open_seatings(opening, stage)
    opening.refuse_to_show()


def require_seats(stage: Stage) -> None:
    """Refuse to show seats that are not those of the locked rules, or holders of whom no line tells."""
    opening = open_lines(stage.edition.chain_id, ("panel.lock", "panel.seat"))
    open_seats(opening, stage)
    opening.refuse_to_show()


def _open_seatings(opening: Opening, stage: Stage) -> None:
    """Who sits in each seat, since when, until when and why: each person by a line, in their order."""
    told: dict[str, list[tuple[int, dict]]] = defaultdict(list)
    for seq, body in opening.entries("panel.seat", stage=stage.code):
        told[body["seat"]].append((seq, body))
    for seat in stage.seats.prefetch_related("seatings__user"):
        seat.stage, what = stage, f"Pemegang kursi {seat.institution}, tahap {stage.name}"
        rows, lines = sorted(seat.seatings.all(), key=lambda row: (row.since, row.pk)), told[seat.code]
        for row, after, (seq, body) in zip(rows, [*rows[1:], None], lines, strict=False):
            row.seat = seat
            kept = row.since, row.until, row.reason
            said = opening.replayed.acts[seq][1], after.since if after else None, body.get("reason", row.reason)
            opening.hold(kept == said and opening.seals(seq, seating_content(row)), what, seq)
        if len(rows) > len(lines):
            opening.fail(what, UNTOLD)
        for seq, _body in lines[len(rows) :]:
            opening.fail(what, GONE, seq)


def open_duties(opening: Opening, stage: Stage) -> None:
    """Hold who judges whom against the line that assigned last; what was taken away since has a line of its own."""
    assigned, _body = opening.last("jurors.assign", stage=stage.code)
    duties, what = set(duties_of(stage)), f"Penugasan tahap {stage.name}"
    if assigned is None:
        if duties:
            opening.fail(what, UNTOLD)
        return
    taken = {(body["seat"], body["entry"]) for seq, body in opening.entries("duty.void", stage=stage.code) if seq > assigned}
    opening.hold(not duties & taken and opening.seals(assigned, duties_content(duties | taken)), what, assigned)


def open_sheets(opening: Opening, stage: Stage) -> None:
    """Hold every sheet of a stage: its marks and reasons, the seat and the entry it is of, its revision, its voiding."""
    rows = Sheet.objects.filter(assignment__participation__stage=stage).select_related(*_DUTY)
    sheets = list(rows.order_by("pk"))
    marks = _open_sheets(opening, stage, sheets, Mark.objects.filter(sheet__assignment__participation__stage=stage))
    hold_given_sheets(opening, stage, sheets, marks)
    opening.expect_met([(kind, "Sebuah lembar penilaian") for kind in GIVEN], stage=stage.code)


def require_sheets(stage: Stage, sheets: Sequence[Sheet]) -> None:
    """Refuse to show sheets that are not what their lines sealed: what a page or a list of them asks first."""
    if sheets:
        opening = open_lines(stage.edition.chain_id, (*GIVEN, "sheet.void"), sheets)
        _open_sheets(opening, stage, sheets, Mark.objects.filter(sheet__in=sheets))
        opening.refuse_to_show()


def require_late_sheet(stage: Stage, late: LateSheet) -> None:
    """Refuse to show a late sheet that is not what its line sealed, or whose decision is not the one in the journal."""
    opening = open_lines(stage.edition.chain_id, LATE, [late])
    _open_late_sheets(opening, stage, [late])
    opening.refuse_to_show()


def _open_sheets(opening, stage, sheets: Sequence[Sheet], rows) -> dict[int, list[tuple[str, str, str]]]:
    """Hold sheets with their marks; return {sheet: (indicator, exact text, remark) of each mark}."""
    marks: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = rows.order_by("pk")
    for sheet, code, value, remark in rows.values_list("sheet_id", "indicator", "value", "remark").iterator(chunk_size=5000):
        marks[sheet].append((code, plain_mark(value), remark))
    for sheet in sheets:
        duty, given = sheet.assignment, marks[sheet.pk]
        content = sheet_content(
            duty.seat.code, stage.code, duty.participation.region_code, marks=[row[:2] for row in given],
            remarks=[(code, remark) for code, _value, remark in given if remark], note=sheet.note, reason=sheet.reason,
        )  # fmt: skip
        opening.open_row(GIVEN, sheet, content, _named(sheet))
    opening.open_voids("sheet.void", sheets, _named)
    return marks


def open_late_sheets(opening: Opening, stage: Stage) -> None:
    """Hold every sheet that came after its stage had ended, and what was decided about it."""
    lates = list(LateSheet.objects.filter(assignment__participation__stage=stage).select_related(*_DUTY))
    _open_late_sheets(opening, stage, lates)
    hold_given_late_sheets(opening, stage, lates)
    opening.expect_met([("sheet.late", "Sebuah lembar terlambat")], stage=stage.code)


def _open_late_sheets(opening, stage, lates: Iterable[LateSheet]) -> None:
    for late in lates:
        duty, what = late.assignment, f"Lembar terlambat {late.assignment}"
        order = mark_fields(stage.instrument, traits=duty.participation.entry.traits) if stage.instrument else {}
        content = sheet_content(
            duty.seat.code, stage.code, duty.participation.region_code, marks=_in_order(late.marks, order),
            remarks=_in_order(late.remarks, order), note=late.note, reason=late.reason,
        )  # fmt: skip
        if opening.open_row(("sheet.late",), late, content, what):
            _open_late_decision(opening, late, what)


def _open_late_decision(opening, late: LateSheet, what) -> None:
    refused = opening.line_of(("correction.refuse",), late.commitment)
    agreed = opening.line_of(("correction.approve",), late.commitment)
    holds = {
        LateSheet.Decision.WAITING: refused is None,
        LateSheet.Decision.ACCEPTED: refused is None and agreed is not None,
        LateSheet.Decision.REFUSED: refused is not None,
    }[LateSheet.Decision(late.decision)]
    settled = refused if refused is not None else agreed
    since = opening.replayed.acts[settled][1] if settled is not None and not late.is_waiting else None
    if not holds or late.decided_at != since:
        opening.fail(what, "putusannya tidak sama dengan yang dicatat jurnal", settled)
    _open_who_decided(opening, late, what, settled)
    proposed = opening.line_of(("correction.propose",), late.commitment)
    # Of a refusal from before both reasons were kept the proposal's was lost: it stands empty, and nothing is shown of it.
    is_lost = refused is not None and not late.proposal_reason and late.decided_by_id is None
    reasons = [("putusannya", refused, late.decision_reason), ("usulnya", None if is_lost else proposed, late.proposal_reason)]
    for whose, seq, reason in reasons:
        if seq is not None and not opening.seals(seq, {"reason": reason}, key="why") or seq is None and reason:
            opening.fail(what, f"alasan {whose} tidak sama dengan yang dicatat jurnal", seq)


def _open_who_decided(opening, late: LateSheet, what, seq: int | None) -> None:
    """Who refused a late sheet or gave it the last yes, where the row tells of it."""
    if late.is_waiting or seq is None:
        if late.decided_by_id is not None:
            opening.fail(what, "menyebut siapa yang memutusnya, padahal belum diputus")
        return
    if late.decided_by_id is None and opening.replayed.entries[seq]["v"] == 1:
        return  # decided before the row told by whom
    person, _at = opening.replayed.acts[seq]
    if late.decided_by is None or late.decided_by.get_username() != person:
        opening.fail(what, "putusannya tidak sama dengan yang dicatat jurnal", seq)


def open_findings(opening: Opening, stage: Stage) -> None:
    """Hold every finding of a visit with its photos, and every plan of one."""
    rows = VisitFinding.objects.filter(participation__stage=stage).select_related("participation__entry", "seat")
    found = list(rows.order_by("pk"))
    names = _open_findings(opening, stage, found, VisitPhoto.objects.filter(finding__participation__stage=stage))
    hold_given_findings(opening, stage, found)
    opening.expect_met([("visit.finding", "Sebuah temuan lapang")], stage=stage.code)
    _open_plans(opening, stage)
    states, erased = states_of(Blob.objects.filter(pk__in=names), by_bytes=opening.reads_bytes), erasing_lines(opening)
    with_photo = findings_with(found)
    own = {row.commitment: row.participation_id for row in found}
    for sha256, name in names.items():
        rows, erasing = with_photo[sha256], erased.get(sha256)
        if erasing is not None and not all(has_let_go(opening, row, erasing, own) for row in rows):
            erasing = None
        told = [opening.line_of(("visit.finding",), row.commitment) for row in rows]
        given = max((seq for seq in told if seq is not None), default=None)  # a later finding keeps no erased photo
        opening.open_file(states[sha256], f'Foto kunjungan "{name}"', erasing, given=given)


def require_findings(stage: Stage, found: Sequence[VisitFinding]) -> None:
    """Refuse to show findings of a visit that are not what their lines sealed: what a page of them asks first."""
    if found:
        opening = open_lines(stage.edition.chain_id, ("visit.finding", "finding.void"), found)
        _open_findings(opening, stage, found, VisitPhoto.objects.filter(finding__in=found))
        opening.refuse_to_show()


def _open_findings(opening, stage, found: Sequence[VisitFinding], rows) -> dict[str, str]:
    """Hold findings with the photos they name; return {SHA-256: name} of the photos."""
    photos: dict[int, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in rows.order_by("pk"):
        photos[row.finding_id].append(row.blob_id)
        names[row.blob_id] = row.name
    for row in found:
        content = finding_content(
            stage.code, row.participation.region_code, row.claim, row.verdict, note=row.note, place=row.place,
            seen_at=row.seen_at, photos=photos[row.pk], reason=row.reason,
        )  # fmt: skip
        opening.open_row(("visit.finding",), row, content, _named_finding(row))
    opening.open_voids("finding.void", found, _named_finding)
    return names


def _open_plans(opening, stage) -> None:
    plans = VisitPlan.objects.filter(participation__stage=stage).select_related("participation__entry")
    plans = list(plans.order_by("pk").prefetch_related("claims"))
    hold_revisions_in_order(opening, "visit.plan", plans, lambda plan: plan.participation_id, str)
    for plan in plans:
        if plan.voided_at is not None or plan.voided_reason or plan.voided_by_id or plan.voided_as:
            opening.fail(str(plan), NOT_VOIDED)  # a plan is changed, never voided
        claims = [row.claim for row in plan.claims.all()]
        content = plan_content(stage.code, plan.participation.region_code, claims, plan.reason)
        opening.open_row(("visit.plan",), plan, content, str(plan))
    opening.expect_met([("visit.plan", "Sebuah rencana kunjungan")], stage=stage.code)


def open_papers(opening: Opening, stage: Stage) -> None:
    """Hold every paper: what each typist read, the scan, and what its juror confirmed."""
    papers = PaperSheet.objects.filter(assignment__participation__stage=stage).select_related(
        *_DUTY, "sheet", "late_sheet", "scan", "assignment__participation__stage__instrument"
    )
    scans, erased = Blob.objects.filter(pk__in=papers.values("scan")), erasing_lines(opening)
    states = states_of(scans, by_bytes=opening.reads_bytes)
    confirmed = confirmed_papers(opening, stage)
    for paper in papers.prefetch_related("typings", "settlements", "findings"):
        what, order = f"Kertas {paper}", places_of(paper)
        for typing in paper.typings.all():
            marks, illegible = dict(_in_order(typing.marks, order)), dict(_in_order(typing.illegible, order))
            content = typing_content(paper.code, typing.revision, marks, illegible, typing.note)
            opening.open_row(("paper.type",), typing, content, f"Ketikan {within_sentence(what)}")
            if typing.reason or typing.voided_at or typing.voided_reason or typing.voided_by_id or typing.voided_as:
                opening.fail(f"Ketikan {within_sentence(what)}", NOT_VOIDED)  # it is typed anew, never changed or voided
        if paper.scan_id:
            given, _body = opening.last(SCANNED, stage=stage.code, code=paper.code)
            named, erasing = f"Pindaian {within_sentence(what)}", erased.get(paper.scan_id)
            if erasing is not None and not has_let_scan_go(opening, paper, erasing):
                erasing = None
            opening.open_file(states[paper.scan_id], named, erasing, given=given)
        _open_confirmation(opening, paper, what, is_told=paper.pk in confirmed)
    opening.expect_met([("paper.type", "Ketikan sebuah kertas")], stage=stage.code)
    open_paper_acts(opening, stage)


def _open_confirmation(opening, paper: PaperSheet, what, *, is_told: bool) -> None:
    seq, _body = opening.last("paper.confirm", stage=paper.stage.code, code=paper.code)
    if paper.state != PaperSheet.State.CONFIRMED:
        if seq is not None:
            opening.fail(what, "konfirmasi jurinya hilang", seq)
        elif paper.sheet_id or paper.late_sheet_id or paper.findings.all():
            opening.fail(what, "menunjuk ke lembar atau temuan, padahal jurinya tidak mengonfirmasinya")
    elif not is_told:
        opening.fail(what, UNTOLD)
    elif seq is not None:
        outcome = [paper.sheet, paper.late_sheet, *paper.findings.all()]
        opening.open_line(seq, paper_confirmation(paper, [row.commitment for row in outcome if row]), what)


def paper_confirmation(paper: PaperSheet, outcome: Sequence[str]) -> dict:
    """Return what the juror of a paper confirms; `outcome` are the commitments of what came of it."""
    return confirmation_content(
        paper.code, paper.reading, typings=[row.commitment for row in paper.typings_now()],
        settled=[
            (row.indicator, row.value, row.reason) for row in paper.settlements.all() if row.reading == paper.reading
        ],
        scan=paper.scan_id, outcome=outcome,
    )  # fmt: skip


def _in_order(kept: dict[str, str], order) -> list[tuple[str, str]]:
    """The pairs in the order of the instrument, whatever order the database keeps them in; what it does not know last."""
    known = [(key, kept[key]) for key in order if key in kept]
    return known + sorted((key, value) for key, value in kept.items() if key not in order)


def _named(sheet: Sheet) -> str:
    return f"Lembar {sheet.assignment}, revisi {sheet.revision}"


def _named_finding(row: VisitFinding) -> str:
    return f"Temuan {row.claim} di {row.participation.entry}, revisi {row.revision}"

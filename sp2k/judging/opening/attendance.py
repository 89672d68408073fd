"""Attendance and conflicts of interest held against their lines: who was there, who not and why, who may not judge whom."""

from collections import defaultdict
from collections.abc import Sequence

from sp2k.editions.models import Stage
from sp2k.journal.opening import CHANGED, GONE, OTHER_ACT, UNTOLD, Opening, open_lines
from sp2k.judging.contents import attendance_content, conflict_content
from sp2k.judging.models import Assignment, Conflict


def open_attendance(opening: Opening, stage: Stage) -> None:
    """Hold what is recorded of every juror's attendance, and every conflict of interest, against the line that says so."""
    conflicts = _open_conflicts(opening, stage)
    told = {(body["seat"], body["entry"]): (seq, body) for seq, body in opening.entries("attendance.record", stage=stage.code)}
    for seq, body in opening.entries("duty.void", stage=stage.code):
        if told.get((body["seat"], body["entry"]), (seq, {}))[0] < seq:
            del told[body["seat"], body["entry"]]  # what was recorded of a duty that was taken away went with it
    handed = {body["seat"]: seq for seq, body in opening.entries("panel.seat", stage=stage.code) if body.get("replaces")}
    duties = Assignment.objects.filter(participation__stage=stage)
    rows = duties.select_related("seat", "participation__entry", "participation__stage")
    for duty in rows.prefetch_related("seat__seatings"):
        seat, entry = duty.seat.code, duty.participation.region_code
        seq, body = told.get((seat, entry), (None, {}))
        if duty.attendance == Assignment.Attendance.RECUSED and conflicts & _own_conflicts(duty):
            opening.n_opened += 1  # declared, whatever had been recorded before
        elif body.get("state", "") == duty.attendance and (duty.attendance or seq is not None):
            opening.open_line(seq, attendance_content(duty), f"Kehadiran {duty}")
        elif duty.attendance in Assignment.AWAY:
            opening.fail(f"Kehadiran {duty}", "tercatat absen atau berbenturan tanpa tindakan yang mencatatnya", seq)
        elif duty.attendance or duty.attendance_reason or (seq is not None and handed.get(seat, -1) < seq):
            opening.fail(f"Kehadiran {duty}", "tidak sama dengan yang dicatat jurnal", seq)


def require_attendance(stages: Sequence[Stage]) -> None:
    """Refuse to show absences and their reasons that are not what their lines sealed. The stages are of one edition."""
    opening = open_lines(stages[0].edition.chain_id, ("attendance.record", "conflict.declare", "panel.seat"))
    for stage in stages:
        open_attendance(opening, stage)
    opening.refuse_to_show()


def _own_conflicts(duty: Assignment) -> set[tuple[int, str, str]]:
    """The conflict that a recused duty tells of, as each of those who have held its seat would have it."""
    entry, reason = duty.participation.region_code, duty.attendance_reason
    return {(seating.user_id, entry, reason) for seating in duty.seat.seatings.all()}


def _open_conflicts(opening, stage) -> frozenset[tuple[int, str, str]]:
    """Hold the conflicts declared in the whole edition, for they hold in every stage; return (person, entry, reason).

    One line, one row: a conflict is never taken back, so a line without its row is a fault as much as a row without a line.
    """
    rows = Conflict.objects.filter(participation__stage__edition=stage.edition)
    found, told = set(), defaultdict(list)
    for seq, body in opening.entries("conflict.declare", stage=stage.code):
        told[body["seat"], body["entry"], body["ground"]].append(seq)
    for row in rows.select_related("seat__stage", "user", "participation__entry"):
        entry = row.participation.region_code
        found.add((row.user_id, entry, row.reason))
        if row.seat.stage_id != stage.pk:
            continue
        lines, content = told[row.seat.code, entry, str(row.ground)], conflict_content(row)
        what = f"Benturan kepentingan {row.seat.institution} dengan {row.participation.entry}"
        seq = next((seq for seq in lines if opening.seals(seq, content)), None)
        if seq is not None:
            lines.remove(seq)
            opening.hold(row.declared_at == opening.replayed.acts[seq][1], what, seq, why=OTHER_ACT)
        elif lines:
            opening.fail(what, CHANGED, lines.pop())
        else:
            opening.fail(what, UNTOLD)
    for (seat, entry, _ground), lines in told.items():
        for seq in lines:
            opening.fail(f"Benturan kepentingan kursi {seat} dengan {entry}, tahap {stage.name}", GONE, seq)
    return frozenset(found)


def require_conflicts(stage: Stage) -> None:
    """Refuse to show conflicts of interest that are not those that were declared, in the words they were declared with."""
    opening = open_lines(stage.edition.chain_id, ("conflict.declare",))
    for one in stage.edition.stages.all():
        one.edition = stage.edition
        _open_conflicts(opening, one)
    opening.refuse_to_show()

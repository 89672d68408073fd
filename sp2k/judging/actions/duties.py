"""Who judges whom, and who was there."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.journal import actions as journal
from sp2k.judging.actions.panel import note_homes_of_panel
from sp2k.judging.contents import attendance_content, duties_content
from sp2k.judging.holding import held_assignments
from sp2k.judging.models import Assignment
from sp2k.judging.planning.plans import Plan, every_pair
from sp2k.judging.queries import conflicts_in
from sp2k.judging.queries.changed import refuse_changed_duties
from sp2k.judging.queries.duties import PlanChange, change_of, duties_of
from sp2k.judging.queries.opening import refuse_changed_panel


@transaction.atomic
def assign_jurors(stage: Stage, *, by, now: datetime) -> int:
    """Give every seat every entry of the stage, save where the person in it has a conflict; return how many duties."""
    require(by, "jurors.assign", stage, now=now)
    if Assignment.objects.filter(participation__stage=held_stage(stage)).exists():
        raise Refused(f"Penugasan juri tahap {stage.name} sudah ditetapkan.")
    codes = list(stage.participations.values_list("entry__region_id", flat=True))
    seats = list(stage.seats.values_list("code", flat=True))
    return len(carry_out_plan(stage, every_pair(codes, seats), by=by, now=now).added)


@transaction.atomic
def carry_out_plan(stage: Stage, plan: Plan, *, by, now: datetime, reason: str = "") -> PlanChange:
    """Make the duties of a plan and take away those it leaves out; nothing changes where they already stand so.

    A duty with a sheet is never taken away, and taking one away has a reason.
    """
    stage = held_stage(stage)
    require(by, "jurors.assign", stage, now=now)
    refuse_changed_panel(stage, "Penugasan juri")
    has_seats = stage.seats.exists()
    if not has_seats or not stage.participations.exists():
        raise Refused(f"Tahap {stage.name} belum mempunyai {'peserta' if has_seats else 'kursi juri'}.")
    note_homes_of_panel(stage, by=by, now=now)
    change = change_of(stage, plan)
    reason = clean_text(reason, name="Alasan pencabutan")
    _refuse_the_change(change, reason)
    for some in _in_lots(change.removed, 500):
        Assignment.objects.filter(pk__in=[duty.pk for duty in some]).delete()
    Assignment.objects.bulk_create(change.added, batch_size=500)
    lines = [("duty.void", {**_of(duty), "reason": reason}) for duty in change.removed]
    if change.added:
        body = {"stage": stage.code, "n": len(change.added), "recused": change.n_recused, "how": plan.how}
        lines.append(journal.sealed_line("jurors.assign", body, duties_content(duties_of(stage))))
    journal.append_all(stage.edition.chain_id, lines, by=by, now=now)
    return change


@transaction.atomic
def record_attendance(
    assignments: Sequence[Assignment], attendance: str, *, by, now: datetime, reason: str = ""
) -> Sequence[Assignment]:
    """Record whether the jurors were there. An absence has a reason and is never counted as a zero.

    A second tap records nothing; what was recorded can be undone until a sheet is given.
    """
    if attendance not in Assignment.Attendance.values:
        raise BadInput(f'Kehadiran "{str(attendance)[:20]}" tidak dikenal. Pilih hadir, absen, atau benturan.')
    if not assignments:
        return []
    duties, reason = held_assignments(assignments), clean_text(reason, name="Alasan")
    for duty in duties:
        require(by, "attendance.record", duty, now=now)
    refuse_changed_duties(duties[0].stage, "Pencatatan kehadiran")
    lines, conflicts = [], conflicts_in(duties[0].edition)
    for duty in duties:
        if (duty.attendance, duty.attendance_reason) == (attendance, reason):
            continue
        _refuse_attendance(duty, attendance, reason, conflicts)
        duty.attendance, duty.attendance_reason = attendance, reason
        body = {**_of(duty), "state": attendance}
        lines.append(journal.sealed_line("attendance.record", body, attendance_content(duty)))
    Assignment.objects.bulk_update(duties, ["attendance", "attendance_reason"], batch_size=500)
    journal.append_all(duties[0].edition.chain_id, lines, by=by, now=now)
    return duties


def _in_lots(rows: Sequence, size: int):
    """Yield a long sequence in parts, as many as one statement may name."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _of(duty) -> dict:
    return {"stage": duty.stage.code, "seat": duty.seat.code, "entry": duty.participation.region_code}


def _refuse_the_change(change: PlanChange, reason: str) -> None:
    if change.vacant:
        raise Refused(f"Kursi {', '.join(change.vacant)} belum terisi. Isi kursi lebih dahulu.")
    if change.held_fast:
        raise Refused(f"{change.held_fast[0]} tidak dapat dicabut: lembar atau kertasnya sudah ada. Lembar yang sudah "
                      "diberikan tetap dihitung.")  # fmt: skip
    if change.removed and not reason:
        raise BadInput(f"Tulis alasan pencabutan {len(change.removed)} tugas. Alasannya dicatat dalam jurnal.")


def _refuse_attendance(duty, attendance, reason, conflicts) -> None:
    entry = duty.participation.entry
    is_barred = duty.seat.holder and (duty.seat.holder.pk, duty.participation.entry_id) in conflicts
    if attendance in Assignment.AWAY:
        if is_barred and attendance == Assignment.Attendance.ABSENT:
            raise Refused(f"{duty.seat.institution} mempunyai benturan kepentingan dengan {entry}; catatannya tetap.")
        if not reason:
            raise BadInput(f"Tulis alasan {duty.seat.institution} tidak menilai {entry}.")
        if duty.standing_sheets:
            raise Refused(f"Lembar {duty} sudah diterima; juri yang sudah menilai tidak dapat dinyatakan absen.")
    elif attendance == Assignment.Attendance.AWAITED and duty.standing_sheets:
        raise Refused(f"Lembar {duty} sudah diterima; kehadiran juri yang sudah menilai tidak dibatalkan.")
    elif is_barred:
        raise Refused(f"{duty.seat.institution} mempunyai benturan kepentingan dengan {entry}; catatannya tetap.")

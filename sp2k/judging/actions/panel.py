"""Seats and the persons in them, conflicts of interest, who judges whom, attendance."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.accounts.roles import Role
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.entries.models import Participation
from sp2k.journal import actions as journal
from sp2k.judging.holding import held_assignments, held_seat
from sp2k.judging.models import Assignment, Conflict, Seat, Seating
from sp2k.judging.queries import conflicts_in, without_sheet


@transaction.atomic
def set_up_panel(stage: Stage, *, by, now: datetime) -> list[Seat]:
    """Make the seats that the edition file declares for a stage."""
    stage = held_stage(stage)
    require(by, "panel.seat", stage, now=now)
    declared = stage.rules.get("kursi", [])
    if not declared:
        raise Refused(f"Berkas edisi tidak menyatakan kursi juri untuk tahap {stage.name}.")
    if stage.seats.exists():
        raise Refused(f"Kursi juri tahap {stage.name} sudah ditetapkan.")
    seats = [
        Seat(stage=stage, code=seat["kode"], position=n, institution=seat["lembaga"], is_chair=bool(seat.get("ketua")))
        for n, seat in enumerate(declared, start=1)
    ]
    Seat.objects.bulk_create(seats)
    body = {"stage": stage.code, "seats": [[seat.code, seat.institution] for seat in seats]}
    journal.append(stage.edition.chain_id, "panel.lock", body, by=by, now=now)
    return seats


@transaction.atomic
def seat_person(seat: Seat, user, *, by, now: datetime, reason: str = "") -> Seating:
    """Put a person in a seat. Whoever held it leaves with the given reason; sheets already given stay."""
    seat = held_seat(seat)
    require(by, "panel.seat", seat, now=now)
    reason = clean_text(reason, name="Alasan penggantian")
    current = seat.seatings.filter(until=None).select_related("user").first()
    if current is not None and current.user_id == user.pk:
        raise Refused(f"{user.name} sudah menduduki kursi {seat.institution}.")
    if not user.is_active or not user.reaches({Role.CHAIR, Role.JUROR}, seat.region_code):
        raise Refused(f"{user.name} belum memegang peran juri di {seat.edition.region.name}. Beri peran lebih dahulu.")
    if current is not None and not reason:
        raise BadInput(f"Tulis alasan penggantian {current.user.name} pada kursi {seat.institution}.")
    if Seating.objects.filter(seat__stage=seat.stage, user=user, until=None).exists():
        raise Refused(f"{user.name} sudah menduduki kursi lain pada tahap {seat.stage.name}.")
    if current is not None:
        current.until = now
        current.save(update_fields=["until"])
        _hand_over_recusals(seat, current.user, user)
    seating = Seating.objects.create(seat=seat, user=user, since=now, reason=reason)
    body = {"stage": seat.stage.code, "seat": seat.code, "replaces": current is not None, "reason": seating.reason}
    journal.append(seat.edition.chain_id, "panel.seat", body, by=by, now=now)
    return seating


@transaction.atomic
def declare_conflict(
    seat: Seat, participation: Participation, *, reason: str, by, now: datetime, ground=Conflict.Ground.DECLARED
) -> Conflict:
    """Record that the person in a seat may not judge an entry. A sheet already given stays and is left to a correction."""
    seat = held_seat(seat)
    require(by, "conflict.declare", seat, now=now)
    reason = clean_text(reason, name="Penjelasan benturan kepentingan")
    if not reason:
        raise BadInput("Tulis penjelasan benturan kepentingan, misalnya: pernah menjadi camat di sana.")
    if seat.stage_id != participation.stage_id:
        raise Refused(f"{participation.entry} bukan peserta tahap {seat.stage.name}.")
    if (by.pk, participation.entry_id) in conflicts_in(seat.edition):
        raise Refused(f"Benturan kepentingan Anda dengan {participation.entry} sudah tercatat.")
    conflict = Conflict.objects.create(
        seat=seat, user=by, participation=participation, ground=ground, reason=reason, declared_at=now
    )
    if not seat.stage.is_locked:
        _recuse(seat, {participation.entry_id: conflict})
    body = {"stage": seat.stage.code, "seat": seat.code, "entry": participation.region_code, "ground": str(ground)}
    journal.append(seat.edition.chain_id, "conflict.declare", body, by=by, now=now)
    return conflict


@transaction.atomic
def assign_jurors(stage: Stage, *, by, now: datetime) -> int:
    """Give every seat every entry of the stage, save where the person in it has a conflict; return how many duties."""
    stage = held_stage(stage)
    require(by, "jurors.assign", stage, now=now)
    seats = list(stage.seats.prefetch_related("seatings__user"))
    participations, conflicts = list(stage.participations.all()), conflicts_in(stage.edition)
    if not seats or not participations:
        raise Refused(f"Tahap {stage.name} belum mempunyai {'peserta' if seats else 'kursi juri'}.")
    if vacant := [seat.institution for seat in seats if seat.holder is None]:
        raise Refused(f"Kursi {', '.join(vacant)} belum terisi. Isi kursi lebih dahulu.")
    if Assignment.objects.filter(participation__stage=stage).exists():
        raise Refused(f"Penugasan juri tahap {stage.name} sudah ditetapkan.")
    duties = [
        _duty(seat, participation, conflicts.get((seat.holder.pk, participation.entry_id)))
        for participation in participations
        for seat in seats
    ]
    Assignment.objects.bulk_create(duties, batch_size=500)
    body = {"stage": stage.code, "n": len(duties), "recused": sum(bool(duty.attendance) for duty in duties)}
    journal.append(stage.edition.chain_id, "jurors.assign", body, by=by, now=now)
    return len(duties)


@transaction.atomic
def record_attendance(
    assignments: Sequence[Assignment], attendance: str, *, by, now: datetime, reason: str = ""
) -> Sequence[Assignment]:
    """Record whether the jurors were there. An absence has a reason and is never counted as a zero."""
    if attendance not in Assignment.Attendance.values:
        raise BadInput(f'Kehadiran "{str(attendance)[:20]}" tidak dikenal. Pilih hadir, absen, atau benturan.')
    if not assignments:
        return []
    duties, reason = held_assignments(assignments), clean_text(reason, name="Alasan")
    lines, conflicts = [], conflicts_in(duties[0].edition)
    for duty in duties:
        require(by, "attendance.record", duty, now=now)
        _refuse_attendance(duty, attendance, reason, conflicts)
        duty.attendance, duty.attendance_reason = attendance, reason
        body = {
            "stage": duty.stage.code, "seat": duty.seat.code, "entry": duty.participation.region_code,
            "state": attendance,
        }  # fmt: skip
        lines.append(("attendance.record", body))
    Assignment.objects.bulk_update(duties, ["attendance", "attendance_reason"], batch_size=500)
    journal.append_all(duties[0].edition.chain_id, lines, by=by, now=now)
    return duties


def _duty(seat, participation, conflict) -> Assignment:
    if conflict is None:
        return Assignment(seat=seat, participation=participation)
    return Assignment(
        seat=seat,
        participation=participation,
        attendance=Assignment.Attendance.RECUSED,
        attendance_reason=conflict.reason,
    )


def _recuse(seat, conflicts: Mapping[int, Conflict]) -> None:
    """Mark the duties of a seat that await a sheet and meet a conflict; `conflicts` by entry."""
    waiting = without_sheet(Assignment.objects.filter(seat=seat, participation__entry__in=conflicts))
    for duty in waiting.select_related("participation"):
        duty.attendance = Assignment.Attendance.RECUSED
        duty.attendance_reason = conflicts[duty.participation.entry_id].reason
        duty.save(update_fields=["attendance", "attendance_reason"])


def _hand_over_recusals(seat, leaver, newcomer) -> None:
    """A conflict is a person's: what the leaver could not judge awaits the newcomer, save the newcomer's own."""
    if seat.stage.is_locked:
        return
    conflicts = conflicts_in(seat.edition)
    left = [entry for person, entry in conflicts if person == leaver.pk]
    without_sheet(
        Assignment.objects.filter(
            seat=seat, attendance=Assignment.Attendance.RECUSED, participation__entry__in=left
        )
    ).update(attendance=Assignment.Attendance.AWAITED, attendance_reason="")
    _recuse(seat, {entry: conflict for (person, entry), conflict in conflicts.items() if person == newcomer.pk})


def _refuse_attendance(duty, attendance, reason, conflicts) -> None:
    entry = duty.participation.entry
    if attendance in Assignment.AWAY:
        if not reason:
            raise BadInput(f"Tulis alasan {duty.seat.institution} tidak menilai {entry}.")
        if duty.standing_sheets:
            raise Refused(f"Lembar {duty} sudah diterima; juri yang sudah menilai tidak dapat dinyatakan absen.")
    elif duty.seat.holder and (duty.seat.holder.pk, duty.participation.entry_id) in conflicts:
        raise Refused(f"{duty.seat.institution} mempunyai benturan kepentingan dengan {entry}; catatannya tetap.")

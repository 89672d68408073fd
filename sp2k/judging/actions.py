"""Seats, conflicts, assignment, attendance, a juror's sheet and its revision, a visit's findings."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, Refused
from sp2k.editions.models import Stage
from sp2k.entries.models import Participation
from sp2k.entries.sealing import Sending, next_revision, received_before, seal
from sp2k.instruments.fields import mark_fields
from sp2k.journal import actions as journal
from sp2k.judging.marks import clean_marks
from sp2k.judging.models import Assignment, Conflict, Mark, Seat, Seating, Sheet, VisitFinding


@transaction.atomic
def set_up_panel(stage: Stage, *, by, now: datetime) -> list[Seat]:
    """Make the seats that the edition file declares for a stage."""
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
    require(by, "panel.seat", seat, now=now)
    current = seat.seatings.select_for_update().filter(until=None).first()
    if current is not None and current.user_id == user.pk:
        raise Refused(f"{user.name} sudah menduduki kursi {seat.institution}.")
    if current is not None and not reason.strip():
        raise BadInput(f"Tulis alasan penggantian {current.user.name} pada kursi {seat.institution}.")
    if Seating.objects.filter(seat__stage=seat.stage, user=user, until=None).exists():
        raise Refused(f"{user.name} sudah menduduki kursi lain pada tahap {seat.stage.name}.")
    if current is not None:
        current.until = now
        current.save(update_fields=["until"])
    seating = Seating.objects.create(seat=seat, user=user, since=now, reason=reason.strip())
    body = {"stage": seat.stage.code, "seat": seat.code, "replaces": current is not None, "reason": seating.reason}
    journal.append(seat.edition.chain_id, "panel.seat", body, by=by, now=now)
    return seating


@transaction.atomic
def declare_conflict(
    seat: Seat, participation: Participation, *, reason: str, by, now: datetime, ground=Conflict.Ground.DECLARED
) -> Conflict:
    """Record that the person in a seat may not judge an entry. A sheet already given stays and is left to a correction."""
    require(by, "conflict.declare", seat, now=now)
    if not reason.strip():
        raise BadInput("Tulis penjelasan benturan kepentingan, misalnya: pernah menjadi camat di sana.")
    if seat.stage_id != participation.stage_id:
        raise Refused(f"{participation.entry} bukan peserta tahap {seat.stage.name}.")
    if participation.conflicts.filter(user=by).exists():
        raise Refused(f"Benturan kepentingan Anda dengan {participation.entry} sudah tercatat.")
    conflict = Conflict.objects.create(
        seat=seat, user=by, participation=participation, ground=ground, reason=reason.strip(), declared_at=now
    )
    Assignment.objects.filter(seat=seat, participation=participation, sheets=None).update(
        attendance=Assignment.Attendance.RECUSED, attendance_reason=conflict.reason
    )
    body = {"stage": seat.stage.code, "seat": seat.code, "entry": participation.region_code, "ground": str(ground)}
    journal.append(seat.edition.chain_id, "conflict.declare", body, by=by, now=now)
    return conflict


@transaction.atomic
def assign_jurors(stage: Stage, *, by, now: datetime) -> int:
    """Give every seat every entry of the stage, save where the person in it has a conflict; return how many duties."""
    require(by, "jurors.assign", stage, now=now)
    seats = list(stage.seats.prefetch_related("seatings__user"))
    participations = list(stage.participations.prefetch_related("conflicts"))
    if not seats or not participations:
        raise Refused(f"Tahap {stage.name} belum mempunyai {'peserta' if seats else 'kursi juri'}.")
    if vacant := [seat.institution for seat in seats if seat.holder is None]:
        raise Refused(f"Kursi {', '.join(vacant)} belum terisi. Isi kursi lebih dahulu.")
    if Assignment.objects.filter(participation__stage=stage).exists():
        raise Refused(f"Penugasan juri tahap {stage.name} sudah ditetapkan.")
    duties = [
        _duty(seat, participation, {conflict.user_id: conflict for conflict in participation.conflicts.all()})
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
        raise BadInput(f'Kehadiran "{attendance[:20]}" tidak dikenal. Pilih hadir, absen, atau benturan.')
    is_away = attendance in Assignment.AWAY
    lines = []
    for assignment in assignments:
        require(by, "attendance.record", assignment, now=now)
        if is_away and not reason.strip():
            raise BadInput(
                f"Tulis alasan {assignment.seat.institution} tidak menilai {assignment.participation.entry}."
            )
        if is_away and assignment.sheets.exists():
            raise Refused(f"Lembar {assignment} sudah diterima; juri yang sudah menilai tidak dapat dinyatakan absen.")
        assignment.attendance, assignment.attendance_reason = attendance, reason.strip()
        body = {
            "stage": assignment.stage.code, "seat": assignment.seat.code,
            "entry": assignment.participation.region_code, "state": attendance,
        }  # fmt: skip
        lines.append(("attendance.record", body))
    Assignment.objects.bulk_update(assignments, ["attendance", "attendance_reason"])
    if lines:
        journal.append_all(assignments[0].edition.chain_id, lines, by=by, now=now)
    return assignments


@transaction.atomic
def record_sheet(
    assignment: Assignment, typed: Mapping[str, object], *, by, now: datetime, sending: Sending | None = None,
    reason: str = "", note: str = "",
) -> Sheet:  # fmt: skip
    """Keep a juror's sheet as sent. The same sending twice is one sheet; a change is a revision with a reason.

    Parameters
    ----------
    typed : {indicator: mark as typed, e.g. "87,5"}
    """
    sending = sending or Sending()
    marks = clean_marks(typed, mark_fields(assignment.stage.instrument))
    content = {
        "seat": assignment.seat.code, "stage": assignment.stage.code, "entry": assignment.participation.region_code,
        "marks": [[code, f"{value.normalize():f}"] for code, value in marks.items()], "note": note.strip(),
    }  # fmt: skip
    if received := received_before(Sheet.objects, content, sending):
        return received
    require(by, "sheet.write", assignment, now=now)
    if assignment.attendance in Assignment.AWAY:
        raise Refused(f"{assignment.seat.institution} tercatat {assignment.get_attendance_display().lower()} pada "
                      f"{assignment.participation.entry}. Minta sekretariat membetulkan kehadiran lebih dahulu.")  # fmt: skip
    before = assignment.sheets.order_by("-revision").first()
    if before is not None and not reason.strip():
        raise BadInput("Lembar ini sudah diterima. Tulis alasan perubahan sebelum mengirim lagi.")
    revision = next_revision(before, sending, what="Lembar")
    sheet = Sheet.objects.create(
        assignment=assignment, revision=revision, reason=reason.strip() if before else "", note=note.strip(), by=by,
        at=now, **seal(content, sending),
    )  # fmt: skip
    Mark.objects.bulk_create([Mark(sheet=sheet, indicator=code, value=value) for code, value in marks.items()])
    kind = "sheet.revise" if before else "sheet.submit"
    journal.append(
        assignment.edition.chain_id, kind, {"stage": assignment.stage.code, "rev": revision, "c": sheet.commitment},
        by=by, now=now,
    )  # fmt: skip
    return sheet


@transaction.atomic
def record_visit_finding(
    assignment: Assignment, claim: str, verdict: str, *, note: str, by, now: datetime, sending: Sending | None = None,
    reason: str = "",
) -> VisitFinding:  # fmt: skip
    """Keep what the visitors found of one claim; the rules declared beforehand say what it does to the points."""
    sending = sending or Sending()
    stage, participation = assignment.stage, assignment.participation
    content = {
        "stage": stage.code, "entry": participation.region_code, "claim": claim, "verdict": verdict,
        "note": note.strip(),
    }  # fmt: skip
    if received := received_before(VisitFinding.objects, content, sending):
        return received
    require(by, "visit.record", assignment, now=now)
    declared = stage.rules.get("temuan", {})
    if verdict not in declared:
        raise BadInput(f'Temuan "{verdict[:20]}" tidak dinyatakan dalam aturan. Pilih {", ".join(declared)}.')
    if not note.strip() or not claim.strip():
        raise BadInput("Tulis klaim yang diperiksa dan apa yang dilihat di tempat.")
    before = participation.visit_findings.filter(claim=claim).order_by("-revision").first()
    if before is not None and not reason.strip():
        raise BadInput(f"Temuan {claim} sudah dicatat. Tulis alasan perubahan sebelum menyimpan lagi.")
    finding = VisitFinding.objects.create(
        participation=participation, seat=assignment.seat, claim=claim, verdict=verdict, note=note.strip(),
        revision=next_revision(before, sending, what="Temuan"), reason=reason.strip(), by=by, at=now,
        **seal(content, sending),
    )  # fmt: skip
    body = {"stage": stage.code, "rev": finding.revision, "c": finding.commitment}
    journal.append(stage.edition.chain_id, "visit.finding", body, by=by, now=now)
    return finding


def _duty(seat, participation, conflicts) -> Assignment:
    conflict = conflicts.get(seat.holder.pk)
    if conflict is None:
        return Assignment(seat=seat, participation=participation)
    return Assignment(
        seat=seat,
        participation=participation,
        attendance=Assignment.Attendance.RECUSED,
        attendance_reason=conflict.reason,
    )

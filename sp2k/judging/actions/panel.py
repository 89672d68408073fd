"""Seats and the persons in them, and conflicts of interest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.actions.people import refuse_barred
from sp2k.accounts.policy import require
from sp2k.accounts.roles import Role
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Proposal, Stage
from sp2k.editions.opening.proposals import proposal_content
from sp2k.editions.queries import missing_approvals
from sp2k.entries.models import Participation
from sp2k.journal import actions as journal
from sp2k.judging.contents import conflict_content, seating_content
from sp2k.judging.holding import held_seat
from sp2k.judging.models import Assignment, Conflict, Seat, Seating
from sp2k.judging.queries import conflicts_in, without_sheet
from sp2k.judging.queries.changed import refuse_changed_duties
from sp2k.judging.queries.opening import refuse_changed_panel
from sp2k.judging.queries.panel import home_entries, open_proposals, replacement_subject


@transaction.atomic
def set_up_panel(stage: Stage, *, by, now: datetime) -> list[Seat]:
    """Make the seats that the edition file declares for a stage."""
    stage = held_stage(stage)
    require(by, "panel.seat", stage, now=now)
    refuse_changed_panel(stage, "Penetapan kursi juri")
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
    refuse_changed_panel(seat.stage, "Pengisian kursi")
    current, reason = _refuse_person(seat, user, reason)
    if current is not None:
        _refuse_unapproved(seat, user, by)
        current.until = now
        current.save(update_fields=["until"])
    seating = Seating.objects.create(seat=seat, user=user, since=now, reason=reason)
    _close_proposals(seat, user, now=now)
    body = {"stage": seat.stage.code, "seat": seat.code, "replaces": current is not None, "reason": seating.reason}
    journal.append_sealed(seat.edition.chain_id, "panel.seat", body, seating_content(seating), by=by, now=now)
    note_home_conflicts(seat.stage, [(seat, user)], by=by, now=now)
    if current is not None:
        _hand_over_recusals(seat, user)
    return seating


@transaction.atomic
def replace_person(seat: Seat, user, *, by, now: datetime, reason: str = "") -> Seating | Proposal:
    """Put a person in a seat; where the edition asks others for their yes and it is not there, propose it to them."""
    seat = held_seat(seat)
    require(by, "panel.seat", seat, now=now)
    refuse_changed_panel(seat.stage, "Penggantian juri")
    current, reason = _refuse_person(seat, user, reason)
    subject = replacement_subject(seat, user)
    if current is None or not missing_approvals(seat.edition, "panel", subject, also=by):
        return seat_person(seat, user, by=by, now=now, reason=reason)
    about = f"{user.name} menggantikan {current.user.name} pada kursi {seat.institution}, tahap {seat.stage.name}"
    open_proposals(seat).update(withdrawn_at=now)
    proposal = Proposal.objects.create(
        edition=seat.edition, act="panel", subject=subject, about=about, reason=reason, by=by, at=now
    )
    body = {"stage": seat.stage.code, "seat": seat.code, "reason": reason}
    journal.append_sealed(seat.edition.chain_id, "panel.propose", body, proposal_content(proposal), by=by, now=now)
    return proposal


@transaction.atomic
def withdraw_replacement(seat: Seat, *, by, now: datetime) -> None:
    """Take back the replacement that is proposed for a seat."""
    seat = held_seat(seat)
    require(by, "panel.seat", seat, now=now)
    refuse_changed_panel(seat.stage, "Penarikan usul pergantian")
    waiting = open_proposals(seat)
    if not waiting.exists():
        raise Refused(f"Tidak ada usul pergantian untuk kursi {seat.institution}.")
    waiting.update(withdrawn_at=now)
    body = {"stage": seat.stage.code, "seat": seat.code}
    journal.append(seat.edition.chain_id, "panel.withdraw", body, by=by, now=now)


@transaction.atomic
def refresh_home_conflicts(stage: Stage, *, by, now: datetime) -> list[Conflict]:
    """Look again where those on the panel come from: entries and homes may have changed since they were seated."""
    stage = held_stage(stage)
    require(by, "panel.seat", stage, now=now)
    refuse_changed_panel(stage, "Pemeriksaan asal juri")
    return note_homes_of_panel(stage, by=by, now=now)


def note_homes_of_panel(stage: Stage, *, by, now: datetime) -> list[Conflict]:
    """Record the home conflicts of all who sit on the panel now; part of an act, never one by itself."""
    seats = stage.seats.prefetch_related("seatings__user")
    return note_home_conflicts(stage, [(seat, seat.holder) for seat in seats if seat.holder], by=by, now=now)


def note_home_conflicts(stage: Stage, seated: Iterable[tuple], *, by, now: datetime) -> list[Conflict]:
    """Record that those seated may not judge the entries of their home regency; part of an act, never one by itself."""
    known = conflicts_in(stage.edition)
    found = [
        Conflict(
            seat=seat, user=user, participation=row, ground=Conflict.Ground.HOME, declared_at=now,
            reason=f"Asal atau tugas di {row.entry.regency_name}.",
        )
        for seat, user in seated
        for row in home_entries(user, stage)
        if (user.pk, row.entry_id) not in known
    ]  # fmt: skip
    Conflict.objects.bulk_create(found, batch_size=500)
    _recuse_in_open_stages(stage.edition, found)
    lines = [_conflict_line(conflict) for conflict in found]
    journal.append_all(stage.edition.chain_id, lines, by=by, now=now)
    return found


@transaction.atomic
def declare_conflict(
    seat: Seat, participation: Participation, *, reason: str, by, now: datetime, ground=Conflict.Ground.DECLARED
) -> Conflict:
    """Record that the person in a seat may not judge an entry, here and in every stage that is not locked.

    A sheet already given stays until the bureau voids it.
    """
    seat = held_seat(seat)
    require(by, "conflict.declare", seat, now=now)
    refuse_changed_duties(seat.stage, "Pernyataan benturan kepentingan")
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
    _recuse_in_open_stages(seat.edition, [conflict])
    journal.append_all(seat.edition.chain_id, [_conflict_line(conflict)], by=by, now=now)
    return conflict


def _conflict_line(conflict: Conflict) -> tuple:
    seat, entry = conflict.seat, conflict.participation.region_code
    body = {"stage": seat.stage.code, "seat": seat.code, "entry": entry, "ground": str(conflict.ground)}
    return journal.sealed_line("conflict.declare", body, conflict_content(conflict))


def _refuse_person(seat, user, reason) -> tuple[Seating | None, str]:
    """Refuse whoever cannot take the seat; return who holds it and the reason as it is kept."""
    reason = clean_text(reason, name="Alasan penggantian")
    current = seat.seatings.filter(until=None).select_related("user").first()
    if current is not None and current.user_id == user.pk:
        raise Refused(f"{user.name} sudah menduduki kursi {seat.institution}.")
    if not user.is_active or not user.reaches({Role.CHAIR, Role.JUROR}, seat.region_code):
        raise Refused(f"{user.name} belum memegang peran juri di {seat.edition.region_name}. Beri peran lebih dahulu.")
    refuse_barred(user, Role.JUROR)
    if current is not None and not reason:
        raise BadInput(f"Tulis alasan penggantian {current.user.name} pada kursi {seat.institution}.")
    if Seating.objects.filter(seat__stage=seat.stage, user=user, until=None).exists():
        raise Refused(f"{user.name} sudah menduduki kursi lain pada tahap {seat.stage.name}.")
    return current, reason


def _close_proposals(seat, user, *, now) -> None:
    """Whoever was proposed and sits now: done; whoever else was proposed for the seat: no more."""
    waiting = open_proposals(seat)
    waiting.filter(subject=replacement_subject(seat, user)).update(done_at=now)
    waiting.filter(done_at=None).update(withdrawn_at=now)


def _refuse_unapproved(seat, user, by) -> None:
    if missing := missing_approvals(seat.edition, "panel", replacement_subject(seat, user), also=by):
        raise Refused(f"Penggantian oleh {user.name} menunggu persetujuan: {'; '.join(missing)}. Persetujuan diberikan "
                      f"pada halaman kursi {seat.institution}.")  # fmt: skip


def _recuse_in_open_stages(edition, conflicts: Sequence[Conflict]) -> None:
    """Mark what the persons of these conflicts were still to judge, in whichever stage they sit: a conflict holds in all."""
    by_person: dict[int, dict[int, Conflict]] = {}
    for conflict in conflicts:
        by_person.setdefault(conflict.user_id, {})[conflict.participation.entry_id] = conflict
    held = Seating.objects.filter(
        user__in=by_person, until=None, seat__stage__edition=edition, seat__stage__locked_at=None
    )
    for seating in held.select_related("seat"):
        recuse(seating.seat, by_person[seating.user_id])


def recuse(seat, conflicts: Mapping[int, Conflict]) -> None:
    """Mark the duties of a seat that await a sheet and meet a conflict; `conflicts` by entry."""
    waiting = without_sheet(Assignment.objects.filter(seat=seat, participation__entry__in=conflicts))
    for duty in waiting.select_related("participation"):
        duty.attendance = Assignment.Attendance.RECUSED
        duty.attendance_reason = conflicts[duty.participation.entry_id].reason
        duty.save(update_fields=["attendance", "attendance_reason"])


def _hand_over_recusals(seat, newcomer) -> None:
    """A conflict is a person's: what the leaver could not judge awaits the newcomer, save the newcomer's own."""
    if seat.stage.is_locked:
        return
    conflicts = conflicts_in(seat.edition)
    recused = without_sheet(Assignment.objects.filter(seat=seat, attendance=Assignment.Attendance.RECUSED))
    recused.update(attendance=Assignment.Attendance.AWAITED, attendance_reason="")
    recuse(seat, {entry: conflict for (person, entry), conflict in conflicts.items() if person == newcomer.pk})

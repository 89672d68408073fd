"""A juror's sheet: sealed, sent, kept as sent; a change is a revision with a reason; one that comes late is kept too."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, Refused
from sp2k.entries.sealing import Sending, next_revision, numbers_of, reason_after, received_before, same_sending, seal
from sp2k.journal import actions as journal
from sp2k.judging.actions.drafts import end_draft
from sp2k.judging.contents import Filled, attendance_content, filled_sheet
from sp2k.judging.holding import held_assignments, refuse_away
from sp2k.judging.models import Assignment, LateSheet, Mark, Sheet


@transaction.atomic
def record_sheet(
    assignment: Assignment, typed: Mapping[str, object], *, by, now: datetime, sending: Sending | None = None,
    reason: str = "", note: str = "", remarks: Mapping[str, object] | None = None,
) -> Sheet:  # fmt: skip
    """Keep a juror's sheet as sent. The same sending twice is one sheet; a change is a revision with a reason.

    Parameters
    ----------
    typed : {indicator: mark as typed, e.g. "87,5"}
    remarks : {indicator: why the mark is so low or high}, where the stage's rules ask for it
    """
    [duty], sending = held_assignments([assignment]), sending or Sending()
    filled = filled_sheet(duty, typed, remarks or {}, note=note, reason=reason)
    if received := Sheet.objects.filter(op_id=sending.op_id).first():
        return same_sending(received, replace(filled, reason=filled.reason or received.reason).content(duty), by=by)
    require(by, "sheet.write", duty, now=now)
    refuse_away(duty)
    return _keep(duty, filled, sending, by=by, now=now)


@transaction.atomic
def send_sheet(
    assignment: Assignment, typed: Mapping[str, object], *, by, now: datetime, sending: Sending, reason: str = "",
    note: str = "", remarks: Mapping[str, object] | None = None,
) -> Sheet | LateSheet:  # fmt: skip
    """Take what a juror sealed: a sheet while its stage is open, a late one after; neither is ever discarded."""
    [duty] = held_assignments([assignment])
    told = {"by": by, "now": now, "sending": sending, "reason": reason, "note": note, "remarks": remarks}
    is_known = Sheet.objects.filter(op_id=sending.op_id).exists()
    was_late = LateSheet.objects.filter(op_id=sending.op_id).exists()
    if was_late or (duty.stage.is_over(now) and not is_known):
        return keep_late_sheet(duty, typed, **told)
    return record_sheet(duty, typed, **told)


@transaction.atomic
def keep_late_sheet(
    assignment: Assignment, typed: Mapping[str, object], *, by, now: datetime, sending: Sending, reason: str = "",
    note: str = "", remarks: Mapping[str, object] | None = None,
) -> LateSheet:  # fmt: skip
    """Keep a sheet that came after its stage had ended. It counts for nothing until two others decide that it does."""
    [duty] = held_assignments([assignment])
    filled = filled_sheet(duty, typed, remarks or {}, note=note, reason=reason)
    if received := received_before(LateSheet.objects, filled.content(duty), sending, by=by):
        return received
    require(by, "sheet.late", duty, now=now)
    if duty.attendance == Assignment.Attendance.RECUSED:
        refuse_away(duty)  # whoever was noted as absent, and did send, is kept: that is what a correction is for
    if _own_standing(duty, by) is not None and not filled.reason:
        raise BadInput("Lembar ini sudah diterima. Tulis alasan perubahan sebelum mengirim lagi.")
    late = LateSheet.objects.create(
        assignment=duty, marks=filled.plain_marks, remarks=filled.remarks, note=filled.note, reason=filled.reason,
        base_rev=sending.base_rev or 0, by=by, at=now, **seal(filled.content(duty), sending),
    )  # fmt: skip
    end_draft(duty, sending, by=by)
    body = {"stage": duty.stage.code, "c": late.commitment}
    journal.append(duty.edition.chain_id, "sheet.late", body, by=by, now=now, sent=late)
    return late


@transaction.atomic
def take_late_sheet(late: LateSheet, *, by, now: datetime) -> Sheet:
    """Let a late sheet be the sheet of its duty; the correction that calls this has asked all whom it must ask.

    Only the deadline is passed over: a conflict, a predecessor's sheet and a faulty mark are refused as ever.
    """
    [duty] = held_assignments([late.assignment])
    if duty.attendance == Assignment.Attendance.RECUSED or duty.has_conflict(late.by):
        raise Refused(f"{duty.seat.institution} berbenturan kepentingan dengan {duty.participation.entry}; lembarnya tidak "
                      "dapat dihitung.")  # fmt: skip
    before = _own_standing(duty, late.by)
    filled = filled_sheet(duty, late.marks, late.remarks, note=late.note, reason=late.reason)
    revision = 1 + max((sheet.revision for sheet in duty.sheets.all()), default=0)
    if revision > 1 and not filled.reason:
        filled = replace(filled, reason="Lembar terlambat yang dihitung lewat koreksi.")
    if duty.attendance == Assignment.Attendance.ABSENT:
        _note_as_present(duty, by=by, now=now)
    sealed = _sealed_again(late, filled, duty)
    body = {"stage": duty.stage.code, "rev": revision, "c": sealed["commitment"], "again": before is not None}
    line = journal.append(duty.edition.chain_id, "sheet.correct", body, by=by, now=now, sent=numbers_of(sealed))
    return _write(duty, filled, sealed, line, revision=revision, by=late.by, at=late.at)


def keep_sheet(
    duty, marks, *, note: str, reason: str, sending: Sending, by, now: datetime,
    remarks: Mapping[str, str] | None = None,
) -> Sheet:  # fmt: skip
    """Write a sheet whose writer may write it; the act that calls this has asked, and holds the edition."""
    return _keep(duty, Filled(marks, remarks or {}, note, reason), sending, by=by, now=now)


def _keep(duty, filled: Filled, sending, *, by, now) -> Sheet:
    before = _own_standing(duty, by)
    voided = duty.sheets.exclude(voided_at=None).order_by("-revision").first()
    revision = next_revision(before, sending, what="Lembar ini", voided=voided)
    if before is not None and not filled.reason:
        raise BadInput("Lembar ini sudah diterima. Tulis alasan perubahan sebelum mengirim lagi.")
    filled = replace(filled, reason=reason_after(voided, filled.reason, what="lembar"))
    sealed = seal(filled.content(duty), sending)
    body = {"stage": duty.stage.code, "rev": revision, "c": sealed["commitment"]}
    kind = "sheet.revise" if before else "sheet.submit"
    line = journal.append(duty.edition.chain_id, kind, body, by=by, now=now, sent=numbers_of(sealed))
    sheet = _write(duty, filled, sealed, line, revision=revision, by=by, at=now)
    end_draft(duty, sending, by=by)
    return sheet


def _write(duty, filled: Filled, sealed: dict, line, *, revision: int, by, at) -> Sheet:
    sheet = Sheet.objects.create(
        assignment=duty, revision=revision, reason=filled.reason, note=filled.note, by=by, at=at,
        receipt={"chain": line.chain_id, "seq": line.seq, "entry": line.hash}, **sealed,
    )  # fmt: skip
    Mark.objects.bulk_create(
        [
            Mark(sheet=sheet, indicator=code, value=value, remark=filled.remarks.get(code, ""))
            for code, value in filled.marks.items()
        ]
    )
    return sheet


def _note_as_present(duty, *, by, now) -> None:
    """Whoever sent a sheet was there: without this the sheet would be counted beside an absence."""
    duty.attendance, duty.attendance_reason = Assignment.Attendance.PRESENT, ""
    duty.save(update_fields=["attendance", "attendance_reason"])
    body = {
        "stage": duty.stage.code, "seat": duty.seat.code, "entry": duty.participation.region_code,
        "state": duty.attendance,
    }  # fmt: skip
    sealed = attendance_content(duty)
    journal.append_sealed(duty.edition.chain_id, "attendance.record", body, sealed, by=by, now=now)


def _sealed_again(late: LateSheet, filled: Filled, duty) -> dict:
    """The seal the juror was given; a new one where the reason had to be written for the juror."""
    kept = {
        "op_id": late.op_id, "device_nonce": late.device_nonce, "server_nonce": late.server_nonce,
        "commitment": late.commitment,
    }  # fmt: skip
    if late.commitment and filled.reason == late.reason:
        return kept
    return seal(filled.content(duty), Sending(op_id=late.op_id, device_nonce=late.device_nonce))


def _own_standing(duty, by) -> Sheet | None:
    """Return the sheet that stands, None if there is none; a predecessor's is not to be changed."""
    before = duty.sheets.filter(voided_at=None).select_related("by").order_by("-revision").first()
    if before is not None and before.by_id != by.pk:
        raise Refused(f"Lembar {duty.participation.entry} sudah diberikan {before.by.name} dari kursi ini. Lembar "
                      "pendahulu tetap berlaku; perbaikannya lewat koreksi.")  # fmt: skip
    return before

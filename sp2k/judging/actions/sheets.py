"""A juror's sheet: sealed, sent, kept as sent; a change is a revision with a reason."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.entries.sealing import Sending, next_revision, reason_after, same_sending, seal
from sp2k.instruments.fields import mark_fields
from sp2k.journal import actions as journal
from sp2k.judging.holding import held_assignments, refuse_away
from sp2k.judging.marks import clean_marks
from sp2k.judging.models import Assignment, Mark, Sheet


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
    [duty], sending = held_assignments([assignment]), sending or Sending()
    marks = clean_marks(typed, mark_fields(duty.stage.instrument))
    reason, note = clean_text(reason, name="Alasan perubahan"), clean_text(note, name="Catatan")
    if received := Sheet.objects.filter(op_id=sending.op_id).first():
        return same_sending(received, sheet_content(duty, marks, note, reason or received.reason), by=by)
    require(by, "sheet.write", duty, now=now)
    refuse_away(duty)
    return keep_sheet(duty, marks, note=note, reason=reason, sending=sending, by=by, now=now)


def sheet_content(duty: Assignment, marks: Mapping, note: str, reason: str) -> dict:
    """Return what a sheet says, in the canonical profile: what its commitment is to."""
    return {
        "seat": duty.seat.code, "stage": duty.stage.code, "entry": duty.participation.region_code,
        "marks": [[code, f"{value.normalize():f}"] for code, value in marks.items()], "note": note, "reason": reason,
    }  # fmt: skip


def keep_sheet(duty, marks, *, note: str, reason: str, sending: Sending, by, now: datetime) -> Sheet:
    """Write a sheet whose writer may write it; the act that calls this has asked, and holds the edition."""
    earlier = list(duty.sheets.select_related("by").order_by("revision"))
    before = next((sheet for sheet in reversed(earlier) if not sheet.is_voided), None)
    voided = next((sheet for sheet in reversed(earlier) if sheet.is_voided), None)
    if before is not None and before.by_id != by.pk:
        raise Refused(f"Lembar {duty.participation.entry} sudah diberikan {before.by.name} dari kursi ini. Lembar "
                      "pendahulu tetap berlaku; perbaikannya lewat koreksi.")  # fmt: skip
    revision = next_revision(before, sending, what="Lembar ini", voided=voided)
    if before is not None and not reason:
        raise BadInput("Lembar ini sudah diterima. Tulis alasan perubahan sebelum mengirim lagi.")
    reason = reason_after(voided, reason, what="lembar")
    sealed = seal(sheet_content(duty, marks, note, reason), sending)
    sheet = Sheet.objects.create(
        assignment=duty, revision=revision, reason=reason, note=note, by=by, at=now, **sealed
    )
    Mark.objects.bulk_create([Mark(sheet=sheet, indicator=code, value=value) for code, value in marks.items()])
    kind = "sheet.revise" if before else "sheet.submit"
    body = {"stage": duty.stage.code, "rev": revision, "c": sheet.commitment}
    journal.append(duty.edition.chain_id, kind, body, by=by, now=now)
    return sheet

"""Withdrawing a sheet or a visit's finding that was a mistake, before its stage is locked."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sp2k.accounts.policy import require
from sp2k.base.blobs import erase_blob, rows_resting_on
from sp2k.base.models import Blob
from sp2k.base.refusals import Refused
from sp2k.editions.holding import held_stage
from sp2k.entries.voiding import voiding_reason, withdraw
from sp2k.journal import actions as journal
from sp2k.journal.opening import void_content
from sp2k.judging.actions.drafts import give_back
from sp2k.judging.actions.panel import recuse
from sp2k.judging.holding import held_assignments
from sp2k.judging.models import Assignment, HeldPhoto, Sheet, SheetDraft, VisitFinding, VisitPhoto
from sp2k.judging.queries import conflict_of_holder, latest_visit_findings
from sp2k.judging.queries.opening import refuse_changed_panel


@transaction.atomic
def void_sheet(sheet: Sheet, *, reason: str, by, now: datetime) -> Sheet:
    """Withdraw the standing sheet of a duty; the one before it stands again, or the duty awaits a sheet.

    Its content goes back to its writer as a draft, unless one is being written or another person sits in the seat now.
    Of whoever has a conflict with the entry nothing is awaited any more, and no draft is made.
    """
    [duty] = held_assignments([sheet.assignment])
    sheet = Sheet.objects.get(pk=sheet.pk)
    sheet.assignment = duty
    require(by, "sheet.void", sheet, now=now)
    refuse_changed_panel(duty.stage, "Pembatalan lembar")
    standing = duty.standing_sheets
    if not sheet.is_voided and standing[-1].pk != sheet.pk:
        raise Refused(f"{sheet}, sudah diganti revisi yang lebih baru; yang dibatalkan revisi terakhir.")
    withdraw(sheet, reason, by=by, now=now)
    before = standing[-2].revision if len(standing) > 1 else 0
    # A revision being written changes what stands now; without this the juror could never send it.
    SheetDraft.objects.filter(assignment=duty, base_rev=sheet.revision).update(base_rev=before)
    if conflict := conflict_of_holder(duty):
        recuse(duty.seat, {duty.participation.entry_id: conflict})
    elif duty.seat.is_held_by(sheet.by) and not duty.has_conflict(sheet.by):
        give_back(sheet, base_rev=before, now=now)
    body = {"stage": duty.stage.code, "rev": sheet.revision, "c": sheet.commitment, "last": before == 0}
    journal.append_sealed(duty.edition.chain_id, "sheet.void", body, void_content(sheet), key="why", by=by, now=now)
    return sheet


@transaction.atomic
def void_finding(finding: VisitFinding, *, reason: str, by, now: datetime) -> VisitFinding:
    """Withdraw the standing finding on a claim; the one before it stands again, or the claim is open.

    Its photos wait for its writer, and the form begins with what was written.
    """
    stage = held_stage(finding.stage)
    finding = VisitFinding.objects.select_related("participation__entry__region__parent").get(pk=finding.pk)
    finding.participation.stage = stage
    require(by, "finding.void", finding, now=now)
    refuse_changed_panel(stage, "Pembatalan temuan")
    if not finding.is_voided and not latest_visit_findings(stage).filter(pk=finding.pk).exists():
        raise Refused(f"Temuan {finding.claim} sudah diganti revisi yang lebih baru; yang dibatalkan revisi terakhir.")
    withdraw(finding, reason, by=by, now=now)
    _hold_again(finding, now=now)
    body = {"stage": stage.code, "rev": finding.revision, "c": finding.commitment}
    journal.append_sealed(stage.edition.chain_id, "finding.void", body, void_content(finding), key="why", by=by, now=now)
    return finding


@transaction.atomic
def erase_photo(photo: VisitPhoto, *, reason: str, by, now: datetime) -> Blob:
    """Remove a picture that should not have been taken or kept. Its name, its hash and the finding stay."""
    stage = held_stage(photo.finding.stage)
    photo = VisitPhoto.objects.select_related("blob", "finding__participation__entry__region__parent").get(pk=photo.pk)
    photo.finding.participation.stage = stage
    require(by, "photo.erase", photo.finding, now=now)
    refuse_changed_panel(stage, "Penghapusan foto")
    voiding_reason(reason)
    blob, participation = photo.blob, photo.finding.participation
    if blob.erased_at is not None:
        raise Refused(f"Foto {photo.name} sudah dihapus.")
    own = {VisitPhoto: {"finding__participation": participation}, HeldPhoto: {"assignment__participation": participation}}
    for rows in rows_resting_on(blob):
        if rows.model in own:
            rows = rows.exclude(**own[rows.model])
        if rows.exists():
            raise Refused(f"Foto {photo.name} sama dengan berkas yang dipakai di tempat lain, jadi tidak dihapus.")
    body = {"stage": stage.code, "rev": photo.finding.revision, "c": photo.finding.commitment, "sha256": blob.sha256}
    journal.append(stage.edition.chain_id, "file.erase", body, by=by, now=now)
    HeldPhoto.objects.filter(Q(assignment__participation=participation) | Q(is_given_back=True), blob=blob).delete()
    erase_blob(blob, now=now)
    return blob


def _hold_again(finding: VisitFinding, *, now: datetime) -> None:
    """Let the photos of a voided finding wait for its writer's next one, where the writer still sits in that seat."""
    duty = Assignment.objects.filter(participation=finding.participation, seat=finding.seat).first()
    if duty is None or not duty.seat.is_held_by(finding.by) or duty.has_conflict(finding.by):
        return
    for photo in finding.photos.filter(blob__erased_at=None):
        told = {"name": photo.name, "at": now, "is_given_back": True}
        HeldPhoto.objects.get_or_create(
            assignment=duty, by=finding.by, claim=finding.claim, blob=photo.blob, defaults=told
        )

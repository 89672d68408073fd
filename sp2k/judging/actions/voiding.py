"""Withdrawing a sheet or a visit's finding that was a mistake, before its stage is locked."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.blobs import erase_blob, rows_resting_on
from sp2k.base.models import Blob
from sp2k.base.refusals import Refused
from sp2k.editions.holding import held_stage
from sp2k.entries.voiding import voiding_reason, withdraw
from sp2k.journal import actions as journal
from sp2k.judging.holding import held_assignments
from sp2k.judging.models import Sheet, SheetDraft, VisitFinding, VisitPhoto
from sp2k.judging.queries import latest_visit_findings


@transaction.atomic
def void_sheet(sheet: Sheet, *, reason: str, by, now: datetime) -> Sheet:
    """Withdraw the standing sheet of a duty; the one before it stands again, or the duty awaits a sheet."""
    [duty] = held_assignments([sheet.assignment])
    sheet = Sheet.objects.get(pk=sheet.pk)
    sheet.assignment = duty
    require(by, "sheet.void", sheet, now=now)
    standing = duty.standing_sheets
    if not sheet.is_voided and standing[-1].pk != sheet.pk:
        raise Refused(f"{sheet}, sudah diganti revisi yang lebih baru; yang dibatalkan revisi terakhir.")
    withdraw(sheet, reason, now=now)
    before = standing[-2].revision if len(standing) > 1 else 0
    # A revision being written changes what stands now; without this the juror could never send it.
    SheetDraft.objects.filter(assignment=duty, base_rev=sheet.revision).update(base_rev=before)
    body = {"stage": duty.stage.code, "rev": sheet.revision, "c": sheet.commitment, "last": before == 0}
    journal.append(duty.edition.chain_id, "sheet.void", body, by=by, now=now)
    return sheet


@transaction.atomic
def void_finding(finding: VisitFinding, *, reason: str, by, now: datetime) -> VisitFinding:
    """Withdraw the standing finding on a claim; the one before it stands again, or the claim is open."""
    stage = held_stage(finding.stage)
    finding = VisitFinding.objects.select_related("participation__entry__region__parent").get(pk=finding.pk)
    finding.participation.stage = stage
    require(by, "finding.void", finding, now=now)
    if not finding.is_voided and not latest_visit_findings(stage).filter(pk=finding.pk).exists():
        raise Refused(f"Temuan {finding.claim} sudah diganti revisi yang lebih baru; yang dibatalkan revisi terakhir.")
    withdraw(finding, reason, now=now)
    body = {"stage": stage.code, "rev": finding.revision, "c": finding.commitment}
    journal.append(stage.edition.chain_id, "finding.void", body, by=by, now=now)
    return finding


@transaction.atomic
def erase_photo(photo: VisitPhoto, *, reason: str, by, now: datetime) -> Blob:
    """Remove a picture that should not have been taken or kept. Its name, its hash and the finding stay."""
    stage = held_stage(photo.finding.stage)
    photo = VisitPhoto.objects.select_related("blob", "finding__participation__entry__region__parent").get(pk=photo.pk)
    photo.finding.participation.stage = stage
    require(by, "photo.erase", photo.finding, now=now)
    voiding_reason(reason)
    blob, participation = photo.blob, photo.finding.participation
    if blob.erased_at is not None:
        raise Refused(f"Foto {photo.name} sudah dihapus.")
    for rows in rows_resting_on(blob):
        if rows.model is VisitPhoto:
            rows = rows.exclude(finding__participation=participation)
        if rows.exists():
            raise Refused(f"Foto {photo.name} sama dengan berkas yang dipakai di tempat lain, jadi tidak dihapus.")
    body = {"stage": stage.code, "rev": photo.finding.revision, "c": photo.finding.commitment}
    journal.append(stage.edition.chain_id, "file.erase", body, by=by, now=now)
    erase_blob(blob, now=now)
    return blob

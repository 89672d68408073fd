"""Withdrawing a sheet or a visit's finding that was a mistake, before its stage is locked."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import Refused
from sp2k.editions.holding import held_stage
from sp2k.entries.voiding import withdraw
from sp2k.journal import actions as journal
from sp2k.judging.holding import held_assignments
from sp2k.judging.models import Sheet, SheetDraft, VisitFinding
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

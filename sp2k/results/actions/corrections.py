"""A late sheet and the correction that may count it: proposed by the bureau, agreed by two others, or refused."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.accounts.roles import Role
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Approval
from sp2k.journal import actions as journal
from sp2k.judging.actions import take_late_sheet
from sp2k.judging.models import LateSheet
from sp2k.results.freezing import count_stage
from sp2k.results.opening import refuse_changed_edition
from sp2k.results.queries import standing_tally
from sp2k.results.stages.late import ACT, case_of, role_to_approve, subject_of


@transaction.atomic
def propose_correction(late: LateSheet, *, reason: str, by, now: datetime) -> Approval:
    """Propose that a late sheet be counted, with a reason; two others then agree or one refuses."""
    late = _held(late)
    require(by, "correction.propose", late, now=now)
    refuse_changed_edition(late.edition, "Putusan lembar terlambat")
    _refuse_unless_open(late)
    if case_of(late).proposal is not None:
        raise Refused("Lembar terlambat ini sudah diusulkan. Tinggal menunggu persetujuan dua orang lain.")
    if late.by_id == by.pk:
        raise NotAllowed("Anda tidak mengusulkan lembar Anda sendiri.")
    late.proposal_reason = _reason(reason)
    late.save(update_fields=["proposal_reason"])
    return _say(late, "correction.propose", Role.BUREAU, by=by, now=now)


@transaction.atomic
def approve_correction(late: LateSheet, *, by, now: datetime) -> Approval:
    """Agree that a late sheet be counted. The second of two agreements makes it the sheet of its duty."""
    late = _held(late)
    require(by, "correction.approve", late, now=now)
    refuse_changed_edition(late.edition, "Putusan lembar terlambat")
    _refuse_unless_open(late)
    case = case_of(late)
    if case.proposal is None:
        raise Refused("Lembar terlambat ini belum diusulkan biro untuk dihitung.")
    role = role_to_approve(case, by, now=now)
    if not role:
        raise Refused(f"Persetujuan yang masih ditunggu: {' dan '.join(case.awaited_in_words)}, dari orang yang belum "
                      "bersuara.")  # fmt: skip
    yes = _say(late, "correction.approve", role, by=by, now=now)
    if not case_of(late).awaited:
        _accept(late, by=by, now=now)
    return yes


@transaction.atomic
def refuse_correction(late: LateSheet, *, reason: str, by, now: datetime) -> LateSheet:
    """Decide that a late sheet is not counted, with a reason. It stays as it was sent."""
    late = _held(late)
    require(by, "correction.refuse", late, now=now)
    refuse_changed_edition(late.edition, "Putusan lembar terlambat")
    if not late.is_waiting:
        raise Refused(f"Lembar terlambat ini sudah diputus: {late.get_decision_display().lower()}.")
    late.decision_reason = _reason(reason)
    _decide(late, LateSheet.Decision.REFUSED, by=by, now=now)
    why = {"reason": late.decision_reason}
    journal.append_sealed(late.edition.chain_id, "correction.refuse", _body(late), why, key="why", by=by, now=now)
    return late


def _accept(late, *, by, now) -> None:
    take_late_sheet(late, by=by, now=now)
    _decide(late, LateSheet.Decision.ACCEPTED, by=by, now=now)
    if late.stage.is_locked:
        count_stage(late.stage, scope="")  # as at the lock: what cannot be counted is not taken


def _decide(late, decision, *, by, now) -> None:
    late.decision, late.decided_by, late.decided_at = decision, by, now
    late.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])


def _held(late: LateSheet) -> LateSheet:
    stage = held_stage(late.stage)
    held = LateSheet.objects.select_related(
        "by", "assignment__seat", "assignment__participation__entry__region__parent"
    ).get(pk=late.pk)
    held.assignment.participation.stage = held.assignment.seat.stage = stage
    return held


def _refuse_unless_open(late) -> None:
    if not late.is_waiting:
        raise Refused(f"Lembar terlambat ini sudah diputus: {late.get_decision_display().lower()}.")
    if standing_tally(late.stage):
        raise Refused(f"Hitungan tahap {late.stage.name} sudah dibekukan; lembar terlambat tidak dapat dihitung lagi.")


def _say(late, kind: str, role, *, by, now) -> Approval:
    letter = Role(role).value
    yes = Approval.objects.create(edition=late.edition, act=ACT, subject=subject_of(late), role=letter, by=by, at=now)
    why = {"reason": late.proposal_reason}
    journal.append_sealed(late.edition.chain_id, kind, _body(late) | {"role": letter}, why, key="why", by=by, now=now)
    return yes


def _body(late) -> dict:
    return {"stage": late.stage.code, "c": late.commitment}


def _reason(typed: str) -> str:
    reason = clean_text(typed, name="Alasan", longest=1000)
    if not reason:
        raise BadInput("Tulis alasannya. Alasan disimpan bersama lembarnya.")
    return reason

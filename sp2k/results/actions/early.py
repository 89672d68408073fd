"""Locking a stage before its published deadline: proposed with a reason, agreed to by others, done once."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import instant_in_words
from sp2k.editions.actions import Paper, give_approval
from sp2k.editions.actions.approving import keep_approval
from sp2k.editions.approvals import rules_of_act
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Approval, Proposal, Stage
from sp2k.editions.opening.proposals import proposal_content
from sp2k.editions.queries import missing_approvals
from sp2k.editions.queries.chairs import speaks_for
from sp2k.editions.queries.lapsing import standing_approvals
from sp2k.journal import actions as journal
from sp2k.results.actions.closing import close_stage, refuse_what_is_missing
from sp2k.results.opening import refuse_changed_edition
from sp2k.results.stages.early import (
    ACT,
    EarlyFigures,
    early_figures,
    new_subject,
    open_early_locks,
    waiting_early_lock,
)


@transaction.atomic
def lock_early(stage: Stage, *, number: int, by, now: datetime, reason: str = "") -> Proposal:
    """Lock a stage before its deadline, or propose it where others must still agree; each press is a yes as well.

    `number` is how many lose time, typed by whoever presses: it says that the figures were read. The reason is the
    proposer's; whoever agrees reads it and writes none.
    """
    stage = held_stage(stage)
    require(by, "stage.lock_early", stage, now=now)
    refuse_changed_edition(stage.edition, f"Mengunci tahap {stage.name} sebelum batasnya")
    if now < stage.opens_at or stage.has_ended(now):
        raise Refused(stage.opening_in_words(now, checks=True))
    refuse_what_is_missing(stage)
    figures = early_figures(stage, now)
    if number != figures.n_lost:
        raise BadInput(f"Angka yang diketik, {number}, tidak sama dengan yang kehilangan sisa waktu, {figures.n_lost}. "
                       "Baca angkanya pada halaman ini, lalu ketik lagi.")  # fmt: skip
    proposal = waiting_early_lock(stage)
    is_new = proposal is None
    if is_new:
        proposal = _propose(stage, figures, reason, by=by, now=now)
    elif standing_approvals(stage.edition, stage.edition.approvals.filter(act=ACT, subject=proposal.subject, by=by)):
        _refuse_second_press(stage, proposal, by)
    _say_yes(stage, proposal.subject, by=by, now=now)
    if not missing_approvals(stage.edition, ACT, proposal.subject, also=by):
        _carry_out(stage, proposal, figures, by=by, now=now)
    elif is_new:
        body = {"stage": stage.code, "reason": proposal.reason} | _told(figures)
        said = proposal_content(proposal)
        journal.append_sealed(stage.edition.chain_id, "stage.lock.propose", body, said, by=by, now=now)
    return proposal


@transaction.atomic
def approve_lock(stage: Stage, act: str, *, role: str, by, now: datetime, paper: Paper | None = None) -> Approval:
    """Say yes to locking a stage, after its deadline or before: only once all it waits for is there or explained.

    What changes the stage afterwards makes the yes lapse (editions/queries/lapsing.py).
    """
    stage = held_stage(stage)
    require(by, "approval.give", stage.edition, now=now)
    refuse_changed_edition(stage.edition, f"Persetujuan kunci tahap {stage.name}")
    if stage.is_locked or now < stage.opens_at:
        raise Refused(stage.opening_in_words(now))
    refuse_what_is_missing(stage)
    subject = stage.code
    if act == ACT:
        if stage.has_ended(now):
            raise Refused(f"Batas tahap {stage.name} sudah tiba, jadi usul menguncinya sebelum batasnya gugur. Tahap dikunci "
                          "seperti biasa oleh penyelenggara.")  # fmt: skip
        if (proposal := waiting_early_lock(stage)) is None:
            raise Refused(f"Tidak ada usul mengunci tahap {stage.name} sebelum batasnya yang menunggu.")
        subject = proposal.subject
    return give_approval(stage.edition, act, subject, role=role, by=by, now=now, paper=paper)


@transaction.atomic
def withdraw_early_lock(stage: Stage, *, by, now: datetime) -> Stage:
    """Take back a proposed early lock; the stage goes on until its deadline."""
    stage = held_stage(stage)
    require(by, "stage.lock_early", stage, now=now)
    if not open_early_locks(stage).exists():
        raise Refused(f"Tidak ada usul mengunci tahap {stage.name} sebelum batasnya yang menunggu.")
    open_early_locks(stage).update(withdrawn_at=now)
    journal.append(stage.edition.chain_id, "stage.lock.withdraw", {"stage": stage.code}, by=by, now=now)
    return stage


def _propose(stage, figures: EarlyFigures, reason: str, *, by, now) -> Proposal:
    reason = clean_text(reason, name="Alasan", longest=500)
    if not reason:
        raise BadInput(f"Tulis alasan mengunci tahap {stage.name} sebelum batasnya. Alasannya dibaca semua orang.")
    open_early_locks(stage).update(withdrawn_at=now)  # those for a deadline that was moved since
    until = instant_in_words(figures.until, stage.edition.zone)
    about = f"Tahap {stage.name} dikunci sebelum batasnya, {until}: {figures.sentence}"
    return Proposal.objects.create(
        edition=stage.edition, act=ACT, subject=new_subject(stage), about=about, reason=reason, by=by, at=now
    )


def _say_yes(stage, subject: str, *, by, now) -> None:
    for rule in rules_of_act(stage.edition.rules, ACT, subject):
        if speaks_for(by, stage.edition, rule.role, subject):
            keep_approval(stage.edition, ACT, subject, role=rule.role, by=by, now=now)


def _refuse_second_press(stage, proposal: Proposal, by) -> None:
    if missing := missing_approvals(stage.edition, ACT, proposal.subject, also=by):
        at = instant_in_words(proposal.at, stage.edition.zone)
        raise Refused(f"Penguncian tahap {stage.name} sebelum batasnya sudah diusulkan {proposal.by.name} pada {at} dan "
                      f"Anda sudah menyetujuinya. Masih {'; '.join(missing)}.")  # fmt: skip


def _carry_out(stage, proposal: Proposal, figures: EarlyFigures, *, by, now) -> None:
    proposal.done_at = now
    proposal.save(update_fields=["done_at"])
    zone = stage.edition.zone
    body = {
        "stage": stage.code, "deadline": instant_in_words(stage.ends_at, zone), "at": instant_in_words(now, zone),
        "reason": proposal.reason,
    } | _told(figures)  # fmt: skip
    journal.append(stage.edition.chain_id, "stage.lock.early", body, by=by, now=now)
    close_stage(stage, by=by, now=now)


def _told(figures: EarlyFigures) -> dict:
    return {"n": figures.n_in, "of": figures.n_expected, "lost": figures.n_lost, "left": figures.left_in_words}

"""Answering in the place of a regency that let the deadline pass: one of the bureau proposes it, another does it."""

from datetime import datetime

from django.db import transaction

from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.journal import actions as journal
from sp2k.results.actions.conditions import held_desk
from sp2k.results.actions.selection import (
    keep_ranking,
    keep_refusal,
    refuse_if_all_must_take_part,
    refuse_second_answer,
)
from sp2k.results.closing import RegencyDesk
from sp2k.results.models import Nomination, SilentAnswer
from sp2k.results.regencies.silence import first_by_rules, open_answers, waiting_answers, why_nobody
from sp2k.results.ties.ruled import placements_of


@transaction.atomic
def propose_silent_answer(desk: RegencyDesk, *, is_declining: bool, reason: str, by, now: datetime) -> SilentAnswer:
    """Propose what is answered for a silent regency: that it takes no part, or whom the ranking by the rules puts first."""
    desk = held_desk(desk, "silence.answer", by=by, now=now)
    refuse_second_answer(desk)
    if waiting_answers(desk.stage).filter(regency=desk.regency).exists():
        raise Refused(f"Sudah ada usul jawaban bagi {desk.name} yang menunggu orang kedua. Laksanakan atau tarik "
                      "usul itu lebih dahulu.")  # fmt: skip
    if is_declining:
        refuse_if_all_must_take_part(desk)
    else:
        _refuse_without_nominee(desk)
    reason = clean_text(reason, name="Alasan", longest=500)
    if not reason:
        raise BadInput(f"Tulis alasan menjawab menggantikan {desk.name}. Alasannya dibaca kabupaten/kota itu.")
    for lapsed in open_answers(desk.stage).filter(regency=desk.regency):
        _withdraw(lapsed, by=by, now=now)
    proposal = SilentAnswer.objects.create(
        stage=desk.stage, regency=desk.regency, is_declining=is_declining, reason=reason, by=by, at=now
    )
    journal.append(desk.edition.chain_id, "silence.propose", _body(proposal) | {"reason": reason}, by=by, now=now)
    return proposal


@transaction.atomic
def answer_for_silent(proposal: SilentAnswer, *, by, now: datetime) -> Nomination:
    """Answer as another of the bureau proposed; the ranking is counted by the rules where the regency left none."""
    desk, proposal = _held(proposal, by=by, now=now)
    if proposal.by_id == by.pk:
        raise Refused("Usul ini Anda sendiri yang membuatnya. Orang kedua dari penyelenggara provinsi yang melaksanakannya.")
    refuse_second_answer(desk)
    if proposal.is_declining:
        answer = keep_refusal(desk, proposal.reason, is_by_bureau=True, by=by, now=now)
    else:
        answer = _nominate_first(desk, proposal.reason, by=by, now=now)
    proposal.done_by, proposal.done_at = by, now
    proposal.save(update_fields=["done_by", "done_at"])
    return answer


@transaction.atomic
def withdraw_silent_answer(proposal: SilentAnswer, *, by, now: datetime) -> SilentAnswer:
    """Take back a proposal that still waits for its second person."""
    _desk, proposal = _held(proposal, by=by, now=now)
    return _withdraw(proposal, by=by, now=now)


def _withdraw(proposal: SilentAnswer, *, by, now: datetime) -> SilentAnswer:
    proposal.withdrawn_at = now
    proposal.save(update_fields=["withdrawn_at"])
    journal.append(proposal.stage.edition.chain_id, "silence.withdraw", _body(proposal), by=by, now=now)
    return proposal


def _held(proposal, *, by, now) -> tuple[RegencyDesk, SilentAnswer]:
    desk = held_desk(RegencyDesk(proposal.stage, proposal.regency), "silence.answer", by=by, now=now)
    proposal = SilentAnswer.objects.get(pk=proposal.pk)
    if not proposal.is_waiting:
        if proposal.done_at is None and proposal.withdrawn_at is None:
            raise Refused("Usul jawaban ini gugur: batas waktu tahapnya dipindahkan sesudah diusulkan. Usulkan lagi.")
        raise Refused("Usul jawaban ini sudah dilaksanakan atau ditarik. Muat ulang halaman.")
    return desk, proposal


def _refuse_without_nominee(desk: RegencyDesk) -> None:
    """Where the rules send nobody the bureau chooses nobody either; the sentence says what can be done."""
    if first_by_rules(desk) is None:
        raise Refused(why_nobody(desk))


def _nominate_first(desk, reason, *, by, now) -> Nomination:
    _refuse_without_nominee(desk)
    tally = desk.stage.tallies.filter(scope=desk.region_code).first()
    tally = tally or keep_ranking(desk, is_by_bureau=True, by=by, now=now)
    first = next(row for row in placements_of(tally) if row.is_through)
    answer = Nomination.objects.create(
        stage=desk.stage, regency=desk.regency, participation=first.participation, is_by_bureau=True, bureau_reason=reason,
        by=by, at=now,
    )  # fmt: skip
    body = {
        "stage": desk.stage.code, "regency": desk.region_code, "entry": first.participation.region_code, "minutes": "",
        "reason": reason, "by_bureau": True,
    }  # fmt: skip
    journal.append(desk.edition.chain_id, "nominee.set", body, by=by, now=now)
    return answer


def _body(proposal) -> dict:
    answer = "tidak-ikut" if proposal.is_declining else "calon"
    return {"stage": proposal.stage.code, "regency": proposal.regency_id, "answer": answer}

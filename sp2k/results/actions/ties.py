"""Ending a tie that the declared chain left: proposed with its minutes, voted on, ruled by another than who proposed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from sp2k.accounts.models import User
from sp2k.accounts.policy import require
from sp2k.base.documents.days import refuse_day_to_come
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import date_in_words
from sp2k.editions.holding import held_stage
from sp2k.entries.sealing import Sending, seal
from sp2k.journal import actions as journal
from sp2k.results.models import Advancement, FrozenTally, TieRuling, TieVote
from sp2k.results.opening import refuse_changed_edition
from sp2k.results.ties.groups import PLENARY, WHOLE, Tie, tie_at, ways_after_the_chain
from sp2k.results.ties.sealing import sealed_content
from sp2k.results.ties.voices import has_failed, missing_voices

LONGEST = 2000


@dataclass(frozen=True)
class Minuted:
    """What the minutes of a ruling say: their number and date, why, and who took part."""

    number: str
    dated: date
    reason: str
    people: Sequence[User]
    others: str = ""


@transaction.atomic
def propose_ruling(tie: Tie, way: str, order: Sequence[str], minuted: Minuted, *, by, now: datetime) -> TieRuling:
    """Propose how a tie is ended; nothing changes until another person rules.

    Parameters
    ----------
    order : region codes of the tied, the best first; of a shared place in any order
    """
    tie = _held(tie)
    require(by, "tie.propose", tie, now=now)
    refuse_changed_edition(tie.edition, "Putusan seri")
    fields = checked_proposal(tie, way, order, minuted, now=now)
    if TieRuling.objects.filter(tally=tie.tally, scope=tie.scope, place=tie.place, withdrawn_at=None).exists():
        raise Refused("Usul putusan seri ini sudah ada. Tarik usul itu lebih dahulu bila keliru.")
    sealed = seal(_content(tie, fields), Sending())
    sealed.pop("op_id")
    ruling = TieRuling.objects.create(
        tally=tie.tally, scope=tie.scope, place=tie.place, by=by, at=now, **fields, **sealed
    )
    _tell(ruling, "tie.propose", by=by, now=now)
    return ruling


@transaction.atomic
def vote_on_ruling(ruling: TieRuling, *, agrees: bool, by, now: datetime) -> TieVote:
    """A juror says yes or no to a proposed ruling, once."""
    ruling, tie = _held_ruling(ruling)
    require(by, "tie.vote", tie, now=now)
    refuse_changed_edition(tie.edition, "Putusan seri")
    _refuse_unless_waiting(ruling)
    if ruling.votes.filter(by=by).exists():
        raise Refused("Suara Anda atas putusan seri ini sudah dicatat.")
    vote = TieVote.objects.create(ruling=ruling, agrees=agrees, by=by, at=now)
    _tell(ruling, "tie.vote", by=by, now=now, agrees=agrees)
    return vote


@transaction.atomic
def rule_tie(ruling: TieRuling, *, by, now: datetime) -> TieRuling:
    """Put a proposed ruling in force: by the chair without a conflict, of a regency by its verifier."""
    ruling, tie = _held_ruling(ruling)
    require(by, "tie.rule", tie, now=now)
    refuse_changed_edition(tie.edition, "Putusan seri")
    _refuse_unless_waiting(ruling)
    _refuse_decided(tie)
    if ruling.by_id == by.pk:
        raise NotAllowed("Anda yang mengusulkan putusan ini. Orang lain yang memutuskannya.")
    _refuse_without_majority(ruling, tie, by)
    ruling.ruled_by, ruling.ruled_at = by, now
    ruling.save(update_fields=["ruled_by", "ruled_at"])
    _tell(ruling, "tie.rule", by=by, now=now)
    return ruling


@transaction.atomic
def withdraw_ruling(ruling: TieRuling, reason: str, *, by, now: datetime) -> TieRuling:
    """Take a proposed ruling back, with a reason, before it is in force."""
    ruling, tie = _held_ruling(ruling)
    require(by, "tie.propose", tie, now=now)
    refuse_changed_edition(tie.edition, "Putusan seri")
    _refuse_unless_waiting(ruling)
    reason = clean_text(reason, name="Alasan penarikan", longest=LONGEST)
    if not reason:
        raise BadInput("Tulis alasan penarikan usul.")
    ruling.withdrawn_at, ruling.withdrawn_reason = now, reason
    ruling.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _tell(ruling, "tie.withdraw", by=by, now=now, why=reason)
    return ruling


def checked_proposal(tie: Tie, way: str, order: Sequence[str], minuted: Minuted, *, now: datetime) -> dict:
    """Return the fields of a ruling as they would be kept; Refused where they cannot stand. The preview asks it too."""
    _refuse_decided(tie)
    if way not in ways_after_the_chain(tie.stage):
        raise Refused(f"Aturan tahap {tie.stage.name} tidak memuat cara itu untuk memutus seri.")
    reason = clean_text(minuted.reason, name="Alasan", longest=LONGEST)
    number = clean_text(minuted.number, name="Nomor berita acara", longest=80)
    if not reason or not number:
        raise BadInput("Tulis nomor berita acara dan alasan putusan.")
    _refuse_wrong_day(tie, minuted.dated, now)
    return {
        "way": way, "order": _checked_order(tie, order) if way == PLENARY else tie.codes, "reason": reason,
        "minutes_number": number, "minutes_on": minuted.dated, "present": _present(tie, minuted),
        "seats": tie.seats if way == PLENARY or tie.seats is None else len(tie.codes),
    }  # fmt: skip


def _content(tie: Tie, fields: dict) -> dict:
    return sealed_content(tie.edition.code, tie.stage.code, tie.scope, tie.place, fields)


def _checked_order(tie: Tie, order: Sequence[str]) -> list[str]:
    named = {row.participation.region_code: str(row.participation.entry) for row in tie.placements}
    if strange := [code for code in order if code not in named]:
        raise BadInput(f"{strange[0]} tidak termasuk yang seri di tempat {tie.place}.")
    if twice := [named[code] for code, n in Counter(order).items() if n > 1]:
        raise BadInput(f"{twice[0]} disebut dua kali. Setiap yang seri mendapat tepat satu urutan.")
    if missed := [name for code, name in named.items() if code not in order]:
        raise BadInput(f"{missed[0]} belum mendapat urutan. Setiap yang seri mendapat tepat satu urutan.")
    return list(order)


def _present(tie: Tie, minuted: Minuted) -> list[str]:
    if not minuted.people:
        raise BadInput("Pilih siapa yang ikut memutus. Putusan tanpa nama tidak dicatat.")
    for person in minuted.people:
        if tie.has_conflict(person):
            raise Refused(f"{person.name} mempunyai benturan kepentingan dengan salah satu yang seri dan tidak ikut memutus.")
    others = clean_text(minuted.others, name="Hadir lainnya", longest=LONGEST)
    return [person.name for person in minuted.people] + [line.strip() for line in others.splitlines() if line.strip()]


def _refuse_wrong_day(tie: Tie, dated: date, now: datetime) -> None:
    refuse_day_to_come(dated, "berita acara", zone=tie.edition.zone, now=now)
    frozen = tie.tally.frozen_at.astimezone(ZoneInfo(tie.edition.zone)).date()
    if dated < frozen:
        raise BadInput(f"Berita acara bertanggal {date_in_words(dated)}, sedangkan serinya baru diketahui "
                       f"{date_in_words(frozen)}. Periksa tanggalnya.")  # fmt: skip


def _refuse_decided(tie: Tie) -> None:
    """Once others rely on the places, a tie is not ruled any more."""
    stage = tie.stage
    if Advancement.objects.filter(stage=stage).exists():
        raise Refused(f"Yang lolos dari tahap {stage.name} sudah masuk tahap berikutnya; serinya tidak diputus lagi.")
    if stage.edition.awards.exists():
        raise Refused("Gelar edisi ini sudah diberikan; serinya tidak diputus lagi.")
    if tie.is_of_regency and stage.nominations.filter(regency=tie.scope).exists():
        raise Refused("Kabupaten/kota ini sudah menjawab; serinya tidak diputus lagi.")


def _refuse_unless_waiting(ruling: TieRuling) -> None:
    if ruling.is_ruled:
        raise Refused("Seri ini sudah diputus.")
    if ruling.withdrawn_at is not None:
        raise Refused("Usul putusan ini sudah ditarik. Muat ulang halaman.")


def _refuse_without_majority(ruling: TieRuling, tie: Tie, by) -> None:
    if has_failed(ruling, tie):
        votes = Counter(vote.agrees for vote in ruling.votes.all())
        raise Refused(f"Suara tidak setuju {votes[False]}, setuju {votes[True]}, jadi usul ini tidak dijalankan. "
                      f"{tie.proposer.label} menariknya dengan alasan, lalu serinya dimusyawarahkan lagi.")  # fmt: skip
    if (missing := missing_voices(ruling, tie, ruler=by)).n:
        raise Refused(f"Usul ini belum disetujui lebih dari setengah anggota panel yang memutus: kurang {missing.n} suara "
                      f"setuju. Yang belum memberi suara: {missing.names}.")  # fmt: skip


def _held(tie: Tie) -> Tie:
    stage = held_stage(tie.stage)
    tally = FrozenTally.objects.defer("rules", "sheets", "places", "trace").get(pk=tie.tally.pk)
    tally.stage = stage
    found = tie_at(tally, tie.scope, tie.place)
    if found is None:
        raise Refused(f"Di tempat {tie.place} tidak ada seri yang perlu diputus. Muat ulang halaman.")
    return found


def _held_ruling(ruling: TieRuling) -> tuple[TieRuling, Tie]:
    stage = held_stage(ruling.tally.stage)
    held = TieRuling.objects.select_related("tally", "by").get(pk=ruling.pk)
    _refuse_unless_waiting(held)
    held.tally.stage = stage
    tie = tie_at(held.tally, held.scope, held.place)
    if tie is None:
        raise Refused("Seri ini sudah diputus.")
    return held, tie


def _tell(ruling: TieRuling, kind: str, *, by, now, why: str = "", **more) -> None:
    """A line without names or places: what was ruled goes in as its commitment, and so does why it was withdrawn."""
    stage = ruling.tally.stage
    regency = {"regency": ruling.scope} if ruling.scope != WHOLE else {}
    body = {"stage": stage.code, **regency, "c": ruling.commitment, **more}
    if why:
        journal.append_sealed(stage.edition.chain_id, kind, body, {"reason": why}, key="why", by=by, now=now)
    else:
        journal.append(stage.edition.chain_id, kind, body, by=by, now=now)

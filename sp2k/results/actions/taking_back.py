"""Taking back a regency's ranking or answer before its stage is locked, and mending the number of its minutes.

The row stays as it was, with who took it back, when and why; a new ranking or answer is a row of its own.
"""

from datetime import datetime

from django.db import transaction

from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import instant_in_words
from sp2k.journal import actions as journal
from sp2k.regions.models import Region
from sp2k.results.actions.conditions import held_desk
from sp2k.results.closing import RegencyDesk
from sp2k.results.models import FrozenTally, Nomination
from sp2k.results.regencies.word_of_bureau import is_bureau_at, why_bureau_alone


@transaction.atomic
def take_back_answer(answer: Nomination, *, reason: str, by, now: datetime) -> Nomination:
    """Take back a regency's nominee, or its word that it takes no part; the regency is silent again.

    What the bureau answered in its place the bureau alone takes back once the deadline has passed.
    """
    desk = held_desk(RegencyDesk(answer.stage, answer.regency), "nominee.revoke", by=by, now=now)
    answer = Nomination.every.select_related("participation__entry__region__parent").get(pk=answer.pk)
    _refuse_twice(answer, f"Jawaban {desk.name}", desk)
    if barred := why_bureau_alone(answer, desk, by=by, now=now):
        raise Refused(barred)
    body = {"stage": desk.stage.code, "regency": desk.region_code, "last": True}
    if answer.participation:
        body["entry"] = answer.participation.region_code
    _take_back(answer, desk, reason, by=by, now=now)
    journal.append(desk.edition.chain_id, "nominee.revoke", body | _why(answer), by=by, now=now)
    return answer


@transaction.atomic
def take_back_ranking(tally: FrozenTally, *, reason: str, by, now: datetime) -> FrozenTally:
    """Take back a regency's ranking, while no nominee rests on it; it may be counted anew."""
    if not tally.scope:
        raise Refused(f"Hitungan tahap {tally.stage.name} bukan peringkat satu kabupaten/kota, jadi tidak ditarik kembali.")
    regency = Region.objects.get(pk=tally.scope)
    desk = held_desk(RegencyDesk(tally.stage, regency), "ranking.revoke", by=by, now=now)
    tally = FrozenTally.every.get(pk=tally.pk)
    _refuse_twice(tally, f"Peringkat {desk.name}", desk)
    resting = desk.stage.nominations.filter(regency=desk.regency).exclude(participation=None)
    if nominated := resting.select_related("participation__entry__region__parent").first():
        raise Refused(f"Calon {nominated.participation.entry} diajukan berdasarkan peringkat ini. Tarik kembali calonnya "
                      "lebih dahulu, lalu peringkatnya.")  # fmt: skip
    _take_back(tally, desk, reason, by=by, now=now)
    body = {"stage": desk.stage.code, "regency": desk.region_code, "input": tally.input_hash}
    journal.append(desk.edition.chain_id, "ranking.revoke", body | _why(tally), by=by, now=now)
    return tally


@transaction.atomic
def correct_minutes_number(answer: Nomination, number: str, *, reason: str, by, now: datetime) -> Nomination:
    """Put the right number of the minutes in the place of a wrong one; the journal keeps both."""
    desk = held_desk(RegencyDesk(answer.stage, answer.regency), "minutes.correct", by=by, now=now)
    answer = Nomination.every.get(pk=answer.pk)
    if answer.withdrawn_at or answer.participation_id is None:
        raise Refused(f"{desk.name} tidak mempunyai calon yang berlaku, jadi tidak ada nomor yang diperbaiki.")
    number = clean_text(number, name="Nomor berita acara", longest=80)
    if not number:
        raise BadInput("Tulis nomor berita acara yang benar.")
    if number == answer.minutes_number:
        raise BadInput(f"Nomor berita acara sudah {number}; tidak ada yang diperbaiki.")
    reason = _reason(reason, "Tulis alasan perbaikan nomor berita acara.")
    body = {
        "stage": desk.stage.code, "regency": desk.region_code, "from": answer.minutes_number, "to": number,
        "reason": reason, "by_bureau": is_bureau_at(desk, by),
    }  # fmt: skip
    answer.minutes_number = number
    answer.save(update_fields=["minutes_number"])
    journal.append(desk.edition.chain_id, "minutes.correct", body, by=by, now=now)
    return answer


def _refuse_twice(row, what: str, desk) -> None:
    if row.withdrawn_at:
        raise Refused(f"{what} sudah ditarik kembali pada {instant_in_words(row.withdrawn_at, desk.edition.zone)}.")


def _take_back(row, desk, reason, *, by, now) -> None:
    row.withdrawn_reason = _reason(reason, "Tulis alasan penarikan kembali. Alasannya ditulis dalam jurnal edisi.")
    row.withdrawn_at, row.withdrawn_by, row.is_withdrawn_by_bureau = now, by, is_bureau_at(desk, by)
    row.save(update_fields=["withdrawn_at", "withdrawn_reason", "withdrawn_by", "is_withdrawn_by_bureau"])


def _why(row) -> dict:
    return {"reason": row.withdrawn_reason, "by_bureau": row.is_withdrawn_by_bureau}


def _reason(typed: str, asked: str) -> str:
    reason = clean_text(typed, name="Alasan", longest=1000)
    if not reason:
        raise BadInput(asked)
    return reason

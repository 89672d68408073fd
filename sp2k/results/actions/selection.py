"""A regency's own ranking, its nominee, or why it takes no part."""

from datetime import datetime

from django.db import transaction

from sp2k.base.blobs import store_blob
from sp2k.base.pages.uploads import Upload
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.entries.models import Participation
from sp2k.journal import actions as journal
from sp2k.results.actions.conditions import held_desk, refuse_tie_that_awaits_its_lot, refuse_ties_at_the_cut
from sp2k.results.closing import RegencyDesk
from sp2k.results.freezing import store_count
from sp2k.results.frozen import sealed_tally
from sp2k.results.models import FrozenTally, Nomination
from sp2k.results.regencies.word_of_bureau import is_bureau_at
from sp2k.results.ties.ruled import placements_of


@transaction.atomic
def rank_regency(desk: RegencyDesk, *, by, now: datetime) -> FrozenTally:
    """Count one regency's kecamatan by the stage's rules and keep the ranking."""
    desk = held_desk(desk, "regency.rank", by=by, now=now)
    if desk.stage.tallies.filter(scope=desk.region_code).exists():
        raise Refused(f"Peringkat {desk.name} sudah ditetapkan.")
    if desk.stage.nominations.filter(regency=desk.regency, participation=None).exists():
        raise Refused(f"{desk.name} sudah menyatakan tidak ikut, jadi tidak ada calon yang dicari dengan "
                      "peringkat. Tarik kembali pernyataan itu lebih dahulu.")  # fmt: skip
    return keep_ranking(desk, is_by_bureau=False, by=by, now=now)


def keep_ranking(desk: RegencyDesk, *, is_by_bureau: bool, by, now: datetime) -> FrozenTally:
    """Count and keep a regency's ranking, with its line; part of an act, never one by itself."""
    refuse_tie_that_awaits_its_lot(desk.stage, scope=desk.region_code)
    tally = store_count(desk.stage, scope=desk.region_code, by=by, now=now)
    body = {
        "stage": desk.stage.code, "regency": desk.region_code, "input": tally.input_hash, "n": tally.n_sheets,
        "by_bureau": is_by_bureau,
    }  # fmt: skip
    journal.append_all(desk.edition.chain_id, [sealed_tally("regency.rank", body, tally)], by=by, now=now)
    return tally


@transaction.atomic
def nominate(
    desk: RegencyDesk, participation: Participation, *, minutes_number: str, by, now: datetime,
    minutes: Upload | None = None,
) -> Nomination:  # fmt: skip
    """Send the kecamatan that the regency's ranking puts within its quota, by its signed minutes."""
    desk = held_desk(desk, "nominee.set", by=by, now=now)
    refuse_second_answer(desk)
    if participation.stage_id != desk.stage.pk or participation.entry.region.parent_id != desk.region_code:
        raise Refused(f"{participation.entry} bukan kecamatan di {desk.name}. Pilih kecamatan sendiri.")
    minutes_number = clean_text(minutes_number, name="Nomor berita acara", longest=80)
    if not minutes_number:
        raise BadInput("Tulis nomor berita acara penetapan calon.")
    tally = desk.stage.tallies.filter(scope=desk.region_code).first()
    if tally is None:
        raise Refused(f"Tetapkan peringkat {desk.name} lebih dahulu, baru ajukan calon.")
    placements = placements_of(tally)
    placement = next(row for row in placements if row.participation_id == participation.pk)
    if not placement.is_through:
        raise Refused(_why_not_nominee(tally, placement, placements))
    nomination = Nomination.objects.create(
        stage=desk.stage, regency=desk.regency, participation=participation, minutes_number=minutes_number, by=by,
        at=now,
    )  # fmt: skip
    body = {
        "stage": desk.stage.code, "regency": desk.region_code, "entry": participation.region_code,
        "minutes": minutes_number,
    }  # fmt: skip
    journal.append(desk.edition.chain_id, "nominee.set", body, by=by, now=now)
    if minutes is not None:
        _keep_minutes(nomination, desk, minutes, by=by, now=now)
    return nomination


@transaction.atomic
def upload_minutes(desk: RegencyDesk, minutes: Upload, *, by, now: datetime) -> Nomination:
    """Attach the signed minutes to a regency's answer; a better scan replaces the one before, whose hash stays written."""
    desk = held_desk(desk, "minutes.upload", by=by, now=now)
    nomination = desk.stage.nominations.filter(regency=desk.regency).first()
    if nomination is None or nomination.participation_id is None:
        raise Refused(f"{desk.name} belum mengajukan calon. Ajukan calon lebih dahulu, lalu unggah berita acaranya.")
    _keep_minutes(nomination, desk, minutes, by=by, now=now)
    return nomination


def _keep_minutes(nomination, desk, minutes, *, by, now) -> None:
    nomination.minutes = store_blob(minutes.content, content_type=minutes.content_type, now=now)
    nomination.save(update_fields=["minutes"])
    body = {"stage": desk.stage.code, "regency": desk.region_code, "sha256": nomination.minutes_id}
    journal.append(desk.edition.chain_id, "minutes.upload", body, by=by, now=now)


@transaction.atomic
def decline(desk: RegencyDesk, *, reason: str, by, now: datetime) -> Nomination:
    """Record that a regency takes no part, with its reason."""
    desk = held_desk(desk, "nominee.decline", by=by, now=now)
    refuse_second_answer(desk)
    refuse_if_all_must_take_part(desk)
    reason = clean_text(reason, name="Alasan tidak ikut")
    if not reason:
        raise BadInput(f"Tulis alasan {desk.name} tidak ikut.")
    return keep_refusal(desk, reason, is_by_bureau=is_bureau_at(desk, by), by=by, now=now)


def keep_refusal(desk: RegencyDesk, reason: str, *, is_by_bureau: bool, by, now: datetime) -> Nomination:
    """Keep that a regency takes no part, with its line; part of an act, never one by itself."""
    nomination = Nomination.objects.create(
        stage=desk.stage, regency=desk.regency, declined_reason=reason, is_by_bureau=is_by_bureau, by=by, at=now
    )
    body = {"stage": desk.stage.code, "regency": desk.region_code, "reason": reason, "by_bureau": is_by_bureau}
    journal.append(desk.edition.chain_id, "nominee.decline", body, by=by, now=now)
    return nomination


def refuse_if_all_must_take_part(desk) -> None:
    if not desk.stage.rules.get("boleh_tidak_ikut"):
        raise Refused(f"Aturan edisi mewajibkan setiap kabupaten/kota mengajukan calon pada tahap {desk.stage.name}.")


def _why_not_nominee(tally, placement, placements):
    first = next((row for row in placements if row.is_through), None)
    if first is None:
        refuse_ties_at_the_cut(tally)
    entry = placement.participation.entry
    return (
        f"{entry} berada di tempat {placement.place}, di luar kuota. Menurut peringkat, calonnya "
        f"{first.participation.entry}."
        if first
        else f"{entry} tidak berada dalam kuota."
    )


def refuse_second_answer(desk):
    answer = (
        desk.stage.nominations.filter(regency=desk.regency)
        .select_related("participation__entry__region__parent")
        .first()
    )
    if answer is not None:
        said = f"mengajukan {answer.participation.entry}" if answer.participation else "menyatakan tidak ikut"
        raise Refused(f"{desk.name} sudah {said}.")

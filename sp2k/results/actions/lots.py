"""A lot: announced before it is drawn, drawn in the presence of those named, signed by another who was there."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.language import spoken_instant
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.entries.sealing import Sending, seal
from sp2k.journal import actions as journal
from sp2k.results.models import Lot, LotDraw
from sp2k.results.opening import refuse_changed_edition
from sp2k.results.queries import standing_tally
from sp2k.results.ties.lots import (
    LotTable,
    declares_lot,
    is_present,
    lot_content,
    standing_draw,
    standing_lot,
    values_are_fixed,
)
from sp2k.tally.stage_rules.chain import LONGEST_SEED

LONGEST = 1000
FEWEST_PRESENT = 2


@transaction.atomic
def announce_lot(stage: Stage, source: str, draws_at: datetime, *, by, now: datetime, reason: str = "") -> Lot:
    """Tell all beforehand what the seed will be taken from and when.

    Parameters
    ----------
    source : what nobody can know or choose before: a public number of that day, balls drawn before witnesses
    reason : why another announcement takes the place of one whose draw has not come yet
    """
    stage = held_stage(stage)
    require(by, "lot.announce", LotTable(stage), now=now)
    refuse_changed_edition(stage.edition, "Undian")
    _refuse_without_lot(stage)
    _refuse_counted(stage)
    before = standing_lot(stage)
    if before is not None:
        _refuse_late_announcement(stage, before, now)
    if draws_at <= now:
        raise BadInput(f"Waktu penarikan, {spoken_instant(draws_at, stage.edition.zone)}, sudah lewat. Benih yang diumumkan "
                       "setelah ditarik tidak berlaku; umumkan waktu yang akan datang.")  # fmt: skip
    source, reason = clean_text(source, name="Asal benih", longest=LONGEST), clean_text(reason, name="Alasan", longest=LONGEST)
    if not source:
        raise BadInput("Tulis dari mana benih akan diambil, misalnya angka yang diundi di depan saksi.")
    if before is not None:
        if not reason:
            raise BadInput("Tulis alasan mengganti pengumuman. Alasannya dibaca semua orang.")
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
    lot = Lot.objects.create(stage=stage, source=source, draws_at=draws_at, reason=reason, by=by, at=now)
    body = {"stage": stage.code, "source": source, "draws_at": draws_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")}
    journal.append(stage.edition.chain_id, "lot.announce", body | ({"reason": reason} if reason else {}), by=by, now=now)
    return lot


@transaction.atomic
def draw_lot(stage: Stage, seed: str, present: Sequence[str], *, by, now: datetime) -> LotDraw:
    """Write down the seed as it was drawn, with those who were there. It counts once another of them has signed it."""
    stage = held_stage(stage)
    require(by, "lot.draw", LotTable(stage), now=now)
    refuse_changed_edition(stage.edition, "Undian")
    _refuse_without_lot(stage)
    _refuse_counted(stage)
    lot = standing_lot(stage)
    if lot is None:
        raise Refused(f"Undian tahap {stage.name} belum diumumkan. Umumkan lebih dahulu asal benih dan waktunya.")
    if now < lot.draws_at:
        raise Refused(f"Benih baru ditarik pada {spoken_instant(lot.draws_at, stage.edition.zone)}, menurut pengumumannya.")
    if not values_are_fixed(stage):
        raise Refused(f"Nilai tahap {stage.name} masih dapat berubah. Kunci tahap lebih dahulu, baru tarik benihnya.")
    if (before := standing_draw(stage)) is not None:
        raise Refused(f'Benih sudah ditarik, "{before.seed}", dicatat oleh {before.by.name}. Undian tidak ditarik dua kali.')
    seed, present = _clean_seed(seed), _clean_present(present)
    _refuse_without_signer(stage, present)
    sealed = seal(lot_content(stage, seed, present), Sending())
    sealed.pop("op_id")
    draw = LotDraw.objects.create(lot=lot, seed=seed, present=present, by=by, at=now, **sealed)
    journal.append(
        stage.edition.chain_id, "lot.draw", {"stage": stage.code, "seed": seed, "c": draw.commitment}, by=by, now=now
    )
    return draw


@transaction.atomic
def sign_lot(draw: LotDraw, *, by, now: datetime) -> LotDraw:
    """Confirm that the seed was drawn as it is written; from now on it is one of the rules that are counted."""
    draw, stage = _held_draw(draw)
    require(by, "lot.sign", LotTable(stage), now=now)
    refuse_changed_edition(stage.edition, "Pengesahan undian")
    _refuse_counted(stage)
    _refuse_own(draw, by)
    _refuse_absent(draw, by)
    draw.signed_by, draw.signed_at = by, now
    draw.save(update_fields=["signed_by", "signed_at"])
    body = {"stage": stage.code, "seed": draw.seed, "c": draw.commitment}
    journal.append(stage.edition.chain_id, "lot.sign", body, by=by, now=now)
    return draw


@transaction.atomic
def return_lot(draw: LotDraw, reason: str, *, by, now: datetime) -> LotDraw:
    """Send a draw back that is not written as it was drawn, with a reason; the bureau writes it anew."""
    draw, stage = _held_draw(draw)
    require(by, "lot.sign", LotTable(stage), now=now)
    refuse_changed_edition(stage.edition, "Pengesahan undian")
    _refuse_own(draw, by)
    reason = clean_text(reason, name="Alasan", longest=LONGEST)
    if not reason:
        raise BadInput("Tulis apa yang keliru pada catatan undian ini.")
    draw.returned_at, draw.returned_reason = now, reason
    draw.save(update_fields=["returned_at", "returned_reason"])
    body = {"stage": stage.code, "c": draw.commitment, "reason": reason}
    journal.append(stage.edition.chain_id, "lot.return", body, by=by, now=now)
    return draw


def _refuse_late_announcement(stage: Stage, before: Lot, now: datetime) -> None:
    if standing_draw(stage) is not None:
        raise Refused("Benih undian ini sudah ditarik. Pengumuman sesudahnya tidak berlaku.")
    if now >= before.draws_at:
        at = spoken_instant(before.draws_at, stage.edition.zone)
        raise Refused(f"Waktu penarikan yang diumumkan, {at}, sudah tiba. Benih ditarik menurut pengumuman itu.")


def _refuse_without_lot(stage: Stage) -> None:
    if not declares_lot(stage):
        raise Refused(f"Aturan tahap {stage.name} tidak memakai undian.")
    if stage.rules.get("benih"):
        raise Refused(f"Benih undian tahap {stage.name} sudah tertulis dalam aturan yang dikunci.")


def _refuse_counted(stage: Stage) -> None:
    if standing_tally(stage):
        raise Refused(f"Hitungan tahap {stage.name} sudah dibekukan; undian tidak mengubahnya lagi.")


def _refuse_own(draw: LotDraw, by) -> None:
    if draw.by_id == by.pk:
        raise NotAllowed("Anda yang mencatat benih ini. Orang lain yang hadir mengesahkannya.")


def _refuse_without_signer(stage: Stage, present: Sequence[str]) -> None:
    """Whoever signs confirms what he saw: the chair stands among those present."""
    chairs = LotTable(stage).chairs
    if chairs and not any(is_present(chair, present) for chair in chairs):
        names = " atau ".join(chair.name for chair in chairs)
        raise BadInput(f"Yang hadir tidak memuat ketua panel yang mengesahkan, {names}. Benih ditarik di hadapannya; tulis "
                       "namanya bila ia hadir, atau tarik lagi pada waktu ia hadir.")  # fmt: skip


def _refuse_absent(draw: LotDraw, by) -> None:
    if not is_present(by, draw.present):
        raise NotAllowed(f"Nama Anda, {by.name}, tidak ada di antara yang hadir: {'; '.join(draw.present)}. Yang mengesahkan "
                         "ikut hadir; kembalikan catatan ini dengan alasan bila Anda hadir.")  # fmt: skip


def _held_draw(draw: LotDraw) -> tuple[LotDraw, Stage]:
    stage = held_stage(draw.lot.stage)
    held = LotDraw.objects.select_related("lot").get(pk=draw.pk)
    held.lot.stage = stage
    if held.signed_at is not None:
        raise Refused("Benih ini sudah disahkan.")
    if held.returned_at is not None:
        raise Refused("Catatan undian ini sudah dikembalikan. Muat ulang halaman.")
    return held, stage


def _clean_seed(typed: str) -> str:
    seed = clean_text(typed, name="Benih", longest=LONGEST_SEED)
    if not seed:
        raise BadInput("Tulis benih seperti ditarik.")
    if not seed.isprintable():
        raise BadInput("Benih ditulis dalam satu baris.")
    return seed


def _clean_present(typed: Sequence[str]) -> list[str]:
    present = [name for line in typed if (name := clean_text(line, name="Yang hadir", longest=200))]
    if len(set(present)) < len(present):
        twice = next(name for name in present if present.count(name) > 1)
        raise BadInput(f"{twice} disebut dua kali di antara yang hadir.")
    if len(present) < FEWEST_PRESENT:
        raise BadInput("Tulis sedikitnya dua nama yang hadir, satu per baris.")
    return present

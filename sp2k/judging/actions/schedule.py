"""Sessions, the order drawn from a public seed, and turns that two entries exchange."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import instant_in_words
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.journal import actions as journal
from sp2k.judging.contents import session_content
from sp2k.judging.models import Draw, Session, Sheet, Slot
from sp2k.judging.planning.order import METHOD, drawn_order
from sp2k.judging.queries.opening import refuse_changed_panel
from sp2k.judging.queries.schedule import draw_of, has_begun, sessions_of, turns_of

LONGEST_SEED = 200


@transaction.atomic
def set_session(
    stage: Stage, position: int | None = None, *, name: str, starts_at: datetime, minutes: int, capacity: int, by,
    now: datetime, room: str = "", break_after: int | None = None, break_minutes: int = 0,
) -> Session:  # fmt: skip
    """Make a session, or change the one at `position`; turns that are drawn already move with it."""
    stage = held_stage(stage)
    require(by, "schedule.set", stage, now=now)
    refuse_changed_panel(stage, "Penyusunan sesi")
    name, room = clean_text(name, name="Nama sesi", longest=120), clean_text(room, name="Tempat", longest=200)
    known = {session.position: session for session in stage.sessions.all()}
    if position is not None and position not in known:
        raise Refused("Sesi itu sudah tidak ada. Muat ulang halaman jadwal.")
    session = known.get(position) or Session(stage=stage, position=max(known, default=0) + 1)
    before = session_content(session) if session.pk else None
    session.name, session.room, session.starts_at, session.minutes = name, room, starts_at, minutes
    session.capacity, session.break_after = capacity, break_after if break_minutes else None
    session.break_minutes = break_minutes if session.break_after else 0
    _refuse_session(stage, session)
    if session_content(session) == before:
        return session
    session.save()
    if order := _standing_order(stage):
        _refuse_too_many(stage)
        _allot(stage, order)
    body = {"stage": stage.code, **session_content(session)} | ({"order": order} if order else {})
    journal.append(stage.edition.chain_id, "schedule.set", body, by=by, now=now)
    return session


@transaction.atomic
def remove_session(stage: Stage, position: int, *, by, now: datetime) -> None:
    """Take a session away; who was heard in it moves on to the following ones, if they hold them."""
    stage = held_stage(stage)
    require(by, "schedule.set", stage, now=now)
    refuse_changed_panel(stage, "Penghapusan sesi")
    session = stage.sessions.filter(position=position).first()
    if session is None:
        raise Refused("Sesi itu sudah dihapus.")
    order = _standing_order(stage)
    Slot.objects.filter(session__stage=stage).delete()
    session.delete()
    if order:
        _refuse_too_many(stage)
        _allot(stage, order)
    body = {"stage": stage.code, "session": position, "removed": True} | ({"order": order} if order else {})
    journal.append(stage.edition.chain_id, "schedule.set", body, by=by, now=now)


@transaction.atomic
def draw_order(stage: Stage, seed: str, *, by, now: datetime, reason: str = "", instead_of: str = "") -> Draw:
    """Draw the order of a stage's entries from a public seed. Anybody with the seed draws the same order.

    Parameters
    ----------
    seed : a text that nobody could choose after seeing the entries: announced beforehand, or of a public event
    instead_of : the seed of the draw that this one replaces, with a reason, and only before the first attendance
    """
    stage = held_stage(stage)
    require(by, "order.draw", stage, now=now)
    refuse_changed_panel(stage, "Undian urutan")
    seed = clean_text(seed, name="Benih", longest=LONGEST_SEED)
    reason = clean_text(reason, name="Alasan undian ulang")
    if not seed:
        raise BadInput("Tulis benih undian, misalnya nomor yang diumumkan sebelum undian.")
    _refuse_draw(stage, draw_of(stage), instead_of, reason)
    codes = list(stage.participations.values_list("entry__region_id", flat=True))
    if not codes:
        raise Refused(f"Tahap {stage.name} belum mempunyai peserta.")
    _refuse_too_many(stage)
    order = drawn_order(seed, codes)
    given = {"seed": seed, "reason": reason, "method": METHOD, "by": by, "at": now}
    draw, _ = Draw.objects.update_or_create(stage=stage, defaults=given)
    _allot(stage, order)
    body = {"stage": stage.code, "seed": seed, "method": METHOD, "order": order, "reason": reason}
    journal.append(stage.edition.chain_id, "order.draw", body, by=by, now=now)
    return draw


@transaction.atomic
def swap_turns(stage: Stage, first: str, second: str, *, reason: str, by, now: datetime) -> tuple[Slot, Slot]:
    """Let two entries exchange their turns, with a reason that everyone reads."""
    stage = held_stage(stage)
    require(by, "schedule.set", stage, now=now)
    refuse_changed_panel(stage, "Pertukaran giliran")
    reason = clean_text(reason, name="Alasan pertukaran")
    turns = {slot.participation.region_code: slot for slot in turns_of(stage)}
    if first == second:
        raise BadInput("Pilih dua peserta yang berbeda.")
    if missing := [code for code in (first, second) if code not in turns]:
        raise Refused(f"Peserta {missing[0][:13]} belum mempunyai giliran pada tahap {stage.name}.")
    if not reason:
        raise BadInput("Tulis alasan pertukaran. Alasannya dicatat dalam jurnal.")
    pair = turns[first], turns[second]
    rows = [slot.participation_id for slot in pair]
    judged = Sheet.objects.filter(assignment__participation__in=rows, voided_at=None)
    if sheet := judged.select_related("assignment__participation__entry__region__parent").first():
        raise Refused(f"{sheet.assignment.participation.entry} sudah dinilai; gilirannya tidak dapat ditukar.")
    Slot.objects.filter(pk__in=[slot.pk for slot in pair]).delete()
    pair[0].participation, pair[1].participation = pair[1].participation, pair[0].participation
    Slot.objects.bulk_create(pair)
    body = {"stage": stage.code, "entries": sorted([first, second]), "reason": reason}
    journal.append(stage.edition.chain_id, "order.swap", body, by=by, now=now)
    return pair


def _standing_order(stage) -> list[str]:
    """The codes as they are to be heard now; who entered after the draw comes last, by the same seed."""
    draw = draw_of(stage)
    if draw is None:
        return []
    order = [slot.participation.region_code for slot in turns_of(stage)]
    late = stage.participations.filter(slot=None).values_list("entry__region_id", flat=True)
    return order + drawn_order(draw.seed, late)


def _allot(stage, order: list[str]) -> None:
    """Give each entry its turn: sessions are filled one after the other, in the order of their beginnings."""
    entries = {row.region_code: row for row in stage.participations.select_related("entry")}
    turns = ((session, turn) for session in sessions_of(stage) for turn in range(1, session.capacity + 1))
    slots = [
        Slot(session=session, participation=entries[code], position=n, starts_at=session.starts_of(turn))
        for n, (code, (session, turn)) in enumerate(zip(order, turns, strict=False), start=1)
    ]
    Slot.objects.filter(session__stage=stage).delete()
    Slot.objects.bulk_create(slots, batch_size=500)


def _refuse_too_many(stage) -> None:
    sessions = list(stage.sessions.all())
    if not sessions:
        raise Refused("Susun sesi lebih dahulu, baru undi urutannya.")
    n, room = stage.participations.count(), sum(session.capacity for session in sessions)
    if room < n:
        raise Refused(f"Sesi yang tersusun memuat {room} giliran untuk {n} peserta. Tambah {n - room} giliran.")


def _refuse_session(stage, session) -> None:
    zone = stage.edition.zone
    if not session.name:
        raise BadInput("Tulis nama sesi, misalnya: Hari pertama.")
    if not (1 <= session.minutes <= 600 and 1 <= session.capacity <= 1000 and session.break_minutes <= 600):
        raise BadInput("Menit tiap peserta dan jeda paling banyak 600; banyak peserta 1 sampai 1.000.")
    if session.starts_at < stage.opens_at or session.ends_at > stage.closes_at:
        raise BadInput(
            f"Sesi berlangsung {instant_in_words(session.starts_at, zone)} sampai {instant_in_words(session.ends_at, zone)}, "
            f"di luar masa tahap {stage.name}: {instant_in_words(stage.opens_at, zone)} sampai "
            f"{instant_in_words(stage.closes_at, zone)}."
        )


def _refuse_draw(stage, before: Draw | None, instead_of: str, reason: str) -> None:
    if before is None:
        if has_begun(stage):
            raise Refused("Kehadiran pertama sudah dicatat; urutan tidak diundi lagi.")
        return
    if before.seed != instead_of:
        at = instant_in_words(before.at, stage.edition.zone)
        raise Refused(f'Urutan sudah diundi oleh {before.by.name} pada {at} dengan benih "{before.seed}".')
    if has_begun(stage):
        raise Refused("Kehadiran pertama sudah dicatat; urutan tidak diundi lagi.")
    if not reason:
        raise BadInput("Tulis alasan undian ulang. Alasannya dibaca semua orang.")

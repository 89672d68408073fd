"""The calendar: moving a stage or the announcement, proposing that where two must agree, and the holidays."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import date_in_words, instant_in_words
from sp2k.editions.actions.approving import keep_approval
from sp2k.editions.actions.opening import revise_edition
from sp2k.editions.approvals import rules_of_act
from sp2k.editions.drafts.rewriting import REMOVED, rewritten
from sp2k.editions.holding import held_edition, held_stage
from sp2k.editions.models import Edition, Move, Stage
from sp2k.editions.opening.proposals import move_content
from sp2k.editions.queries import act_of, announcement_subject, missing_approvals, move_subject, subject_of
from sp2k.editions.queries.chairs import speaks_for
from sp2k.editions.queries.checking import fingerprint
from sp2k.editions.queries.closed_days import why_closed
from sp2k.editions.queries.opening import refuse_changed_rules
from sp2k.journal import actions as journal

MOST_HOLIDAYS = 200


@transaction.atomic
def propose_move(
    edition: Edition, stage: Stage | None, *, closes_at: datetime, reason: str, by, now: datetime,
    opens_at: datetime | None = None, checks_until: datetime | None = None, despite_closed_day: bool = False,
) -> Move:  # fmt: skip
    """Ask to move a stage, or the announcement (no stage): at once where nobody else must agree, else it waits.

    The proposer's own yes is recorded with it. Dates that could not be moved anyway are refused here already.
    """
    edition = held_edition(edition.pk)
    require(by, "dates.move", edition, now=now)
    refuse_changed_rules(edition, "Pemindahan tanggal")
    if not edition.has_locked_rules:
        raise Refused("Edisi ini masih draf. Ubah tanggalnya pada naskah; tidak perlu dipindahkan dengan alasan.")
    if edition.moves.filter(stage=stage, done_at=None, withdrawn_at=None).exists():
        raise Refused("Masih ada usul pemindahan yang menunggu persetujuan. Setujui atau tarik lebih dahulu.")
    move = Move(
        edition=edition, stage=stage, opens_at=opens_at, closes_at=closes_at, checks_until=checks_until,
        despite_closed_day=despite_closed_day, reason=clean_text(reason, name="Alasan", longest=500), by=by, at=now,
    )  # fmt: skip
    move.despite_closed_day = bool(_refuse_what_is_asked(move, now))  # ticked without need, it says nothing
    move.save()
    body = {"subject": subject_of(move)}
    journal.append_sealed(edition.chain_id, "deadline.propose", body, move_content(move), by=by, now=now)
    _say_yes(move, by=by, now=now)
    if not missing_approvals(edition, act_of(move), subject_of(move), also=by):
        _carry_out(move, by=by, now=now)
    return move


@transaction.atomic
def carry_out_move(move: Move, *, by, now: datetime) -> Move:
    """Carry out a move that waited for a second yes; whoever does so counts as one."""
    held_edition(move.edition_id)
    move = Move.objects.select_related("edition__region", "stage__edition").get(pk=move.pk)
    require(by, "dates.move", move, now=now)
    refuse_changed_rules(move.edition, "Pemindahan tanggal")
    if not move.is_waiting:
        raise Refused("Usul pemindahan ini sudah dilaksanakan atau ditarik.")
    return _carry_out(move, by=by, now=now)


@transaction.atomic
def withdraw_move(move: Move, *, by, now: datetime) -> Move:
    """Take back a move that still waits."""
    held_edition(move.edition_id)
    move = Move.objects.select_related("edition__region", "stage").get(pk=move.pk)
    require(by, "dates.move", move, now=now)
    if not move.is_waiting:
        raise Refused("Usul pemindahan ini sudah dilaksanakan atau ditarik.")
    move.withdrawn_at = now
    move.save(update_fields=["withdrawn_at"])
    body = {"subject": subject_of(move)}
    journal.append(move.edition.chain_id, "deadline.withdraw", body, by=by, now=now)
    return move


@transaction.atomic
def move_stage(
    stage: Stage, *, opens_at: datetime, closes_at: datetime, reason: str, by, now: datetime,
    checks_until: datetime | None = None, despite_closed_day: bool = False,
) -> Stage:  # fmt: skip
    """Move a stage's dates for everyone, after the lock too. `checks_until` left out stays as it is.

    A date that falls on a holiday or at a weekend is refused unless `despite_closed_day` says that it is meant.
    """
    stage = held_stage(stage)
    require(by, "dates.move", stage, now=now)
    refuse_changed_rules(stage.edition, "Pemindahan tanggal")
    before = (stage.opens_at, stage.closes_at, stage.checks_until)
    dates = (opens_at, closes_at, checks_until or stage.checks_until)
    _refuse_the_move(stage, before, dates, reason, now)
    closed = _refuse_closed_days(stage.edition, before, dates, despite=despite_closed_day)
    subject = move_subject(stage, opens_at=dates[0], closes_at=dates[1], checks_until=dates[2])
    if missing := missing_approvals(stage.edition, "jadwal", subject, also=by):
        raise Refused(f"Persetujuan belum lengkap: {'; '.join(missing)}.")
    stage.opens_at, stage.closes_at, stage.checks_until = dates
    stage.save(update_fields=["opens_at", "closes_at", "checks_until"])
    _keep_draft_in_step(stage)
    body = {
        "stage": stage.code, "from": [_local(stage.edition, at) for at in before if at],
        "to": [_local(stage.edition, at) for at in dates if at], "reason": reason.strip(),
    } | ({"closed_day": closed} if closed else {})  # fmt: skip
    journal.append(stage.edition.chain_id, "deadline.extend", body, by=by, now=now)
    return stage


@transaction.atomic
def move_announcement(
    edition: Edition, *, announced_at: datetime, reason: str, by, now: datetime, despite_closed_day: bool = False
) -> Edition:
    """Move the day of the announcement; it never comes before the end of the last stage."""
    edition = held_edition(edition.pk)
    require(by, "dates.move", edition, now=now)
    refuse_changed_rules(edition, "Pemindahan pengumuman")
    _refuse_the_announcement(edition, announced_at, reason, now)
    closed = _refuse_closed_days(edition, (edition.announced_at,), (announced_at,), despite=despite_closed_day)
    if missing := missing_approvals(edition, "pengumuman", announcement_subject(announced_at), also=by):
        raise Refused(f"Persetujuan belum lengkap: {'; '.join(missing)}.")
    body = {
        "stage": "pengumuman", "from": [_local(edition, edition.announced_at)] if edition.announced_at else [],
        "to": [_local(edition, announced_at)], "reason": reason.strip(),
    } | ({"closed_day": closed} if closed else {})  # fmt: skip
    edition.announced_at = announced_at
    edition.save(update_fields=["announced_at"])
    journal.append(edition.chain_id, "deadline.extend", body, by=by, now=now)
    return edition


@transaction.atomic
def set_holidays(edition: Edition, days: Iterable[tuple[date, str]], *, by, now: datetime) -> Edition:
    """Put another list of holidays in the place of the edition's. They warn; they are no rule and move no date."""
    edition = held_edition(edition.pk)
    require(by, "holidays.set", edition, now=now)
    refuse_changed_rules(edition, "Perubahan hari libur")
    listed = _clean_holidays(days)
    if listed == edition.rules.get("libur", []):
        return edition
    if not edition.has_locked_rules:
        text = rewritten(edition.source, {("libur",): listed or REMOVED})
        return revise_edition(edition, text, base=fingerprint(edition.source), by=by, now=now)
    edition.rules["libur"] = listed
    edition.save(update_fields=["rules"])
    body = {"days": [[day["tanggal"], day["nama"]] for day in listed]}
    journal.append(edition.chain_id, "holidays.set", body, by=by, now=now)
    return edition


def _say_yes(move: Move, *, by, now: datetime) -> None:
    act, subject = act_of(move), subject_of(move)
    for rule in rules_of_act(move.edition.rules, act, subject):
        if speaks_for(by, move.edition, rule.role, subject):
            keep_approval(move.edition, act, subject, role=rule.role, by=by, now=now)


def _carry_out(move: Move, *, by, now: datetime) -> Move:
    how = {"reason": move.reason, "by": by, "now": now, "despite_closed_day": move.despite_closed_day}
    if move.stage is None:
        move_announcement(move.edition, announced_at=move.closes_at, **how)
    else:
        dates = {"opens_at": move.opens_at, "closes_at": move.closes_at, "checks_until": move.checks_until}
        move_stage(move.stage, **dates, **how)
    move.done_at = now
    move.save(update_fields=["done_at"])
    return move


def _refuse_what_is_asked(move: Move, now: datetime) -> list[str]:
    """Refuse what could not be moved anyway; return the closed days on which the new dates are meant to fall."""
    edition, stage = move.edition, move.stage
    if stage is None:
        before, dates = (edition.announced_at,), (move.closes_at,)
        _refuse_the_announcement(edition, move.closes_at, move.reason, now)
    else:
        move.checks_until = move.checks_until or stage.checks_until
        before = (stage.opens_at, stage.closes_at, stage.checks_until)
        dates = (move.opens_at, move.closes_at, move.checks_until)
        _refuse_the_move(stage, before, dates, move.reason, now)
    return _refuse_closed_days(edition, before, dates, despite=move.despite_closed_day)


def _refuse_the_announcement(edition: Edition, announced_at: datetime, reason: str, now: datetime) -> None:
    zone = edition.zone
    if not reason.strip():
        raise BadInput("Tulis alasan pemindahan pengumuman. Alasannya dibaca semua orang.")
    if announced_at == edition.announced_at:
        raise Refused("Waktu pengumuman sama dengan yang berlaku; tidak ada yang dipindah.")
    if announced_at <= now:
        raise Refused(f"Waktu pengumuman yang baru, {instant_in_words(announced_at, zone)}, sudah lewat.")
    last = edition.stages.last()
    if announced_at < last.real_end:
        raise Refused(
            f"Pengumuman {instant_in_words(announced_at, zone)} mendahului akhir tahap {last.name}, "
            f"{instant_in_words(last.real_end, zone)}."
        )


def _refuse_closed_days(edition: Edition, before, dates, *, despite: bool) -> list[str]:
    """Return the closed days that new dates fall on and that are meant; refuse those that are not said to be."""
    moved = [new for old, new in zip(before, dates, strict=True) if new and new != old]
    closed = {at.astimezone(ZoneInfo(edition.zone)).date(): why_closed(edition, at) for at in moved}
    closed = {day: why for day, why in closed.items() if why}
    if closed and not despite:
        told = ", ".join(f"{date_in_words(day)} ({why})" for day, why in closed.items())
        raise Refused(
            f"Tanggal baru jatuh pada {told}. Pilih hari lain, atau centang bahwa tanggalnya tetap dan jelaskan "
            "dalam alasan."
        )
    return [day.isoformat() for day in closed]


def _keep_draft_in_step(stage: Stage) -> None:
    """The text of a draft says the dates too; whoever edits it next must not move them back unknowing."""
    edition = stage.edition
    if edition.has_locked_rules:
        return
    n = [part["kode"] for part in edition.rules["tahap"]].index(stage.code)
    dates = {"mulai": stage.opens_at, "selesai": stage.closes_at, "verifikasi_sampai": stage.checks_until}
    written = {key: _written(at, edition.zone) for key, at in dates.items() if at}
    edition.source = rewritten(edition.source, {("tahap", n, key): text for key, text in written.items()})
    edition.rules["tahap"][n] |= written
    edition.save(update_fields=["source", "rules"])


def _written(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H.%M")


def _clean_holidays(days: Iterable[tuple[date, str]]) -> list[dict]:
    listed: dict[date, str] = {}
    for day, name in days:
        name = clean_text(name, name=f"Nama hari libur {date_in_words(day)}", longest=120)
        if not name:
            raise BadInput(f"Tulis nama hari libur {date_in_words(day)}.")
        if day in listed:
            raise BadInput(f"{date_in_words(day)} tertulis dua kali: {listed[day]} dan {name}. Hapus salah satu.")
        listed[day] = name
    if len(listed) > MOST_HOLIDAYS:
        raise BadInput(f"Ada {len(listed)} hari libur; paling banyak {MOST_HOLIDAYS}.")
    return [{"tanggal": day.isoformat(), "nama": name} for day, name in sorted(listed.items())]


def _refuse_the_move(stage: Stage, before, dates, reason: str, now: datetime) -> None:
    opens_at, closes_at, checks_until = dates
    zone, ends = stage.edition.zone, checks_until or closes_at
    if not reason.strip():
        raise BadInput(f"Tulis alasan pemindahan tahap {stage.name}. Alasannya dibaca semua orang.")
    if stage.is_locked:
        raise Refused(stage.opening_in_words(now))
    if dates == before:
        raise Refused(f"Tanggal tahap {stage.name} sama dengan yang berlaku; tidak ada yang dipindah.")
    if stage.opens_at <= now and opens_at != stage.opens_at:
        raise Refused(f"Tahap {stage.name} sudah dibuka; hanya batas akhirnya yang dapat dipindah.")
    if closes_at <= opens_at or ends < closes_at:
        raise Refused(f"Tanggal tahap {stage.name} mundur: dibuka, ditutup, lalu batas verifikasi harus berurutan.")
    if ends <= now:
        raise Refused(f"Batas baru tahap {stage.name}, {instant_in_words(ends, zone)}, sudah lewat.")
    _refuse_disorder(stage, opens_at, ends)


def _refuse_disorder(stage: Stage, opens_at: datetime, ends: datetime) -> None:
    zone = stage.edition.zone
    previous = stage.edition.stages.filter(position__lt=stage.position).last()
    # A stage locked before its deadline has ended then: the one after it may open from that moment on.
    over = previous.real_end if previous else None
    if over and opens_at < over:
        raise Refused(
            f"Tahap {stage.name} tidak dapat mulai {instant_in_words(opens_at, zone)}: "
            f"tahap {previous.name} baru berakhir {instant_in_words(over, zone)}."
        )
    if stage.next_stage and ends > stage.next_stage.opens_at:
        raise Refused(
            f"Tahap {stage.name} tidak dapat berakhir {instant_in_words(ends, zone)}: tahap {stage.next_stage.name} "
            f"mulai {instant_in_words(stage.next_stage.opens_at, zone)}. Pindahkan tahap itu lebih dahulu."
        )
    if (announced := stage.edition.announced_at) and ends > announced:
        raise Refused(
            f"Tahap {stage.name} tidak dapat berakhir {instant_in_words(ends, zone)}: pengumuman direncanakan "
            f"{instant_in_words(announced, zone)}. Pindahkan pengumuman lebih dahulu."
        )


def _local(edition: Edition, at: datetime) -> str:
    return instant_in_words(at, edition.zone)

"""Whom a stage still waits for: jurors by their sheets, regencies by their forms or their answer. Counts, no marks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.models import Membership, User
from sp2k.accounts.roles import Role
from sp2k.base.clock import has_passed
from sp2k.base.language import of_record
from sp2k.base.wording import instant_in_words
from sp2k.editions.models import Stage
from sp2k.entries.queries import accepted_verifications
from sp2k.judging.models import Reminder, Seat
from sp2k.judging.queries import unexplained_assignments
from sp2k.results.closing import regencies_in

SHOWN = 5


@dataclass(frozen=True)
class Waiting:
    """Somebody a stage waits for. `person` is None where nobody holds the role yet."""

    who: str
    person: User | None
    what: str | Promise
    places: tuple[str, ...]
    last: Reminder | None
    text: str


def waited_for(stage: Stage, *, now: datetime) -> list[Waiting]:
    """Return whom a stage waits for, in the order of seats or codes, in a constant number of queries.

    The text to send says what is still possible at `now`.
    """
    last: dict[int, Reminder] = {}
    for reminder in stage.reminders.select_related("by").order_by("at"):
        last[reminder.user_id] = reminder
    if stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT}:
        return _jurors(stage, last, now)
    return _regencies(stage, last, now)


def waiting_of(stage: Stage, person_id: int, *, now: datetime) -> Waiting | None:
    """Return what a stage waits for from one person, or None."""
    return next((row for row in waited_for(stage, now=now) if row.person and row.person.pk == person_id), None)


def _jurors(stage, last, now) -> list[Waiting]:
    by_seat = defaultdict(list)
    for duty in unexplained_assignments(stage).order_by("participation__entry__region"):
        by_seat[duty.seat_id].append(duty)
    seats = Seat.objects.filter(pk__in=by_seat).prefetch_related("seatings__user").order_by("position")
    return [
        _waiting(
            stage, seat.institution, seat.holder, format_lazy("{} {}", len(by_seat[seat.pk]), _("lembar belum masuk")),
            [str(duty.participation.entry) for duty in by_seat[seat.pk]], last, now,
        )
        for seat in seats
    ]  # fmt: skip


def _regencies(stage, last, now) -> list[Waiting]:
    asked = _asked_of_regencies(stage)
    organisers = {}
    held = Membership.objects.filter(role=Role.REGENCY, region__in=asked, user__is_active=True)
    for membership in held.select_related("user").order_by("-pk"):
        organisers[membership.region_id] = membership.user
    return [
        _waiting(stage, regency.called, organisers.get(regency.code), what, places, last, now)
        for regency in regencies_in(stage.edition).order_by("code")
        if regency.code in asked
        for what, places in [asked[regency.code]]
    ]


def _asked_of_regencies(stage) -> dict[str, tuple[str, list[str]]]:
    """{regency: (what is missing, of which kecamatan)}"""
    if stage.kind == Stage.Kind.SELECTION:
        silent = regencies_in(stage.edition).exclude(pk__in=stage.nominations.values("regency"))
        return {regency.code: (_("calon atau alasan tidak ikut belum dikirim"), []) for regency in silent}
    accepted = accepted_verifications(stage).values("form__participation")
    missing = defaultdict(list)
    for row in stage.participations.exclude(pk__in=accepted).select_related("entry__region"):
        missing[row.entry.region.parent_id].append(row.entry.name)
    what = _("isian belum diterima verifikator")
    return {code: (format_lazy("{} {}", len(names), what), names) for code, names in missing.items()}


def _waiting(stage, who, person, what, places, last, now) -> Waiting:
    text = _text(stage, who, person, what, places, now)
    return Waiting(who, person, what, tuple(places), last.get(person.pk) if person else None, text)


@of_record
def _text(stage, who, person, what, places, now) -> str:
    shown = "; ".join(places[:SHOWN]) + (f"; dan {len(places) - SHOWN} lainnya" if len(places) > SHOWN else "")
    return (
        f"Yth. {person.name if person else who},\n"
        f"{stage.name}, {stage.edition.name} {stage.edition.year}: {what}{f' ({shown})' if shown else ''}. "
        f"{_asked_by_the_clock(stage, now)} Terima kasih.\n{stage.edition.organiser}"
    )


def _asked_by_the_clock(stage: Stage, now: datetime) -> str:
    """What is asked for depends on what can still be done: before the deadline, while only checks go on, after both."""
    closes, ends = (instant_in_words(at, stage.edition.zone) for at in (stage.closes_at, stage.ends_at))
    if not has_passed(stage.closes_at, now):
        checks = f", dan verifikasinya sampai {ends}" if stage.checks_until else ""
        return f"Batasnya {closes}{checks}. Mohon dilengkapi lewat SP2K sebelum itu."
    if not has_passed(stage.ends_at, now):
        return f"Pengisian sudah ditutup {closes}. Mohon verifikasinya diselesaikan sebelum {ends}."
    if stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT}:
        return (f"Batasnya, {ends}, sudah lewat. Lembar masih dapat dikirim lewat SP2K; ia tercatat terlambat dan diputus "
                "orang lain.")  # fmt: skip
    return f"Batasnya, {ends}, sudah lewat dan SP2K tidak menerimanya lagi. Mohon segera menghubungi kami."

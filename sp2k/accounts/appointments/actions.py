"""Recording a leader's paper that appoints a supervisor: the first of the bureau with its scan, the second beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sp2k.accounts.actions.ledger import ZONE, record, role_in_words
from sp2k.accounts.actions.people import (
    Details,
    create_user,
    end_sessions,
    refuse_barred,
    refuse_misfit,
    write_details,
)
from sp2k.accounts.appointments.queries import appointed_person
from sp2k.accounts.models import Appointment, Membership, User
from sp2k.accounts.policy import require
from sp2k.accounts.queries.opening import appointed_content, refuse_changed_people
from sp2k.accounts.roles import Grant, Role
from sp2k.base.blobs import store_blob
from sp2k.base.documents.days import refuse_day_to_come
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import instant_in_words


@dataclass(frozen=True)
class Appointed:
    """Whom the paper names, and over which region; an account of that name is used, else one is made."""

    username: str
    name: str
    region: str
    institution: str = ""


@dataclass(frozen=True)
class LeadersPaper:
    """The paper as its recorder read it."""

    number: str
    dated: date
    scan: bytes
    content_type: str = "application/pdf"


@transaction.atomic
def record_appointment(appointed: Appointed, paper: LeadersPaper, *, by, now: datetime) -> Appointment:
    """Record the paper with its scan. Nobody has a new right by it until another of the bureau records it too."""
    require(by, "role.paper", Grant(Role.INSPECTORATE, appointed.region), now=now)
    refuse_changed_people("Pencatatan surat penugasan")
    refuse_misfit(Role.INSPECTORATE, appointed.region)
    person = appointed_person(appointed.username)
    _refuse_person(person, appointed.region)
    number = _number(paper, now)
    waiting = Appointment.objects.filter(username=appointed.username, region=appointed.region, confirmed_at=None)
    if earlier := waiting.filter(withdrawn_at=None).select_related("by").first():
        raise Refused(f"Penugasan {earlier.name} sudah dicatat {earlier.by.name} dan menunggu pencatat kedua. "
                      "Kuatkan catatan itu, atau tarik dahulu bila keliru.")  # fmt: skip
    if not paper.scan:
        raise BadInput("Lampirkan pindaian surat penugasan.")
    row = Appointment.objects.create(
        username=person.username if person else appointed.username, name=person.name if person else appointed.name,
        institution=appointed.institution, region_id=appointed.region, number=number, dated=paper.dated,
        scan=store_blob(paper.scan, content_type=paper.content_type, now=now), by=by, at=now,
    )  # fmt: skip
    record("role.paper", _body(row, n=1), by=by, now=now, sealed=appointed_content(row))
    return row


@transaction.atomic
def confirm_appointment(row: Appointment, *, number: str, dated: date, by, now: datetime) -> User:
    """Record the paper a second time, read from its scan by someone else: now the person is a supervisor."""
    row = Appointment.objects.select_for_update().select_related("by").get(pk=row.pk)
    require(by, "role.paper", row, now=now)
    _refuse_closed(row)
    refuse_changed_people("Penguatan surat penugasan")
    if by.pk == row.by_id:
        raise Refused("Surat ini Anda catat sendiri. Pencatat kedua adalah anggota biro yang lain.")
    if (clean_text(number, name="Nomor surat", longest=80), dated) != (row.number, row.dated):
        raise BadInput(f"Nomor atau tanggal yang Anda tulis berbeda dari catatan {row.by.name}. Cocokkan dengan pindaian; "
                       "bila catatannya keliru, tarik lalu catat lagi.")  # fmt: skip
    person = appointed_person(row.username)
    _refuse_person(person, row.region_id)
    person = _appoint(person, row, by=by, now=now)
    row.confirmed_by, row.confirmed_at = by, now
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    record("role.paper", _body(row, n=2) | {"person": person.pk}, by=by, now=now)
    return person


@transaction.atomic
def withdraw_appointment(row: Appointment, *, by, now: datetime) -> None:
    """Take a recording back that nobody has confirmed; the row stays, with its scan."""
    row = Appointment.objects.select_for_update().get(pk=row.pk)
    require(by, "role.paper", row, now=now)
    _refuse_closed(row)
    refuse_changed_people("Penarikan surat penugasan")
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    record("role.withdraw", {"appointment": row.pk, "number": row.number}, by=by, now=now)


def _appoint(person: User | None, row: Appointment, *, by, now: datetime) -> User:
    role = role_in_words(Role.INSPECTORATE, row.region_id)
    if person is None:
        person = create_user(row.username, row.name, roles=[(Role.INSPECTORATE, row.region_id)])
        write_details(person, Details(row.name, row.institution))
        record("account.create", {"person": person.pk, "roles": [role]}, by=by, now=now)
        return person
    Membership.objects.create(user=person, role=Role.INSPECTORATE, region_id=row.region_id)
    end_sessions(person)
    record("role.give", {"person": person.pk, "role": role}, by=by, now=now)
    return person


def _refuse_person(person: User | None, region: str) -> None:
    if person is None:
        return
    refuse_barred(person, Role.INSPECTORATE)
    if not person.is_active:
        raise Refused(f"Akun {person.username} dinonaktifkan. Aktifkan lebih dahulu, atau pakai nama pengguna lain.")
    if person.memberships.filter(role=Role.INSPECTORATE, region=region).exists():
        raise Refused(f"{person.name} sudah memegang peran Pengawas di wilayah itu.")


def _refuse_closed(row: Appointment) -> None:
    if row.confirmed_at:
        raise Refused(f"Penugasan ini sudah dikuatkan pada {instant_in_words(row.confirmed_at, ZONE)}.")
    if row.withdrawn_at:
        raise Refused(f"Catatan ini sudah ditarik pada {instant_in_words(row.withdrawn_at, ZONE)}. Catat lagi suratnya.")


def _number(paper: LeadersPaper, now: datetime) -> str:
    number = clean_text(paper.number, name="Nomor surat", longest=80)
    if not number:
        raise BadInput("Tulis nomor surat penugasan.")
    refuse_day_to_come(paper.dated, "surat", zone=ZONE, now=now)
    return number


def _body(row: Appointment, *, n: int) -> dict:
    """What of the row can be seen changed afterwards: the paper, its scan, and which recording it is."""
    return {
        "appointment": row.pk, "n": n, "role": role_in_words(Role.INSPECTORATE, row.region_id), "number": row.number,
        "dated": row.dated.isoformat(), "scan": row.scan_id,
    }  # fmt: skip

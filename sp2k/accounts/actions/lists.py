"""A list of people taken in: first what it would change, row by row, then all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sp2k.accounts.actions.ledger import record
from sp2k.accounts.actions.people import Details, change_details, enter_person, grant_role
from sp2k.accounts.models import User
from sp2k.accounts.policy import require, why_not
from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.accounts.roles import Grant, Role, barring, barring_in_words, fits
from sp2k.base.language import of_record
from sp2k.base.refusals import BadInput
from sp2k.regions.models import Region

NEW, CHANGED, SAME, WRONG = "baru", "berubah", "tetap", "salah"
HOMES = ("kabupaten", "kota")


@dataclass
class PlanLine:
    """What one row would do: `kind` is one of the four above, `says` its sentences."""

    number: int
    username: str
    name: str
    kind: str
    says: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What a list would do, in the order of its rows."""

    lines: tuple[PlanLine, ...]

    def count(self, kind: str) -> int:
        return sum(line.kind == kind for line in self.lines)

    @property
    def counts(self) -> dict[str, int]:
        return {kind: self.count(kind) for kind in (NEW, CHANGED, SAME, WRONG)}

    @property
    def is_wrong(self) -> bool:
        return self.count(WRONG) > 0

    @property
    def changes_something(self) -> bool:
        return self.count(NEW) + self.count(CHANGED) > 0


def plan_of(rows: Sequence, *, by, now: datetime) -> Plan:
    """Return what rows of people (`PersonRow`) would do if `by` took them in now; nothing is written."""
    known = _Known(rows)
    return Plan(tuple(_line(row, known, by, now) for row in rows))


@transaction.atomic
def take_in(rows: Sequence, *, by, now: datetime) -> Plan:
    """Do what the rows say: new people, new roles, changed details. An empty cell leaves what is known.

    The same list twice changes nothing. Nothing is ever taken away by a list.

    Raises
    ------
    BadInput
        With the first faults, where any row is wrong: then nothing of the list is done.
    """
    plan = plan_of(rows, by=by, now=now)
    if plan.is_wrong:
        wrong = [f"Baris {line.number}: {' '.join(line.says)}" for line in plan.lines if line.kind == WRONG]
        raise BadInput(f"{len(wrong)} baris salah; tidak ada yang disimpan. {' '.join(wrong[:5])}")
    if plan.changes_something:
        refuse_changed_people("Pemuatan daftar orang")
    for row in rows:
        _do(row, by, now)
    if plan.changes_something:
        counts = {"new": plan.count(NEW), "changed": plan.count(CHANGED), "same": plan.count(SAME)}
        record("people.import", counts, by=by, now=now)
    return plan


class _Known:
    """What the database knows of the names and codes of a list, read in three queries; grows as rows are planned."""

    def __init__(self, rows):
        names = {row.nama_pengguna for row in rows}
        codes = {code for row in rows for code in (row.wilayah, row.asal) if code}
        people = User.objects.filter(username__in=names).prefetch_related("memberships")
        self.people = {person.username: person for person in people}
        self.regions = {
            region.code: region for region in Region.objects.filter(code__in=codes).select_related("parent")
        }
        self.rows: dict[str, object] = {}  # the first row of each name
        self.given: set[tuple[str, str, str]] = set()


def _line(row, known: _Known, by, now: datetime) -> PlanLine:
    faults = list(row.faults) or _faults(row, known, by, now)
    if faults:
        return PlanLine(row.number, row.nama_pengguna, row.nama, WRONG, faults)
    person, first = known.people.get(row.nama_pengguna), known.rows.get(row.nama_pengguna)
    known.rows.setdefault(row.nama_pengguna, row)
    grant = (row.nama_pengguna, row.peran, row.wilayah)
    has_role = grant in known.given or person is not None and _holds(person, row)
    known.given.add(grant)
    said = _("peran %(role)s di %(region)s") % {
        "role": Role(row.peran).label, "region": known.regions[row.wilayah].full_name,
    }  # fmt: skip
    says = [] if has_role else [said]
    if person is None and first is None:
        return PlanLine(row.number, row.nama_pengguna, row.nama, NEW, says)
    if person is not None and first is None:
        says += _changed_fields(row, person)
    return PlanLine(row.number, row.nama_pengguna, row.nama, CHANGED if says else SAME, says)


@of_record
def _faults(row, known: _Known, by, now: datetime) -> list[str]:
    if row.peran not in Role.values:
        return [f'Peran "{row.peran}" tidak dikenal. Pakai salah satu huruf C, R, V, B, K, J, I, G.']
    region = known.regions.get(row.wilayah)
    if region is None:
        return [f'Kode wilayah "{row.wilayah}" tidak ada dalam daftar wilayah.']
    if not fits(row.peran, region.level):
        return [f"Peran {Role(row.peran).label} tidak dipegang di {region.full_name}."]
    home = known.regions.get(row.asal)
    if row.asal and (home is None or home.level not in HOMES):
        return [f'Asal "{row.asal}" bukan kode kabupaten/kota dalam daftar wilayah.']
    return _conflicts(row, known) or _barred(row, known) or _refusals(row, known, by, now)


def _barred(row, known: _Known) -> list[str]:
    """The roles that stand, and those of rows further up, bar some roles."""
    person = known.people.get(row.nama_pengguna)
    held = {membership.role for membership in person.memberships.all()} if person else set()
    held |= {role for name, role, _code in known.given if name == row.nama_pengguna}
    other = barring(row.peran, held)
    return [barring_in_words(row.nama or row.nama_pengguna, row.peran, other)] if other else []


def _conflicts(row, known: _Known) -> list[str]:
    """Two rows of one person must say the same of the person."""
    first = known.rows.get(row.nama_pengguna)
    if first is None:
        return []
    differing = [
        column for column in ("nama", "lembaga", "telepon", "asal") if getattr(first, column) != getattr(row, column)
    ]
    return [f"Kolom {column} berbeda dari baris {first.number} untuk orang yang sama." for column in differing]


def _refusals(row, known: _Known, by, now: datetime) -> list[str]:
    person = known.people.get(row.nama_pengguna)
    holds = person is not None and _holds(person, row)
    if not holds and (reason := why_not(by, "role.give", Grant(row.peran, row.wilayah, _id(person)), now=now)):
        return [reason]
    if person is None:
        return []
    if reason := why_not(by, "account.edit", person, now=now):
        # The name exists beyond the reach of whoever sends the list: no more is said than that it cannot be used.
        return [
            f'Nama pengguna "{row.nama_pengguna}" tidak dapat dipakai. {reason if _is_seen(by, person) else ""}'.strip()
        ]
    return []


def _do(row, by, now: datetime) -> None:
    """Do what one row says, each step asked as if it came alone; the accounts are held once for the whole list."""
    person = User.objects.select_for_update().filter(username=row.nama_pengguna).first()
    if person is None:
        details = Details(row.nama, row.lembaga, row.telepon, row.asal or None)
        require(by, "role.give", Grant(row.peran, row.wilayah), now=now)
        enter_person(row.nama_pengguna, details, role=row.peran, region=row.wilayah, by=by, now=now)
        return
    details = Details(
        row.nama, row.lembaga or person.institution, row.telepon or person.phone, row.asal or person.home_id
    )
    require(by, "account.edit", person, now=now)
    change_details(person, details, by=by, now=now)
    require(by, "role.give", Grant(row.peran, row.wilayah, person.pk), now=now)
    grant_role(person, row.peran, row.wilayah, by=by, now=now)


def _changed_fields(row, person: User) -> list[str]:
    pairs = [
        ("nama", row.nama, person.name), ("lembaga", row.lembaga, person.institution),
        ("telepon", row.telepon, person.phone), ("asal", row.asal, person.home_id or ""),
    ]  # fmt: skip
    return [f"{column}: {old or 'kosong'} menjadi {new}" for column, new, old in pairs if new and new != old]


def _holds(person: User, row) -> bool:
    return any(held.role == row.peran and held.region_id == row.wilayah for held in person.memberships.all())


def _is_seen(by, person: User) -> bool:
    return any(by.cares_for(held.role, held.region_id) for held in person.memberships.all())


def _id(person: User | None) -> int | None:
    return person.pk if person else None

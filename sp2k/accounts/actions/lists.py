"""A list of people taken in: first what it would change, row by row, then all of it or nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.actions.ledger import record
from sp2k.accounts.actions.listed_codes import by_key
from sp2k.accounts.actions.people import Details, change_details, enter_person, grant_role
from sp2k.accounts.models import User
from sp2k.accounts.policy import require, why_not
from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.accounts.queries.people import people_visible_to
from sp2k.accounts.roles import CARES_FOR, Grant, Role, barring, barring_in_words, fits
from sp2k.base.language import of_record
from sp2k.base.refusals import BadInput
from sp2k.base.tables.preview import CHANGED, NEW, SAME, WRONG, Change, ListPreview, PreviewRow, changes_between
from sp2k.base.typed import spelled_cell
from sp2k.base.wording import number_in_words
from sp2k.regions.models import Region

HOMES = ("kabupaten", "kota")
FIELDS = {"nama": "name", "lembaga": "institution", "telepon": "phone", "asal": "home_id"}


@of_record
def plan_of(rows: Sequence, *, by, now: datetime, stays: Sequence[str] = ()) -> ListPreview:
    """Return what rows of people (`PersonRow`) would do if `by` took them in now; nothing is written.

    Parameters
    ----------
    stays : what else the preview says does not change
    """
    rows = by_key(rows)
    lines = _lines(rows, by, now)
    n_others = people_visible_to(by).exclude(username__in={row.nama_pengguna for row in rows}).count()
    others = [f"{number_in_words(n_others)} orang lain dalam daftar Anda tidak disebut; datanya tetap."] if n_others else []
    return ListPreview(lines, stays=(*stays, *others, "Daftar tidak pernah mencabut peran atau menutup akun."))


@transaction.atomic
def take_in(rows: Sequence, *, by, now: datetime) -> ListPreview:
    """Do what the rows say: new people, new roles, changed details. An empty cell leaves what is known.

    The same list twice changes nothing. Nothing is ever taken away by a list.

    Raises
    ------
    BadInput
        With the first faults, where any row is wrong: then nothing of the list is done.
    """
    rows = by_key(rows)
    plan = ListPreview(_lines(rows, by, now))
    if plan.is_wrong:
        wrong = [" ".join(line.says) for line in plan.rows if line.kind == WRONG]
        raise BadInput(f"{len(wrong)} baris salah; tidak ada yang disimpan. {' '.join(wrong[:5])}")
    if plan.changes_something:
        refuse_changed_people("Pemuatan daftar orang")
    for row, line in zip(rows, plan.rows, strict=True):
        if line.kind != SAME:
            _do(row, by, now)
    if plan.changes_something:
        counts = {"new": plan.counts[NEW], "changed": plan.counts[CHANGED], "same": plan.counts[SAME]}
        record("people.import", counts, by=by, now=now)
    return plan


def _lines(rows: Sequence, by, now: datetime) -> tuple[PreviewRow, ...]:
    known = _Known(rows, by)
    return tuple(_line(row, known, by, now) for row in rows)


class _Known:
    """What the database knows of the names and codes of a list, read in few queries; grows as rows are planned."""

    def __init__(self, rows, by):
        names = {row.nama_pengguna for row in rows}
        codes = {code for row in rows for code in (row.wilayah, row.asal) if code}
        people = User.objects.filter(username__in=names).select_related("home").prefetch_related("memberships")
        self.people = {person.username: person for person in people}
        self.seen = {by.pk, *people_visible_to(by).filter(username__in=names).values_list("pk", flat=True)}
        self.regions = {
            region.code: region for region in Region.objects.filter(code__in=codes).select_related("parent")
        }
        self.rows: dict[str, object] = {}  # the first row of each name
        self.given: set[tuple[str, str, str]] = set()


def _line(row, known: _Known, by, now: datetime) -> PreviewRow:
    faults = list(row.faults) or [f"{row.place}, kolom {fault}" for fault in _faults(row, known, by, now)]
    if faults:
        return PreviewRow(row.number, row.nama, row.nama_pengguna, WRONG, says=tuple(faults))
    person, first = known.people.get(row.nama_pengguna), known.rows.get(row.nama_pengguna)
    known.rows.setdefault(row.nama_pengguna, row)
    grant = (row.nama_pengguna, row.peran, row.wilayah)
    has_role = grant in known.given or person is not None and _holds(person, row)
    known.given.add(grant)
    changes = _changed_fields(row, person, known) if first is None else ()
    if not has_role:
        changes += (Change("peran", "", f"{Role(row.peran).label}, {known.regions[row.wilayah].full_name}"),)
    kind = NEW if person is None and first is None else CHANGED if changes else SAME
    return PreviewRow(row.number, row.nama, row.nama_pengguna, kind, changes)


@of_record
def _faults(row, known: _Known, by, now: datetime) -> list[str]:
    """Return what is wrong with a row, each fault behind the name of its column."""
    if row.peran not in Role.values:
        return [f'peran: Peran "{row.peran}" tidak dikenal. Pakai salah satu huruf C, R, V, B, K, J, I, G.']
    region = known.regions[row.wilayah]
    if not region.is_called(row.nama_wilayah):
        written = row.nama_wilayah[:60]
        said = f'Kode {region.listed_code} adalah {region.full_name}, tetapi tertulis "{written}". Periksa kodenya.'
        return [f"nama_wilayah: {said}"]
    if conflicts := _conflicts(row, known):
        return conflicts
    if _changes_nothing(row, known):
        return []
    if not fits(row.peran, region.level):
        return [f"peran: Peran {Role(row.peran).label} tidak dipegang di {region.full_name}."]
    home = known.regions[row.asal] if row.asal else None
    if home and home.level not in HOMES:
        return [f'asal: Asal "{home.listed_code}" bukan kode kabupaten/kota dalam daftar wilayah.']
    return _barred(row, known) or _refusals(row, known, by, now)


def _changes_nothing(row, known: _Known) -> bool:
    """Whether a row only repeats what the sender sees of someone: no right is needed to leave that as it is."""
    person = known.people.get(row.nama_pengguna)
    is_seen = person is not None and person.pk in known.seen
    return is_seen and _holds(person, row) and not _changed_fields(row, person, known)


def _barred(row, known: _Known) -> list[str]:
    """The roles that stand, and those of rows further up, bar some roles."""
    person = known.people.get(row.nama_pengguna)
    held = {membership.role for membership in person.memberships.all()} if person else set()
    held |= {role for name, role, _code in known.given if name == row.nama_pengguna}
    other = barring(row.peran, held)
    return [f"peran: {barring_in_words(row.nama or row.nama_pengguna, row.peran, other)}"] if other else []


def _conflicts(row, known: _Known) -> list[str]:
    """Two rows of one person must say the same of the person."""
    first = known.rows.get(row.nama_pengguna)
    if first is None:
        return []
    return [f"{column}: berbeda dari baris {first.number} untuk orang yang sama." for column in FIELDS
            if _says(first, column) and _says(row, column) and getattr(first, column) != getattr(row, column)]  # fmt: skip


def _says(row, column: str) -> bool:
    """Whether a row says anything of a column: what it is, or that it is to be emptied."""
    return bool(getattr(row, column)) or column in row.clears


def _refusals(row, known: _Known, by, now: datetime) -> list[str]:
    person = known.people.get(row.nama_pengguna)
    holds = person is not None and _holds(person, row)
    if not holds and (reason := why_not(by, "role.give", Grant(row.peran, row.wilayah, _id(person)), now=now)):
        return [f"peran: {reason}"]
    if person is None:
        return []
    if reason := why_not(by, "account.edit", person, now=now):
        if person.pk in known.seen:
            return [f"nama_pengguna: Data {person.name} tidak dapat Anda ubah. {reason} {_who_can(person)}"]
        # The name exists beyond the reach of whoever sends the list: no more is said than that it cannot be used.
        return [f'nama_pengguna: Nama pengguna "{row.nama_pengguna}" tidak dapat dipakai. Pakai nama lain.']
    return []


def _who_can(person: User) -> str:
    """Who looks after the roles of a person, as a sentence."""
    held = {membership.role for membership in person.memberships.all()}
    carers = [role.label for role in Role if held & CARES_FOR.get(role, frozenset())]
    own = "orangnya sendiri pada halaman Profil"
    return f"Yang dapat: {', '.join(map(str, [*carers, own]))}."


def _do(row, by, now: datetime) -> None:
    """Do what one row says, each step asked as if it came alone; the accounts are held once for the whole list."""
    person = User.objects.select_for_update().filter(username=row.nama_pengguna).first()
    if person is None:
        details = Details(row.nama, row.lembaga, row.telepon, row.asal or None)
        require(by, "role.give", Grant(row.peran, row.wilayah), now=now)
        enter_person(row.nama_pengguna, details, role=row.peran, region=row.wilayah, by=by, now=now)
        return
    wanted = [_wanted(row, person, column) for column in FIELDS]
    require(by, "account.edit", person, now=now)
    change_details(person, Details(*wanted), by=by, now=now)
    if _holds(person, row):
        return
    require(by, "role.give", Grant(row.peran, row.wilayah, person.pk), now=now)
    grant_role(person, row.peran, row.wilayah, by=by, now=now)


def _wanted(row, person: User, column: str) -> str:
    """What a field holds after a row: what it says or, where it says nothing or the same in other blanks, what is known."""
    known, said = getattr(person, FIELDS[column]) or "", getattr(row, column)
    return said if _says(row, column) and said != spelled_cell(known) else known


def _changed_fields(row, person: User | None, known: _Known) -> tuple[Change, ...]:
    told = []
    for column, field in FIELDS.items():
        old = (getattr(person, field) or "") if person else ""
        new = _wanted(row, person, column) if person else getattr(row, column)
        if column == "asal":  # keys of regions: shown under the code that the list has today
            old = person.home.listed_code if old and person else ""
            new = known.regions[new].listed_code if new in known.regions else old if new else ""
        told.append((column, old, new))
    return changes_between(told)


def _holds(person: User, row) -> bool:
    return any(held.role == row.peran and held.region_id == row.wilayah for held in person.memberships.all())


def _id(person: User | None) -> int | None:
    return person.pk if person else None

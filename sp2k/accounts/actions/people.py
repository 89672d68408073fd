"""People: making accounts, giving and taking roles, closing; each ends the sessions it must end."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sp2k.accounts.actions.ledger import record, role_in_words
from sp2k.accounts.models import Membership, User
from sp2k.accounts.policy import require
from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.accounts.queries.roles_then import SERVER
from sp2k.accounts.roles import Grant, Role, barring, barring_in_words, fits
from sp2k.base.refusals import BadInput, Refused
from sp2k.regions.models import Region

# What a line keeps of a person as it was. A telephone number is private, nothing rests on it, and it may be taken back.
KEPT_FIELDS = ("name", "institution", "home_id")


@dataclass(frozen=True)
class Details:
    """What is known of a person besides roles; `home` is the code of a kabupaten/kota, needed for conflicts."""

    name: str
    institution: str = ""
    phone: str = ""
    home: str | None = None


@transaction.atomic
def create_user(username: str, name: str, *, roles: list[tuple[str, str]], password: str | None = None) -> User:
    """Make an account with its roles, asking no permission: for the server's command line and for sample people.

    Parameters
    ----------
    roles : pairs of role letter and region code, e.g. ``[("B", "35")]``
    password : without one nobody can sign in with the account until an invitation sets it
    """
    if username.lower() == SERVER:
        raise BadInput(f'Nama pengguna "{username}" dipakai server sendiri di catatan. Pilih nama lain.')
    if User.objects.filter(username=username).exists():
        raise BadInput(f'Nama pengguna "{username}" sudah ada. Pilih nama lain.')
    for role, code in roles:
        if role not in Role.values:
            raise BadInput(f'Peran "{role}" tidak dikenal. Pilih salah satu dari {", ".join(Role.values)}.')
        if not Region.objects.filter(code=code).exists():
            raise BadInput(f'Kode wilayah "{code}" tidak ada dalam daftar wilayah. Periksa kodenya, misalnya 35.10.')
    for n, (role, _code) in enumerate(roles):
        if other := barring(role, [letter for letter, _code in roles[:n]]):
            raise BadInput(barring_in_words(name, role, other))
    user = User.objects.create_user(username, name, password)
    Membership.objects.bulk_create([Membership(user=user, role=role, region_id=code) for role, code in roles])
    return user


@transaction.atomic
def add_person(username: str, details: Details, *, role: str, region: str, by, now: datetime) -> User:
    """Make an account with its first role; an invitation then lets the person set a password."""
    require(by, "role.give", Grant(role, region), now=now)
    refuse_changed_people("Pendaftaran orang")
    return enter_person(username, details, role=role, region=region, by=by, now=now)


def enter_person(username: str, details: Details, *, role: str, region: str, by, now: datetime) -> User:
    """Make an account with its first role, and its line; part of an act that has asked and holds all accounts."""
    refuse_misfit(role, region)
    if User.objects.filter(username__iexact=username).exists():
        raise BadInput(f'Nama pengguna "{username}" sudah dipakai. Pilih nama lain.')
    user = create_user(username, details.name, roles=[(role, region)])
    write_details(user, details)
    record("account.create", {"person": user.pk, "roles": [role_in_words(role, region)]}, by=by, now=now)
    return user


@transaction.atomic
def edit_person(person: User, details: Details, *, by, now: datetime) -> list[str]:
    """Change what is known of a person; return the names of the fields that changed."""
    person = _locked(person)
    require(by, "account.edit", person, now=now)
    refuse_changed_people("Perubahan data orang")
    return change_details(person, details, by=by, now=now)


def change_details(person: User, details: Details, *, by, now: datetime) -> list[str]:
    """Change what is known of a person, with its line; part of an act that has asked and holds all accounts."""
    before = {field: getattr(person, field) for field in KEPT_FIELDS}
    changed = write_details(person, details)
    if changed:
        was = {field: value for field, value in before.items() if field in changed}
        record("account.edit", {"person": person.pk, "fields": changed}, by=by, now=now, was=was)
    return changed


@transaction.atomic
def give_role(person: User, role: str, region: str, *, by, now: datetime) -> Membership:
    """Give a person one more role; the person's sessions end, so that the next step knows it."""
    person = _locked(person)
    require(by, "role.give", Grant(role, region, person.pk), now=now)
    refuse_changed_people("Pemberian peran")
    return grant_role(person, role, region, by=by, now=now)


def grant_role(person: User, role: str, region: str, *, by, now: datetime) -> Membership:
    """Give one more role, with its line; part of an act that has asked and holds all accounts."""
    refuse_misfit(role, region)
    refuse_barred(person, role)
    membership, is_new = Membership.objects.get_or_create(user=person, role=role, region_id=region)
    if is_new:
        end_sessions(person)
        record("role.give", {"person": person.pk, "role": role_in_words(role, region)}, by=by, now=now)
    return membership


@transaction.atomic
def take_role(membership: Membership, *, by, now: datetime) -> None:
    """Take a role away; the person's sessions end at once. The last role stays: such an account is closed instead."""
    person = _locked(membership.user)
    require(by, "role.give", Grant(membership.role, membership.region_id, person.pk), now=now)
    refuse_changed_people("Pencabutan peran")
    if person.memberships.count() == 1:
        raise Refused("Ini peran terakhir orang ini. Nonaktifkan akunnya bila ia tidak bertugas lagi.")
    gone, _ = Membership.objects.filter(pk=membership.pk).delete()
    if gone:
        end_sessions(person)
        role = role_in_words(membership.role, membership.region_id)
        record("role.take", {"person": person.pk, "role": role}, by=by, now=now)


@transaction.atomic
def close_account(person: User, *, by, now: datetime) -> None:
    """Let nobody in with this account any more; sessions end, open invitations are withdrawn. What was done stays."""
    person = _locked(person)
    require(by, "account.close", person, now=now)
    if not person.is_active:
        return
    refuse_changed_people("Penonaktifan akun")
    User.objects.filter(pk=person.pk).update(is_active=False)
    end_sessions(person)
    person.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    record("account.close", {"person": person.pk}, by=by, now=now)


@transaction.atomic
def open_account(person: User, *, by, now: datetime) -> None:
    """Let an account that was closed be used again, with the roles it holds."""
    person = _locked(person)
    require(by, "account.close", person, now=now)
    if not person.is_active:
        refuse_changed_people("Pengaktifan akun")
        User.objects.filter(pk=person.pk).update(is_active=True)
        record("account.open", {"person": person.pk}, by=by, now=now)


def end_sessions(person: User) -> None:
    """End every session of a person: each is bound to the epoch that is raised here."""
    User.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])


def _locked(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)


def write_details(person: User, details: Details) -> list[str]:
    """Write what is known of a person; return the names of the fields that changed."""
    new = {
        "name": details.name, "institution": details.institution, "phone": details.phone, "home_id": details.home or None,
    }  # fmt: skip
    changed = [field for field, value in new.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, new[field])
    if changed:
        person.save(update_fields=changed)
    return changed


def refuse_barred(person: User, role: str) -> None:
    """Refuse a role that is never held beside one this person holds: I beside J, K, B or G."""
    if other := barring(role, person.memberships.values_list("role", flat=True)):
        raise Refused(barring_in_words(person.name, role, other))


def refuse_misfit(role: str, code: str) -> None:
    """Refuse a region that does not exist or is not of the level at which the role is held."""
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise BadInput(f'Kode wilayah "{code}" tidak ada dalam daftar wilayah. Periksa kodenya, misalnya 35.10.')
    if not fits(role, region.level):
        needed = "kecamatan" if role == Role.CAMAT else "kabupaten/kota"
        if role not in (Role.CAMAT, Role.REGENCY, Role.VERIFIER):
            needed = "provinsi atau kabupaten/kota"
        raise BadInput(f"Peran {Role(role).label} dipegang di tingkat {needed}, bukan di {region.full_name}.")

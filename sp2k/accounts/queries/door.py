"""At the door: who can sign in to a demonstration, and how many tries are left from where.

A pause is never a lockout. Guesses are counted apart for each name and place they come from, so that whoever guesses at a
juror's password does not keep the juror out: a device that has signed in before has tries of its own. What it withstands,
in numbers: docs/adr/0032.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Max, QuerySet

from sp2k.accounts.keys.tokens import keyed_hash
from sp2k.accounts.models import KnownDevice, SignInAttempt, User
from sp2k.accounts.unwritten import unwritten

SHOWN_LOGINS = 12
PAUSE = timedelta(minutes=15)
FROM_ONE_PLACE = 5  # wrong tries at one name from one place
AT_ONE_NAME = 20  # wrong tries at one name from places that never signed in to it
NAMES_FROM_ONE_ADDRESS = 200  # names that failed at an address where no known device was; a whole hall may share one
KNOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Login:
    """A name to sign in with, and the roles it opens; never the password."""

    username: str
    roles: str


@dataclass(frozen=True)
class Source:
    """Where a try comes from: an address, or a device on which this very person has signed in before; hashed."""

    key: str
    is_device: bool


@dataclass(frozen=True)
class Standing:
    """How many wrong tries are left before a pause, and until when a pause lasts that has begun."""

    left: int
    paused_until: datetime | None = None


def demonstration_logins() -> list[Login]:
    """Return the ready accounts of a demonstration: whoever was invited into it sets a password of their own."""
    users = User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).filter(is_active=True)
    ready = users.exclude(invitations__used_at__isnull=False).prefetch_related("memberships").order_by("pk")
    return [
        Login(user.username, ", ".join(membership.get_role_display() for membership in user.memberships.all()))
        for user in ready[:SHOWN_LOGINS]
    ]


def name_key(name: str) -> str:
    """Return what is kept of a typed name: the same for capitals and small letters, whether it exists or not."""
    return keyed_hash("name", unicodedata.normalize("NFKC", name).strip().lower())


def standing(name: str, source: Source, *, now: datetime) -> Standing:
    """Return how the door stands to a try at `name` from `source` at `now` (true time)."""
    wrong = SignInAttempt.objects.filter(succeeded=False, at__gt=now - PAUSE)
    key = name_key(name)
    last_in = (
        SignInAttempt.objects.filter(name_hash=key, address_hash=source.key, succeeded=True, at__gt=now - KNOWN_FOR)
        .order_by("-at").values_list("at", flat=True).first()
    )  # fmt: skip
    here = wrong.filter(name_hash=key, address_hash=source.key)
    counted = [(_times(here.filter(at__gt=last_in) if last_in else here), FROM_ONE_PLACE)]
    if not source.is_device and last_in is None:
        strangers = wrong.filter(name_hash=key).exclude(address_hash__in=KnownDevice.objects.values("device_hash"))
        counted.append((_times(strangers), AT_ONE_NAME))
        if not is_known_address(source, now=now):
            counted.append((_last_of_each_name(wrong.filter(address_hash=source.key)), NAMES_FROM_ONE_ADDRESS))
    kept = unwritten(key, since=now - PAUSE)
    counted.append(([at for place, at in kept if place == source.key], FROM_ONE_PLACE))
    if not source.is_device:
        counted.append(([at for _place, at in kept], AT_ONE_NAME))
    return min((_standing(times, limit) for times, limit in counted), key=lambda found: found.left)


def is_known_device(name: str, device_hash: str, *, now: datetime) -> bool:
    """Return whether the person of this name has signed in on this device, not too long ago; `now` is true time."""
    rows = KnownDevice.objects.filter(device_hash=device_hash, expires_at__gt=now).select_related("user")
    return any(name_key(row.user.username) == name_key(name) for row in rows)


def is_known_address(source: Source, *, now: datetime) -> bool:
    """Return whether somebody's known device signed in from this address lately: an office, the hall of a jury."""
    return KnownDevice.objects.filter(address_hash=source.key, seen_at__gt=now - KNOWN_FOR).exists()


def recent_sign_ins(user: User, *, limit: int = 10) -> list[SignInAttempt]:
    """Return the last tries at a person's own name, newest first."""
    return list(SignInAttempt.objects.filter(name_hash=name_key(user.username)).order_by("-at")[:limit])


def _times(rows) -> QuerySet:
    return rows.order_by("-at").values_list("at", flat=True)


def _last_of_each_name(rows) -> QuerySet:
    """One instant for each name that failed: thirty tries of one person with a wrong key are one."""
    return rows.order_by().values("name_hash").annotate(last=Max("at")).order_by("-last").values_list("last", flat=True)


def _standing(times: QuerySet | list[datetime], limit: int) -> Standing:
    latest = list(times[:limit])
    left = limit - len(latest)
    return Standing(left, latest[0] + PAUSE if left <= 0 else None)

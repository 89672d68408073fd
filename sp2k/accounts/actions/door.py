"""What is written at the door: each try, each device that came in, and the end of both."""

from datetime import datetime, timedelta

from django.db import transaction

from sp2k.accounts.models import KnownDevice, SignInAttempt, User
from sp2k.accounts.queries.door import Source, name_key
from sp2k.accounts.unwritten import remember
from sp2k.base.faults.storage import done_without

KEPT_FOR = timedelta(days=90)
DEVICE_KNOWN_FOR = timedelta(days=180)


def note_attempt(name: str, source: Source, *, succeeded: bool, now: datetime) -> None:
    """Keep that someone tried; `now` is true time. Tries made during a pause are not kept, so that a pause ends.

    Signing in needs no row: what the database cannot take is counted in memory.
    """
    key = name_key(name)
    with done_without(), transaction.atomic():
        SignInAttempt.objects.create(name_hash=key, address_hash=source.key, at=now, succeeded=succeeded)
        if succeeded:
            SignInAttempt.objects.filter(name_hash=key, at__lt=now - KEPT_FOR).delete()
        return
    if not succeeded:
        remember(key, source.key, now)


def know_device(person: User, device_hash: str, address_hash: str, *, now: datetime) -> None:
    """Keep that a person has signed in on a device, from an address; `now` is true time. Devices long unused are dropped."""
    with done_without(), transaction.atomic():
        KnownDevice.objects.filter(user=person, expires_at__lte=now).delete()
        KnownDevice.objects.update_or_create(
            user=person, device_hash=device_hash,
            defaults={"address_hash": address_hash, "seen_at": now, "expires_at": now + DEVICE_KNOWN_FOR},
        )  # fmt: skip


def forget_devices(person: User) -> None:
    """Let every device of a person be a stranger's again: a phone was lost, a password given away."""
    KnownDevice.objects.filter(user=person).delete()

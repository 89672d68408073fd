"""What a person changes on the own account: nobody else's permission is needed, and no other person is in reach."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sp2k.accounts.actions.door import forget_devices
from sp2k.accounts.actions.ledger import record
from sp2k.accounts.actions.people import end_sessions
from sp2k.accounts.models import User
from sp2k.accounts.queries.opening import refuse_changed_account
from sp2k.base.refusals import BadInput


@dataclass(frozen=True)
class OwnDetails:
    """What one says of oneself; `home` is not among it, for conflicts rest on it."""

    name: str
    institution: str
    phone: str
    language: str
    theme: str


@transaction.atomic
def edit_profile(person: User, details: OwnDetails, *, now: datetime) -> list[str]:
    """Change one's own details; return the names of the fields that changed."""
    person = User.objects.select_for_update().get(pk=person.pk)
    changed = [field for field, value in vars(details).items() if getattr(person, field) != value]
    if changed:
        refuse_changed_account(person, "Perubahan data diri")
        for field in changed:
            setattr(person, field, getattr(details, field))
        person.save(update_fields=changed)
        record("account.edit", {"person": person.pk, "fields": changed}, by=person, now=now)
    return changed


@transaction.atomic
def choose_language(person: User, language: str) -> None:
    """Remember in which language a person reads; a taste, not an act, so the journal does not tell of it."""
    User.objects.filter(pk=person.pk).update(language=language)


@transaction.atomic
def change_password(person: User, old: str, new: str, *, now: datetime) -> User:
    """Change one's own password; every session ends, the caller's own is bound anew by the view."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.check_password(old):
        raise BadInput("Kata sandi yang sekarang tidak cocok.")
    person.set_password(new)
    person.save(update_fields=["password"])
    end_sessions(person)
    record("password.change", {"person": person.pk}, by=person, now=now)
    return person


@transaction.atomic
def leave_everywhere(person: User, *, now: datetime) -> None:
    """End all sessions of a person on every device, this one too; none of them is a known device any more."""
    end_sessions(person)
    forget_devices(person)
    record("sessions.end", {"person": person.pk}, by=person, now=now)

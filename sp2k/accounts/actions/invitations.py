"""Invitations and resets: made, told once, used once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sp2k.accounts.actions.ledger import record
from sp2k.accounts.actions.people import end_sessions
from sp2k.accounts.keys.tokens import fresh_code, fresh_token, keyed_hash
from sp2k.accounts.models import Invitation, User
from sp2k.accounts.policy import require, why_not
from sp2k.accounts.queries.invitations import hash_of_code
from sp2k.base.language import spoken_instant
from sp2k.base.refusals import Refused

TERMS = {Invitation.Purpose.INVITE: timedelta(days=14), Invitation.Purpose.RESET: timedelta(hours=24)}
ZONE = "Asia/Jakarta"


@dataclass(frozen=True)
class Told:
    """An invitation with what opens it. Only here do link and code exist in clear; the row keeps their hashes."""

    invitation: Invitation
    token: str
    code: str


@transaction.atomic
def invite(person: User, *, by, now: datetime) -> Told:
    """Make a person's way in: an invitation, or a reset for someone who has been in before.

    Earlier ones are withdrawn. A reset ends the sessions and the old password at once, for the reason is often a phone or a
    password in other hands; it does not touch the second factor. Terms run in true time.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require(by, "account.invite", person, now=now)
    if not person.is_active:
        raise Refused("Akun ini dinonaktifkan. Aktifkan lebih dahulu, lalu undang.")
    at = timezone.now()
    person.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    was_in = person.has_usable_password() or person.last_login is not None
    purpose = Invitation.Purpose.RESET if was_in else Invitation.Purpose.INVITE
    if was_in:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        end_sessions(person)
    token, code = fresh_token(), fresh_code()
    invitation = Invitation.objects.create(
        user=person, purpose=purpose, token_hash=keyed_hash("token", token), code_hash=hash_of_code(person.pk, code),
        by=by, at=at, expires_at=at + TERMS[purpose],
    )  # fmt: skip
    record("account.invite", {"person": person.pk, "purpose": str(purpose.value)}, by=by, now=now)
    return Told(invitation, token, code)


@transaction.atomic
def invite_all(people: Iterable[User], *, by, now: datetime) -> list[Told]:
    """Invite many at once, all or none; whoever is not in the care of `by` is passed over."""
    return [invite(person, by=by, now=now) for person in people if not why_not(by, "account.invite", person, now=now)]


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by, now: datetime) -> None:
    """Let an invitation that is still open open nothing."""
    require(by, "account.invite", invitation.user, now=now)
    open_ = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
    if open_.update(withdrawn_at=timezone.now()):
        record("invitation.withdraw", {"person": invitation.user_id}, by=by, now=now)


@transaction.atomic
def use_invitation(invitation: Invitation, password: str, *, now: datetime) -> User:
    """Set the password of the invited person, once. Whoever holds link or code needs no permission besides it."""
    invitation = Invitation.objects.select_for_update().select_related("user").get(pk=invitation.pk)
    if reason := why_closed(invitation):
        raise Refused(reason)
    person = invitation.user
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person)
    record("invitation.use", {"person": person.pk, "purpose": invitation.purpose}, by=person, now=now)
    return person


def why_closed(invitation: Invitation) -> str | None:
    """Return why an invitation opens nothing now, None while it does."""
    if invitation.used_at is not None:
        at = spoken_instant(invitation.used_at, ZONE)
        return _("Tautan ini sudah dipakai pada %s. Masuklah dengan kata sandi yang dibuat waktu itu.") % at
    if invitation.withdrawn_at is not None:
        at = spoken_instant(invitation.withdrawn_at, ZONE)
        return _("Tautan ini ditarik pada %s, biasanya karena diganti dengan yang baru. Pakai tautan terakhir.") % at
    if not invitation.user.is_active:
        return _("Akun ini dinonaktifkan. Hubungi penyelenggara yang mengundang Anda.")
    if not invitation.is_open(timezone.now()):
        at = spoken_instant(invitation.expires_at, ZONE)
        return _("Tautan ini hanya berlaku sampai %s. Mintalah tautan baru kepada penyelenggara.") % at
    return None

"""Reading accounts."""

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from sp2k.accounts.models import User

SHOWN_LOGINS = 12


@dataclass(frozen=True)
class Login:
    """A name to sign in with, and the roles it opens; never the password."""

    username: str
    roles: str


def demonstration_logins() -> list[Login]:
    """Return the accounts of a demonstration that can sign in: the others have no usable password."""
    users = User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).filter(is_active=True)
    return [
        Login(user.username, ", ".join(membership.get_role_display() for membership in user.memberships.all()))
        for user in users.prefetch_related("memberships").order_by("pk")[:SHOWN_LOGINS]
    ]

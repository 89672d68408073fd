"""Reading accounts."""

from dataclasses import dataclass

from sp2k.accounts.models import User

SHOWN_LOGINS = 12


@dataclass(frozen=True)
class Login:
    """A name to sign in with, and the roles it opens; never the password."""

    username: str
    roles: str


def demonstration_logins() -> list[Login]:
    """Return the accounts of a demonstration that can sign in: the others have no usable password."""
    users = User.objects.exclude(password__startswith="!").filter(is_active=True).prefetch_related("memberships")
    return [
        Login(user.username, ", ".join(membership.get_role_display() for membership in user.memberships.all()))
        for user in users.order_by("pk")[:SHOWN_LOGINS]
    ]

"""Finding an invitation by what a person brings: a link's token, or a name with a short code."""

import hmac

from sp2k.accounts.keys.tokens import bare, keyed_hash
from sp2k.accounts.models import Invitation, User


def hash_of_code(user_id: int, code: str) -> str:
    """Return what is kept of a short code: bound to its person, so that equal codes do not look equal."""
    return keyed_hash("code", f"{user_id}:{bare(code)}")


def invitation_by_token(token: str) -> Invitation | None:
    """Return the invitation of a link, whatever its state."""
    return Invitation.objects.select_related("user").filter(token_hash=keyed_hash("token", token)).first()


def invitation_by_code(username: str, code: str) -> Invitation | None:
    """Return the newest invitation of the person whose code this is; one work is done for a name that does not exist."""
    user = User.objects.filter(username__iexact=username.strip()).first()
    invitation = user.invitations.select_related("user").first() if user else None
    kept = invitation.code_hash if invitation else keyed_hash("code", "nobody")
    matches = hmac.compare_digest(kept, hash_of_code(user.pk if user else 0, code))
    return invitation if matches else None


def invitation_by_id(pk: int) -> Invitation | None:
    """Return an invitation whose link or code was proved before."""
    return Invitation.objects.select_related("user").filter(pk=pk).first()


def latest_invitation(person: User) -> Invitation | None:
    """Return the newest invitation of a person, whatever its state."""
    return person.invitations.select_related("user", "by").first()

"""The installation's own chain: what is done to accounts, without names of persons (accounts outlive editions)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sp2k.accounts.models import User
from sp2k.accounts.queries.opening import ACCOUNTS, STATE, account_content, replaced_content
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain

NAME = ACCOUNTS
ZONE = "Asia/Jakarta"


@dataclass(frozen=True)
class Server:
    """Who acts when someone acts on the server itself, by the command line."""

    def get_username(self) -> str:
        return "server"


SERVER = Server()


def record(
    type: str, body: Mapping, *, by, now: datetime, was: Mapping[str, object] | None = None, sealed: object = None
) -> None:
    """Add a line; the chain begins with the first. Must run inside the transaction of the row it tells of, after it.

    What changes an account or its roles seals both as they stand then; `was` are the fields that the act replaced, with
    what they held before; `sealed` is what another line seals.
    """
    if not Chain.objects.filter(name=NAME).exists():
        journal.open_chain(NAME, {"v": 1, "of": "accounts"}, zone=ZONE)
    if type in STATE and "person" in body:
        person = User.objects.prefetch_related("memberships").get(pk=body["person"])
        before = replaced_content(was) if was else None
        journal.append_sealed(NAME, type, body, account_content(person), by=by, now=now, was=before)
    elif sealed is not None:
        journal.append_sealed(NAME, type, body, sealed, by=by, now=now)
    else:
        journal.append(NAME, type, body, by=by, now=now)


def role_in_words(role: str, code: str) -> str:
    """Return `B:35`: how a body names a role over a region."""
    return f"{role}:{code}"

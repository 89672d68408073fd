"""The roles that people held over time, as the lines of the accounts tell them: who could do what, and when.

A role is a row, and rows can be lent for a minute. What was done with a lent role stays in the journal; so does that nobody
had given it.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cached_property

from sp2k.accounts.models import User
from sp2k.accounts.policy import POLICY
from sp2k.accounts.roles import Role
from sp2k.journal.queries import Replay
from sp2k.regions.opening import continued_regions

TOLD = ("account.create", "account.close", "account.open", "role.give", "role.take")
# ways in, of which only who may open them is asked
LETTING_IN = ("account.invite", "invitation.withdraw", "factor.remove", "role.withdraw")
SERVER = "server"  # who acts on the server's own command line
NEARER = frozenset({Role.CAMAT, Role.REGENCY, Role.VERIFIER})
CARRIED = "carried"  # the key of a body that names the region which went on under another key: the old one and the new one


class RolesThen:
    """Who held which role over which region from when until when. Whose account no line begins is not known here.

    `lines` are those of the accounts' chain, all of them or at least those of the types `TOLD`; `by_server` whether the
    server's own command line may have acted, as it does on accounts.
    """

    def __init__(self, lines: Replay, *, by_server: bool = False):
        names = dict(User.objects.values_list("pk", "username"))
        self._people = {*names.values(), SERVER} if by_server else set(names.values())
        self._held: dict[str, dict[str, list[tuple[datetime, bool]]]] = defaultdict(lambda: defaultdict(list))
        self._closed: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
        self._known: set[str] = set()
        told = ((seq, entry) for seq, entry in lines.numbered if entry["type"] in TOLD)
        for seq, entry in told:
            body, at, kind = entry["body"], lines.acts[seq][1], entry["type"]
            name = names.get(body.get("person"))
            if name is None:
                continue
            if kind == "account.create":
                self._known.add(name)
            if kind in ("account.close", "account.open"):
                self._closed[name].append((at, kind == "account.close"))
            for role in body["roles"] if kind == "account.create" else filter(None, [body.get("role")]):
                self._held[name][role].append((at, kind != "role.take"))

    def could(self, name: str, roles: Collection[str], region: str, at: datetime | None) -> bool:
        """Return whether somebody held one of these roles over a region; `at` None: at any time.

        True of people who are not known: whether there may be such people, the accounts' own opening asks. False of names
        that nobody has: an account is closed, and never removed.
        """
        if name not in self._known:
            return name in self._people
        if at is not None and _held_at(self._closed[name], at, strictly=True):
            return False
        for said, changes in self._held[name].items():
            role, _, code = said.partition(":")
            if role in roles and _covers(role, code, region) and _held_at(changes, at):
                return True
        return False

    def held(self, name: str, roles: Collection[str], region: str, at: datetime) -> bool:
        """Return whether somebody is known to have held one of these roles over a region at an instant."""
        return name in self._known and self.could(name, roles, region, at)


class CarriedAlong:
    """What a newer list of regions took along to another key, which whoever loads lists may do and give nobody more by it."""

    def __init__(self, then: RolesThen):
        self._then = then

    def is_role(self, body: dict, holder: str, by: str, at: datetime | None) -> bool:
        """Return whether a line gives in the new region, or takes in the old one, a role that the person held in the old."""
        role, _, region = (body.get("role") or "").partition(":")
        old, _new = pair = self._pair(body)
        return region in pair and self._is_told(pair, by, at) and self._then.could(holder, {role}, old, at)

    def is_term(self, body: dict, by: str, at: datetime | None) -> bool:
        """Return whether a line records at the new key a term that ran in the old region."""
        _old, new = pair = self._pair(body)
        return body["region"] == new and self._is_told(pair, by, at)

    def _is_told(self, pair: tuple[str, str], by: str, at: datetime | None) -> bool:
        return pair in self._continued and self._then.could(by, POLICY["region.load"].roles, "", at)

    @staticmethod
    def _pair(body: dict) -> tuple[str, str]:
        old, new = body.get(CARRIED, (None, None))
        return old, new

    @cached_property
    def _continued(self) -> frozenset[tuple[str, str]]:
        return continued_regions()


def _covers(role: str, held: str, region: str) -> bool:
    """Whether a role over `held` reaches `region`; where a line names no nearer place, a nearer role's lies within it.

    "" is a line that names no place at all, such as a change of a person's details.
    """
    return not region or f"{region}.".startswith(f"{held}.") or (role in NEARER and f"{held}.".startswith(f"{region}."))


def _held_at(changes: list[tuple[datetime, bool]], at: datetime | None, *, strictly: bool = False) -> bool:
    """Whether it was so at an instant. Of changes in that very instant both sides count, unless `strictly`."""
    if at is None:
        return any(is_so for _since, is_so in changes)
    before = [is_so for since, is_so in changes if since < at]
    within = [is_so for since, is_so in changes if since == at]
    if strictly:
        return bool(before) and before[-1] and not within
    return (bool(before) and before[-1]) or any(within)

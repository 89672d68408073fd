"""What a permission is made of: conditions with their sentences, and rules that name roles and conditions."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sp2k.accounts.roles import Role


@dataclass(frozen=True)
class Check:
    """One condition. `reason` is the sentence when it fails; `detail(obj, now)` may say it more exactly."""

    name: str
    holds: Callable
    reason: str
    detail: Callable | None = None

    def why_not(self, user, obj, now) -> str | None:
        if self.holds(user, obj, now):
            return None
        return self.detail(obj, now) if self.detail else self.reason


@dataclass(frozen=True)
class Rule:
    """Roles that may act, over the region of the object; `own` narrows the object, `state` its moment."""

    roles: frozenset[Role]
    own: tuple[Check, ...] = ()
    state: tuple[Check, ...] = ()
    reach: bool = field(default=True)


C, R, V, B, K, J, I, G, T = (  # noqa: E741  the letters of the matrix
    Role.CAMAT, Role.REGENCY, Role.VERIFIER, Role.BUREAU, Role.CHAIR, Role.JUROR, Role.INSPECTORATE, Role.LEADER,
    Role.ADMIN,
)  # fmt: skip

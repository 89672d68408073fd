"""The approvals that an edition declares for an act: who has said yes, who is still awaited, and who may say yes now."""

from dataclasses import dataclass

from sp2k.accounts.roles import Role
from sp2k.editions.approvals import rules_of_act
from sp2k.editions.models import Approval, Edition
from sp2k.editions.queries import missing_approvals, of_this_chair
from sp2k.editions.queries.chairs import speaks_for
from sp2k.editions.queries.lapsing import Lapsed, lapsed_approvals, standing_approvals


@dataclass(frozen=True)
class Asked:
    """One role whose yes is asked: of how many people, and who has given it."""

    role: str
    persons: int
    given: tuple[Approval, ...]
    paper_by: str
    paper_persons: int = 2
    lapsed: tuple[Lapsed, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether enough have said yes by account, or a paper was recorded by two or more."""
        persons = {yes.by_id for yes in self.given if not yes.paper_number}
        papers: dict[tuple, set] = {}
        for yes in self.given:
            if yes.paper_number:
                papers.setdefault((yes.paper_number, yes.paper_date), set()).add(yes.by_id)
        return len(persons) + sum(len(people) >= self.paper_persons for people in papers.values()) >= self.persons

    @property
    def label(self) -> str:
        return str(Role(self.role).label)


@dataclass(frozen=True)
class Approvals:
    """The approvals of one act. `missing` counts the viewer, who acts as one; `mine` are roles the viewer may speak for."""

    act: str
    subject: str
    asked: tuple[Asked, ...]
    missing: tuple[str, ...]
    mine: tuple[str, ...]


def approvals_of(edition: Edition, act: str, subject: str, *, user) -> Approvals | None:
    """Return the state of the approvals of an act; None where the edition asks for none. Constant queries."""
    rules = rules_of_act(edition.rules, act, subject)
    if not rules:
        return None
    said = edition.approvals.filter(act=act, subject=subject).select_related("by").order_by("at")
    standing = standing_approvals(edition, said)
    rows = of_this_chair(edition, standing, subject)
    lapsed = lapsed_approvals(edition, said, standing)
    asked = tuple(
        Asked(
            rule.role, rule.persons, tuple(row for row in rows if row.role == rule.role),
            str(Role(rule.paper.role).label) if rule.paper else "", rule.paper.persons if rule.paper else 2,
            tuple(row for row in lapsed if row.approval.role == rule.role),
        )
        for rule in rules
    )  # fmt: skip
    spoken = {(row.role, row.by_id) for row in rows}
    mine = tuple(
        rule.role
        for rule in rules
        if (rule.role, user.pk) not in spoken and speaks_for(user, edition, rule.role, subject)
    )
    return Approvals(act, subject, asked, tuple(missing_approvals(edition, act, subject, also=user)), mine)

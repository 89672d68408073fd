"""The approvals that an edition declares for an act: who has said yes, who is still awaited, and who may say yes now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sp2k.accounts.roles import Role
from sp2k.base.language import spoken_date
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
        return len(persons) + len(self._whole_papers) >= self.persons

    @property
    def agreed(self) -> list[str]:
        """Each yes that counts, in words: a person's own, or a letter with whoever recorded it, once enough have."""
        own = [f"{yes.by.name} ({self.label})" for yes in self.given if not yes.paper_number]
        return own + [
            _("%(role)s dengan surat %(number)s tanggal %(day)s, dicatat %(names)s")
            % {"role": self.label, "number": number, "day": spoken_date(day), "names": ", ".join(by.name for by in people)}
            for (number, day), people in self._whole_papers.items()
        ]

    @property
    def _whole_papers(self) -> dict[tuple, list]:
        """The letters that enough people recorded, with them; one record alone is no yes."""
        papers: dict[tuple, dict[int, object]] = {}
        for yes in self.given:
            if yes.paper_number:
                papers.setdefault((yes.paper_number, yes.paper_date), {})[yes.by_id] = yes.by
        return {paper: list(by.values()) for paper, by in papers.items() if len(by) >= self.paper_persons}

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

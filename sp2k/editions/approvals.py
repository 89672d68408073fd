"""Who has said yes and who is still missing: declared rules against given approvals. Pure; no database is asked.

One account counts once for an act, whatever roles it holds: two persons are two accounts of different people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sp2k.accounts.roles import Role
from sp2k.editions.file import ApprovalRule


@dataclass(frozen=True)
class Given:
    """One recorded yes: by an account in its own role, or of the signer of a paper that the account recorded."""

    role: str
    person: int
    paper: tuple[str, date] | None = None


def rules_of_act(edition_rules: Mapping, act: str) -> tuple[ApprovalRule, ...]:
    """Return what the edition declares for `act`; an act it does not name needs nobody's yes."""
    declared = edition_rules.get("persetujuan", {}).get(act) or []
    return tuple(_rule(item) for item in declared)


def missing(rules: Iterable[ApprovalRule], given: Iterable[Given], *, actor: int, roles: set[str]) -> list[str]:
    """Return a phrase for each rule that is not met yet.

    Parameters
    ----------
    rules : as declared for the act
    given : the approvals recorded for the act and its subject
    actor : account of the person who is about to act, who counts as one
    roles : the roles the actor holds over the edition's region
    """
    given, used, phrases = list(given), set(), []
    for rule in rules:
        persons = {yes.person for yes in given if yes.role == rule.role and yes.paper is None} - used
        if rule.role in roles and actor not in used and len(persons) < rule.persons:
            persons.add(actor)
        used |= persons
        papers = _complete_papers(rule, given)
        if (lacking := rule.persons - len(persons) - len(papers)) > 0:
            phrases.append(_phrase(rule, lacking, given))
    return phrases


def _complete_papers(rule: ApprovalRule, given: list[Given]) -> list[tuple[str, date]]:
    return [paper for paper, persons in _recorded(rule, given).items() if len(persons) >= rule.paper.persons]


def _recorded(rule: ApprovalRule, given: list[Given]) -> dict[tuple[str, date], set[int]]:
    recorded = defaultdict(set)
    for yes in given:
        if rule.paper and yes.role == rule.role and yes.paper is not None:
            recorded[yes.paper].add(yes.person)
    return recorded


def _phrase(rule: ApprovalRule, lacking: int, given: list[Given]) -> str:
    phrase = _("kurang %(n)s orang %(role)s") % {"n": lacking, "role": Role(rule.role).label}
    if not rule.paper:
        return phrase
    recorder = Role(rule.paper.role).label
    waiting = [
        _("surat %(number)s baru dicatat %(n)s dari %(all)s orang %(role)s")
        % {"number": number, "n": len(persons), "all": rule.paper.persons, "role": recorder}
        for (number, _dated), persons in sorted(_recorded(rule, given).items())
        if len(persons) < rule.paper.persons
    ]
    if len(waiting) > 1:
        waiting.append(_("nomor dan tanggalnya berbeda, samakan lebih dahulu"))
    or_paper = _(", atau suratnya dicatat %(n)s orang %(role)s") % {"n": rule.paper.persons, "role": recorder}
    return phrase + or_paper + (f" ({', '.join(waiting)})" if waiting else "")


def _rule(item: Mapping) -> ApprovalRule:
    return ApprovalRule(item["peran"], item["orang"], _rule(paper) if (paper := item.get("kertas_oleh")) else None)

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


# What is asked where the file is silent: two acts that put a published date aside are never one person's.
TWO_OF_THE_BUREAU = (ApprovalRule(Role.BUREAU.value, 2),)
THE_CHAIR = (ApprovalRule(Role.CHAIR.value, 1),)
AT_LEAST_TWO = {"kunci_dini": "kunci_tahap", "pengumuman": "jadwal"}  # act: the act whose rules hold for it as well


def rules_of_act(edition_rules: Mapping, act: str, subject: str = "") -> tuple[ApprovalRule, ...]:
    """Return whose yes `act` on `subject` asks; an act that the file does not name needs nobody's.

    The exceptions are locking a stage before its deadline (two of the bureau, and the chair where the edition seats one)
    and moving the announcement (two of the bureau): they ask that by default, and never less than the plain act does.
    """
    if act not in AT_LEAST_TWO:
        return _declared(edition_rules, act, subject)
    own = _declared(edition_rules, act, subject) or TWO_OF_THE_BUREAU
    if act == "kunci_dini" and not _declared(edition_rules, act, subject) and seats_a_chair(edition_rules):
        own += THE_CHAIR
    return _stricter(own, _declared(edition_rules, AT_LEAST_TWO[act], subject))


def seats_a_chair(edition_rules: Mapping) -> bool:
    """Return whether some panel of the edition has a chair's seat."""
    return any(seat.get("ketua") for stage in edition_rules.get("tahap", []) for seat in stage.get("kursi") or [])


def _declared(edition_rules: Mapping, act: str, subject: str) -> tuple[ApprovalRule, ...]:
    declared = (edition_rules.get("persetujuan") or {}).get(act) or []
    if isinstance(declared, Mapping):  # kind of stage by kind of stage; the subject begins with the stage's code
        declared = declared.get(_kind_of(edition_rules, subject.partition(" ")[0])) or []
    return tuple(_rule(item) for item in declared)


def _kind_of(edition_rules: Mapping, code: str) -> str:
    return next((stage["jenis"] for stage in edition_rules.get("tahap", []) if stage["kode"] == code), "")


def _stricter(own: Iterable[ApprovalRule], others: Iterable[ApprovalRule]) -> tuple[ApprovalRule, ...]:
    """Of each role the rule that asks more persons."""
    by_role = {rule.role: rule for rule in own}
    for rule in others:
        if rule.role not in by_role or by_role[rule.role].persons < rule.persons:
            by_role[rule.role] = rule
    return tuple(by_role.values())


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


def is_complete_paper(rule: ApprovalRule, given: Iterable[Given], paper: tuple[str, date]) -> bool:
    """Return whether a paper was recorded by as many persons as the rule asks, and so counts."""
    return paper in _complete_papers(rule, list(given))


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
        waiting.append(_("nomor atau tanggalnya berbeda: yang keliru mencatat suratnya lagi"))
    or_paper = _(", atau suratnya dicatat %(n)s orang %(role)s") % {"n": rule.paper.persons, "role": recorder}
    return phrase + or_paper + (f" ({', '.join(waiting)})" if waiting else "")


def _rule(item: Mapping) -> ApprovalRule:
    return ApprovalRule(item["peran"], item["orang"], _rule(paper) if (paper := item.get("kertas_oleh")) else None)

"""Which lines of the journals a person may read: the own acts always, those of others by role.

What is blind before a stage's lock stays out of the query, so that no count, page or filter can tell of it.
"""

from django.db.models import Exists, IntegerField, JSONField, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from sp2k.accounts.actions import ledger as accounts_ledger
from sp2k.accounts.models import Membership, User, contains
from sp2k.accounts.officeholders import ledger as officeholders_ledger
from sp2k.accounts.roles import Role
from sp2k.editions.models import Edition
from sp2k.entries.models import Form, Verification
from sp2k.entries.region_lists import actions as region_lists
from sp2k.journal.models import Line

ACCOUNTS, OFFICEHOLDERS, REGIONS = accounts_ledger.NAME, officeholders_ledger.NAME, region_lists.CHAIN
# What only its writer knows until the stage is locked.
BLIND = frozenset({
    "sheet.submit", "sheet.revise", "sheet.late", "sheet.correct", "visit.finding", "paper.type", "paper.settle",
    "paper.confirm", "paper.object",
})  # fmt: skip
# What a regency and its kecamatan do to their own forms, ranking and nominee.
OF_A_REGENCY = frozenset({
    "form.submit", "form.accept", "form.return", "form.void", "verification.void", "file.erase", "innovation.write",
    "innovation.void", "regency.rank", "nominee.set", "nominee.decline", "minutes.upload", "minutes.correct",
    "nominee.revoke", "ranking.revoke",
})  # fmt: skip
# What the bureau does in a regency's place or to its answer: the regency reads it as it reads its own.
FOR_A_REGENCY = frozenset({
    "regency.rank", "nominee.set", "nominee.decline", "nominee.revoke", "ranking.revoke", "minutes.upload",
    "minutes.correct", "silence.propose", "silence.withdraw",
})  # fmt: skip
INNOVATIONS = frozenset({"innovation.write", "innovation.void"})
OF_PEOPLE = frozenset({
    "account.create", "account.edit", "account.invite", "account.close", "account.open", "role.give", "role.take",
    "role.paper", "role.withdraw", "invitation.withdraw", "people.import",
})  # fmt: skip
JURY, OFFICE = frozenset({Role.CHAIR, Role.JUROR}), frozenset({Role.BUREAU, Role.INSPECTORATE})
# How much a person reads, beside the own acts.
OWN, REGENCY, OFFICES, ALL, BEYOND = "own", "regency", "office", "all", "beyond"


def own_acts(user) -> QuerySet[Line]:
    """Return what a person did himself, in every chain."""
    return _told().filter(actor=user.get_username())


def acts_of_edition(user, edition: Edition) -> QuerySet[Line]:
    """Return the acts of an edition that a person may know of."""
    lines = _told().filter(chain=edition.chain_id)
    return lines.filter(Q(actor=user.get_username()) | _others(user, edition))


def acts_of_installation(user) -> QuerySet[Line]:
    """Return the acts outside the editions: on accounts, officeholders and regions."""
    lines = _told().filter(chain__in=(ACCOUNTS, OFFICEHOLDERS, REGIONS))
    seen = Q(actor=user.get_username())
    for held in user.held_memberships:
        if held.role == Role.REGENCY:
            colleagues = Q(actor__in=_people_within(held.region_id).values("username"))
            seen |= colleagues & (Q(chain=ACCOUNTS, type__in=OF_PEOPLE) | _in_region(OFFICEHOLDERS, held.region_id))
        if held.role in OFFICE:
            seen |= _in_region(OFFICEHOLDERS, held.region_id) | _in_region(REGIONS, held.region_id)
        if held.role in {Role.INSPECTORATE, Role.ADMIN}:
            people = _people_within(held.region_id)
            seen |= Q(chain=ACCOUNTS) & (Q(person__in=people.values("pk")) | Q(actor__in=people.values("username")))
        if held.role in OFFICE | {Role.ADMIN}:
            seen |= Q(chain=REGIONS, type__in=("region.list", "region.match"))
    return lines.filter(seen)


def scope_in(user, edition: Edition) -> str:
    """Return how much of an edition's acts a person reads."""
    user = user.as_judge(edition)
    if user.reaches({Role.BUREAU}, edition.region_id):
        return OFFICES
    if user.reaches({Role.INSPECTORATE}, edition.region_id):
        return ALL
    return REGENCY if _regencies_of(user, edition) else OWN


def shows_hash(user, edition: Edition | None) -> bool:
    """Return whether a person reads the hashes of lines. They are chained: two own lines tell whether others lie between."""
    if edition is None or edition.is_published:
        return True
    return scope_in(user, edition) in {OFFICES, ALL} and not user.reaches(JURY, edition.region_id)


def scope_beyond(user) -> str:
    """Return how much of the acts outside the editions a person reads."""
    return BEYOND if user.roles & {Role.INSPECTORATE, Role.ADMIN, Role.BUREAU, Role.REGENCY} else OWN


def of_entries(lines: QuerySet[Line], codes, commitments) -> QuerySet[Line]:
    """Narrow lines to those that name one of these entries, or whose commitment is of a row of theirs."""
    named = Q(commitment__in=commitments)
    for code in codes:
        named |= Q(
            canonical__contains=f'"{code}"'
        )  # quotes within a text are escaped: this is the code and nothing else
    return lines.filter(named)


def _others(user, edition) -> Q:
    scope = scope_in(user, edition)
    if scope == OFFICES:
        return _organisational(edition) & _no_fellow_juror(user, edition.region_id)
    if scope == ALL:
        return _no_fellow_juror(user, edition.region_id)
    seen = Q(pk__in=[])
    for code in _regencies_of(user, edition):
        seen |= _of_own_regency(code)
    return seen


def _regencies_of(user, edition) -> list[str]:
    """The regencies within an edition that a person organises."""
    codes = [row.region_id for row in user.held_memberships if row.role == Role.REGENCY]
    return [code for code in codes if contains(edition.region_id, code)]


def _organisational(edition) -> Q:
    """All but what is blind: before a stage's lock its sheets, papers and findings, before the announcement innovations."""
    unlocked = [stage.code for stage in edition.stages.all() if not stage.is_locked]
    seen = ~Q(type__in=BLIND, stage__in=unlocked)
    return seen if edition.is_published else seen & ~Q(type__in=INNOVATIONS)


def _no_fellow_juror(user, code) -> Q:
    """Whoever judges reads nothing of another who judges, whatever else he is: the intersection of both roles."""
    if not user.reaches(JURY, code):
        return Q(pk__isnull=False)
    others = Membership.objects.filter(role__in=JURY).values("user__username")
    return ~Q(actor__in=others) & ~Q(type__in=BLIND | {"attendance.record", "sheet.void", "finding.void"})


def _of_own_regency(code) -> Q:
    within = f"{code}."
    rows = {"participation__entry__region__code__startswith": within}
    own = (
        Q(commitment__in=Form.objects.filter(**rows).values("commitment"))
        | Q(commitment__in=Verification.objects.filter(**{f"form__{key}": value for key, value in rows.items()}).values(
            "commitment"))
        | Q(entry__startswith=within) | Q(regency=code)
    )  # fmt: skip
    # Whose acts they are is asked first: it leaves few lines whose bodies must be read.
    of_people_within = Q(actor__in=_people_within(code).values("username"), type__in=OF_A_REGENCY) & own
    return of_people_within | Q(type__in=FOR_A_REGENCY, regency=code)


def _people_within(code) -> QuerySet[User]:
    held = Membership.objects.filter(Q(region=code) | Q(region__code__startswith=f"{code}."), user=OuterRef("pk"))
    return User.objects.filter(Exists(held))


def _in_region(chain, code) -> Q:
    return Q(chain=chain) & (Q(region=code) | Q(region__startswith=f"{code}."))


def _told() -> QuerySet[Line]:
    """The lines with what of their bodies the questions above ask."""
    body = KeyTransform("body", Cast("canonical", JSONField()))
    names = {"stage": "stage", "entry": "entry", "regency": "regency", "region": "region", "commitment": "c"}
    asked = {name: Cast(KeyTextTransform(key, body), TextField()) for name, key in names.items()}
    asked["day"] = Cast(KeyTextTransform("day", Cast("canonical", JSONField())), TextField())
    return Line.objects.annotate(**asked, person=Cast(KeyTextTransform("person", body), IntegerField()))

"""Reading editions: who sees which, what is declared, who has approved."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from sp2k.accounts.policy import POLICY
from sp2k.accounts.roles import Role
from sp2k.editions import approvals
from sp2k.editions.file import CALENDAR_KEYS, EDITION_CALENDAR_KEYS
from sp2k.editions.models import Approval, Edition, Move, Stage
from sp2k.editions.queries.chairs import chair_terms, speaks_for, was_chair
from sp2k.editions.queries.lapsing import standing_approvals
from sp2k.journal.canonical import canonical, tagged_hash


def edition_by_code(code: str) -> Edition | None:
    """Return the edition of that code, or None."""
    return Edition.objects.select_related("region").filter(code=code).first()


def editions_visible_to(user) -> QuerySet[Edition]:
    """Return the editions a person may know of.

    Rules are public once locked. Before that an edition shows to whoever holds a role over its region or within it.
    """
    seen = Q(rules_locked_at__isnull=False)
    for membership in getattr(user, "held_memberships", ()):
        code = membership.region_id
        around = [".".join(code.split(".")[:n]) for n in range(1, code.count(".") + 2)]
        seen |= Q(region_id__in=around) | Q(region__code__startswith=f"{code}.")
    return Edition.objects.filter(seen, voided_at=None).select_related("region")


def editions_at_work_for(user) -> QuerySet[Edition]:
    """Return the editions in which something can still be to do: those one may know of, without those that were left."""
    return editions_visible_to(user).filter(abandoned_at=None)


def voided_editions_of(user) -> QuerySet[Edition]:
    """Return the drafts that were voided, for those who may open editions there."""
    seen = Q(pk=None)
    for code in opening_reach(user):
        seen |= Q(region_id=code) | Q(region__code__startswith=f"{code}.")
    return Edition.objects.filter(seen).exclude(voided_at=None).select_related("region")


def opening_reach(user) -> list[str]:
    """Return the codes of the regions for which a person may open editions."""
    held = getattr(user, "held_memberships", ())
    return sorted({membership.region_id for membership in held if membership.role in POLICY["edition.open"].roles})


def stages_visible_to(user) -> QuerySet[Stage]:
    """Return the stages of the editions a person may know of, in the order of each edition."""
    return (
        Stage.objects.filter(edition__in=editions_visible_to(user))
        .select_related("edition__region", "instrument")
        .order_by("edition__code", "position")
    )


def beside_judging(user, membership, edition: str) -> Q:
    """Narrow what a membership opens of rows whose edition lies at the path `edition`, as the policy does for one object.

    Who judges and is of the bureau too reads as a juror from the lock of the rules to the announcement.
    """
    judged = Q(pk__in=[])
    if membership.role == Role.BUREAU:
        for row in user.held_memberships:
            if row.role in {Role.JUROR, Role.CHAIR}:
                judged |= Q(**{f"{edition}__region": row.region_id})
                judged |= Q(**{f"{edition}__region__code__startswith": f"{row.region_id}."})
    if judged == Q(pk__in=[]):
        return Q()
    running = Q(**{f"{edition}__published_at__isnull": True, f"{edition}__rules_locked_at__isnull": False})
    return ~(judged & running)


def rules_content(edition: Edition) -> dict:
    """Return the rules as they are locked: the file without its calendar, and the instruments by their hashes."""
    rules = {key: value for key, value in edition.rules.items() if key not in EDITION_CALENDAR_KEYS}
    rules["tahap"] = [_without_calendar(stage) for stage in edition.rules["tahap"]]
    used = [stage.instrument for stage in stages_with_instruments(edition) if stage.instrument is not None]
    rules["sidik_instrumen"] = sorted({(instrument.code, instrument.sha256) for instrument in used})
    return rules


def stages_with_instruments(edition: Edition) -> list[Stage]:
    """Return the stages in order, each with its instrument: those fetched with the edition, else in one query."""
    is_fetched = "stages" in getattr(edition, "_prefetched_objects_cache", {})
    return list(edition.stages.all() if is_fetched else edition.stages.select_related("instrument"))


def rules_hash_of(edition: Edition) -> str:
    """Return the hash of the edition's rules; moving a date does not change it, another word of the rules does."""
    return tagged_hash("sp2k/rules/1", canonical(rules_content(edition)))


def missing_approvals(edition: Edition, act: str, subject: str, *, also) -> list[str]:
    """Return a phrase for each declared approval still missing for `act` on `subject`; `also` is who acts now."""
    rules = approvals.rules_of_act(edition.rules, act, subject)
    if not rules:
        return []
    given = given_approvals(edition, edition.approvals.filter(act=act, subject=subject), subject)
    roles = {rule.role for rule in rules if speaks_for(also, edition, rule.role, subject)}
    return approvals.missing(rules, given, actor=also.pk, roles=roles)


def given_approvals(edition: Edition, rows: Iterable[Approval], subject: str) -> list[approvals.Given]:
    """Return the recorded yeses that count: none that lapsed, and a chair's only of who held the edition's chair seat then."""
    rows = of_this_chair(edition, standing_approvals(edition, rows), subject)
    return [
        approvals.Given(row.role, row.by_id, (row.paper_number, row.paper_date) if row.paper_number else None)
        for row in rows
    ]


def of_this_chair(edition: Edition, rows: Iterable[Approval], subject: str) -> list[Approval]:
    """Return the rows without the yeses of a chair that was not this edition's."""
    rows = list(rows)
    asked = [row for row in rows if row.role == Role.CHAIR and not row.paper_number]
    if not asked:
        return rows
    terms = chair_terms(edition, subject)
    return [row for row in rows if row not in asked or was_chair(row.by_id, row.at, terms)]


def move_subject(stage: Stage, *, opens_at: datetime, closes_at: datetime, checks_until: datetime | None) -> str:
    """Return what an approval of moving a stage is about: the stage and exactly these dates, in UTC."""
    dates = [at.astimezone(UTC).strftime("%Y%m%d%H%M") for at in (opens_at, closes_at, checks_until) if at]
    return f"{stage.code} {'-'.join(dates)}"


def announcement_subject(announced_at: datetime) -> str:
    """Return what an approval of moving the announcement is about: exactly this minute, in UTC."""
    return f"pengumuman {announced_at.astimezone(UTC):%Y%m%d%H%M}"


def act_of(move: Move) -> str:
    """Return the act that a proposed move is: the announcement lifts the embargo and asks two persons."""
    return "pengumuman" if move.stage is None else "jadwal"


def subject_of(move: Move) -> str:
    """Return what an approval of a proposed move is about."""
    if move.stage is None:
        return announcement_subject(move.closes_at)
    return move_subject(move.stage, opens_at=move.opens_at, closes_at=move.closes_at, checks_until=move.checks_until)


def _without_calendar(stage: Mapping) -> dict:
    return {key: value for key, value in stage.items() if key not in CALENDAR_KEYS}

"""Reading panels, assignments and sheets. What a juror may see of others is nothing before the lock."""

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from sp2k.accounts.policy import POLICY
from sp2k.accounts.roles import Role
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import beside_judging
from sp2k.entries.models import Participation
from sp2k.instruments.fields import fill_fields
from sp2k.judging.models import Assignment, Conflict, Seat, Seating, Sheet, VisitFinding, barred_entries


def latest_sheets(stage: Stage) -> QuerySet[Sheet]:
    """Return each assignment's standing sheet, of the highest revision that was not voided: the ones that count."""
    return Sheet.objects.filter(assignment__participation__stage=stage, voided_at=None).filter(
        revision=Subquery(
            Sheet.objects.filter(assignment=OuterRef("assignment"), voided_at=None)
            .values("assignment")
            .annotate(last=Max("revision"))
            .values("last")
        )
    )


def sheets_despite_conflict(stages) -> QuerySet[Sheet]:
    """Return the sheets that stand at some stages although their writer has a recorded conflict with the entry.

    They were given before the conflict was recorded, in whichever stage that was.
    """
    entry = "assignment__participation__entry"
    conflicts = Conflict.objects.filter(user=OuterRef("by"), participation__entry=OuterRef(entry))
    later = Sheet.objects.filter(assignment=OuterRef("assignment"), voided_at=None, revision__gt=OuterRef("revision"))
    rows = Sheet.objects.filter(Exists(conflicts), ~Exists(later), assignment__participation__stage__in=stages, voided_at=None)
    stage = "assignment__participation__stage"
    rows = rows.select_related("by", "assignment__seat", f"{entry}__region__parent", f"{stage}__edition__region")
    return rows.order_by(f"{stage}__position", f"{entry}__region", "assignment__seat__position")


def latest_visit_findings(stage: Stage) -> QuerySet[VisitFinding]:
    """Return the standing finding of each claim at a visit; one that was voided is none."""
    return VisitFinding.objects.filter(participation__stage=stage, voided_at=None).filter(
        revision=Subquery(
            VisitFinding.objects.filter(
                participation=OuterRef("participation"), claim=OuterRef("claim"), voided_at=None
            )
            .values("claim")
            .annotate(last=Max("revision"))
            .values("last")
        )
    )


def without_sheet(duties: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Return the duties among `duties` for which no sheet stands; a voided sheet does not stand."""
    return duties.exclude(Exists(Sheet.objects.filter(assignment=OuterRef("pk"), voided_at=None)))


def with_sheet(duties: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Return the duties among `duties` for which a sheet stands."""
    return duties.filter(Exists(Sheet.objects.filter(assignment=OuterRef("pk"), voided_at=None)))


def knowing_whose_words(duties: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Return duties with `is_private`: whether the reason is that of a conflict the juror declared (or the home gave).

    The form promises it to secretariat, chair and inspector alone; what the secretariat notes itself is printed.
    """
    conflicts = Conflict.objects.filter(
        participation__entry=OuterRef("participation__entry"), reason=OuterRef("attendance_reason")
    )
    return duties.annotate(is_private=Exists(conflicts) & Q(attendance=Assignment.Attendance.RECUSED))


def unexplained_assignments(stage: Stage) -> QuerySet[Assignment]:
    """Return the assignments without a sheet and without a recorded absence or conflict."""
    return (
        without_sheet(Assignment.objects.filter(participation__stage=stage))
        .exclude(attendance__in=Assignment.AWAY)
        .select_related("seat", "participation__entry__region__parent")
    )


def judged_by_nobody(stage: Stage) -> QuerySet[Participation]:
    """Return the entries that have jurors, of whom each is recorded as away: no sheet stands and none is awaited."""
    duties = Assignment.objects.filter(participation=OuterRef("pk"))
    awaited = without_sheet(duties).exclude(attendance__in=Assignment.AWAY)
    rows = stage.participations.filter(Exists(duties), ~Exists(awaited), ~Exists(with_sheet(duties)))
    return rows.select_related("entry__region__parent")


def conflicts_in(edition: Edition) -> dict[tuple[int, int], Conflict]:
    """Return {(person, entry): conflict}, both by key: a conflict with a kecamatan holds in every stage."""
    rows = Conflict.objects.filter(participation__stage__edition=edition).order_by("-declared_at")
    return {(row.user_id, row.participation.entry_id): row for row in rows.select_related("participation")}


def conflict_of_holder(duty: Assignment) -> Conflict | None:
    """Return the recorded conflict of whoever sits in a duty's seat with its entry, or None."""
    holder = duty.seat.holder
    return conflicts_in(duty.edition).get((holder.pk, duty.participation.entry_id)) if holder else None


def conflicts_of(user, edition: Edition) -> frozenset[int]:
    """Return the entries of an edition that a person may not judge, by key."""
    return frozenset(barred_entries([user]).filter(edition=edition).values_list("pk", flat=True))


def claimable_indicators(edition: Edition) -> frozenset[str]:
    """Return the indicators that the kecamatan of an edition fill in: what a visit may look into."""
    filled = edition.stages.filter(kind=Stage.Kind.FILLING).exclude(instrument=None).select_related("instrument")
    return frozenset(code for stage in filled for code in fill_fields(stage.instrument))


def assignments_visible_to(user) -> QuerySet[Assignment]:
    """Return the duties that the policy's `duty.read` lets `user` know of, as one query.

    A juror's own; for bureau, chair and inspectorate all within reach, save those whose entry is a conflict of theirs.
    """
    if not user.is_active:
        return Assignment.objects.none()
    visible = Q(pk__in=[])
    for membership in user.held_memberships:
        within = _within(membership.region_id, "participation__stage__edition__region")
        within &= beside_judging(user, membership, "participation__stage__edition")
        if membership.role in {Role.BUREAU, Role.CHAIR, Role.INSPECTORATE}:
            visible |= within & ~Q(participation__entry__in=_conflicted_entries(user))
        if membership.role in POLICY["duty.read"].roles:
            visible |= within & Q(seat__in=_seats_of(user))
    return Assignment.objects.filter(visible).select_related(
        "seat", "participation__stage__edition", "participation__entry__region__parent"
    )


def sheets_visible_to(user) -> QuerySet[Sheet]:
    """Return the sheets that the policy's `sheet.read` lets `user` read: before the lock a juror's own and no other."""
    if not user.is_active:
        return Sheet.objects.none()
    visible = Q(pk__in=[])
    stage = "assignment__participation__stage"
    of_others = Q(**{f"{stage}__locked_at__isnull": False}) & ~Q(
        assignment__participation__entry__in=_conflicted_entries(user)
    )
    for membership in user.held_memberships:
        if membership.role in POLICY["sheet.read"].roles:
            within = _within(membership.region_id, f"{stage}__edition__region")
            within &= beside_judging(user, membership, f"{stage}__edition")
            visible |= within & (Q(by=user) | of_others)
    return Sheet.objects.filter(visible).select_related("assignment__seat", f"{stage}__edition")


def _within(code: str, region: str) -> Q:
    return Q(**{f"{region}__code": code}) | Q(**{f"{region}__code__startswith": code + "."})


def _seats_of(user):
    return Seat.objects.filter(seatings__user=user, seatings__until=None).values("pk")


def _conflicted_entries(user):
    return barred_entries([user]).values("pk")


def declared_by_holder() -> QuerySet[Conflict]:
    """Return, within a query of assignments, the recorded conflicts of whoever holds the seat with the entry."""
    holder = Seating.objects.filter(seat=OuterRef(OuterRef("seat")), until=None).values("user")
    return Conflict.objects.filter(participation__entry=OuterRef("participation__entry"), user__in=holder)


def noted_recusals(stage: Stage) -> QuerySet[Assignment]:
    """Return the duties of a stage where a conflict was noted at the sitting alone; undone, it bars nobody any more."""
    rows = Assignment.objects.filter(participation__stage=stage, attendance=Assignment.Attendance.RECUSED)
    rows = rows.filter(~Exists(declared_by_holder()))
    return rows.select_related("seat", "participation__entry__region__parent")

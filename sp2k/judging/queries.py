"""Reading panels, assignments and sheets. What a juror may see of others is nothing before the lock."""

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from sp2k.accounts.roles import Role
from sp2k.editions.models import Stage
from sp2k.judging.models import Assignment, Sheet, VisitFinding


def latest_sheets(stage: Stage) -> QuerySet[Sheet]:
    """Return each assignment's sheet of the highest revision: the ones that count."""
    return Sheet.objects.filter(assignment__participation__stage=stage).filter(
        revision=Subquery(
            Sheet.objects.filter(assignment=OuterRef("assignment"))
            .values("assignment")
            .annotate(last=Max("revision"))
            .values("last")
        )
    )


def latest_visit_findings(stage: Stage) -> QuerySet[VisitFinding]:
    """Return the standing finding of each claim at a visit."""
    return VisitFinding.objects.filter(participation__stage=stage).filter(
        revision=Subquery(
            VisitFinding.objects.filter(participation=OuterRef("participation"), claim=OuterRef("claim"))
            .values("claim")
            .annotate(last=Max("revision"))
            .values("last")
        )
    )


def unexplained_assignments(stage: Stage) -> QuerySet[Assignment]:
    """Return the assignments without a sheet and without a recorded absence or conflict."""
    return (
        Assignment.objects.filter(participation__stage=stage, sheets=None)
        .exclude(attendance__in=Assignment.AWAY)
        .select_related("seat", "participation__entry__region__parent")
    )


def assignments_visible_to(user) -> QuerySet[Assignment]:
    """Return the assignments `user` may know of: a juror's own, or all within the reach of bureau, chair, inspectorate."""
    visible = Q(seat__seatings__user=user, seat__seatings__until=None)
    for membership in user.held_memberships:
        if membership.role in {Role.BUREAU, Role.CHAIR, Role.INSPECTORATE}:
            code = membership.region_id
            edition = "participation__stage__edition__region__code"
            visible |= Q(**{edition: code}) | Q(**{f"{edition}__startswith": code + "."})
    return (
        Assignment.objects.filter(visible)
        .distinct()
        .select_related("seat", "participation__stage__edition", "participation__entry__region__parent")
    )

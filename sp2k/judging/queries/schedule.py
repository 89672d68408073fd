"""Reading the schedule: sessions, turns, and whether the order may still be drawn anew."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sp2k.accounts.roles import Role
from sp2k.editions.models import Stage
from sp2k.editions.queries import beside_judging
from sp2k.entries.models import Participation
from sp2k.judging.models import Assignment, Draw, Seat, Session, Sheet, Slot
from sp2k.judging.opening.schedule import require_schedule


@dataclass(frozen=True)
class SessionTurns:
    """A session and the turns that one may see in it."""

    session: Session
    turns: tuple[Slot, ...]


def draw_of(stage: Stage) -> Draw | None:
    """Return the draw of a stage, or None."""
    return Draw.objects.filter(stage=stage).select_related("by").first()


def has_begun(stage: Stage) -> bool:
    """Whether anybody was recorded present or absent, or a sheet was given: from then on the order stands."""
    there = [Assignment.Attendance.PRESENT, Assignment.Attendance.ABSENT]
    return (
        Assignment.objects.filter(participation__stage=stage, attendance__in=there).exists()
        or Sheet.objects.filter(assignment__participation__stage=stage, voided_at=None).exists()
    )


def sessions_of(stage: Stage) -> QuerySet[Session]:
    """Return the sessions in the order in which they are filled."""
    return stage.sessions.order_by("starts_at", "position")


def turns_of(stage: Stage) -> QuerySet[Slot]:
    """Return the turns of a stage in their order."""
    return (
        Slot.objects.filter(session__stage=stage)
        .select_related("session__stage__edition", "participation__entry__region__parent")
        .order_by("position")
    )


def slots_visible_to(user) -> QuerySet[Slot]:
    """Return the turns that the policy's `schedule.read` lets `user` see: of an office all, else one's own."""
    if not user.is_active:
        return Slot.objects.none()
    visible = Q(pk__in=[])
    for membership in user.held_memberships:
        entry = _within(membership.region_id, "participation__entry__region")
        if membership.role in {Role.BUREAU, Role.CHAIR, Role.INSPECTORATE, Role.CAMAT, Role.REGENCY}:
            visible |= entry & beside_judging(user, membership, "participation__stage__edition")
        if membership.role == Role.JUROR:
            mine = Seat.objects.filter(seatings__user=user, seatings__until=None)
            duties = Assignment.objects.filter(seat__in=mine).values("participation")
            visible |= entry & Q(participation__in=duties)
    return Slot.objects.filter(visible).select_related(
        "session__stage__edition", "participation__entry__region__parent", "participation__stage__edition"
    )


def sessions_with_turns(stage: Stage, *, user) -> list[SessionTurns]:
    """Return a stage's sessions with the turns `user` may see, in a constant number of queries."""
    require_schedule(stage)
    turns: dict[int, list[Slot]] = {}
    for slot in slots_visible_to(user).filter(session__stage=stage).order_by("position"):
        turns.setdefault(slot.session_id, []).append(slot)
    return [SessionTurns(session, tuple(turns.get(session.pk, ()))) for session in sessions_of(stage)]


def without_turn(stage: Stage) -> QuerySet[Participation]:
    """Return the entries of a stage that have no turn yet."""
    return stage.participations.filter(slot=None).select_related("entry__region__parent")


def _within(code: str, region: str) -> Q:
    return Q(**{f"{region}__code": code}) | Q(**{f"{region}__code__startswith": code + "."})


def may_know_turns(user, stage: Stage) -> bool:
    """Whether a person may open a stage's schedule: an office, a juror of its panel, or somebody of one of its entries."""
    if not user.is_active:
        return False
    if user.as_judge(stage.edition).reaches({Role.BUREAU, Role.CHAIR, Role.INSPECTORATE}, stage.region_code):
        return True
    if stage.seats.filter(seatings__user=user, seatings__until=None).exists():
        return True
    own = Q(pk__in=[])
    for membership in user.held_memberships:
        if membership.role in {Role.CAMAT, Role.REGENCY}:
            own |= _within(membership.region_id, "entry__region")
    return stage.participations.filter(own).exists()

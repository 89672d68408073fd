"""Reading panels: who sits where and since when, who may not judge whom, how many sheets each seat has given."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from sp2k.accounts.models import Membership, User, contains
from sp2k.accounts.roles import Role
from sp2k.editions.approvals import rules_of_act
from sp2k.editions.models import Edition, Proposal, Stage
from sp2k.editions.queries import missing_approvals, stages_visible_to
from sp2k.editions.queries.chairs import speaks_for
from sp2k.entries.models import Participation
from sp2k.judging.models import Assignment, Conflict, Seat, Seating, Sheet
from sp2k.judging.opening.attendance import require_conflicts
from sp2k.judging.queries import assignments_visible_to, sheets_despite_conflict
from sp2k.judging.queries.opening import require_seats

JURY_KINDS = (Stage.Kind.SCORING, Stage.Kind.VISIT)


@dataclass(frozen=True)
class SeatRow:
    """A seat on the panel's page. Counts only: what stands on the sheets is nobody's business before the lock."""

    seat: Seat
    seating: Seating | None
    predecessors: tuple[Seating, ...]
    n_sheets: int
    n_duties: int
    n_away: int

    @property
    def n_awaited(self) -> int:
        """Sheets that are in or still come: absences and conflicts are not awaited."""
        return self.n_duties - self.n_away


@dataclass(frozen=True)
class ConflictRow:
    """A recorded conflict; `sheet` is the person's own for the entry at this stage, given before, where it still stands.

    `elsewhere` are the names of the other stages at which the person's sheet for the entry stands.
    """

    conflict: Conflict
    sheet: Sheet | None
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class OwnEntry:
    """An entry as its juror sees it: no other juror is in it.

    `elsewhere` are the names of the other stages at which the juror's sheet for it stands.
    """

    participation: Participation
    conflict: Conflict | None
    duty: Assignment | None
    has_sheet: bool
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReplacementApproval:
    """Who was approved to take a seat, who waits for it, whom the bureau proposes, and whether whoever looks may say yes."""

    approved: list[User]
    waiting: list[User]
    may_approve: bool
    proposal: Proposal | None
    proposed: User | None
    missing: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether the person proposed has every yes and only needs to be seated."""
        return self.proposed is not None and not self.missing and not self.awaits_chair

    @property
    def awaits_chair(self) -> bool:
        """Whether it is the chair who looks, and has not said yes to the person proposed."""
        return self.may_approve and self.proposed in self.waiting


def jury_stages_visible_to(user) -> QuerySet[Stage]:
    """Return the stages that jurors or visitors judge, of the editions a person may know of, newest first."""
    stages = stages_visible_to(user).filter(kind__in=JURY_KINDS)
    return stages.order_by("-edition__year", "edition__code", "position")


def panel_rows(stage: Stage, *, user) -> list[SeatRow]:
    """Return the seats in order, in a constant number of queries; counts of what `user` may know of."""
    require_seats(stage)
    seats = stage.seats.prefetch_related("seatings__user")
    duties, given, away = Counter(), Counter(), Counter()
    for seat, attendance, has_sheet in _duty_states(stage, user):
        duties[seat] += 1
        given[seat] += has_sheet
        away[seat] += attendance in Assignment.AWAY and not has_sheet
    return [
        SeatRow(
            seat, seat.seating, tuple(row for row in seat.seatings.all() if row.until is not None), given[seat.pk],
            duties[seat.pk], away[seat.pk],
        )
        for seat in seats
    ]  # fmt: skip


def seats_held_by(user, stage: Stage) -> QuerySet[Seat]:
    """Return the seat of a stage that a person sits in now: one or none."""
    return stage.seats.filter(seatings__user=user, seatings__until=None).prefetch_related("seatings__user")


def own_stages(user) -> QuerySet[Stage]:
    """Return the stages at which a person sits on the panel now."""
    seated = Seat.objects.filter(seatings__user=user, seatings__until=None).values("stage")
    return jury_stages_visible_to(user).filter(pk__in=seated, edition__abandoned_at=None)


def candidates(seat: Seat) -> QuerySet[User]:
    """Return the active jurors of the region who sit in no seat of the stage."""
    around = [".".join(seat.region_code.split(".")[:n]) for n in range(1, seat.region_code.count(".") + 2)]
    reaching = Membership.objects.filter(role__in=[Role.CHAIR, Role.JUROR], region__in=around, user=OuterRef("pk"))
    seated = Seating.objects.filter(seat__stage=seat.stage_id, until=None).values("user")
    return User.objects.filter(Exists(reaching), is_active=True).exclude(pk__in=seated).order_by("name")


def conflict_rows(stage: Stage) -> list[ConflictRow]:
    """Return the conflicts of those who sit or sat on a stage's panel with its entries."""
    require_conflicts(stage)
    persons = Seating.objects.filter(seat__stage=stage).values("user")
    rows = (
        Conflict.objects.filter(
            participation__stage__edition=stage.edition_id, user__in=persons,
            participation__entry__in=stage.participations.values("entry"),
        )
        .select_related("user", "seat", "participation__entry__region__parent")
        .order_by("participation__entry__region", "user__name")
    )  # fmt: skip
    judged: dict[tuple[int, int], list[Sheet]] = {}
    for sheet in sheets_despite_conflict(stage.edition.stages.values("pk")):
        judged.setdefault((sheet.by_id, sheet.assignment.participation.entry_id), []).append(sheet)
    return [_conflict_row(row, judged.get((row.user_id, row.participation.entry_id), ()), stage) for row in rows]


def _conflict_row(conflict, sheets, stage) -> ConflictRow:
    own = next((sheet for sheet in sheets if sheet.assignment.participation.stage_id == stage.pk), None)
    others = [sheet.assignment.participation.stage for sheet in sheets if sheet is not own]
    return ConflictRow(conflict, own, tuple(dict.fromkeys(other.name for other in others)))


def own_entries(participations, *, user, seat: Seat) -> list[OwnEntry]:
    """Return entries as their juror sees them: with the conflict, the duty and whether a sheet was given."""
    conflicts = own_conflicts(user, seat.edition)
    duties = {
        duty.participation_id: duty
        for duty in seat.assignments.filter(participation__in=[row.pk for row in participations]).annotate(
            given=Exists(Sheet.objects.filter(assignment=OuterRef("pk"), by=user, voided_at=None))
        )
    }
    elsewhere: dict[int, list[str]] = {}
    sheets = Sheet.objects.filter(
        by=user, voided_at=None, assignment__participation__entry__in=[row.entry_id for row in participations]
    ).exclude(assignment__participation__stage=seat.stage)
    path = "assignment__participation"
    told = sheets.order_by(f"{path}__stage__position").values_list(f"{path}__entry", f"{path}__stage__name")
    for entry, name in told.distinct():
        elsewhere.setdefault(entry, []).append(name)
    return [
        OwnEntry(
            row, conflicts.get(row.entry_id), duties.get(row.pk), bool(duties.get(row.pk) and duties[row.pk].given),
            tuple(elsewhere.get(row.entry_id, ())),
        )
        for row in participations
    ]  # fmt: skip


def replacement_subject(seat: Seat, user) -> str:
    """Return what an approval of a replacement is about: the stage, the seat and exactly this person."""
    return f"{seat.stage.code} {seat.code} {user.pk}"


def approvals_of_replacement(seat: Seat, people, *, user) -> ReplacementApproval | None:
    """Return whose yes a replacement needs and who of `people` has it; None where the edition asks nobody."""
    if seat.holder is None or not rules_of_act(seat.edition.rules, "panel"):
        return None
    subjects = {replacement_subject(seat, person): person for person in people}
    given = set(seat.edition.approvals.filter(act="panel", subject__in=subjects).values_list("subject", flat=True))
    proposal = open_proposals(seat).select_related("by").first()
    missing = missing_approvals(seat.edition, "panel", proposal.subject, also=user) if proposal else []
    return ReplacementApproval(
        [person for subject, person in subjects.items() if subject in given],
        [person for subject, person in subjects.items() if subject not in given],
        speaks_for(user, seat.edition, Role.CHAIR, seat.stage.code), proposal,
        subjects.get(proposal.subject) if proposal else None, tuple(missing),
    )  # fmt: skip


def open_proposals(seat: Seat) -> QuerySet[Proposal]:
    """Return the replacement proposed for a seat that waits for its approval; there is one at most."""
    return seat.edition.proposals.filter(
        act="panel", subject__startswith=f"{seat.stage.code} {seat.code} ", done_at=None, withdrawn_at=None
    )


def own_conflicts(user, edition: Edition) -> dict[int, Conflict]:
    """Return {entry: conflict} of one person in an edition."""
    rows = Conflict.objects.filter(user=user, participation__stage__edition=edition).select_related("participation")
    return {row.participation.entry_id: row for row in rows}


def home_entries(user, stage: Stage) -> list[Participation]:
    """Return the entries of a stage that lie in a person's home regency. A home that is the whole edition bars nobody."""
    home = user.home_id
    if not home or home == stage.edition.region_id or not contains(stage.edition.region_id, home):
        return []
    rows = stage.participations.select_related("entry__region__parent")
    return [row for row in rows if contains(home, row.region_code)]


def _duty_states(stage, user):
    sheets = Sheet.objects.filter(assignment=OuterRef("pk"), voided_at=None)
    duties = assignments_visible_to(user).filter(participation__stage=stage).order_by()
    return duties.annotate(given=Exists(sheets)).values_list("seat", "attendance", "given")

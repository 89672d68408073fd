"""Reading who judges whom: what a plan would change, and who has handed in, without a mark, a total or an order by them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from sp2k.accounts.roles import Role
from sp2k.editions.models import Stage
from sp2k.entries.models import Participation
from sp2k.entries.queries.entrants import called_in
from sp2k.judging.models import Assignment, LateSheet, PaperSheet, Seat, Sheet, barred_entries
from sp2k.judging.planning.plans import Pair, Plan
from sp2k.judging.queries import assignments_visible_to, conflicts_in, declared_by_holder
from sp2k.regions.models import Region

IN, AWAITED, ABSENT, RECUSED, NONE, HIDDEN = "masuk", "belum", "absen", "benturan", "tanpa", "tertutup"


@dataclass(frozen=True)
class PlanChange:
    """What a plan would do: `added` are duties not yet saved, `held_fast` stand although the plan leaves them out."""

    added: list[Assignment]
    removed: list[Assignment]
    held_fast: list[Assignment]
    kept: int
    n_recused: int
    vacant: list[str]
    standing: frozenset[Pair]  # the pairs of the whole stage afterwards in which somebody judges

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.held_fast)


@dataclass(frozen=True)
class Cell:
    """One seat and one entry: a state, never what stands on the sheet."""

    seat: Seat
    duty: Assignment | None
    state: str

    @property
    def is_present(self) -> bool:
        return self.state == IN or (self.duty is not None and self.duty.attendance == Assignment.Attendance.PRESENT)

    @property
    def is_open(self) -> bool:
        """Nothing is recorded yet: neither who was there, nor a sheet."""
        return self.state == AWAITED and not self.is_present


@dataclass(frozen=True)
class SeatSummary:
    """A seat's states counted over the entries shown."""

    seat: Seat
    n_present: int
    n_open: int
    n_away: int


@dataclass(frozen=True)
class EntryRow:
    """An entry and its seats, in the order of the seats."""

    participation: Participation
    cells: tuple[Cell, ...]

    @property
    def is_done(self) -> bool:
        """Every sheet that is awaited is in."""
        return self.has_duty and all(cell.state in {IN, NONE} for cell in self.cells)

    @property
    def has_duty(self) -> bool:
        return any(cell.duty for cell in self.cells)


def duties_of(stage: Stage) -> list[tuple[str, str]]:
    """Return pairs of seat and kecamatan: who judges whom at a stage."""
    rows = Assignment.objects.filter(participation__stage=stage)
    return list(rows.values_list("seat__code", "participation__entry__region_id"))


def change_of(stage: Stage, plan: Plan) -> PlanChange:
    """Compare a plan with the duties as they stand, in a constant number of queries. Unknown codes are left out."""
    seats = {seat.code: seat for seat in stage.seats.prefetch_related("seatings__user")}
    entries = {row.region_code: row for row in stage.participations.select_related("entry__region__parent", "stage")}
    standing = _standing(stage)
    conflicts = conflicts_in(stage.edition)
    wanted = {pair for pair in plan.pairs if pair[0] in entries and pair[1] in seats}
    left_out = [duty for pair, duty in standing.items() if pair[0] in plan.entries and pair not in wanted]
    new = sorted(wanted - set(standing))
    added = [_duty(seats[seat], entries[entry], conflicts) for entry, seat in new]
    removed = [duty for duty in left_out if not duty.is_fast]
    gone = {duty.pk for duty in removed}
    judged = {pair for pair, duty in standing.items() if duty.attendance not in Assignment.AWAY and duty.pk not in gone}
    judged |= {pair for pair, duty in zip(new, added, strict=True) if not duty.attendance}
    return PlanChange(
        added, removed, [duty for duty in left_out if duty.is_fast], len(wanted) - len(new),
        sum(bool(duty.attendance) for duty in added),
        sorted({duty.seat.institution for duty in added if duty.seat.holder is None}), frozenset(judged),
    )  # fmt: skip


def barred_pairs(stage: Stage) -> frozenset[Pair]:
    """Return the pairs of a stage that a conflict of the person in the seat bars."""
    conflicts = conflicts_in(stage.edition)
    holders = [(seat.code, seat.holder) for seat in stage.seats.prefetch_related("seatings__user")]
    entries = stage.participations.values_list("entry", "entry__region_id")
    return frozenset(
        (code, seat)
        for entry, code in entries
        for seat, holder in holders
        if holder and (holder.pk, entry) in conflicts
    )


def duties_by_pair(stage: Stage) -> dict[Pair, Assignment]:
    """Return the duties of a stage by entry and seat."""
    return _standing(stage)


def load_of_seats(stage: Stage) -> list[tuple[Seat, int]]:
    """Return each seat with how many entries it judges, conflicts and absences left out."""
    duties = Assignment.objects.filter(participation__stage=stage).exclude(attendance__in=Assignment.AWAY)
    load = Counter(dict(duties.order_by().values_list("seat").annotate(n=Count("pk"))))
    return [(seat, load[seat.pk]) for seat in stage.seats.prefetch_related("seatings__user")]


def entries_without_duty(stage: Stage) -> QuerySet[Participation]:
    """Return the entries that nobody is asked to judge."""
    return stage.participations.filter(assignments=None).select_related("entry__region__parent")


def regencies_of_stage(stage: Stage) -> QuerySet[Region]:
    """Return the regencies whose kecamatan are in the stage."""
    rows = Region.objects.filter(pk__in=stage.participations.values("entry__region__parent"))
    return called_in(stage.edition, rows).order_by("code")


def entries_of(stage: Stage, *, regency: str = "", session=None) -> QuerySet[Participation]:
    """Return the entries of a stage in the order they are heard, then by code: an order that tells nothing of marks."""
    rows = stage.participations.select_related("entry__region__parent", "slot__session").prefetch_related("stage")
    if regency:
        rows = rows.filter(entry__region__parent=regency)
    if session is not None:
        rows = rows.filter(slot__session=session)
    return rows.order_by("slot__starts_at", "slot__position", "entry__region")


def grid_rows(participations, *, user, seats) -> list[EntryRow]:
    """Return the states of every seat towards each entry given, of the duties that `user` may know of."""
    sheets = Sheet.objects.filter(assignment=OuterRef("pk"), voided_at=None)
    known = assignments_visible_to(user).filter(participation__in=[row.pk for row in participations])
    duties = {}
    told = {"is_given": Exists(sheets), "is_noted": ~Exists(declared_by_holder())}
    for duty in known.select_related(None).annotate(**told):  # seat and entry are at hand already
        duties[duty.participation_id, duty.seat_id] = duty
    hidden = _hidden_entries(user)
    return [
        EntryRow(row, tuple(_cell(seat, duties.get((row.pk, seat.pk)), row.entry_id in hidden) for seat in seats))
        for row in participations
    ]


def _hidden_entries(user) -> frozenset[int]:
    """The entries that a chair in conflict sees nothing of but the own duty; an office sees all."""
    if user.roles & {Role.BUREAU, Role.INSPECTORATE}:
        return frozenset()
    return frozenset(barred_entries([user]).values_list("pk", flat=True))


def _cell(seat, duty, is_hidden) -> Cell:
    if duty is None:
        return Cell(seat, None, HIDDEN if is_hidden else NONE)
    if duty.is_given:
        return Cell(seat, duty, IN)
    away = {Assignment.Attendance.ABSENT: ABSENT, Assignment.Attendance.RECUSED: RECUSED}
    return Cell(seat, duty, away.get(duty.attendance, AWAITED))


def _standing(stage) -> dict[Pair, Assignment]:
    """The duties by pair; `is_fast`: a sheet, a printed paper or a late sheet stands on it."""
    written = [Exists(model.objects.filter(assignment=OuterRef("pk"))) for model in (Sheet, PaperSheet, LateSheet)]
    rows = Assignment.objects.filter(participation__stage=stage).annotate(is_fast=written[0] | written[1] | written[2])
    rows = rows.select_related("seat", "participation__entry__region__parent")
    standing = {}
    for duty in rows:
        duty.seat.stage = duty.participation.stage = stage
        standing[duty.participation.region_code, duty.seat.code] = duty
    return standing


def _duty(seat, participation, conflicts) -> Assignment:
    conflict = conflicts.get((seat.holder.pk, participation.entry_id)) if seat.holder else None
    duty = Assignment(seat=seat, participation=participation)
    if conflict is not None:
        duty.attendance, duty.attendance_reason = Assignment.Attendance.RECUSED, conflict.reason
    return duty


def seat_summaries(rows: Iterable[EntryRow], seats) -> list[SeatSummary]:
    """Count a seat's states over the rows shown."""
    rows = list(rows)
    return [
        SeatSummary(
            seat,
            sum(1 for row in rows for cell in row.cells if cell.seat == seat and cell.is_present),
            sum(1 for row in rows for cell in row.cells if cell.seat == seat and cell.is_open),
            sum(1 for row in rows for cell in row.cells if cell.seat == seat and cell.state in {ABSENT, RECUSED}),
        )
        for seat in seats
    ]

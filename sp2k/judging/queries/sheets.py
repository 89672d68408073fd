"""A juror's own duties: which, in what order, and how far each is. Nothing here asks for another juror's row."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from sp2k.accounts.policy import POLICY, why_not
from sp2k.base.clock import moment
from sp2k.base.language import spoken_instant
from sp2k.editions.models import Edition, Stage
from sp2k.instruments.applying import unasked
from sp2k.judging.models import Assignment, LateSheet, Seat, Sheet, SheetDraft, barred_entries


@dataclass(frozen=True)
class OwnSheet:
    """A sheet of one's own with its number: the juror's first, second, ... sending at this stage.

    The number counts the juror's own sendings only. The journal's number would tell how many others came between.
    """

    sheet: Sheet
    number: int


@dataclass(frozen=True)
class DutyRow:
    """One duty as its juror sees it. `position` is its place among the juror's own duties, as they are heard."""

    duty: Assignment
    position: int
    sheets: tuple[OwnSheet, ...]
    draft: SheetDraft | None
    late: tuple[LateSheet, ...]
    has_conflict: bool
    is_seated: bool

    @property
    def standing(self) -> OwnSheet | None:
        """The sheet that counts: the last one that was not voided."""
        return next((own for own in reversed(self.sheets) if not own.sheet.is_voided), None)

    @property
    def voided(self) -> Sheet | None:
        """The newest of one's own sheets, where it was voided and nothing has taken its place."""
        newest = self.sheets[-1].sheet if self.sheets else None
        return newest if newest and newest.is_voided else None

    @property
    def n_drafted(self) -> int:
        return sum(bool(text.strip()) for text in self.draft.marks.values()) if self.draft else 0

    @property
    def n_marks(self) -> int:
        """How many marks its sheet asks for: what does not apply to the kecamatan is not asked."""
        instrument = self.duty.stage.instrument
        return instrument.n_indicators - len(unasked(instrument, self.entry.traits))

    @property
    def is_done(self) -> bool:
        return self.standing is not None

    @property
    def is_away(self) -> bool:
        """Nothing is awaited from the juror here: recorded absent, or in conflict."""
        return not self.is_done and (self.has_conflict or self.duty.attendance in Assignment.AWAY)

    @property
    def entry(self):
        return self.duty.participation.entry

    @property
    def slot(self):
        return getattr(self.duty.participation, "slot", None)


@dataclass(frozen=True)
class StageDuties:
    """A juror's duties at one stage, in the order in which the entries are heard."""

    stage: Stage
    rows: tuple[DutyRow, ...]
    is_open: bool
    when: str
    shown: tuple[DutyRow, ...] = ()

    @property
    def edition(self) -> Edition:
        return self.stage.edition

    @property
    def key(self) -> str:
        """The stage as an address names it."""
        return f"{self.edition.code}/{self.stage.code}"

    @property
    def n_turns(self) -> int:
        return len(self.rows)

    @property
    def n_done(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def n_due(self) -> int:
        return sum(not row.is_away for row in self.rows)

    def waiting(self) -> tuple[DutyRow, ...]:
        """The duties that still want a sheet."""
        return tuple(row for row in self.rows if not row.is_done and not row.is_away)

    def row_of(self, duty: Assignment) -> DutyRow:
        return next(row for row in self.rows if row.duty.pk == duty.pk)


def own_duties(user) -> QuerySet[Assignment]:
    """Return the duties of the seats `user` holds, and those at which `user` gave a sheet before leaving the seat.

    What a predecessor in the seat has judged is not among them: it is no longer to be done.
    """
    if not user.is_active or not user.roles & POLICY["draft.keep"].roles:
        return Assignment.objects.none()
    sheets = Sheet.objects.filter(assignment=OuterRef("pk"))
    own, judged_by_another = Exists(sheets.filter(by=user)), Exists(sheets.exclude(by=user).filter(voided_at=None))
    # What many duties share is read once: above all rules and instruments, which are long texts.
    stages = Stage.objects.select_related("edition__region", "instrument")
    seated = Q(seat__seatings__user=user, seat__seatings__until=None)
    return (
        Assignment.objects.filter(own | (seated & ~judged_by_another), participation__stage__edition__voided_at=None)
        .distinct()
        .select_related("participation__entry", "participation__slot")
        .prefetch_related(
            Prefetch("participation__stage", stages), Prefetch("seat", Seat.objects.select_related("stage__edition")),
            "seat__seatings__user",
        )
        .order_by("participation__entry__region_id")
    )  # fmt: skip


def duties_by_stage(user, *, now: datetime, stage: Stage | None = None) -> list[StageDuties]:
    """Return a juror's duties, the open stages first, in a number of queries that does not grow with them."""
    duties, rows = own_duties(user), defaultdict(list)
    at_work = {"participation__stage": stage} if stage else {"participation__stage__edition__abandoned_at": None}
    for duty in duties.filter(**at_work):
        rows[duty.stage.pk].append(duty)
    known = _known_to(user, [duty for of_stage in rows.values() for duty in of_stage])
    stages = [_stage_duties(of_stage, known, user, moment(now, of_stage[0].stage.edition)) for of_stage in rows.values()]
    return sorted(stages, key=lambda one: (not one.is_open, -one.stage.opens_at.timestamp(), one.stage.pk))


def why_not_write(row: DutyRow, user, *, now: datetime) -> str | None:
    """Return why a juror can write nothing on this sheet now, or None."""
    if reason := why_not(user, "draft.keep", row.duty, now=now):
        return reason
    is_noted_late = row.duty.attendance == Assignment.Attendance.ABSENT and row.duty.stage.is_over(now)
    if row.duty.attendance in Assignment.AWAY and not is_noted_late:  # a sheet after the end is kept for a correction
        return (
            _("%(seat)s tercatat %(attendance)s pada %(entry)s. Minta sekretariat membetulkan kehadiran lebih dahulu.") % {
                "seat": row.duty.seat.institution, "attendance": row.duty.get_attendance_display().lower(),
                "entry": row.duty.participation.entry,
            }
        )  # fmt: skip
    return None


def current_revision(duty: Assignment) -> int:
    """Return the revision that stands, 0 where none does: what the next sheet changes."""
    return duty.sheets.filter(voided_at=None).order_by("-revision").values_list("revision", flat=True).first() or 0


@dataclass(frozen=True)
class _Known:
    """What the rows of a page rest on, fetched once."""

    sheets: dict[int, list[OwnSheet]]
    drafts: dict[int, SheetDraft]
    late: dict[int, list[LateSheet]]
    conflicts: frozenset[int]


def _known_to(user, duties: Iterable[Assignment]) -> _Known:
    stages = {duty.stage.pk for duty in duties}
    sheets, late, counted = defaultdict(list), defaultdict(list), defaultdict(int)
    own = Sheet.objects.filter(by=user, assignment__participation__stage__in=stages).select_related("paper", "voided_by")
    for sheet in own.annotate(given_at_stage=F("assignment__participation__stage")).order_by("pk"):
        counted[sheet.given_at_stage] += 1
        sheets[sheet.assignment_id].append(OwnSheet(sheet, counted[sheet.given_at_stage]))
    for row in LateSheet.objects.filter(by=user, assignment__participation__stage__in=stages):
        late[row.assignment_id].append(row)
    drafts = SheetDraft.objects.filter(by=user, assignment__participation__stage__in=stages)
    conflicts = barred_entries([user]).values_list("pk", flat=True)
    return _Known(sheets, {draft.assignment_id: draft for draft in drafts}, late, frozenset(conflicts))


def _stage_duties(duties: list[Assignment], known: _Known, user, now) -> StageDuties:
    ordered = sorted(duties, key=_turn)
    rows = tuple(_row(duty, n, known, user) for n, duty in enumerate(ordered, start=1))
    stage = duties[0].stage
    is_open = stage.is_open(now)
    when = (
        _("Batas kirim %s.") % spoken_instant(stage.closes_at, stage.edition.zone)
        if is_open
        else stage.opening_in_words(now)
    )
    return StageDuties(stage, rows, is_open, when, rows)


def still_waiting(stages: Iterable[StageDuties]) -> list[StageDuties]:
    """Return the stages that are not locked, showing only the duties that still want a sheet."""
    return [replace(one, shown=one.waiting()) for one in stages if not one.stage.is_locked]


def _turn(duty: Assignment):
    slot = getattr(duty.participation, "slot", None)
    region = duty.participation.region_code
    return (0, slot.starts_at, slot.position, region) if slot else (1, duty.stage.opens_at, 0, region)


def _row(duty, n, known, user) -> DutyRow:
    return DutyRow(
        duty,
        n,
        tuple(known.sheets.get(duty.pk, ())),
        known.drafts.get(duty.pk),
        tuple(known.late.get(duty.pk, ())),
        duty.participation.entry_id in known.conflicts,
        duty.seat.is_held_by(user),
    )

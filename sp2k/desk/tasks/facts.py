"""What is so of all the editions on a desk: each thing is read once for all of them, however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sp2k.accounts.models import User
from sp2k.base.clock import Clocks
from sp2k.editions.models import Edition, Move, Proposal, Stage
from sp2k.entries.models import Entry
from sp2k.judging.models import (
    Assignment,
    LateSheet,
    PaperSheet,
    PaperTyping,
    Seat,
    Sheet,
    SheetDraft,
    Slot,
    barred_entries,
)
from sp2k.judging.queries import sheets_despite_conflict, without_sheet
from sp2k.judging.queries.paper import papers_to_confirm
from sp2k.publication.models import Amendment
from sp2k.results.certainty.panels import PanelWarning, panel_warnings
from sp2k.results.models import Award, LotDraw, TieRuling
from sp2k.results.queries import StageProgress, progress_by_edition


@dataclass
class Facts:
    """Counts and states by the key of an edition or a stage. They say nothing of who may know: `Situation` does."""

    editions: Sequence[Edition]
    user: User
    now: datetime | Clocks

    @cached_property
    def progress(self) -> dict[int, list[StageProgress]]:
        return progress_by_edition(self.editions, self.stages)

    @property
    def stages(self) -> list[Stage]:
        return [stage for edition in self.editions for stage in edition.stages.all()]

    @cached_property
    def frozen(self) -> set[int]:
        return {row.stage.pk for rows in self.progress.values() for row in rows if row.n_through is not None}

    @cached_property
    def advanced(self) -> set[int]:
        return {stage.pk for stage in self.stages if hasattr(stage, "advancement")}

    @cached_property
    def awarded(self) -> set[int]:
        awards = Award.objects.filter(edition__in=self.editions).order_by()
        return set(awards.values_list("edition", flat=True))

    @cached_property
    def late(self) -> dict[int, int]:
        """By stage: the late sheets that nobody has decided about."""
        stage = "assignment__participation__stage"
        rows = LateSheet.objects.filter(decision=LateSheet.Decision.WAITING, **{f"{stage}__in": self._stage_keys()})
        return _counts(rows, stage)

    @cached_property
    def judged_conflicts(self) -> dict[int, list[Sheet]]:
        """By stage that is not locked: the sheets that stand although their writer has a conflict with the entry."""
        found = defaultdict(list)
        for sheet in sheets_despite_conflict([stage.pk for stage in self.stages if not stage.is_locked]):
            found[sheet.assignment.participation.stage_id].append(sheet)
        return found

    @cached_property
    def own_seats(self) -> dict[int, list[Seat]]:
        """By stage: the seats that the person holds."""
        rows = Seat.objects.filter(seatings__user=self.user, seatings__until=None, stage__in=self._stage_keys())
        return _by_stage(rows)

    @cached_property
    def duties_waiting(self) -> dict[int, list[tuple[int, str]]]:
        """By stage: the person's duties that await a sheet, as the participation's key and its name."""
        duties = without_sheet(Assignment.objects.filter(seat__in=self._own_seats()))
        duties = duties.exclude(participation__entry__in=self._barred)
        rows = duties.exclude(attendance__in=Assignment.AWAY).order_by("participation__entry__region", "seat__position")
        of_entry = "participation__entry__name", "participation__entry__regency_name"
        found = defaultdict(list)
        for stage, key, name, regency in rows.values_list("seat__stage", "participation", *of_entry):
            found[stage].append((key, str(Entry(name=name, regency_name=regency))))
        return found

    @cached_property
    def turns_ahead(self) -> dict[int, tuple[int, datetime, str]]:
        """By stage: the next turn among those duties, as the participation's key, its instant and room."""
        waiting = [key for duties in self.duties_waiting.values() for key, _name in duties]
        times = self.now if isinstance(self.now, Clocks) else Clocks(self.now, self.now)
        ahead = Q(participation__stage__edition__is_sample=True, starts_at__gte=times.sample)
        ahead |= Q(participation__stage__edition__is_sample=False, starts_at__gte=times.true)
        rows = Slot.objects.filter(ahead, participation__in=waiting).order_by("-starts_at", "-position")
        shown = "participation__stage", "participation", "starts_at", "session__room"
        return {stage: tuple(turn) for stage, *turn in rows.values_list(*shown)}

    @cached_property
    def papers_waiting(self) -> dict[int, int]:
        """By stage: papers that await the person's yes."""
        papers = papers_to_confirm(self.user).filter(assignment__seat__in=self._own_seats())
        return _counts(papers, "assignment__seat__stage")

    @cached_property
    def papers_to_type(self) -> dict[int, int]:
        """By stage: papers that one person typed, or a juror sent back, and that this person has not typed."""
        states = (PaperSheet.State.ONCE, PaperSheet.State.DISPUTED)
        rows = PaperSheet.objects.filter(state__in=states, assignment__seat__stage__in=self._stage_keys())
        rows = rows.exclude(assignment__attendance=Assignment.Attendance.RECUSED)  # nobody could confirm it any more
        own = PaperTyping.objects.filter(paper=OuterRef("pk"), by=self.user, revision=OuterRef("reading"))
        return _counts(rows.exclude(Exists(own)), "assignment__seat__stage")

    @cached_property
    def drafts_kept(self) -> dict[int, int]:
        """By stage: sheets that the person has begun, not sealed and may still open."""
        drafts = SheetDraft.objects.filter(by=self.user, assignment__seat__in=self._own_seats())
        drafts = drafts.exclude(assignment__participation__entry__in=self._barred)
        return _counts(drafts, "assignment__seat__stage")

    @cached_property
    def proposals(self) -> dict[int, list[Proposal]]:
        """By edition: acts that are proposed and wait for someone's yes."""
        found = defaultdict(list)
        rows = Proposal.objects.filter(edition__in=self.editions, done_at=None, withdrawn_at=None).select_related("by")
        for proposal in rows:
            found[proposal.edition_id].append(proposal)
        return found

    @cached_property
    def moves(self) -> dict[int, list[Move]]:
        """By edition: dates that someone proposed to move and that have not moved yet."""
        found = defaultdict(list)
        rows = Move.objects.filter(edition__in=self.editions, done_at=None, withdrawn_at=None)
        for move in rows.select_related("stage", "by"):
            found[move.edition_id].append(move)
        return found

    @cached_property
    def amendments(self) -> dict[int, list[Amendment]]:
        """By edition: corrections of its decree that wait for their yes."""
        found = defaultdict(list)
        rows = Amendment.objects.filter(decree__edition__in=self.editions, approved_at=None, withdrawn_at=None)
        for amendment in rows.select_related("decree__edition", "by"):
            found[amendment.decree.edition_id].append(amendment)
        return found

    @cached_property
    def rulings_waiting(self) -> dict[int, list[TieRuling]]:
        """By edition: proposed rulings of ties that nobody has ruled yet."""
        found = defaultdict(list)
        rows = TieRuling.objects.filter(tally__stage__in=self._stage_keys(), tally__withdrawn_at=None)
        rows = rows.filter(ruled_at=None, withdrawn_at=None)
        rows = rows.select_related("tally").defer(*(f"tally__{text}" for text in ("rules", "sheets", "places", "trace")))
        by_stage = {stage.pk: stage.edition_id for stage in self.stages}
        for ruling in rows.prefetch_related("votes"):
            found[by_stage[ruling.tally.stage_id]].append(ruling)
        return found

    @cached_property
    def draws_waiting(self) -> dict[int, list[LotDraw]]:
        """By edition: seeds that were drawn and that nobody has signed yet."""
        found = defaultdict(list)
        rows = LotDraw.objects.filter(lot__stage__in=self._stage_keys(), signed_at=None, returned_at=None)
        by_stage = {stage.pk: stage for stage in self.stages}
        for draw in rows.select_related("lot"):
            draw.lot.stage = by_stage[draw.lot.stage_id]
            found[draw.lot.stage.edition_id].append(draw)
        return found

    @cached_property
    def warnings(self) -> list[PanelWarning]:
        """What the planned panels of the stages that run allow."""
        return panel_warnings(self.stages)

    @cached_property
    def seats(self) -> dict[int, list[Seat]]:
        return _by_stage(Seat.objects.filter(stage__in=self._stage_keys()))

    @cached_property
    def _barred(self) -> QuerySet[Entry]:
        """The entries that the person may not judge: nothing of theirs is asked for."""
        return barred_entries([self.user]).order_by().values("pk")

    def _own_seats(self) -> list[Seat]:
        return [seat for seats in self.own_seats.values() for seat in seats]

    def _stage_keys(self) -> list[int]:
        return [stage.pk for stage in self.stages]


def _counts(rows: QuerySet, key: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(key).annotate(n=Count("pk", distinct=True)))


def _by_stage(seats) -> dict[int, list[Seat]]:
    found = defaultdict(list)
    for seat in seats:
        found[seat.stage_id].append(seat)
    return found

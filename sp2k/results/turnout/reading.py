"""The turnout of frozen counts: every number that a document or a page says about who was judged comes from here."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from sp2k.base.exactyaml import load
from sp2k.editions.models import Edition, Stage
from sp2k.entries.queries.entrants import regency_names
from sp2k.judging.models import Assignment, Seat, Sheet
from sp2k.judging.opening.attendance import require_attendance
from sp2k.judging.queries import knowing_whose_words
from sp2k.results.frozen import require_frozen_tables
from sp2k.results.models import FrozenTally, Nomination
from sp2k.results.opening.answers import require_answers
from sp2k.results.turnout.despite import JudgedDespite, judged_despite
from sp2k.results.turnout.effect import FrozenStage, SeatEffect, effect_without
from sp2k.tally.sheets import MarkLines
from sp2k.tally.sheets.ledger import FINDING, WHOLE_SHEET
from sp2k.tally.tables import SAMPLE_LINE


@dataclass(frozen=True)
class Unjudged:
    """An entry without a place, and why, as the count says it."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Declined:
    """A regency that sent nobody, and the reason it gave."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Absence:
    """A seat without a sheet for an entry that others judged, with the reason recorded.

    `state` is absent, recused for a conflict of interest, or empty: then the seat had no duty there, and only the count,
    which asks every seat, misses its sheet.
    """

    seat: str
    institution: str
    code: str
    entry: str
    state: str
    reason: str

    @property
    def is_without_duty(self) -> bool:
        return not self.state

    @property
    def is_recused(self) -> bool:
        return self.state == Assignment.Attendance.RECUSED


@dataclass(frozen=True)
class EmptySeat:
    """A seat with its absences at a stage, and what would differ without it altogether."""

    institution: str
    absences: tuple[Absence, ...]
    effect: SeatEffect


@dataclass(frozen=True)
class Turnout:
    """Who took part in a stage, as its frozen count has it. `empty_seats` are counted anew when they are asked for.

    `declined` are the regencies that up to this stage sent nobody: those of the selection, in every stage after it too.
    `despite` are the sheets that count although their writer has a conflict since.
    """

    stage: Stage
    tally: FrozenTally
    n_entries: int
    unjudged: tuple[Unjudged, ...]
    declined: tuple[Declined, ...]
    absences: tuple[Absence, ...]
    names: Mapping[str, str]
    later: tuple[FrozenTally, ...] = ()
    despite: tuple[JudgedDespite, ...] = ()

    @property
    def own_declined(self) -> tuple[Declined, ...]:
        """Those who declined at this very stage: where stages stand side by side they are named once."""
        return self.declined if self.stage.kind == Stage.Kind.SELECTION else ()

    @property
    def n_unjudged(self) -> int:
        return len(self.unjudged)

    @property
    def n_judged(self) -> int:
        return self.n_entries - self.n_unjudged

    @cached_property
    def empty_seats(self) -> tuple[EmptySeat, ...]:
        by_seat: dict[str, list[Absence]] = {}
        for absence in self.absences:
            by_seat.setdefault(absence.seat, []).append(absence)
        if not by_seat:
            return ()
        frozen = tuple(FrozenStage(row.stage.code, row.rules, row.sheets) for row in (self.tally, *self.later))
        return tuple(
            EmptySeat(rows[0].institution, tuple(rows), effect_without(frozen, seat)) for seat, rows in by_seat.items()
        )


def turnout_of(stage: Stage) -> Turnout | None:
    """Return the turnout of one stage, or None before its count is frozen."""
    return next((row for row in turnouts_of(stage.edition) if row.stage.pk == stage.pk), None)


def turnouts_of(edition: Edition) -> tuple[Turnout, ...]:
    """Return the turnout of every frozen stage of an edition, in order, in a constant number of queries."""
    prefetch_related_objects([edition], "stages", "titles")
    tallies = _tallies(edition)
    rows = edition.entries.values_list("region_id", "name", "regency_name")
    entries = {code: f"Kecamatan {name}, {regency}" for code, name, regency in rows}
    seats, reasons = _seats(tallies), _reasons_of_absence(tallies)
    if reasons:
        require_attendance([tally.stage for tally in tallies if tally.stage_id in seats])
    despite = judged_despite(tally.stage for tally in tallies if tally.stage_id in seats)
    declined: tuple[Declined, ...] = ()
    found = []
    for tally in tallies:
        rows = list(_rows(tally.places))
        if tally.stage.kind == Stage.Kind.SELECTION:
            require_answers(tally.stage)
            declined = _declined(tally)
        unjudged = tuple(
            Unjudged(row["kode"], entries.get(row["kode"], row["kode"]), row["keterangan"])
            for row in rows
            if not row["tempat"]
        )
        absences = _absences(tally, seats.get(tally.stage_id, {}), entries, reasons)
        told = despite.get(tally.stage_id, ())
        found.append(Turnout(tally.stage, tally, len(rows), unjudged, declined, absences, entries, despite=told))
    return tuple(replace(row, later=_later(found[n + 1 :])) for n, row in enumerate(found))


def _tallies(edition: Edition) -> list[FrozenTally]:
    """The frozen counts in order, on the edition's own stages; marks and rules are read where jurors judge."""
    stages = {stage.pk: stage for stage in edition.stages.all()}
    rows = FrozenTally.objects.filter(stage__in=stages, scope="").defer("rules", "sheets", "trace")
    tallies = sorted(rows, key=lambda row: stages[row.stage_id].position)
    judged = [row.pk for row in tallies if stages[row.stage_id].kind in (Stage.Kind.SCORING, Stage.Kind.VISIT)]
    texts = FrozenTally.objects.filter(pk__in=judged).values_list("pk", "rules", "sheets") if judged else ()
    read = {pk: (rules, sheets) for pk, rules, sheets in texts}
    for row in tallies:
        row.stage = stages[row.stage_id]
        row.stage.edition = edition
        if row.pk in read:
            row.rules, row.sheets = read[row.pk]
    require_frozen_tables(tallies, with_input=read)
    return tallies


def _later(after: Sequence[Turnout]) -> tuple[FrozenTally, ...]:
    return tuple(row.tally for row in after)


def _rows(places: str):
    return csv.DictReader(io.StringIO(places.removeprefix(SAMPLE_LINE)))


def _seats(tallies) -> dict[int, dict[str, Seat]]:
    by_stage: dict[int, dict[str, Seat]] = {}
    for seat in Seat.objects.filter(stage__in=[tally.stage_id for tally in tallies]):
        by_stage.setdefault(seat.stage_id, {})[seat.code] = seat
    return by_stage


def absences_recorded(stages: Iterable[Stage | int]) -> QuerySet[Assignment]:
    """Return the duties whose juror is recorded as away.

    `was_voided`: a sheet had come in before and was voided; `is_private`: the reason is not for everybody who reads this.
    """
    given = Sheet.objects.filter(assignment=OuterRef("pk")).exclude(voided_at=None)
    away = Assignment.objects.filter(participation__stage__in=stages, attendance__in=Assignment.AWAY)
    return knowing_whose_words(away.annotate(was_voided=Exists(given)))


def reason_said(reason: str, *, was_voided: bool, is_private: bool) -> str:
    """Return why a juror was away, without what the juror wrote of a conflict: this is printed, and public in the end.

    Whoever gave a sheet that was voided afterwards was there, and it says so.
    """
    if is_private:
        return _("lembarnya sudah masuk, lalu dibatalkan") if was_voided else ""
    return _("%s (lembarnya sudah masuk, lalu dibatalkan)") % reason if was_voided else reason


def _reasons_of_absence(tallies) -> dict[tuple[int, str, str], str]:
    """The reasons recorded, by seat, kecamatan and state; that a seat was empty is told by the frozen sheets alone."""
    rows = absences_recorded([tally.stage_id for tally in tallies])
    fields = "seat", "participation__entry__region", "attendance", "attendance_reason", "was_voided", "is_private"
    return {
        (seat, code, state): reason_said(reason, was_voided=was_voided, is_private=is_private)
        for seat, code, state, reason, was_voided, is_private in rows.values_list(*fields)
    }


def _absences(tally, seats: Mapping[str, Seat], entries, reasons) -> tuple[Absence, ...]:
    if not seats:
        return ()
    sheets: dict[str, set[str]] = {}
    states: dict[tuple[str, str], str] = {}
    for code, seat, item, value in MarkLines(tally.sheets.splitlines(keepends=True)):
        if seat not in seats or item.startswith(FINDING):
            continue
        if item in WHOLE_SHEET:
            states[code, seat] = value
        else:
            sheets.setdefault(code, set()).add(seat)
    asked = load(tally.rules, name="rules.yaml").get("penilai", ())
    for code, judging in sheets.items():
        missing = [seat for seat in asked if seat in seats and seat not in judging]
        states |= {(code, seat): "" for seat in missing if (code, seat) not in states}
    found = []
    for (code, seat), state in states.items():
        reason = reasons.get((seats[seat].pk, code, state), "")
        found.append(Absence(seat, seats[seat].institution, code, entries.get(code, code), state, reason))
    order = {seat: row.position for seat, row in seats.items()}
    return tuple(sorted(found, key=lambda absence: (order[absence.seat], absence.code)))


def _declined(tally) -> tuple[Declined, ...]:
    """The regencies that answered, themselves or by the bureau, that they take no part: as it stood at the count.

    Not read out of the frozen places: a regency of which nobody was ranked stands nowhere in them.
    """
    answers = Nomination.every.filter(stage=tally.stage, participation=None, at__lte=tally.frozen_at)
    answers = answers.exclude(withdrawn_at__lte=tally.frozen_at).select_related("regency").order_by("regency")
    names = regency_names(tally.stage.edition, [answer.regency for answer in answers])
    return tuple(Declined(answer.regency_id, names[answer.regency_id], why_declined(answer)) for answer in answers)


def why_declined(answer: Nomination) -> str:
    """Return why a regency takes no part; where the bureau answered in its place, the sentence says so."""
    if answer.is_by_bureau:
        return _("menurut penyelenggara provinsi: %s") % answer.declined_reason
    return answer.declined_reason

"""Whether what a panel gave could be given: by who sat there, while it was open, without a conflict, within the instrument.

Sending a sheet or a finding asks this of the rows as they stand in that minute, and rows can be changed for a minute. So it
is asked again of the journal, whenever the edition is opened.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from sp2k.base.refusals import BadInput
from sp2k.editions.models import Stage
from sp2k.editions.opening.dates_then import DatesThen
from sp2k.entries.queries.given import Given
from sp2k.journal.opening import Opening
from sp2k.judging.contents import conflict_content, filled_sheet
from sp2k.judging.models import Assignment, Conflict, LateSheet, PaperSheet, Sheet, VisitFinding, VisitPlan
from sp2k.judging.opening.papers import confirmed_papers
from sp2k.judging.queries import claimable_indicators
from sp2k.judging.queries.claims import INNOVATION, PRESENTED
from sp2k.judging.queries.duties import duties_of
from sp2k.judging.verdicts import declared_verdicts

IN_TIME, LATE = ("sheet.submit", "sheet.revise"), ("sheet.late",)
GIVEN = (*IN_TIME, "sheet.correct")
NOT_SEATED = "pengirimnya tidak menduduki kursi itu pada waktu itu"
BARRED = "pengirimnya berbenturan kepentingan dengan peserta itu menurut jurnal"
AWAY = "pengirimnya tercatat tidak menilai peserta itu menurut jurnal"


class Panel:
    """A stage's panel as the journal tells it: who was barred from whom, who was away, and what was open, at any line."""

    def __init__(self, opening: Opening, stage: Stage):
        self.opening, self.dates = opening, DatesThen(opening, stage)
        self._seated: dict[str, list[tuple]] = {
            seat.code: [(row.user_id, row.since, row.until) for row in seat.seatings.all()]
            for seat in stage.seats.prefetch_related("seatings")
        }
        self._barred = _conflicts(opening, stage)
        self._attendance: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for seq, body in opening.entries("attendance.record", stage=stage.code):
            self._attendance[body["seat"], body["entry"]].append((seq, body["state"]))
        self._duties = set(duties_of(stage))
        self._taken: dict[tuple[str, str], list[int]] = defaultdict(list)
        for seq, body in opening.entries("duty.void", stage=stage.code):
            self._taken[body["seat"], body["entry"]].append(seq)
        self._handed: dict[str, list[int]] = defaultdict(list)
        for seq, body in opening.entries("panel.seat", stage=stage.code):
            if body.get("replaces"):
                self._handed[body["seat"]].append(seq)

    def had_duty(self, seat: str, entry: str, seq: int) -> bool:
        """Return whether a seat has this entry to judge, or had it and lost it after this line."""
        return (seat, entry) in self._duties or any(taken > seq for taken in self._taken[seat, entry])

    def why_not(self, row, seat: str, entry: str, seq: int) -> str | None:
        """Return in words why this person could not give this from this seat to this entry; None where it could be given."""
        if not any(
            user == row.by_id and since <= row.at and (until is None or row.at <= until)
            for user, since, until in self._seated.get(seat, ())
        ):
            return NOT_SEATED
        if any(declared < seq for declared in self._barred.get((row.by_id, entry), ())):
            return BARRED
        return AWAY if self._was_away(seat, entry, seq) else None

    def _was_away(self, seat: str, entry: str, seq: int) -> bool:
        told = self._attendance[seat, entry]
        n = bisect_left(told, (seq, ""))
        if n == 0:
            return False
        noted, state = told[n - 1]
        anew = [*self._handed[seat], *self._taken[seat, entry]]  # another person, or a duty taken away and given again
        return state in Assignment.AWAY and not any(noted < since < seq for since in anew)


def hold_given_sheets(opening: Opening, stage: Stage, sheets: Sequence[Sheet], marks: dict[int, list]) -> None:
    """Hold that every sheet could be given as it was; `marks` by sheet: code, exact text, remark.

    What came of a paper is confirmed until the stage is locked, after its deadline too.
    """
    hold_sheets_in_order(opening, sheets)
    panel, papers = Panel(opening, stage), confirmed_papers(opening, stage)
    of_paper = set(PaperSheet.objects.filter(pk__in=papers).values_list("sheet__commitment", flat=True))
    for sheet in sheets:
        seq = opening.line_of(GIVEN, sheet.commitment)
        if seq is None:
            continue
        duty, what = sheet.assignment, f"Lembar {sheet.assignment}, revisi {sheet.revision}"
        duty.participation.stage = stage
        why = panel.why_not(sheet, duty.seat.code, duty.participation.region_code, seq)
        if why is None and opening.replayed.entries[seq]["type"] in IN_TIME and sheet.commitment not in of_paper:
            why = panel.dates.why_closed(seq, sheet.at)
        if why is None and not sheet.is_voided and duty.attendance == Assignment.Attendance.ABSENT:
            why = "jurinya tercatat absen, padahal lembar ini berlaku"
        if why := why or _why_unfit(duty, sheet, marks[sheet.pk]):
            opening.fail(what, why, seq)


def hold_sheets_in_order(opening: Opening, sheets: Sequence[Sheet]) -> None:
    """Hold that the sheets of a duty follow one another: each after the one before, a change by whoever gave what stood."""
    by_duty: dict[int, list[Given]] = defaultdict(list)
    for sheet in sheets:
        by_duty[sheet.assignment_id].append(Given.of(opening, GIVEN, "sheet.void", sheet))
    for own in by_duty.values():
        own.sort(key=Given.place)
        for n, one in enumerate(own):
            if one.seq is None:
                continue
            what = f"Lembar {one.row.assignment}, revisi {one.row.revision}"
            standing = [each.row for each in own[:n] if each.stood_at(one.seq)]
            if n and one.row.revision <= own[n - 1].row.revision:
                opening.fail(what, "revisinya tidak mengikuti yang sebelumnya", one.seq)
            if any(row.by_id != one.row.by_id for row in standing):
                opening.fail(what, "menggantikan lembar orang lain yang masih berlaku", one.seq)
            type = opening.replayed.entries[one.seq]["type"]
            if type in IN_TIME and bool(standing) != (type == "sheet.revise"):
                opening.fail(what, "dicatat sebagai kiriman pertama atau perubahan, padahal bukan", one.seq)


def hold_given_late_sheets(opening: Opening, stage: Stage, lates: Iterable[LateSheet]) -> None:
    """Hold that who sent a late sheet sat there and had no conflict, and that it was late: else it would count."""
    panel = Panel(opening, stage)
    for late in lates:
        duty, seq = late.assignment, opening.line_of(LATE, late.commitment)
        if seq is None:
            continue
        why = panel.why_not(late, duty.seat.code, duty.participation.region_code, seq)
        if why == AWAY:  # whoever was noted as absent, and did send, is kept: that is what a correction is for
            why = None
        if why is None and not panel.dates.is_over(seq, late.at):
            why = "diterima sebelum batas waktunya menurut jurnal, jadi tidak terlambat"
        if why:
            opening.fail(f"Lembar terlambat {duty}", why, seq)


def hold_given_findings(opening: Opening, stage: Stage, found: Sequence[VisitFinding]) -> None:
    """Hold that every finding is of a claim that was to be looked into, with a verdict that the rules declare."""
    panel, plans, claimable = Panel(opening, stage), _plans(opening, stage), claimable_indicators(stage.edition)
    verdicts, papers, told = declared_verdicts(stage), confirmed_papers(opening, stage), _told_claims(opening)
    hold_revisions_in_order(
        opening, "visit.finding", found, lambda row: (row.participation_id, row.claim),
        lambda row: f"Temuan {row.claim} di {row.participation.entry}, revisi {row.revision}",
    )  # fmt: skip
    for row in found:
        seq, entry = opening.line_of(("visit.finding",), row.commitment), row.participation.region_code
        if seq is None:
            continue
        why = panel.why_not(row, row.seat.code, entry, seq)
        if why is None and row.paper_id not in papers:
            why = panel.dates.why_closed(seq, row.at)
        if why is None and not panel.had_duty(row.seat.code, entry, seq):
            why = "kursinya tidak bertugas pada peserta itu"
        if why is None and row.verdict not in verdicts:
            why = "putusannya tidak dinyatakan dalam aturan"
        planned = [claims for told, claims in plans[entry] if told < seq]
        if why is None and planned and row.claim not in planned[-1]:
            why = "klaimnya tidak ada dalam rencana kunjungan waktu itu"
        if why is None and row.claim.startswith((INNOVATION, PRESENTED)):
            if told.get((entry, row.claim), seq) >= seq:
                why = "klaimnya belum dicatat siapa pun waktu itu"
        elif why is None and row.claim not in claimable:
            why = "klaimnya tidak ada pada instrumen yang diisi kecamatan"
        if why:
            opening.fail(f"Temuan {row.claim} di {row.participation.entry}, revisi {row.revision}", why, seq)


def hold_revisions_in_order(opening: Opening, type: str, rows: Iterable, about: Callable, named: Callable) -> None:
    """Hold that rows about the same thing follow one another as their lines do: of two, the later one counts."""
    before: dict[object, int] = {}
    told = [(opening.line_of((type,), row.commitment), row) for row in rows]
    for seq, row in sorted((pair for pair in told if pair[0] is not None), key=lambda pair: pair[0]):
        if row.revision <= before.get(about(row), 0):
            opening.fail(named(row), "revisinya tidak mengikuti yang sebelumnya", seq)
        before[about(row)] = row.revision


def _told_claims(opening: Opening) -> dict[tuple[str, str], int]:
    """{(entry, claim): line} of innovations and of what was said at presentations, by the line that first told of each."""
    found: dict[tuple[str, str], int] = {}
    for seq, body in opening.entries("innovation.write", "claim.note"):
        claim = body["claim"] if "claim" in body else f"{INNOVATION}{body['number']}"
        found.setdefault((body["entry"], claim), seq)
    return found


def _why_unfit(duty: Assignment, sheet: Sheet, given: list) -> str | None:
    """Why these marks could not have been given, by the locked instrument and the stage's rules."""
    typed, remarks = {code: value for code, value, _remark in given}, {code: remark for code, _value, remark in given}
    try:
        filled_sheet(duty, typed, remarks, note=sheet.note, reason=sheet.reason)
    except BadInput as fault:
        return f"tidak sesuai dengan instrumen dan aturan yang dikunci: {str(fault).removesuffix('.')}"
    return None


def _conflicts(opening: Opening, stage: Stage) -> dict[tuple[int, str], list[int]]:
    """{(person, entry): lines that declared a conflict}, in all stages of the edition."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    rows = Conflict.objects.filter(participation__stage__edition=stage.edition)
    for row in rows.select_related("seat__stage", "user", "participation__entry"):
        place = {"stage": row.seat.stage.code, "seat": row.seat.code, "entry": row.participation.region_code}
        for seq, body in opening.entries("conflict.declare"):
            if place.items() <= body.items() and opening.seals(seq, conflict_content(row)):
                found[row.user_id, place["entry"]].append(seq)
    return found


def _plans(opening: Opening, stage: Stage) -> dict[str, list[tuple[int, set[str]]]]:
    """{entry: plans of its visit, in their order, each with its line and its claims}."""
    found: dict[str, list[tuple[int, set[str]]]] = defaultdict(list)
    rows = VisitPlan.objects.filter(participation__stage=stage).select_related("participation__entry")
    for row in rows.prefetch_related("claims"):
        if (seq := opening.line_of(("visit.plan",), row.commitment)) is not None:
            found[row.participation.region_code].append((seq, {one.claim for one in row.claims.all()}))
    for entry in found:
        found[entry].sort(key=lambda pair: pair[0])
    return found

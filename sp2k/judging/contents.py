"""What is sealed of each thing a juror, a visitor or a typist sends: the canonical content that its commitment covers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from sp2k.base.typed import clean_text
from sp2k.base.wording import instant_in_words
from sp2k.judging.marks import asked_fields, clean_marks, clean_remarks, extremes_of
from sp2k.judging.models import Assignment

LONGEST_NOTE = 5_000
LONGEST_REASON = 1_000


def sheet_content(
    seat: str, stage: str, entry: str, *, marks: Iterable[Sequence[str]], remarks: Iterable[Sequence[str]], note: str,
    reason: str,
) -> dict:  # fmt: skip
    """Return the very words of a sheet and where it belongs.

    Parameters
    ----------
    marks : pairs of indicator and exact text (``87.5``), in the order of the instrument
    remarks : pairs of indicator and the reason of its mark, in the same order
    """
    return {
        "seat": seat, "stage": stage, "entry": entry, "marks": [list(pair) for pair in marks],
        "remarks": [list(pair) for pair in remarks], "note": note, "reason": reason,
    }  # fmt: skip


def finding_content(
    stage: str, entry: str, claim: str, verdict: str, *, note: str, place: str, seen_at: datetime | None,
    photos: Iterable[str], reason: str,
) -> dict:  # fmt: skip
    """Return what visitors found of one claim; `photos` are SHA-256 in any order, `seen_at` counts to the minute."""
    return {
        "stage": stage, "entry": entry, "claim": claim, "verdict": verdict, "note": note, "place": place,
        "seen": seen_at.astimezone(UTC).strftime("%Y%m%dT%H%MZ") if seen_at else "", "photos": sorted(set(photos)),
        "reason": reason,
    }  # fmt: skip


def plan_content(stage: str, entry: str, claims: Sequence[str], reason: str) -> dict:
    """Return which claims of an entry a visit looks into, in order."""
    return {"stage": stage, "entry": entry, "claims": list(claims), "reason": reason}


def claim_content(claim) -> dict:
    """Return what an entry claimed when it presented, and where it can be seen."""
    return {
        "entry": claim.participation.region_code, "claim": claim.code, "text": claim.text, "place": claim.place,
    }  # fmt: skip


def places_content(places: Mapping[str, str]) -> list:
    """Return where the claims of an entry are to be seen, as they stand after an act: {claim: place}."""
    return sorted([claim, place] for claim, place in places.items())


def typing_content(paper: str, reading: int, marks: Mapping[str, str], illegible: Mapping[str, str], note: str) -> dict:
    """Return what one person read off a paper; `marks` and `illegible` in the order of the paper."""
    return {
        "paper": paper, "rev": reading, "marks": [[key, mark] for key, mark in marks.items()],
        "illegible": [[key, reason] for key, reason in illegible.items()], "note": note,
    }  # fmt: skip


def plain_mark(value) -> str:
    """Return a mark as exact text: `87.5`, `90`."""
    return f"{value.normalize():f}"


def paper_content(paper) -> list:
    """Return what is sealed of a blank when it is printed: its code, for which duty and whom, and the claims on it."""
    duty, juror = paper.assignment, paper.juror
    claims = [[claim["kode"], claim["judul"], claim["tempat"]] for claim in paper.claims]
    return [
        paper.code, duty.seat.code, duty.participation.region_code, juror.get_username() if juror else "", claims
    ]  # fmt: skip


def settlement_content(rows: Iterable) -> list:
    """Return what a third look at a paper settled: place, value and reason of each difference."""
    return sorted([row.indicator, row.value, row.reason] for row in rows)


def confirmation_content(
    paper: str, reading: int, *, typings: Sequence[str], settled: Iterable[Sequence[str]], scan: str, outcome: Sequence[str]
) -> dict:
    """Return what a juror confirmed of a paper.

    Parameters
    ----------
    typings : the commitments of both typings of this reading
    settled : place, value and reason of each difference that was settled, in any order
    scan : SHA-256 of the scan
    outcome : the commitments of the sheet, the late sheet or the findings that came of it
    """
    return {
        "paper": paper, "rev": reading, "typings": sorted(typings), "settled": sorted(list(row) for row in settled),
        "scan": scan, "outcome": sorted(outcome),
    }  # fmt: skip


def attendance_content(duty) -> dict:
    """Return what was recorded of a juror's attendance, with its reason."""
    return {
        "stage": duty.stage.code, "seat": duty.seat.code, "entry": duty.participation.region_code,
        "state": str(duty.attendance), "reason": duty.attendance_reason,
    }  # fmt: skip


def seating_content(seating) -> dict:
    """Return what is sealed of a person who takes a seat: who, where, and why another leaves."""
    seat = seating.seat
    return {
        "stage": seat.stage.code, "seat": seat.code, "person": seating.user.get_username(), "reason": seating.reason,
    }  # fmt: skip


def duties_content(duties: Iterable[tuple[str, str]]) -> list:
    """Return who judges whom at a stage, as it stands after an act: pairs of seat and kecamatan."""
    return sorted(list(pair) for pair in duties)


def session_content(session) -> dict:
    """Return what the journal says of a session, in words that anybody may read."""
    return {
        "session": session.position, "name": session.name, "room": session.room,
        "starts": instant_in_words(session.starts_at, session.stage.edition.zone), "minutes": session.minutes,
        "capacity": session.capacity, "break": [session.break_after or 0, session.break_minutes],
    }  # fmt: skip


def conflict_content(conflict) -> dict:
    """Return what was declared of a conflict of interest: whose, with which entry, and why."""
    return {
        "person": conflict.user.get_username(), "entry": conflict.participation.region_code,
        "ground": str(conflict.ground), "reason": conflict.reason,
    }  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """A sheet's words, clean: marks by indicator, the reasons of those that want one, note and reason of a change."""

    marks: Mapping[str, Decimal]
    remarks: Mapping[str, str]
    note: str
    reason: str

    @property
    def plain_marks(self) -> dict[str, str]:
        """The marks as exact text: `87.5`, `90`."""
        return {code: plain_mark(value) for code, value in self.marks.items()}

    def content(self, duty: Assignment) -> dict:
        """Return what is sealed: the very words of the sheet and where it belongs."""
        return sheet_content(
            duty.seat.code, duty.stage.code, duty.participation.region_code, marks=self.plain_marks.items(),
            remarks=self.remarks.items(), note=self.note, reason=self.reason,
        )  # fmt: skip


def filled_sheet(
    duty: Assignment, typed: Mapping[str, object], remarks: Mapping[str, object], *, note: str, reason: str
) -> Filled:
    """Return what was typed as it can be sealed, or raise BadInput with the first fault."""
    marks = clean_marks(typed, asked_fields(duty))
    return Filled(
        marks,
        clean_remarks(remarks, marks, extremes_of(duty.stage)),
        clean_text(note, name="Catatan", longest=LONGEST_NOTE),
        clean_text(reason, name="Alasan perubahan", longest=LONGEST_REASON),
    )

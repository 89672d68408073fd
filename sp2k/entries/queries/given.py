"""Whether forms and decisions could be given as they were: in time, with the points that follow from what was claimed.

Sending and checking ask this of the rows as they stand in that minute, and rows can be changed for a minute. So it is asked
again of what the journal has kept, whenever the edition is opened.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sp2k.editions.models import Stage
from sp2k.editions.opening.dates_then import DatesThen
from sp2k.entries.models import Form, Verification
from sp2k.instruments.fields import points_of_answers
from sp2k.journal.opening import Opening

SUBMITTED, DECIDED = ("form.submit",), ("form.accept", "form.return")
NOT_DERIVED = "nilainya tidak mengikuti jawaban, bukti yang diterima, dan instrumen yang dikunci"


def hold_times(
    opening: Opening, stage: Stage, forms: Iterable[Form], decided: Iterable[tuple[Verification, Form]]
) -> None:
    """Hold that each form came while its stage was open, and each decision before the verifiers' own date."""
    dates = DatesThen(opening, stage)
    for form in forms:
        _hold_time(opening, dates, SUBMITTED, form, named_form(form))
    for row, form in decided:
        _hold_time(opening, dates, DECIDED, row, named_decision(row, form), checks=True)


def hold_order(opening: Opening, forms: Iterable[Form], decided: Mapping[int, Sequence[Verification]]) -> None:
    """Hold that revisions follow one another, and that a decision was made on the last of them, where none stood already.

    Parameters
    ----------
    decided : {form: decisions on it}
    """
    by_entry: dict[int, list[Form]] = defaultdict(list)
    for form in forms:
        by_entry[form.participation_id].append(form)
    for own in by_entry.values():
        lines = sorted((Given.of(opening, SUBMITTED, "form.void", form) for form in own), key=Given.place)
        for before, after in pairwise(lines):
            if after.row.revision <= before.row.revision:
                opening.fail(named_form(after.row), "revisinya tidak mengikuti yang sebelumnya", after.seq)
        for form in own:
            decisions = [Given.of(opening, DECIDED, "verification.void", row) for row in decided.get(form.pk, ())]
            for one in decisions:
                if one.seq is not None and (why := _why_undecidable(one, form, lines, decisions)):
                    opening.fail(named_decision(one.row, form), why, one.seq)


@dataclass(frozen=True)
class Given:
    """Something sent or decided, with the line that tells of it and the line that voided it; None where there is none."""

    row: object
    seq: int | None
    voided: int | None

    @classmethod
    def of(cls, opening: Opening, types: Sequence[str], void: str, row) -> "Given":
        return cls(row, opening.line_of(types, row.commitment), opening.line_of((void,), row.commitment))

    def place(self) -> int:
        """Its place among its like; what no line tells of comes last."""
        return sys.maxsize if self.seq is None else self.seq

    def stood_at(self, seq: int) -> bool:
        """Return whether it had been given before a line and not been voided by then."""
        return self.seq is not None and self.seq < seq and (self.voided is None or self.voided > seq)


def _why_undecidable(one: Given, form: Form, forms: Sequence[Given], decisions: Sequence[Given]) -> str | None:
    standing = [each.row for each in forms if each.stood_at(one.seq)]
    if not standing or max(standing, key=lambda row: row.revision).pk != form.pk:
        return "diputus atas isian yang sudah dibatalkan atau diganti"
    if any(each.stood_at(one.seq) for each in decisions if each is not one):
        return "diputus padahal putusan sebelumnya masih berlaku"
    return None


def hold_points(
    opening: Opening, stage: Stage, forms: Sequence[Form], decided: Mapping[int, Sequence[Verification]],
    answers: Mapping[int, Sequence[tuple]], findings: Mapping[int, Sequence[tuple]],
) -> None:  # fmt: skip
    """Hold what each decision gave against what the locked instrument gives for the answers and the evidence accepted.

    Parameters
    ----------
    decided : {form: decisions on it}
    answers : {form: (indicator, values, evidence) of each answer}
    findings : {decision: (indicator, evidence accepted, points, note) of each finding}
    """
    for form in forms:
        for row in decided.get(form.pk, ()):
            is_whole = row.decision == Verification.Decision.ACCEPTED
            if not _follow(stage, form, answers[form.pk], findings[row.pk], is_whole=is_whole):
                opening.fail(named_decision(row, form), NOT_DERIVED, opening.line_of(DECIDED, row.commitment))


def named_form(form: Form) -> str:
    """Return what a sentence calls a form: its kecamatan and its revision."""
    return f"Isian {form.participation.entry}, revisi {form.revision}"


def named_decision(row: Verification, form: Form) -> str:
    """Return what a sentence calls a verifier's decision."""
    named = named_form(form)
    return f"Putusan verifikasi ({row.get_decision_display().lower()}) atas {named[0].lower()}{named[1:]}"


def _hold_time(opening, dates: DatesThen, types, row, what, *, checks: bool = False) -> None:
    seq = opening.line_of(types, row.commitment)
    if seq is not None and (why := dates.why_closed(seq, row.at, checks=checks)):
        opening.fail(what, why, seq)


def _follow(stage, form: Form, answers: Sequence[tuple], found: Sequence[tuple], *, is_whole: bool) -> bool:
    """Of an accepted form every indicator has its points; of a returned one, those that something was said about."""
    claimed = {code: list(documents) for code, _values, documents in answers}
    taken = {code: keys for code, keys, _points, _note in found}
    if any(not set(keys) <= set(claimed.get(code, ())) for code, keys in taken.items()):
        return False
    values = {code: values for code, values, _documents in answers}
    points = points_of_answers(stage.instrument, values, claimed | taken, traits=form.participation.entry.traits)
    given = {code: text for code, _keys, text, _note in found}
    return given == points if is_whole else given.items() <= points.items()

"""The sheets of a stage after its lock, for whoever may read those of others, and under which name each stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sp2k.editions.models import Edition, Stage
from sp2k.instruments.applying import unasked
from sp2k.instruments.fields import mark_fields
from sp2k.judging.marks import comma
from sp2k.judging.models import Sheet
from sp2k.judging.queries import assignments_visible_to, latest_sheets, sheets_visible_to
from sp2k.judging.queries.opening import require_seats, require_sheets


@dataclass(frozen=True)
class StageSheets:
    """All sheets of a stage, as the policy table asks of them: nobody's own, in nobody's conflict."""

    stage: Stage

    @property
    def region_code(self) -> str:
        return self.stage.region_code

    @property
    def edition(self) -> Edition:
        return self.stage.edition

    def is_held_by(self, user) -> bool:
        return False

    def has_conflict(self, user) -> bool:
        return False


@dataclass(frozen=True)
class ReadSheet:
    """One sheet on the list: who gave it, if the reader may know, and its marks in the order of the instrument."""

    sheet: Sheet
    juror: str
    marks: Sequence[tuple[str, str]]
    remarks: Sequence[tuple[str, str]]


def stage_sheets(user, stage: Stage) -> QuerySet[Sheet]:
    """Return the sheets that count at a stage, as far as `user` may read them, entry by entry.

    Within an entry they stand by commitment: an order that says nothing about who gave which.
    """
    return (
        sheets_visible_to(user)
        .filter(pk__in=latest_sheets(stage).values("pk"))
        .select_related("assignment__seat", "assignment__participation__entry__region__parent", "paper")
        .prefetch_related("marks")
        .order_by("assignment__participation__entry__region", "commitment")
    )


def read_sheets(user, stage: Stage, sheets: Sequence[Sheet]) -> list[ReadSheet]:
    """Return the sheets as they are read; a juror is named to whoever may know who judges whom."""
    require_seats(stage)
    require_sheets(stage, sheets)
    named = set(assignments_visible_to(user).filter(participation__stage=stage).values_list("pk", flat=True))
    codes = list(mark_fields(stage.instrument))
    return [_read(sheet, codes, stage.instrument, is_named=sheet.assignment_id in named) for sheet in sheets]


def _read(sheet, codes, instrument, *, is_named) -> ReadSheet:
    marks = {mark.indicator: mark for mark in sheet.marks.all()}
    outside = unasked(instrument, sheet.assignment.participation.entry.traits)
    return ReadSheet(
        sheet,
        sheet.assignment.seat.institution if is_named else _("Juri lain"),
        [(code, comma(marks[code].value) if code in marks else "t.b." if code in outside else _("kosong")) for code in codes],
        [(code, marks[code].remark) for code in codes if code in marks and marks[code].remark],
    )

"""Seats and duties as they stand now, their edition held until the transaction ends (see `editions.holding`)."""

from collections.abc import Sequence

from sp2k.base.refusals import Refused
from sp2k.editions.holding import held_stage
from sp2k.judging.models import Assignment, PaperSheet, Seat


def held_seat(seat: Seat) -> Seat:
    """Return the seat as it stands now, with who sits in it."""
    stage = held_stage(seat.stage)
    held = Seat.objects.prefetch_related("seatings__user").get(pk=seat.pk)
    held.stage = stage
    return held


def held_assignments(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Return the duties of one stage as they stand now, in the order given, in a constant number of queries."""
    stage = held_stage(assignments[0].stage)
    rows = Assignment.objects.filter(participation__stage=stage, pk__in={duty.pk for duty in assignments})
    found = (
        rows.select_related("seat", "participation__entry__region__parent")
        .prefetch_related("seat__seatings__user", "sheets")
        .in_bulk()
    )
    for duty in assignments:
        if duty.pk not in found:
            raise Refused(f"{duty} bukan tugas pada tahap {stage.name}. Catat per tahap.")
        found[duty.pk].seat.stage = found[duty.pk].participation.stage = stage
    return [found[pk] for pk in dict.fromkeys(duty.pk for duty in assignments)]


def held_paper(paper: PaperSheet) -> PaperSheet:
    """Return the paper as it stands now, with its duty, its typings and what was settled."""
    [duty] = held_assignments([paper.assignment])
    rows = PaperSheet.objects.select_related("juror", "scan", "sheet", "late_sheet")
    held = rows.prefetch_related("typings__by", "settlements__by").get(pk=paper.pk)
    held.assignment = duty
    return held


def refuse_away(duty) -> None:
    """Refuse what a juror who is recorded away would do."""
    if duty.attendance in Assignment.AWAY:
        raise Refused(f"{duty.seat.institution} tercatat {duty.get_attendance_display().lower()} pada "
                      f"{duty.participation.entry}. Minta sekretariat membetulkan kehadiran lebih dahulu.")  # fmt: skip

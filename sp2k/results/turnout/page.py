"""The turnout as pages show it, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.editions.models import Edition, Stage
from sp2k.judging.models import Assignment
from sp2k.judging.queries import without_sheet
from sp2k.results.turnout.despite import despite_said
from sp2k.results.turnout.reading import Declined, Turnout, absences_recorded, reason_said, turnouts_of
from sp2k.results.turnout.wording import EmptySeatSaid, empty_seats_said, turnout_figure, unjudged_by_reason


@dataclass(frozen=True)
class TurnoutShown:
    """One stage: its figure, who was not judged by reason, who declined, its empty seats with their effect,
    and the sheets that count despite a conflict recorded after them.
    """

    figure: tuple[str, str]
    n_unjudged: int
    unjudged: tuple[tuple[str, tuple[str, ...]], ...]
    declined: tuple[Declined, ...]
    empty_seats: tuple[EmptySeatSaid, ...]
    despite: tuple[str, ...]


def turnouts_shown(edition: Edition, *, stage: Stage | None = None) -> list[TurnoutShown]:
    """Return the turnout of each frozen stage of an edition, or of one of them."""
    rows = turnouts_of(edition)
    return [_shown(row) for row in rows if stage is None or row.stage.pk == stage.pk]


def recorded_absences(stage: Stage) -> list[str]:
    """Return each seat that will give no sheet, for whom and why, as whoever consents to the lock reads it.

    Before the lock this says nothing of what the absence does: that would tell marks which are still blind.
    """
    rows = (
        without_sheet(absences_recorded([stage]))
        .select_related("seat", "participation__entry")
        .order_by("seat__position", "participation__entry__region")
    )
    away = [
        away_said(row.seat.institution, str(row.participation.entry), row.attendance,
                  reason_said(row.attendance_reason, was_voided=row.was_voided, is_private=row.is_private))
        for row in rows
    ]  # fmt: skip
    return away + _without_duty(stage)


def away_said(seat: str, who: str, state: str, why: str) -> str:
    """Return for whom a seat gives no sheet and why; a conflict of interest says enough where its words are private."""
    told = {"seat": seat, "who": who, "why": why}
    if state == Assignment.Attendance.ABSENT:
        return _("%(seat)s tidak hadir untuk %(who)s: %(why)s") % told
    if not why:
        return _("%(seat)s tidak menilai %(who)s karena benturan kepentingan") % told
    return _("%(seat)s tidak menilai %(who)s karena benturan kepentingan: %(why)s") % told


def _without_duty(stage: Stage) -> list[str]:
    """Return each seat that the count asks and that nobody gave a duty for some entry, where duties were given at all."""
    duties = Assignment.objects.filter(participation__stage=stage).values_list("seat_id", "participation_id")
    given: dict[int, set[int]] = {}
    for seat, entry in duties:
        given.setdefault(seat, set()).add(entry)
    judged = set().union(*given.values())
    n_missing = [(seat, len(judged - given.get(seat.pk, set()))) for seat in stage.seats.order_by("position") if judged]
    return [
        ngettext("%(seat)s tidak ditugaskan untuk %(n)d peserta", "%(seat)s tidak ditugaskan untuk %(n)d peserta", n)
        % {"seat": seat.institution, "n": n}
        for seat, n in n_missing
        if n
    ]


def _shown(row: Turnout) -> TurnoutShown:
    # A ranking without a place of its own was told where it was not judged: the filling stage before it.
    unjudged = () if row.stage.kind == Stage.Kind.SELECTION else tuple(unjudged_by_reason(row.unjudged).items())
    return TurnoutShown(
        turnout_figure(row), row.n_unjudged if unjudged else 0, unjudged, row.own_declined, tuple(empty_seats_said(row)),
        tuple(despite_said(row.despite, row.stage)),
    )  # fmt: skip

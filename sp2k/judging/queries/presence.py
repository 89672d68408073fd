"""Which duties a tap means, and which session runs now."""

from collections.abc import Sequence
from datetime import datetime

from sp2k.editions.models import Stage
from sp2k.judging.models import Assignment, Session
from sp2k.judging.queries import assignments_visible_to, without_sheet

ALL = "semua"


def session_now(sessions: Sequence[Session], *, asked: str, now: datetime) -> Session | None:
    """Return the session asked for by its number; without one that which runs or comes next; None for all entries."""
    if not sessions or asked == ALL:
        return None
    by_number = {str(session.position): session for session in sessions}
    ahead = [session for session in sessions if now < session.ends_at]
    return by_number.get(asked) or (ahead[0] if ahead else sessions[-1])


def number_with_gaps(stage: Stage, sessions: Sequence[Session], *, user, now: datetime) -> str:
    """Return the number of the first session that still waits for a sheet, once all of them are over; else nothing."""
    if not sessions or any(now < session.ends_at for session in sessions):
        return ""
    there = {Assignment.Attendance.AWAITED, Assignment.Attendance.PRESENT}
    duties = assignments_visible_to(user).filter(participation__stage=stage, attendance__in=there)
    numbers = set(without_sheet(duties).values_list("participation__slot__session__position", flat=True))
    return next((str(session.position) for session in sessions if session.position in numbers), "")


def chosen_duties(
    stage: Stage, keys: Sequence[str], *, user, seat: str = "", session: int | None = None
) -> list[Assignment]:
    """Return the duties a tap means: those of `keys`, or without keys all that a seat still has open.

    Parameters
    ----------
    session : number of the session that narrows a seat's duties
    """
    duties = assignments_visible_to(user).filter(participation__stage=stage)
    if keys:
        return list(duties.filter(pk__in=keys[:1000]))
    if not seat:
        return []
    duties = without_sheet(duties.filter(seat__code=seat, attendance=Assignment.Attendance.AWAITED))
    return list(duties.filter(participation__slot__session__position=session) if session is not None else duties)

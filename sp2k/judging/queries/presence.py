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


def chosen_duties(stage: Stage, said, *, user) -> list[Assignment]:
    """Return the duties a tap means: `hadir`, `batal` or `tugas` name them, or `kursi` all that a seat still has open.

    Parameters
    ----------
    said : what the page sent; `sesi` narrows a seat's duties to a session
    """
    duties = assignments_visible_to(user).filter(participation__stage=stage)
    keys = [key for name in ("hadir", "batal", "tugas") for key in said.getlist(name) if key.isdigit()]
    if keys:
        return list(duties.filter(pk__in=keys[:1000]))
    seat = said.get("kursi", "")
    if not seat:
        return []
    duties = without_sheet(duties.filter(seat__code=seat, attendance=Assignment.Attendance.AWAITED))
    session = said.get("sesi", "")
    return list(duties.filter(participation__slot__session__position=session) if session.isdigit() else duties)

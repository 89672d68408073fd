"""Days on which no office is open: the edition's holidays, and weekends."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sp2k.base.language import spoken
from sp2k.base.wording import DAYS
from sp2k.editions.models import Edition


def holidays_of(edition: Edition) -> dict[date, str]:
    """Return the edition's holidays by day, in their order."""
    listed = sorted(edition.rules.get("libur") or (), key=lambda day: day["tanggal"])
    return {date.fromisoformat(day["tanggal"]): day["nama"] for day in listed}


def why_closed(edition: Edition, at: datetime | None) -> str:
    """Return why offices are closed on the day of `at` in the edition's zone, or an empty text."""
    if at is None:
        return ""
    day = at.astimezone(ZoneInfo(edition.zone)).date()
    if name := holidays_of(edition).get(day):
        return _("hari libur: %s") % name
    return _("hari %s") % spoken(DAYS[day.weekday()]) if day.weekday() >= 5 else ""

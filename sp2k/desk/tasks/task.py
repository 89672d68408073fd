"""One thing to do: what, by when, why; and how a deadline is said."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.base.clock import has_passed
from sp2k.base.language import spoken_date
from sp2k.base.wording import hour_in_words
from sp2k.editions.models import Edition

SOON = 14  # days: what is due later is not shown as urgent


@dataclass(frozen=True)
class Task:
    """One line of the desk. `state` is the look of its badge; `urgency` sorts, the smallest first.

    `edition` is None where it is about none.
    """

    title: str
    address: str
    why: str
    edition: Edition | None
    badge: str = ""
    state: str = ""
    urgency: tuple = ()


def task(
    title: str, why: str, *, edition: Edition | None, now: datetime, address: str = "", due: datetime | None = None,
    badge: str = "", state: str = "",
) -> Task:  # fmt: skip
    """Return a task; without a deadline it is of today, for whatever waits for one person holds up the others."""
    said, look = deadline_in_words(due, now=now, zone=edition.zone) if due and edition else ("", "none")
    return Task(title, address, why, edition, badge or said, state or look, (due or now, title))


def deadline_in_words(due: datetime, *, now: datetime, zone: str) -> tuple[str, str]:
    """Return how a deadline is said, and the look of its badge: `Terlambat 3 hari`, `Sampai 16.00 WIB`, `Besok`."""
    days = (_day(due, zone) - _day(now, zone)).days
    if has_passed(due, now):
        late = -days
        said = ngettext("Terlambat %(n)d hari", "Terlambat %(n)d hari", late) % {"n": late}
        return said if late else _("Terlambat"), "late"
    if days == 0:
        return _("Sampai %s") % hour_in_words(due, zone), "late"
    if days == 1:
        return _("Besok %s") % hour_in_words(due, zone), "none"
    if days <= SOON:
        return ngettext("%(n)d hari lagi", "%(n)d hari lagi", days) % {"n": days}, "none"
    return _("Sampai %s") % spoken_date(_day(due, zone)), "none"


def _day(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()

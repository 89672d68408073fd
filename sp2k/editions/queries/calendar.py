"""The calendar of an edition: stages drawn on months, what falls on a closed day, and what was moved before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sp2k.base.wording import DAYS, MONTHS
from sp2k.editions.checks.calendar import ANNOUNCEMENT
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries.closed_days import holidays_of, why_closed
from sp2k.journal.canonical import parse
from sp2k.journal.models import Line

_SHOWN = {"deadline.extend", "holidays.set"}
_HEAD, _ROW = 22, 40  # pixels: the months above, and one stage below the other


@dataclass(frozen=True)
class Drawn:
    """A span on the picture, in hundredths of its width, as text with a point."""

    x: str
    width: str
    label: str


@dataclass(frozen=True)
class Bar:
    """A stage on the calendar: its span, its dates as (what, instant, why offices are closed then)."""

    code: str
    name: str
    span: Drawn
    tail: Drawn | None
    dates: tuple[tuple[str, datetime, str], ...]
    stage: Stage | None
    is_past: bool
    y: int

    @property
    def is_late(self) -> bool:
        """Whether the name stands left of the bar, for want of room on its right."""
        return float(self.span.x.rstrip("%")) > 65

    @property
    def warnings(self) -> list[tuple[str, str]]:
        return [(what, why) for what, _at, why in self.dates if why]


@dataclass(frozen=True)
class Moved:
    """A line of the history: the day it was done, which stage, the dates before and after, the reason."""

    day: date
    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str
    closed_days: tuple[str, ...]


@dataclass(frozen=True)
class Calendar:
    bars: tuple[Bar, ...]
    months: tuple[Drawn, ...]
    holidays: tuple[tuple[date, str, str], ...]
    ticks: tuple[Drawn, ...]
    today: Drawn | None

    @property
    def height(self) -> int:
        return _HEAD + _ROW * len(self.bars) + 8


def calendar_of(edition: Edition, *, now: datetime) -> Calendar:
    """Return the edition's calendar as it stands at `now`."""
    zone, stages = ZoneInfo(edition.zone), list(edition.stages.all())
    instants = [at for stage in stages for at in (stage.opens_at, _ends(stage))]
    instants += [edition.announced_at] if edition.announced_at else []
    first = min(instants).astimezone(zone).date().replace(day=1)
    last = _next_month(max(instants).astimezone(zone).date())
    scale = _Scale(first, last)
    today = now.astimezone(zone).date()
    holidays = holidays_of(edition)
    bars = [_bar(edition, stage, scale, now, n) for n, stage in enumerate(stages)]
    if edition.announced_at:
        bars.append(_announcement(edition, scale, now, len(bars)))
    return Calendar(
        tuple(bars),
        tuple(scale.months()),
        tuple((day, DAYS[day.weekday()], name) for day, name in holidays.items()),
        tuple(scale.span(day, day, name) for day, name in holidays.items() if first <= day < last),
        scale.span(today, today, _("hari ini")) if first <= today < last else None,
    )


def moves_in_journal(edition: Edition) -> list[Moved]:
    """Return what was moved and which holidays were set, newest first, as the journal tells it."""
    lines = Line.objects.filter(chain_id=edition.chain_id, type__in=_SHOWN).order_by("-seq")
    names = {stage.code: stage.name for stage in edition.stages.all()} | {ANNOUNCEMENT: _("Pengumuman")}
    return [_moved(parse(line.canonical.encode()), names) for line in lines]


def _moved(entry: dict, names: dict[str, str]) -> Moved:
    body, day = entry["body"], date.fromisoformat(entry["day"])
    if entry["type"] == "holidays.set":
        return Moved(day, _("Hari libur"), (), tuple(f"{when} {name}" for when, name in body["days"]), "", ())
    return Moved(
        day, names.get(body["stage"], body["stage"]), tuple(body["from"]), tuple(body["to"]), body["reason"],
        tuple(body.get("closed_day", ())),
    )  # fmt: skip


def _bar(edition: Edition, stage: Stage, scale: "_Scale", now: datetime, n: int) -> Bar:
    zone = ZoneInfo(edition.zone)
    named = [(_("Dibuka"), stage.opens_at), (_("Batas akhir"), stage.closes_at)]
    named += [(_("Batas verifikasi"), stage.checks_until)] if stage.checks_until else []
    opens, closes = (at.astimezone(zone).date() for at in (stage.opens_at, stage.closes_at))
    until = stage.checks_until.astimezone(zone).date() if stage.checks_until else None
    tail = scale.span(closes, until, "") if until and until > closes else None
    dates = tuple((what, at, why_closed(edition, at)) for what, at in named)
    is_past = _ends(stage) < now
    return Bar(stage.code, stage.name, scale.span(opens, closes, ""), tail, dates, stage, is_past, _HEAD + _ROW * n)


def _announcement(edition: Edition, scale: "_Scale", now: datetime, n: int) -> Bar:
    at = edition.announced_at
    day = at.astimezone(ZoneInfo(edition.zone)).date()
    dates = ((_("Diumumkan"), at, why_closed(edition, at)),)
    span = scale.span(day, day, "")
    return Bar(ANNOUNCEMENT, _("Pengumuman"), span, None, dates, None, at < now, _HEAD + _ROW * n)


def _ends(stage: Stage) -> datetime:
    return stage.checks_until or stage.closes_at


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


class _Scale:
    """Days from the first of a month to the first of another, in hundredths of the picture's width."""

    def __init__(self, first: date, last: date):
        self.first, self.last, self.n_days = first, last, (last - first).days

    def span(self, start: date, end: date, label: str) -> Drawn:
        """From the morning of `start` to the evening of `end`."""
        x, width = (start - self.first).days, (end - start).days + 1
        return Drawn(self._share(x), self._share(width), label)

    def months(self):
        month = self.first
        while month < self.last:
            following = _next_month(month)
            yield self.span(
                month, following - timedelta(days=1), f"{MONTHS[month.month - 1][:3]} {month.year % 100:02d}"
            )
            month = following

    def _share(self, days: int) -> str:
        return f"{100 * days / self.n_days:.2f}%"

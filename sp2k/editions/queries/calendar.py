"""The calendar of an edition: stages drawn on months, what falls on a closed day, and what was moved before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sp2k.base.clock import has_passed
from sp2k.base.wording import DAYS, MONTHS, number_in_words
from sp2k.editions.checks.calendar import ANNOUNCEMENT
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries.closed_days import holidays_of, why_closed
from sp2k.editions.queries.events import Event, events_of
from sp2k.journal.canonical import parse
from sp2k.journal.models import Line

_SHOWN = {"deadline.extend", "holidays.set", "stage.lock.early"}
_HEAD, _ROW = 22, 40  # pixels: the months above, and one stage below the other


@dataclass(frozen=True)
class Drawn:
    """A span on the picture, in hundredths of its width, as text with a point."""

    x: str
    width: str
    label: str


@dataclass(frozen=True)
class Bar:
    """An event on the calendar: its span, its dates as (what, instant, why offices are closed then)."""

    event: Event
    span: Drawn
    dates: tuple[tuple[str, datetime, str], ...]
    is_past: bool
    y: int

    @property
    def name(self) -> str:
        return self.event.name

    @property
    def stage(self) -> Stage | None:
        return self.event.stage

    @property
    def code(self) -> str:
        """The code by which it is moved: checking moves with its stage."""
        return self.stage.code if self.stage else self.event.code

    @property
    def was_early(self) -> bool:
        """Whether the stage was locked before its last deadline."""
        return self.stage is not None and self.stage.was_locked_early

    @property
    def is_late(self) -> bool:
        """Whether the name stands left of the bar, for want of room on its right."""
        return float(self.span.x.rstrip("%")) > 65

    @property
    def warnings(self) -> list[tuple[str, str]]:
        return [(what, why) for what, _at, why in self.dates if why]


@dataclass(frozen=True)
class Moved:
    """A line of the history: the day it was done, which stage, the dates before and after, the reason.

    `figures` are those of a lock before the deadline: what was in, and who lost how much time.
    """

    day: date
    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str
    closed_days: tuple[str, ...]
    figures: str = ""


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
    bars = [_bar(edition, event, scale, now, n) for n, event in enumerate(events_of(edition))]
    return Calendar(
        tuple(bars),
        tuple(scale.months()),
        tuple((day, DAYS[day.weekday()], name) for day, name in holidays.items()),
        tuple(scale.span(day, day, name) for day, name in holidays.items() if first <= day < last),
        scale.span(today, today, _("hari ini")) if first <= today < last else None,
    )


def early_figures_in_words(n: int, of: int, lost: int, left: str) -> str:
    """`0 dari 666 masuk; 658 kehilangan 3 hari`: what a lock before the deadline found, and what it took from whom."""
    return _("%(n)s dari %(of)s masuk; %(lost)s kehilangan %(left)s") % {
        "n": number_in_words(n), "of": number_in_words(of), "lost": number_in_words(lost), "left": left,
    }  # fmt: skip


def moves_in_journal(edition: Edition) -> list[Moved]:
    """Return what was moved and which holidays were set, newest first, as the journal tells it."""
    lines = Line.objects.filter(chain_id=edition.chain_id, type__in=_SHOWN).order_by("-seq")
    names = {stage.code: stage.name for stage in edition.stages.all()} | {ANNOUNCEMENT: _("Pengumuman")}
    return [_moved(parse(line.canonical.encode()), names) for line in lines]


def _moved(entry: dict, names: dict[str, str]) -> Moved:
    body, day = entry["body"], date.fromisoformat(entry["day"])
    if entry["type"] == "holidays.set":
        return Moved(day, _("Hari libur"), (), tuple(f"{when} {name}" for when, name in body["days"]), "", ())
    if entry["type"] == "stage.lock.early":
        name = _("%s: dikunci sebelum batasnya") % names.get(body["stage"], body["stage"])
        figures = early_figures_in_words(body["n"], body["of"], body["lost"], body["left"])
        return Moved(day, name, (body["deadline"],), (body["at"],), body["reason"], (), figures)
    return Moved(
        day, names.get(body["stage"], body["stage"]), tuple(body["from"]), tuple(body["to"]), body["reason"],
        tuple(body.get("closed_day", ())),
    )  # fmt: skip


def _bar(edition: Edition, event: Event, scale: "_Scale", now: datetime, n: int) -> Bar:
    zone = ZoneInfo(edition.zone)
    begins, ends = (at.astimezone(zone).date() for at in (event.begins, event.ends))
    dates = tuple((what, at, why_closed(edition, at)) for what, at in _named_dates(event))
    is_past = has_passed(event.ends, now)
    return Bar(event, scale.span(begins, ends, ""), dates, is_past, _HEAD + _ROW * n)


def _named_dates(event: Event) -> list[tuple[str, datetime]]:
    if event.stage is None:
        return [(_("Diumumkan"), event.begins)]
    if event.is_checking:
        return [(_("Batas verifikasi"), event.stage.checks_until)]
    return [(_("Dibuka"), event.begins), (_("Batas akhir"), event.stage.closes_at)]


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

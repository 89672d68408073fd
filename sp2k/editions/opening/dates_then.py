"""The dates of a stage as they stood at a line of the journal: what was still open when that line was written."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sp2k.base.clock import has_passed
from sp2k.base.wording import MONTHS
from sp2k.editions.models import Stage
from sp2k.journal.opening import Opening


@dataclass(frozen=True)
class Dates:
    """When a stage opens and closes, and until when verifiers may go on."""

    opens_at: datetime
    closes_at: datetime
    ends_at: datetime


class DatesThen:
    """A stage's dates over the lines of its edition: those of the rules, then those of every move, until it was locked."""

    def __init__(self, opening: Opening, stage: Stage):
        rules, _body = opening.last("rules.lock")
        moves = [row for row in opening.entries("deadline.extend", stage=stage.code) if rules is not None and row[0] > rules]
        zone = ZoneInfo(stage.edition.zone)
        self._lines = [seq for seq, _body in moves]
        told = [moves[0][1]["from"], *(body["to"] for _seq, body in moves)] if moves else []
        now = Dates(stage.opens_at, stage.closes_at, stage.checks_until or stage.closes_at)
        self._dates = [_dates([_instant(words, zone) for words in row]) for row in told] or [now]
        locked, _body = opening.last("sheets.lock", stage=stage.code)
        self._locked = locked
        self.locked_at = None if locked is None else opening.replayed.acts[locked][1]

    def at(self, seq: int) -> Dates:
        """Return the dates in force when a line was written."""
        return self._dates[bisect_left(self._lines, seq)]

    def is_over(self, seq: int, at: datetime) -> bool:
        """Return whether a stage had ended at an instant, by its deadline or by its lock."""
        return has_passed(self.at(seq).closes_at, at) or (self._locked is not None and self._locked < seq)

    def why_closed(self, seq: int, at: datetime, *, checks: bool = False) -> str | None:
        """Return in words why nothing could be given with this line at this instant, None where it could."""
        dates = self.at(seq)
        if self.locked_at is not None and at > self.locked_at:
            return "diterima sesudah tahapnya dikunci"
        if at < dates.opens_at:
            return "diterima sebelum tahapnya dibuka menurut jurnal"
        if has_passed(dates.ends_at if checks else dates.closes_at, at):
            return "diterima sesudah batas waktunya menurut jurnal"
        return None


def _dates(instants: list[datetime]) -> Dates:
    return Dates(instants[0], instants[1], instants[-1])


def _instant(words: str, zone: ZoneInfo) -> datetime:
    """Read `4 November 2022, 16.00 WIB`, as a move's line says its dates."""
    day, hour = words.split(", ")
    number, month, year = day.split(" ")
    hours, minutes = hour.split(" ")[0].split(".")
    return datetime(int(year), MONTHS.index(month) + 1, int(number), int(hours), int(minutes), tzinfo=zone)

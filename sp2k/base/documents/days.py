"""The day that a paper or a document bears: one rule for all of them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sp2k.base.refusals import BadInput
from sp2k.base.wording import date_in_words, instant_in_words


def refuse_day_to_come(day: date, what: str, *, zone: str, now: datetime) -> None:
    """Refuse a day after today in `zone`; `what` says whose day it is: `berita acara`."""
    if day > now.astimezone(ZoneInfo(zone)).date():
        raise BadInput(f"Tanggal {what}, {date_in_words(day)}, belum tiba. Periksa tanggalnya.")


def refuse_day_before(day: date, what: str, at: datetime, event: str, *, zone: str) -> None:
    """Refuse a day before the one in `zone` on which what the paper rests on came about.

    `event` says what happened at `at`: `pemberian gelar`.
    """
    if day < at.astimezone(ZoneInfo(zone)).date():
        raise BadInput(
            f"Tanggal {what}, {date_in_words(day)}, mendahului {event}, {instant_in_words(at, zone)}. Periksa tanggalnya."
        )

"""An edition's calendar as iCalendar (RFC 5545): an event for each deadline and for the announcement."""

from datetime import UTC, datetime

from sp2k.base.language import of_record
from sp2k.base.wording import instant_in_words
from sp2k.editions.models import Edition
from sp2k.editions.queries.events import Event, events_of

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@of_record
def icalendar(edition: Edition, *, now: datetime) -> str:
    """Return the calendar; instants in UTC, which every phone shows in its own zone, long lines folded as the format asks.

    An event keeps its UID as long as edition and stage keep their codes: taken in again, it is changed, not doubled.
    """
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SP2K//Kalender edisi//ID", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{str(edition).translate(_ESCAPED)}",
    ]  # fmt: skip
    if edition.is_sample:
        lines.append("X-WR-CALDESC:Data contoh")
    for event in events_of(edition):
        title = f"{'Data contoh: ' if edition.is_sample else ''}{event.name}, {edition}".translate(_ESCAPED)
        until = _until(event).translate(_ESCAPED)
        lines += [
            "BEGIN:VEVENT", f"UID:{event.code}@{edition.code}.sp2k", f"DTSTAMP:{_utc(now)}",
            f"DTSTART:{_utc(event.begins)}", f"DTEND:{_utc(event.ends)}", f"SUMMARY:{title}",
            *([f"DESCRIPTION:{until}"] if until else []), "END:VEVENT",
        ]  # fmt: skip
    return "\r\n".join(_folded(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n"


def _until(event: Event) -> str:
    """The deadline that held, and beside it when the stage was locked or the edition closed before it."""
    if event.stage is None:
        return ""
    zone, declared = event.stage.edition.zone, event.stage.ends_at if event.is_checking else event.stage.closes_at
    said = f"Batas {instant_in_words(declared, zone)}."
    if event.ends >= declared:
        return said
    how = "dikunci lebih awal" if event.stage.is_locked else "edisi ditutup tanpa hasil"
    return f"{said[:-1]}; {how}, {instant_in_words(event.ends, zone)}."


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(line: str) -> str:
    """At most 75 bytes a line, continued after a space, never within a character."""
    parts, current = [], ""
    for letter in line:
        if len((current + letter).encode()) > (75 if not parts else 74):
            parts, current = [*parts, current], ""
        current += letter
    return "\r\n ".join([*parts, current])

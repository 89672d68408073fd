"""Dates, hours and numbers as Indonesian officials write them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

MONTHS = (
    ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
)
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # of codes read aloud: without I, L, O, U
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def date_in_words(day: date) -> str:
    """Return `21 Desember 2022`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_range(first: date, last: date) -> str:
    """Return `2–4 November 2022`, `30 Oktober–1 November 2023` or one day."""
    if first == last:
        return date_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_in_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]}–{date_in_words(last)}"
    return f"{date_in_words(first)}–{date_in_words(last)}"


def hour_in_words(instant: datetime, zone: str) -> str:
    """Return `16.00 WIB`: the hour in the given zone, with the zone's Indonesian name."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H.%M} {zone_in_words(instant, zone)}"


def zone_in_words(instant: datetime, zone: str) -> str:
    """Return `WIB`: the Indonesian name of a zone."""
    local = instant.astimezone(ZoneInfo(zone))
    return ZONES.get(int(local.utcoffset().total_seconds() / 3600), local.tzname())


def instant_in_words(instant: datetime, zone: str) -> str:
    """Return `4 November 2022, 16.00 WIB`."""
    return f"{date_in_words(instant.astimezone(ZoneInfo(zone)).date())}, {hour_in_words(instant, zone)}"


def number_in_words(value: Decimal | int | str) -> str:
    """Return a number with decimal comma and thousand points, its decimals as given: `1.912`, `87,50`."""
    text = str(value)
    sign, text = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, _, decimals = text.partition(".")
    return sign + f"{int(whole):,}".replace(",", ".") + ("," + decimals if decimals else "")


def size_in_words(n_bytes: int) -> str:
    """Return `214 kB`, `1,8 MB`, `20 MB`: decimal units, as file managers show them."""
    if n_bytes < 1_000_000:
        return f"{number_in_words(max(1, round(n_bytes / 1000)))} kB"
    if n_bytes < 1_000_000_000:
        return f"{_tenths(n_bytes / 1_000_000)} MB"
    return f"{_tenths(n_bytes / 1_000_000_000)} GB"


def _tenths(value: float) -> str:
    """Return `1,8`, and `20` rather than `20,0`."""
    return number_in_words(f"{value:.1f}".removesuffix(".0"))


def as_sentence(text: str) -> str:
    """Return typed words with a stop at their end, so that what follows does not run on from them."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "\u2026")) else f"{text}."


def within_sentence(text: str) -> str:
    """`Keputusan 5/KEP/2024` as it stands inside a sentence: the first letter small, a number as registered."""
    return text[:1].lower() + text[1:]


def in_fours(text: str) -> str:
    """Return `7f3a 91c4 …`: a hash as people compare it."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))

"""What was typed of the day's facts, made clean, or refused with the column it stands in."""

import re
from collections.abc import Iterable
from datetime import date

from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.base.wording import date_in_words
from sp2k.editions.models import Edition
from sp2k.entries.queries.entrants import regency_names
from sp2k.publication.issued.facts import DecreeFacts, minutes_of_last_stage
from sp2k.publication.models import Minutes
from sp2k.regions.queries import regencies_of
from sp2k.results.models import TieRuling

LONGEST, MOST = 2000, 40
_MINUTES = re.compile(
    r"berita acara\b(?P<whose>.*?)\b(?:nomor|no)\b[.:]?\s*(?P<number>\S.*?)"
    r"(?:\s+tanggal\s+(?P<day>\d{1,2} \w+ \d{4})|(?=\s+(?:dan|serta)\s+berita acara\b)|\s*[;.]?$)",
    re.IGNORECASE,
)
_DAY = re.compile(r"\btanggal\s+(?P<day>\d{1,2} \w+ \d{4})", re.IGNORECASE)


def clean_facts(facts: DecreeFacts, edition: Edition, *, number: str, signed_on: date) -> DecreeFacts:
    """Return the facts with every text clean; number and date of minutes that were made here are not typed again."""
    minutes = minutes_of_last_stage(edition)
    if minutes:
        _refuse_other_number(facts, minutes)
    return DecreeFacts(
        number=clean_line(number, "Nomor keputusan", 80),
        signed_on=signed_on,
        minutes_number=minutes.number if minutes else clean_line(facts.minutes_number, "Nomor berita acara", 80),
        minutes_on=minutes.signed_on if minutes else facts.minutes_on,
        city=clean_line(facts.city, "Tempat ditetapkan", 80),
        recalling=clean_paragraphs(facts.recalling, "Mengingat"),
        noting=clean_paragraphs(facts.noting, "Memperhatikan"),
        copies=clean_paragraphs(facts.copies, "Tembusan"),
    )


def refuse_other_minutes(noting: Iterable[str], edition: Edition) -> None:
    """Refuse a paragraph that names minutes of the panel other than those made here, once the last stage has its own.

    Minutes that a paragraph ascribes to one named kabupaten or kota of a province were made elsewhere: those are not held
    against anything. The word "kabupaten/kota" alone names nobody.
    """
    minutes = minutes_of_last_stage(edition)
    if minutes is None:
        return
    known, elsewhere = _minutes_known(edition), _regencies(edition)
    for number, day, whose in (named for text in noting for named in _named(text)):
        if any(name in whose for name in elsewhere):
            continue
        if number not in known or (day and day not in known[number]):
            raise BadInput(
                f"Memperhatikan menyebut berita acara {_said(number, day)}, sedangkan berita acara tahap terakhir yang dibuat "
                f"di sini {_said(minutes.number, date_in_words(minutes.signed_on))}. Samakan nomor dan tanggalnya."
            )


def _minutes_known(edition: Edition) -> dict[str, set[str]]:
    """{number: days in words} of the minutes that stand, of each stage the newest, and of the rulings on ties."""
    newest = {row.stage_id: row for row in Minutes.objects.filter(stage__edition=edition).order_by("revision")}
    rows = [(row.number, row.signed_on) for row in newest.values()]
    rulings = TieRuling.objects.filter(tally__stage__edition=edition, ruled_at__isnull=False)
    known: dict[str, set[str]] = {}
    for number, day in rows + list(rulings.values_list("minutes_number", "minutes_on")):
        known.setdefault(number, set()).add(date_in_words(day))
    return known


def _regencies(edition: Edition) -> list[str]:
    """The names, in small letters, of the kabupaten and kota whose own panels may have made minutes."""
    if edition.region.level != "provinsi":
        return []
    regencies = list(regencies_of(edition.region_id, at=edition.regions_at))
    return [name.lower() for name in regency_names(edition, regencies).values()]


def _named(text: str) -> list[tuple[str, str, str]]:
    """Number and day of each minutes that a paragraph names, as printed, and in small letters whose it says they are."""
    return [
        (found["number"].rstrip(",;."), found["day"] or _day_in(found["whose"]), found["whose"].lower())
        for found in _MINUTES.finditer(text)
    ]


def _day_in(words: str) -> str:
    found = _DAY.search(words)
    return found["day"] if found else ""


def _said(number: str, day: str) -> str:
    return f"Nomor {number} tanggal {day}" if day else f"Nomor {number}"


def _refuse_other_number(facts: DecreeFacts, minutes: Minutes) -> None:
    typed = facts.minutes_number or minutes.number, facts.minutes_on or minutes.signed_on
    if typed != (minutes.number, minutes.signed_on):
        raise BadInput(
            f"Berita acara yang diketik, {_said(typed[0], date_in_words(typed[1]))}, bukan berita acara tahap terakhir yang "
            f"dibuat di sini, {_said(minutes.number, date_in_words(minutes.signed_on))}. Pakai yang dibuat di sini."
        )


def clean_line(typed: str, name: str, longest: int) -> str:
    return " ".join(clean_text(typed, name=name, longest=longest).split())


def clean_paragraphs(typed: Iterable[str], name: str) -> tuple[str, ...]:
    """Return the paragraphs that say something, each on one line."""
    found = tuple(line for text in typed if (line := clean_line(text, name, LONGEST)))
    if len(found) > MOST:
        raise BadInput(f"{name} memuat {len(found)} butir, paling banyak {MOST}. Gabungkan atau kurangi.")
    return found

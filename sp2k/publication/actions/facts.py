"""What was typed of the day's facts, made clean, or refused with the column it stands in."""

import re
from collections.abc import Iterable
from datetime import date

from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.base.wording import date_in_words
from sp2k.editions.models import Edition
from sp2k.publication.issued.facts import DecreeFacts, minutes_of_last_stage
from sp2k.publication.models import Minutes
from sp2k.results.models import TieRuling

LONGEST, MOST = 2000, 40
_MINUTES = re.compile(
    r"berita acara\b.*?\bnomor:?\s+(?P<number>\S.*?)(?:\s+tanggal\s+(?P<day>\d{1,2} \w+ \d{4})|\s*[;.]?$)", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"\b(kabupaten|kota)\b", re.IGNORECASE)


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

    What a province's decree says of the minutes of a kabupaten or kota was made elsewhere and is not held against anything.
    """
    minutes = minutes_of_last_stage(edition)
    if minutes is None:
        return
    known = _minutes_known(edition)
    for text in noting:
        number, day = _named(text)
        if not number or (edition.region.level == "provinsi" and _ELSEWHERE.search(text)):
            continue
        if number not in known or (day and day not in known[number]):
            raise BadInput(
                f"Memperhatikan menyebut berita acara {_said(number, day)}, sedangkan berita acara tahap terakhir yang dibuat "
                f"di sini {_said(minutes.number, date_in_words(minutes.signed_on))}. Samakan nomor dan tanggalnya."
            )


def _minutes_known(edition: Edition) -> dict[str, set[str]]:
    """{number: days in words} of the minutes of the edition's stages and of its rulings on ties."""
    rows = list(Minutes.objects.filter(stage__edition=edition).values_list("number", "signed_on"))
    rulings = TieRuling.objects.filter(tally__stage__edition=edition, ruled_at__isnull=False)
    known: dict[str, set[str]] = {}
    for number, day in rows + list(rulings.values_list("minutes_number", "minutes_on")):
        known.setdefault(number, set()).add(date_in_words(day))
    return known


def _named(text: str) -> tuple[str, str]:
    """Number and day of the minutes that a paragraph names, as printed; empty where it names none."""
    found = _MINUTES.search(text)
    return (found["number"].rstrip(",;."), found["day"] or "") if found else ("", "")


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

"""What was typed of the day's facts, made clean, or refused with the column it stands in."""

from collections.abc import Iterable
from datetime import date

from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.editions.models import Edition
from sp2k.publication.issued.facts import DecreeFacts, minutes_of_last_stage

LONGEST, MOST = 2000, 40


def clean_facts(facts: DecreeFacts, edition: Edition, *, number: str, signed_on: date) -> DecreeFacts:
    """Return the facts with every text clean; number and date of minutes that were made here are not typed again."""
    minutes = minutes_of_last_stage(edition)
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


def clean_line(typed: str, name: str, longest: int) -> str:
    return " ".join(clean_text(typed, name=name, longest=longest).split())


def clean_paragraphs(typed: Iterable[str], name: str) -> tuple[str, ...]:
    """Return the paragraphs that say something, each on one line."""
    found = tuple(line for text in typed if (line := clean_line(text, name, LONGEST)))
    if len(found) > MOST:
        raise BadInput(f"{name} memuat {len(found)} butir, paling banyak {MOST}. Gabungkan atau kurangi.")
    return found

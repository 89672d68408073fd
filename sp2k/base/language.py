"""Two languages: pages speak the reader's; whatever is written down, signed, sent or refused is in that of record."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, override

from sp2k.base import wording
from sp2k.base.documents.numerals import spelled

P, T = ParamSpec("P"), TypeVar("T")

_ENGLISH = dict(
    zip(
        [*wording.MONTHS, *wording.DAYS],
        [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
            "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ],
        strict=True,
    )
)  # fmt: skip
_NAMES = re.compile("|".join(_ENGLISH))


def of_record(build: Callable[P, T]) -> Callable[P, T]:
    """Let a maker of documents, files or records run in Indonesian, whatever language its reader's pages are in."""

    @wraps(build)
    def in_indonesian(*args: P.args, **options: P.kwargs) -> T:
        with override(settings.LANGUAGE_CODE):
            return build(*args, **options)

    return in_indonesian


def is_foreign() -> bool:
    """Return whether the page being made speaks another language than that of record."""
    return get_language() not in (None, settings.LANGUAGE_CODE)


def marked(sentence: str) -> str:
    """Return a sentence of record for a page: on a page of another language it is marked as the Indonesian it is."""
    return format_html('<span lang="{}">{}</span>', settings.LANGUAGE_CODE, sentence) if is_foreign() else sentence


def spoken(text: str) -> str:
    """Return a text with the names of months and days in the reader's language."""
    return _NAMES.sub(lambda found: _ENGLISH[found[0]], text) if is_foreign() else text


def spoken_date(day: date) -> str:
    """Return `21 Desember 2022`, to an English reader `21 December 2022`."""
    return spoken(wording.date_in_words(day))


def spoken_range(first: date, last: date) -> str:
    """Return `2–4 November 2022`, the month in the reader's language."""
    return spoken(wording.date_range(first, last))


def spoken_instant(instant: datetime, zone: str) -> str:
    """Return `4 November 2022, 16.00 WIB`, the month in the reader's language."""
    return spoken(wording.instant_in_words(instant, zone))


def spoken_count(n: int) -> str:
    """Return a count in words, as Indonesian prose has it; in digits for another reader."""
    return str(n) if is_foreign() else spelled(n)

"""Filters of `sp2k.base.wording` for templates."""

import re
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import get_language

from sp2k.base import wording

register = template.Library()
register.filter("angka", wording.number_in_words)
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
register.filter("ukuran", wording.size_in_words)
register.filter("berempat", wording.in_fours)


def _spoken(text: str) -> str:
    """Dates in the reader's language; documents are set without these filters and stay Indonesian."""
    return _NAMES.sub(lambda found: _ENGLISH[found[0]], text) if get_language() == "en" else text


@register.filter
def tanggal(day):
    """`21 Desember 2022`"""
    return _spoken(wording.date_in_words(day))


@register.filter
def jam(instant, zone="Asia/Jakarta"):
    """`16.00 WIB`"""
    return wording.hour_in_words(instant, zone)


@register.filter
def waktu(instant, zone="Asia/Jakarta"):
    """`4 November 2022, 16.00 WIB`"""
    return _spoken(wording.instant_in_words(instant, zone))


@register.filter
def hari(instant, zone="Asia/Jakarta"):
    """`Selasa`"""
    return _spoken(wording.DAYS[instant.astimezone(ZoneInfo(zone)).weekday()])


@register.filter
def rentang(days):
    """`2–4 November 2022` of a first and a last day."""
    return _spoken(wording.date_range(*days))

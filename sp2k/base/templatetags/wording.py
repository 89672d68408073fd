"""Filters of `sp2k.base.wording` for templates; dates in the reader's language."""

import shlex
from zoneinfo import ZoneInfo

from django import template

from sp2k.base import wording
from sp2k.base.language import spoken, spoken_date, spoken_instant, spoken_range

register = template.Library()
register.filter("angka", wording.number_in_words)
register.filter("ukuran", wording.size_in_words)
register.filter("berempat", wording.in_fours)
register.filter("kalimat", wording.as_sentence)
register.filter("kutip", shlex.quote)  # as a shell takes it whole: people copy the line


@register.filter
def tanggal(day):
    """`21 Desember 2022`"""
    return spoken_date(day)


@register.filter
def jam(instant, zone="Asia/Jakarta"):
    """`16.00 WIB`"""
    return wording.hour_in_words(instant, zone)


@register.filter
def waktu(instant, zone="Asia/Jakarta"):
    """`4 November 2022, 16.00 WIB`"""
    return spoken_instant(instant, zone)


@register.filter
def hari(instant, zone="Asia/Jakarta"):
    """`Selasa`"""
    return spoken(wording.DAYS[instant.astimezone(ZoneInfo(zone)).weekday()])


@register.filter
def rentang(days):
    """`2–4 November 2022` of a first and a last day."""
    return spoken_range(*days)

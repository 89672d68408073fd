"""Filters of `sp2k.base.wording` for templates."""

from zoneinfo import ZoneInfo

from django import template

from sp2k.base import wording

register = template.Library()
register.filter("angka", wording.number_in_words)
register.filter("tanggal", wording.date_in_words)
register.filter("ukuran", wording.size_in_words)
register.filter("berempat", wording.in_fours)


@register.filter
def jam(instant, zone="Asia/Jakarta"):
    """`16.00 WIB`"""
    return wording.hour_in_words(instant, zone)


@register.filter
def waktu(instant, zone="Asia/Jakarta"):
    """`4 November 2022, 16.00 WIB`"""
    return wording.instant_in_words(instant, zone)


@register.filter
def hari(instant, zone="Asia/Jakarta"):
    """`Selasa`"""
    return wording.DAYS[instant.astimezone(ZoneInfo(zone)).weekday()]


@register.filter
def rentang(days):
    """`2–4 November 2022` of a first and a last day."""
    return wording.date_range(*days)

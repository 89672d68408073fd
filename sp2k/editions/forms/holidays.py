"""Holidays as rows of day and name: in a draft's guided form, and beside the calendar after the lock."""

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Day, Text
from sp2k.editions.models import Edition
from sp2k.editions.queries.closed_days import holidays_of

SPARE_ROWS = 5


class HolidayList(forms.Form):
    """All holidays of an edition."""

    def __init__(self, *args, edition: Edition, **options):
        super().__init__(*args, **options)
        add_holiday_rows(self, list(holidays_of(edition).items()))

    def clean(self):
        return clean_holiday_rows(self)

    def days(self) -> list[tuple]:
        return holiday_rows(self)


def add_holiday_rows(form, standing) -> None:
    """Add a row of day and name for each holiday, and a few empty ones."""
    form.n_rows = len(standing) + SPARE_ROWS
    for n in range(form.n_rows):
        day, name = standing[n] if n < len(standing) else (None, "")
        labels = {"n": n + 1}
        form.fields[f"day-{n}"] = Day(label=translated("Tanggal libur ke-%(n)s") % labels, required=False, initial=day)
        form.fields[f"name-{n}"] = Text(
            label=translated("Nama libur ke-%(n)s") % labels, max_length=120, required=False, initial=name
        )


def holiday_rows(form) -> list[tuple]:
    """Return (day, name) of the rows that were filled."""
    rows = [(form.cleaned_data.get(f"day-{n}"), form.cleaned_data.get(f"name-{n}")) for n in range(form.n_rows)]
    return [(day, name) for day, name in rows if day]


def clean_holiday_rows(form):
    """Refuse half a row."""
    for n in range(form.n_rows):
        if bool(form.cleaned_data.get(f"day-{n}")) != bool(form.cleaned_data.get(f"name-{n}")):
            blank = f"name-{n}" if form.cleaned_data.get(f"day-{n}") else f"day-{n}"
            if blank not in form.errors:
                form.add_error(blank, _("Tulis tanggal dan namanya, atau kosongkan keduanya."))
    return form.cleaned_data

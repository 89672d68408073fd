"""What the registry gave a decree: its number and date."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Day, Text


class DecreeForm(forms.Form):
    """Number and date as in the register. Everything else in the decree comes from the frozen result."""

    number = Text(
        label=_("Nomor keputusan"), max_length=80, help_text=_("Seperti di register, misalnya 188/966/KPTS/013/2022.")
    )
    signed_on = Day(label=_("Tanggal ditetapkan"))

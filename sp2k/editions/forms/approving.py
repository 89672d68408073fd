"""A signed paper in the place of someone's yes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Day, File, Text
from sp2k.base.pages.uploads import JPEG, PDF, PNG


class PaperForm(forms.Form):
    """Number, date and scan of the paper. The second recorder may leave the scan to the first."""

    number = Text(label=_("Nomor surat"), max_length=80)
    dated = Day(label=_("Tanggal surat"))
    scan = File(
        label=_("Pindaian"), kinds=(PDF, JPEG, PNG), required=False,
        help_text=_("PDF, JPG, atau PNG. Pencatat kedua boleh mengosongkannya bila nomor dan tanggalnya sama."),
    )  # fmt: skip

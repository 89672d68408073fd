"""What is typed to lock a stage before its deadline: the number that was read, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import REQUIRED, Text


class EarlyLockForm(forms.Form):
    """The number of those who lose time, as the page shows it; and the reason, where nobody has given it yet."""

    number = forms.IntegerField(
        label=_("Ketik jumlah yang kehilangan sisa waktu"), min_value=0, max_value=10**7, localize=False,
        help_text=_("Angkanya tertulis di atas. Dengan mengetiknya Anda menyatakan sudah membacanya."),
        widget=forms.TextInput(attrs={"class": "input short", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": REQUIRED, "invalid": _("Ketik angkanya saja, misalnya 658.")},
    )  # fmt: skip
    reason = Text(label=_("Alasan"), rows=3, max_length=500, help_text=_("Alasannya dibaca semua orang."))

    def __init__(self, *args, asks_reason: bool, **options):
        super().__init__(*args, **options)
        if not asks_reason:
            del self.fields["reason"]

"""A session, a draw, and two entries that exchange their turns."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sp2k.base.pages.fields import REQUIRED, Choice, Instant, Text

WHOLE = {
    "required": REQUIRED, "invalid": _("Tulis bilangan bulat, misalnya 20."),
    "min_value": _("Paling sedikit %(limit_value)s."), "max_value": _("Paling banyak %(limit_value)s."),
}  # fmt: skip


class Whole(forms.IntegerField):
    """A whole number, typed on the phone's number keys."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"class": "input short", "inputmode": "numeric"})
        super().__init__(widget=widget, error_messages=WHOLE, **options)


class SessionForm(forms.Form):
    """A sitting of the panel."""

    name = Text(label=_("Nama sesi"), max_length=120, help_text=_("Misalnya: Hari pertama, atau Panel A pagi."))
    room = Text(label=pgettext_lazy("lokasi", "Tempat"), max_length=200, required=False)
    capacity = Whole(label=_("Banyak peserta"), min_value=1, max_value=1000)
    minutes = Whole(label=_("Menit tiap peserta"), min_value=1, max_value=600)
    break_after = Whole(label=_("Jeda setelah peserta ke"), min_value=1, max_value=1000, required=False)
    break_minutes = Whole(label=_("Lama jeda dalam menit"), min_value=0, max_value=600, required=False)

    field_order = ["name", "room", "starts_at", "capacity", "minutes", "break_after", "break_minutes"]

    def __init__(self, *args, zone: str, zone_name: str, **options):
        super().__init__(*args, **options)
        self.fields["starts_at"] = Instant(label=_("Mulai (%(zone)s)") % {"zone": zone_name}, zone=zone)
        self.order_fields(self.field_order)

    def clean(self):
        told = super().clean()
        after, most = told.get("break_after"), told.get("capacity")
        if after and not told.get("break_minutes") and "break_minutes" not in self.errors:
            self.add_error("break_minutes", _("Tulis lama jedanya, atau kosongkan kedua isian jeda."))
        if after and most and after >= most:
            self.add_error("break_after", _("Jeda berada di antara peserta; sesi ini memuat %d peserta.") % most)
        return told

    def said(self) -> dict:
        """The clean values as the act takes them."""
        return self.cleaned_data | {"break_minutes": self.cleaned_data["break_minutes"] or 0}


class DrawForm(forms.Form):
    """The public seed; drawing again has a reason."""

    seed = Text(
        label=_("Benih"), max_length=200,
        help_text=_(
            "Diumumkan sebelum undian, atau diambil dari peristiwa umum yang tidak dapat ditebak, misalnya hasil undian "
            "negara hari itu. Siapa pun yang memegang benih ini mendapat urutan yang sama."
        ),
    )  # fmt: skip
    reason = Text(label=_("Alasan undian ulang"), rows=2, max_length=500)
    instead_of = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, replaces, **options):
        super().__init__(*args, initial={"instead_of": replaces.seed if replaces else ""}, **options)
        if replaces is None:
            del self.fields["reason"]


class SwapForm(forms.Form):
    """Two entries that exchange their turns."""

    first = Choice(label=_("Peserta"))
    second = Choice(label=_("Bertukar dengan"))
    reason = Text(label=_("Alasan pertukaran"), rows=2, max_length=500)

    def __init__(self, *args, slots, **options):
        super().__init__(*args, **options)
        named = [(slot.participation.region_code, f"{slot.position}. {slot.participation.entry}") for slot in slots]
        for field in ("first", "second"):
            self.fields[field].choices = [("", _("Pilih peserta")), *named]

"""An innovation as a kecamatan tells it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Choice, File, Text
from sp2k.base.pages.uploads import JPEG, PDF, PNG
from sp2k.entries.actions.innovations import Telling
from sp2k.entries.models import Innovation


class InnovationForm(forms.Form):
    """Title and kind, the problem, how it works, what it brought; with one document."""

    title = Text(label=_("Judul"), max_length=200)
    kind = Choice(label=_("Jenis"), choices=Innovation.Kind.choices, widget=forms.RadioSelect)
    problem = Text(label=_("Masalah yang dijawab"), rows=4, max_length=4000)
    works = Text(label=_("Cara kerja"), rows=5, max_length=4000)
    benefit = Text(
        label=_("Manfaat, dengan angka"), rows=4, max_length=4000,
        help_text=_("Angka sebelum dan sesudah. Contoh: waktu layanan 3 hari menjadi 40 menit."),
    )  # fmt: skip
    since_year = forms.IntegerField(
        label=_("Sejak tahun"), required=False, min_value=1945, max_value=2100,
        widget=forms.TextInput(attrs={"class": "input short", "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Tulis tahun dengan empat angka, misalnya 2022."),
            "min_value": _("Tulis tahun dengan empat angka, misalnya 2022."),
            "max_value": _("Tulis tahun dengan empat angka, misalnya 2022."),
        },
    )  # fmt: skip
    place = Text(label=_("Tempat dilihat"), max_length=200, required=False)
    document = File(label=_("Berkas"), kinds=(PDF, JPEG, PNG), required=False)

    def telling(self) -> Telling:
        """What is told, without the file."""
        return Telling(**{name: value for name, value in self.cleaned_data.items() if name != "document"})


class VoidForm(forms.Form):
    """Why something is taken back."""

    reason = Text(label=_("Alasan pembatalan"), rows=2, max_length=500)


def told(row: Innovation) -> dict:
    """Return an innovation as the form shows it."""
    return {name: getattr(row, name) for name in ("title", "kind", "problem", "works", "benefit", "since_year", "place")}

"""The rule by which jurors are assigned, the grid of ticks, and the plan that is confirmed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Choice, Text
from sp2k.base.refusals import Refused
from sp2k.base.xlsx.table import read_table
from sp2k.judging.forms.schedule import Whole

LARGEST = 2_000_000
ALL, BALANCED, SESSIONS = "semua", "seimbang", "sesi"


class RuleForm(forms.Form):
    """Which rule, and what it needs."""

    cara = Choice(
        label=_("Aturan"), widget=forms.RadioSelect,
        choices=[
            (ALL, _("Semua kursi menilai semua peserta, kecuali yang berbenturan")),
            (BALANCED, _("Sekian kursi tiap peserta, seimbang, diundi dari benih umum")),
            (SESSIONS, _("Panel tiap sesi")),
        ],
    )  # fmt: skip
    juri = Whole(label=_("Kursi tiap peserta"), min_value=1, max_value=100, required=False)
    benih = Text(
        label=_("Benih"), max_length=200, required=False,
        help_text=_("Diumumkan sebelum undian. Siapa pun yang memegangnya mendapat pembagian yang sama."),
    )  # fmt: skip

    def __init__(self, *args, sessions, seats, **options):
        super().__init__(*args, **options)
        self.sessions = sessions
        named = [(seat.code, seat.institution) for seat in seats]
        for session in sessions:
            self.fields[f"sesi-{session.position}"] = forms.MultipleChoiceField(
                label=_("Panel sesi %(name)s") % {"name": session.name}, choices=named, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        if not sessions:
            self.fields["cara"].choices = self.fields["cara"].choices[:2]

    def clean(self):
        said = super().clean()
        if said.get("cara") == BALANCED:
            for name, sentence in (("juri", _("Tulis berapa kursi tiap peserta.")), ("benih", _("Tulis benihnya."))):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        if said.get("cara") == SESSIONS and not any(self.panels().values()):
            self.add_error(None, _("Centang kursi bagi setiap sesi."))
        return said

    def panels(self) -> dict[int, list[str]]:
        """The seats ticked for each session."""
        return {one.position: self.cleaned_data.get(f"sesi-{one.position}", []) for one in self.sessions}


class DutyFileForm(forms.Form):
    """A list of pairs, made from the template: XLSX or CSV."""

    file = forms.FileField(
        label=_("Berkas penugasan"), allow_empty_file=True,
        help_text=_("XLSX atau CSV, paling besar 2 MB, dengan kolom kode peserta dan kode kursi."),
        error_messages={"required": _("Pilih berkasnya lebih dahulu.")},
        widget=forms.ClearableFileInput(attrs={"class": "input", "accept": ".xlsx,.csv"}),
    )  # fmt: skip

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            return read_table(file.name, file.read(LARGEST + 1), largest=LARGEST)
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None


class SavePlanForm(forms.Form):
    """The plan as it was shown, and why duties are taken away."""

    plan = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=1_500_000)
    how = forms.CharField(widget=forms.HiddenInput, max_length=300)
    reason = Text(
        label=_("Alasan pencabutan"), rows=2, max_length=500, required=False,
        help_text=_("Alasannya dicatat dalam jurnal."),
    )  # fmt: skip

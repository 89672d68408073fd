"""The rule by which jurors are assigned, the grid of ticks, and the plan that is confirmed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Choice, Text
from sp2k.base.tables.fields import TableFile
from sp2k.judging.forms.schedule import Whole
from sp2k.judging.planning.tables import KIND

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
    """A list of pairs, made from the template: XLSX or CSV; and what a row without a seat means."""

    file = TableFile(label=_("Berkas penugasan"), kind=KIND)
    clears = forms.BooleanField(
        label=_("Cabut semua tugas peserta yang kolom kursinya kosong"), required=False,
        help_text=_("Tanpa centang, baris tanpa kursi tidak mengubah apa pun."),
    )  # fmt: skip


class SavePlanForm(forms.Form):
    """The plan as it was shown, and why duties are taken away."""

    plan = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=1_500_000)
    how = forms.CharField(widget=forms.HiddenInput, max_length=300)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)  # the mark of what was shown
    reason = Text(
        label=_("Alasan pencabutan"), rows=2, max_length=500, required=False,
        help_text=_("Alasannya dicatat dalam jurnal."),
    )  # fmt: skip

"""A regency's answer: its nominee with the signed minutes, or why it takes no part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Choice, File, Text
from sp2k.base.pages.uploads import JPEG, PDF, PNG

_PAPERS = (PDF, JPEG, PNG)


class NomineeForm(forms.Form):
    """Which kecamatan goes, by which minutes."""

    nominee = Choice(label=_("Calon"), widget=forms.RadioSelect)
    number = Text(label=_("Nomor berita acara"), max_length=80)
    minutes = File(label=_("Berita acara bertanda tangan"), kinds=_PAPERS, required=False)

    def __init__(self, *args, placements, **options):
        super().__init__(*args, **options)
        self.placements = {str(row.participation_id): row for row in placements}
        self.fields["nominee"].choices = [(key, str(row.participation.entry)) for key, row in self.placements.items()]
        if len(self.placements) == 1:
            self.fields["nominee"].initial = next(iter(self.placements))

    def offer(self, placements) -> None:
        """Show these alone: what was posted is judged by the act, what may be chosen next is told by the ranking."""
        shown = {str(row.participation_id) for row in placements}
        self.fields["nominee"].choices = [(key, name) for key, name in self.fields["nominee"].choices if key in shown]

    @property
    def participation(self):
        return self.placements[self.cleaned_data["nominee"]].participation


class DeclineForm(forms.Form):
    """Why a regency takes no part; it will be read by everyone."""

    reason = Text(
        label=_("Alasan tidak ikut"), rows=3, max_length=500,
        help_text=_("Alasan ini ditulis dalam jurnal edisi dan diumumkan."),
    )  # fmt: skip


class MinutesForm(forms.Form):
    """The signed minutes as scanned."""

    minutes = File(label=_("Berita acara bertanda tangan"), kinds=_PAPERS)

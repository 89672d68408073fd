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
        self._choose_the_only_one()

    def offer(self, placements) -> None:
        """Show these alone: what was posted is judged by the act, what may be chosen next is told by the ranking."""
        shown = {str(row.participation_id) for row in placements}
        self.fields["nominee"].choices = [(key, name) for key, name in self.fields["nominee"].choices if key in shown]
        self._choose_the_only_one()

    def _choose_the_only_one(self) -> None:
        if len(self.fields["nominee"].choices) == 1:
            self.fields["nominee"].initial = self.fields["nominee"].choices[0][0]

    @property
    def participation(self):
        return self.placements[self.cleaned_data["nominee"]].participation


class DeclineForm(forms.Form):
    """Why a regency takes no part; it will be read by everyone."""

    reason = Text(
        label=_("Alasan tidak ikut"), rows=3, max_length=500,
        help_text=_("Alasan ini ditulis dalam jurnal edisi dan diumumkan."),
    )  # fmt: skip


class TakeBackForm(forms.Form):
    """Why a ranking or an answer is taken back."""

    reason = Text(
        label=_("Alasan penarikan kembali"), rows=3, max_length=1000,
        help_text=_("Ditulis dalam jurnal edisi; dibaca kabupaten/kota, penyelenggara provinsi, dan pengawas. Jangan menulis "
                    "nilai di sini."),
    )  # fmt: skip


class SilentAnswerForm(forms.Form):
    """What the bureau answers for a regency that let the deadline pass, and why."""

    answer = Choice(label=_("Jawaban"), widget=forms.RadioSelect)
    reason = Text(
        label=_("Alasan penyelenggara provinsi"), rows=3, max_length=500,
        help_text=_("Ditulis dalam jurnal edisi sebagai alasan penyelenggara provinsi dan dibaca kabupaten/kota itu. Alasan "
                    "tidak ikut juga diumumkan."),
    )  # fmt: skip

    def __init__(self, *args, may_decline: bool, nominee: str, **options):
        super().__init__(*args, **options)
        choices = [("calon", _("Ajukan calon menurut peringkat: %s") % nominee)] if nominee else []
        self.fields["answer"].choices = choices + ([("tidak-ikut", _("Tidak ikut"))] if may_decline else [])
        if len(self.fields["answer"].choices) == 1:
            self.fields["answer"].initial = self.fields["answer"].choices[0][0]


class MinutesNumberForm(forms.Form):
    """The right number of the minutes, and why it was wrong."""

    number = Text(label=_("Nomor berita acara yang benar"), max_length=80)
    reason = Text(
        label=_("Alasan perbaikan"), rows=2, max_length=500,
        help_text=_("Nomor yang lama, nomor yang baru, dan alasan ini ditulis dalam jurnal edisi."),
    )  # fmt: skip


class MinutesForm(forms.Form):
    """The signed minutes as scanned."""

    minutes = File(label=_("Berita acara bertanda tangan"), kinds=_PAPERS)

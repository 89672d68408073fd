"""Who takes a seat, and which conflict a juror declares."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Choice, Text


class SeatForm(forms.Form):
    """The person who takes a seat; whoever leaves it leaves with a reason."""

    person = Choice(label=_("Orang"))
    reason = Text(
        label=_("Alasan penggantian"), rows=3, max_length=500,
        help_text=_("Misalnya: dirawat di rumah sakit sejak 31 Oktober. Alasan dicatat dalam jurnal."),
    )  # fmt: skip

    def __init__(self, *args, people, replaces: bool, **options):
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in people}
        named = [
            (key, f"{person.name} ({person.institution or person.username})") for key, person in self.people.items()
        ]
        self.fields["person"].choices = [("", _("Pilih orangnya")), *named]
        if not replaces:
            del self.fields["reason"]

    def chosen(self):
        """The account that was chosen."""
        return self.people[self.cleaned_data["person"]]


class ConflictForm(forms.Form):
    """Why a juror may not judge an entry."""

    reason = Text(
        label=_("Penjelasan"), rows=3, max_length=500,
        help_text=_("Misalnya: pernah menjadi camat di sana sampai 2021. Dibaca sekretariat, ketua juri, dan pengawas."),
    )  # fmt: skip

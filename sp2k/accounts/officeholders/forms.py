"""Who holds an office, as typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.actions import Term
from sp2k.accounts.officeholders.posts import Post
from sp2k.base.pages.fields import Choice, Day, File, Text
from sp2k.base.pages.uploads import XLSX


class TermForm(forms.Form):
    """A person in an office for a time."""

    office = Choice(label=_("Jabatan"))
    name = Text(label=_("Nama dengan gelar"), max_length=120)
    nip = Text(label=_("NIP"), max_length=24, required=False, help_text=_("18 angka; spasi boleh."))
    rank = Text(label=_("Pangkat, golongan"), max_length=80, required=False, help_text=_("Misalnya Pembina, IV/a."))
    since = Day(label=_("Menjabat sejak"))
    until = Day(label=_("Sampai"), required=False, help_text=_("Kosongkan bila masih menjabat."))
    source = Text(label=_("Dasar"), max_length=200, required=False, help_text=_("Nomor surat keputusan pengangkatan."))

    def __init__(self, *args, post: Post, **options):
        super().__init__(*args, **options)
        self.fields["office"].choices = [(office.value, office.label) for office in post.offices]

    def term(self) -> Term:
        return Term(**{key: self.cleaned_data[key] for key in Term.__dataclass_fields__})


class CorrectionForm(TermForm):
    """What was recorded wrongly, and why it is mended."""

    reason = Text(label=_("Alasan perbaikan"), max_length=200)

    @staticmethod
    def standing(holder: Officeholder) -> dict:
        return {key: getattr(holder, key) for key in Term.__dataclass_fields__}


class EndForm(forms.Form):
    """The last day of a term."""

    until = Day(label=_("Hari terakhir menjabat"))


class ListForm(forms.Form):
    """The whole list as XLSX."""

    file = File(label=_("Daftar pejabat"), kinds=(XLSX,), largest=5_000_000)

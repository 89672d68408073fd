"""Who holds an office, as typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.posts import Post
from sp2k.accounts.officeholders.queries import other_person_with, regions_with_posts
from sp2k.accounts.officeholders.terms import Term
from sp2k.accounts.officeholders.workbook import KIND
from sp2k.base.pages.fields import Choice, Day, Text
from sp2k.base.tables.fields import TableFile


class TermForm(forms.Form):
    """A person in an office for a time."""

    office = Choice(label=_("Jabatan"))
    name = Text(label=_("Nama dengan gelar"), max_length=120)
    nip = Text(label=_("NIP"), max_length=24, required=False, help_text=_("18 angka; spasi boleh."))
    rank = Text(label=_("Pangkat, golongan"), max_length=80, required=False, help_text=_("Misalnya Pembina, IV/a."))
    since = Day(label=_("Menjabat sejak"))
    until = Day(label=_("Sampai"), required=False, help_text=_("Kosongkan bila masih menjabat."))
    source = Text(label=_("Dasar"), max_length=200, required=False, help_text=_("Nomor surat keputusan pengangkatan."))

    sure = forms.BooleanField(label=_("NIP ini memang milik orang ini"), required=False)

    def __init__(self, *args, post: Post, viewer, besides: int | None = None, **options):
        super().__init__(*args, **options)
        self.fields["office"].choices = [(office.value, office.label) for office in post.offices]
        self._viewer, self._besides, self._sure = viewer, besides, self.fields.pop("sure")

    def clean(self):
        """A number that is recorded with another person is asked about, by a box that stands there only then."""
        typed = super().clean()
        nip = "".join(typed.get("nip", "").split())
        other = other_person_with(nip, typed.get("name", ""), besides=self._besides)
        if other is not None:
            self.fields["sure"] = self._sure
            typed["sure"] = "sure" in self.data
            if not typed["sure"]:
                self.add_error("nip", self._asked(other))
        return typed

    @property
    def is_number_sure(self) -> bool:
        return self.cleaned_data.get("sure", False)

    def _asked(self, other: Officeholder) -> str:
        if not regions_with_posts(self._viewer).filter(pk=other.region_id).exists():
            return _("NIP ini sudah tercatat pada orang lain. Betulkan, atau centang di bawah bila memang milik orang ini.")
        whose = {"name": other.name, "office": other.get_office_display(), "region": other.region.full_name}
        return _(
            "NIP ini sudah tercatat pada %(name)s, %(office)s %(region)s. Betulkan, atau centang di bawah bila memang milik "
            "orang ini."
        ) % whose

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
    """The whole list as XLSX or CSV, and what an empty cell in it means."""

    file = TableFile(label=_("Daftar pejabat"), kind=KIND)
    clears = forms.BooleanField(
        label=_("Kosongkan yang selnya kosong"), required=False,
        help_text=_("Tanpa centang, sel kosong tidak mengubah apa pun."),
    )  # fmt: skip

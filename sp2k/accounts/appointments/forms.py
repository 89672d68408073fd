"""From what one of the bureau types about a leader's paper to clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.appointments.actions import Appointed, LeadersPaper
from sp2k.accounts.forms.people import USERNAME_RULE, clean_username, region_of
from sp2k.base.pages.fields import Day, File, Text
from sp2k.base.pages.uploads import JPEG, PDF, PNG


class SecondRecordForm(forms.Form):
    """Number and date, read from the scan by the second of the bureau."""

    number = Text(label=_("Nomor surat"), max_length=80)
    dated = Day(label=_("Tanggal surat"))


class AppointmentForm(SecondRecordForm):
    """Whom the paper appoints, over which region, and the paper itself."""

    name = Text(label=_("Nama"), max_length=120, help_text=_("Dengan gelar, seperti pada surat."))
    username = Text(label=_("Nama pengguna"), max_length=60, help_text=USERNAME_RULE)
    institution = Text(label=_("Lembaga"), max_length=200, required=False)
    region = Text(
        label=_("Wilayah"), max_length=120, required=False,
        help_text=_("Kode atau nama, misalnya 35.10 atau Rogojampi. Kosong berarti wilayah Anda sendiri."),
    )  # fmt: skip
    scan = File(label=_("Pindaian"), kinds=(PDF, JPEG, PNG), help_text=_("PDF, JPG, atau PNG."))
    field_order = ["name", "username", "institution", "region", "number", "dated", "scan"]

    def __init__(self, viewer, *args, **options):
        super().__init__(*args, **options)
        self.own = sorted({held.region_id for held in viewer.held_memberships}, key=len)[0]

    def clean_username(self) -> str:
        return clean_username(self.cleaned_data["username"])

    def clean_region(self) -> str:
        return region_of(self.cleaned_data["region"], within=self.own) if self.cleaned_data["region"] else self.own

    def appointed(self) -> Appointed:
        return Appointed(**{key: self.cleaned_data[key] for key in ("username", "name", "region", "institution")})

    def paper(self) -> LeadersPaper:
        scan = self.cleaned_data["scan"]
        return LeadersPaper(self.cleaned_data["number"], self.cleaned_data["dated"], scan.content, scan.content_type)

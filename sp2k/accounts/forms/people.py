"""From what an organiser types about a person to clean values; regions by code or by name."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.actions.people import Details
from sp2k.accounts.forms.profile import clean_phone
from sp2k.accounts.queries.people import home_choices, roles_given_by
from sp2k.accounts.workbook import KIND
from sp2k.base.pages.fields import Choice, Text
from sp2k.base.tables.fields import TableFile
from sp2k.regions.folding import fold, words_of
from sp2k.regions.models import Region
from sp2k.regions.queries import named_like, region_listed_as, search_kecamatan

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58}[a-z0-9])")
USERNAME_RULE = _("3 sampai 60 huruf kecil, angka, titik, atau tanda hubung, tanpa spasi. NIP boleh.")


class DetailsForm(forms.Form):
    """Name, institution, phone, and the kabupaten/kota that a conflict of interest is measured by."""

    name = Text(label=_("Nama"), max_length=120, help_text=_("Dengan gelar, seperti pada surat."))
    institution = Text(label=_("Lembaga"), max_length=200, required=False)
    phone = Text(label=_("Nomor WhatsApp"), max_length=24, required=False, help_text=_("Misalnya 0812 3456 7890."))
    home = Choice(
        label=_("Kabupaten/kota asal atau tugas"),
        required=False,
        help_text=_("Dasar benturan kepentingan juri: ia tidak menilai peserta dari sini."),
    )

    def __init__(self, viewer, *args, **options):
        super().__init__(*args, **options)
        choices = [("", _("Tidak ada, atau di luar provinsi ini"))]
        choices += [(region.code, f"{region.listed_code} {region.name}") for region in home_choices(viewer)]
        if (kept := (options.get("initial") or {}).get("home")) and kept not in dict(choices):
            choices += [
                (region.code, f"{region.listed_code} {region.name}") for region in Region.objects.filter(code=kept)
            ]
        self.fields["home"].choices = choices

    def clean_phone(self):
        return clean_phone(self.cleaned_data["phone"])

    def details(self) -> Details:
        return Details(**{field: self.cleaned_data[field] for field in ("name", "institution", "phone", "home")})


class RoleForm(forms.Form):
    """A role over a region. What lies outside the giver's reach is refused by the table of permissions."""

    role = Choice(label=_("Peran"), widget=forms.RadioSelect)
    region = Text(
        label=_("Wilayah"),
        max_length=120,
        required=False,
        help_text=_("Kode atau nama, misalnya 35.10 atau Rogojampi. Kosong berarti wilayah Anda sendiri."),
    )

    def __init__(self, viewer, *args, **options):
        super().__init__(*args, **options)
        self.viewer = viewer
        self.own = sorted({held.region_id for held in viewer.held_memberships}, key=len)[0]
        self.fields["role"].choices = [(role.value, role.label) for role in roles_given_by(viewer)]
        if len(self.fields["role"].choices) == 1:
            self.fields["role"].initial = self.fields["role"].choices[0][0]

    def clean_region(self) -> str:
        return region_of(self.cleaned_data["region"], within=self.own) if self.cleaned_data["region"] else self.own


class PersonForm(DetailsForm, RoleForm):
    """A new person: name to sign in with, details, first role."""

    username = Text(label=_("Nama pengguna"), max_length=60, help_text=USERNAME_RULE)
    field_order = ["name", "username", "role", "region", "institution", "phone", "home"]

    def __init__(self, viewer, *args, **options):
        RoleForm.__init__(self, viewer, *args, **options)
        self.fields["home"].choices = DetailsForm(viewer).fields["home"].choices

    def clean_username(self) -> str:
        return clean_username(self.cleaned_data["username"])


class ListForm(forms.Form):
    """A list of people as XLSX or CSV, and what an empty cell in it means."""

    file = TableFile(label=_("Daftar orang"), kind=KIND)
    clears = forms.BooleanField(
        label=_("Kosongkan yang selnya kosong"), required=False,
        help_text=_("Tanpa centang, sel kosong tidak mengubah apa pun."),
    )  # fmt: skip


def clean_username(typed: str) -> str:
    """Return a name to sign in with, in small letters."""
    username = typed.strip().lower()
    if not USERNAME.fullmatch(username):
        raise forms.ValidationError(USERNAME_RULE)
    return username


def region_of(typed: str, *, within: str) -> str:
    """Return the key of the one region that was meant, by the list's code or by name as people type it.

    Several or none are said so, with their codes.
    """
    if region := region_listed_as(typed.strip()):
        return region.code
    wider = Region.objects.filter(ended_at=None).exclude(level=Region.Level.KECAMATAN)
    found = [region for region in wider.filter(named_like(words_of(typed))) if _is_called(region, typed)] or [
        region
        for region in search_kecamatan(typed, within=within)
        if region.folded == fold("".join(_first_words(typed)))
    ]
    if len(found) == 1:
        return found[0].code
    if not found:
        raise forms.ValidationError(_("Tidak ada wilayah bernama atau berkode itu. Tulis kodenya, misalnya 35.10.13."))
    places = "; ".join(f"{region.listed_code} {region.full_name}" for region in found[:5])
    raise forms.ValidationError(
        _("Nama itu dipakai di beberapa tempat. Tulis kodenya: %(places)s.") % {"places": places}
    )


def _is_called(region: Region, typed: str) -> bool:
    """`Kab. Madiun` and `Kabupaten Madiun` are one name; `Kota Madiun` is another, and `Madiun` alone is neither."""
    short = re.sub(r"^kab(?:\.\s*|\s+)", "kabupaten ", typed.strip().lower())
    return bool(short) and region.folded == fold(short)


def _first_words(typed: str) -> list[str]:
    """`Taman, Sidoarjo` and `Kecamatan Taman` mean `taman`."""
    return words_of(typed.split(",")[0])

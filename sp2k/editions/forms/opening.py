"""Opening an edition: from a template, a copy, or a file; and taking a draft back."""

import re
from collections.abc import Mapping
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.models import contains
from sp2k.base.exactyaml import load
from sp2k.base.pages.fields import Choice, Text
from sp2k.base.pages.textfile import TextFile
from sp2k.editions.drafts.rewriting import rewritten
from sp2k.editions.drafts.shifting import Shifted, shifted
from sp2k.editions.models import Edition
from sp2k.editions.queries.origins import Origin
from sp2k.regions.models import Region
from sp2k.regions.queries import region_listed_as

ZONES = [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")]
LARGEST = 500_000
CODE = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)


class StartForm(forms.Form):
    """A new edition out of another's text: which one, and what the new one is called."""

    origin = Choice(label=_("Disusun dari"), help_text=_("Tahap, kursi, kuota, gelar, dan persetujuan ikut disalin."))
    code = Text(
        label=_("Kode edisi"), max_length=40,
        help_text=_(
            "Huruf kecil, angka, tanda hubung, misalnya jatim-2025. Kode dipakai pada jurnal dan tidak dapat diubah lagi."
        ),
    )  # fmt: skip
    year = forms.IntegerField(
        label=_("Tahun"), min_value=2000, max_value=2100,
        widget=forms.TextInput(attrs={"class": "input short", "inputmode": "numeric"}),
        error_messages={"required": _("Isian ini belum diisi."), "invalid": _("Tulis tahun, misalnya 2024.")},
    )  # fmt: skip
    zone = Choice(label=_("Zona waktu"), choices=[("", _("Seperti asalnya")), *ZONES], required=False)

    def __init__(self, *args, origins: Mapping[str, Origin], reach: list[str], now: datetime, **options):
        """`origins` by a key that is sent back; `reach` the regions for which the person may open editions."""
        options["initial"] = {"year": now.year + 1} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.origins, self.reach = origins, reach
        self.fields["origin"].choices = [(key, origin.label) for key, origin in origins.items()]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not CODE.fullmatch(code):
            raise forms.ValidationError(_("Pakai huruf kecil, angka, dan tanda hubung saja, misalnya jatim-2025."))
        if Edition.objects.filter(code=code, voided_at=None).exists():
            raise forms.ValidationError(_("Kode %(code)s sudah dipakai edisi lain. Tulis kode lain.") % {"code": code})
        return code

    def draft(self) -> Shifted:
        """The new edition's text, its dates moved to the year."""
        told = self.cleaned_data
        origin = self.origins[told["origin"]]
        begun = shifted(origin.text, code=told["code"], year=told["year"])
        return Shifted(rewritten(begun.text, self._place(begun.text)), begun.left_out, origin.is_as_announced)

    def _place(self, text: str) -> dict:
        """The region stays where the person may open editions there; else it becomes the person's own."""
        changes = {("zona",): self.cleaned_data["zone"]} if self.cleaned_data["zone"] else {}
        region = load(text, name="naskah")["wilayah"]
        found = region_listed_as(region)
        if self.reach and not (found and any(contains(code, found.code) for code in self.reach)):
            changes["wilayah",] = Region.objects.get(pk=self.reach[0]).listed_code
        return changes


class UploadForm(forms.Form):
    """A whole edition file."""

    file = TextFile(
        label=_("Berkas edisi"), largest=LARGEST, accept=".yaml,.yml", help_text=_("YAML, paling besar 500 kB.")
    )


class ReasonForm(forms.Form):
    """Why an act is done."""

    reason = Text(label=_("Alasan"), rows=3, max_length=500, help_text=_("Dicatat dalam jurnal dan dibaca orang lain."))

"""A lot as it is announced, and as it is drawn."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Instant, Text
from sp2k.tally.stage_rules.chain import LONGEST_SEED


class AnnouncementForm(forms.Form):
    """What the seed will be taken from, and when; another announcement also says why."""

    def __init__(self, *args, zone: str, replaces: bool, **options):
        super().__init__(*args, **options)
        self.fields["source"] = Text(
            label=_("Benih akan diambil dari"), rows=3, max_length=1000,
            help_text=_("Yang tidak dapat diketahui atau dipilih siapa pun sebelumnya, misalnya enam bola yang diundi di "
                        "depan saksi, ditulis menurut urutan keluarnya."),
        )  # fmt: skip
        self.fields["draws_at"] = Instant(zone=zone, label=_("Ditarik pada"))
        if replaces:
            self.fields["reason"] = Text(label=_("Alasan mengganti pengumuman"), rows=2, max_length=1000)


class DrawForm(forms.Form):
    """The seed as drawn, and who was there."""

    seed = Text(
        label=_("Benih seperti ditarik"), max_length=LONGEST_SEED,
        help_text=_("Tepat seperti diumumkan bentuknya; spasi dan tanda baca ikut dihitung."),
    )  # fmt: skip
    present = Text(
        label=_("Yang hadir, satu nama per baris"), rows=4, max_length=2000,
        help_text=_("Sedikitnya dua orang, dengan jabatannya; termasuk yang mengesahkan dan saksi dari Inspektorat."),
    )  # fmt: skip

    def __init__(self, *args, signers: Sequence[str] = (), **options):
        super().__init__(*args, **options)
        if signers:
            self.fields["present"].help_text = translated(
                "Sedikitnya dua orang, dengan jabatannya; termasuk yang mengesahkan (%s) dan saksi dari Inspektorat."
            ) % "; ".join(signers)

    def drawn(self) -> tuple[str, list[str]]:
        """The seed and the names of those present, of a form that is valid."""
        return self.cleaned_data["seed"], self.cleaned_data["present"].splitlines()

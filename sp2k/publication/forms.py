"""What the registry gave a decree: its number and date."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Day, Text


class ReturnForm(forms.Form):
    """Why a leader sends the result back."""

    prefix = "kembali"
    reason = Text(
        label=_("Alasan pengembalian"), rows=4, max_length=2000,
        help_text=_("Dibaca penyelenggara, pengawas, dan pimpinan. Tulis apa yang harus diperiksa atau dijelaskan."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What the bureau answers when it proposes the result anew."""

    prefix = "jawab"
    answer = Text(
        label=_("Jawaban"), rows=4, max_length=2000,
        help_text=_("Tulis apa yang diperiksa dan mengapa hasilnya diajukan lagi. Persetujuan dimulai dari awal."),
    )  # fmt: skip


class DecreeForm(forms.Form):
    """Number and date as in the register. Everything else in the decree comes from the frozen result."""

    number = Text(
        label=_("Nomor keputusan"), max_length=80, help_text=_("Seperti di register, misalnya 188/966/KPTS/013/2022.")
    )
    signed_on = Day(label=_("Tanggal ditetapkan"))

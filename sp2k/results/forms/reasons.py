"""A reason, as every act that takes something back asks for one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Text


class ReasonForm(forms.Form):
    """Why a mistake is voided, a file erased, a late sheet proposed or refused."""

    reason = Text(
        label=_("Alasan"), rows=3, max_length=1000,
        help_text=_("Disimpan bersama catatannya dan dapat dibaca pengawas. Jangan menulis nilai di sini."),
    )  # fmt: skip

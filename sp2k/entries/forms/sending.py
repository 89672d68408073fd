"""The last page before a form is sent: which content was checked, and why it changes what was sent before."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Text
from sp2k.entries.sealing import Sending


class SendForm(forms.Form):
    """`op_id` makes two clicks one sending; `checked` is the mark of the answers that the page showed."""

    op_id = forms.UUIDField(widget=forms.HiddenInput)
    checked = forms.CharField(widget=forms.HiddenInput)
    reason = Text(
        label=_("Alasan perubahan"), rows=3, max_length=500, required=False,
        help_text=_("Isian ini sudah pernah dikirim. Tulis apa yang berubah; verifikator membacanya."),
    )  # fmt: skip

    def __init__(self, *args, resent: bool, **options):
        super().__init__(*args, **options)
        if not resent:
            self.fields["reason"].widget = forms.HiddenInput()

    def sending(self, last) -> Sending:
        """How this form is sent: upon the revision that the page was made from."""
        return Sending(op_id=self.cleaned_data["op_id"], base_rev=last.revision if last else 0)

    def renew(self, mark: str) -> None:
        """Let the page be sent again: a new number, and the answers as they stand now."""
        self.data = self.data.copy()
        self.data["op_id"], self.data["checked"] = str(uuid4()), mark

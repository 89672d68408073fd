"""What the verifier ticked and wrote, read from a page that is made of the form under examination."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Text
from sp2k.entries.models import Form
from sp2k.entries.reading import FormPage


class VerdictForm(forms.Form):
    """The words of a return; it is asked for only where the form goes back."""

    reason = Text(
        label=_("Alasan pengembalian"), rows=3, max_length=1000, required=False,
        help_text=_("Tulis apa yang harus diperbaiki. Kecamatan membacanya di kepala isiannya."),
    )  # fmt: skip


def examined(form: Form, data=None) -> FormPage:
    """Return the form with what was ticked and written on the page, in full, also where it is refused."""
    page = FormPage(form)
    if data is None:
        return page
    refused, notes = {}, {}
    for aspect in page.aspects:
        for claim in aspect.claims:
            code = claim.question.code
            if keys := [proof.key for proof in claim.proofs if proof.box(code) in data]:
                refused[code] = keys
            if note := (data.get(claim.note_box) or "").strip():
                notes[code] = note
    return FormPage(form, refused, notes)

"""What the verifier ticked and wrote, read from a page that is made of the form under examination."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Text
from sp2k.entries.checks import check_of
from sp2k.entries.reading import ClaimedAspect


class VerdictForm(forms.Form):
    """The words of a return, and the yes to what was not looked at; each is asked for only where its button needs it."""

    reason = Text(
        label=_("Alasan pengembalian"), rows=3, max_length=1000, required=False,
        help_text=_("Wajib bila isian dikembalikan: apa yang harus diperbaiki. Kecamatan membacanya di kepala isiannya."),
    )  # fmt: skip
    unseen = forms.BooleanField(required=False)

    def __init__(self, *args, n_unseen: int, **options):
        super().__init__(*args, **options)
        self.n_unseen = n_unseen
        self.fields["reason"].is_conditional = True
        self.fields["unseen"].label = _("Terima juga %(n)s indikator yang belum ditandai diperiksa") % {"n": n_unseen}

    def refuse_unseen(self) -> bool:
        """Say that something was not looked at, unless that was said yes to; return whether it was refused."""
        is_refused = bool(self.n_unseen) and not self.cleaned_data["unseen"]
        if is_refused:
            self.add_error("unseen", _("Masih ada yang belum ditandai diperiksa. Periksa dahulu, atau centang kotak ini."))
        return is_refused


def typed_checks(part: ClaimedAspect, data, *, all_seen: bool = False) -> dict:
    """Return what the page of one aspect holds, in full, also where it is refused; see `sp2k.entries.checks`."""
    checks = {}
    for claim in part.to_check:
        code = claim.question.code
        refused = [proof.key for proof in claim.proofs if proof.box(code) in data]
        is_seen = all_seen or claim.seen_box in data
        if check := check_of(refused, data.get(claim.note_box) or "", is_seen):
            checks[code] = check
    return checks

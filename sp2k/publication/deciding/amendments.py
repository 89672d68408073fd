"""What the page of a decree's corrections shows to one person."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not, why_not_or_whose
from sp2k.base.language import spoken_date
from sp2k.base.pages.confirming import Preview
from sp2k.publication.checking.documents import require_amendments
from sp2k.publication.checking.opening import require_decided
from sp2k.publication.models import Amendment, Decree


@dataclass(frozen=True)
class AmendmentRow:
    """A correction, and why this person may not approve it (empty: may)."""

    amendment: Amendment
    why_not_approve: str


def amendment_preview(amendment: Amendment, *, user, now: datetime) -> Preview:
    """What a yes brings into force, word for word."""
    require_amendments(amendment.edition)
    reason = why_not_or_whose(user, "amendment.approve", amendment, now=now)
    if not reason and not amendment.is_waiting:
        reason = _("Usul ini tidak menunggu persetujuan lagi. Kembali ke halaman pembetulan untuk melihatnya.")
    return Preview(
        title=_("Setujui pembetulan"), button=_("Setujui pembetulan"), eyebrow=str(amendment.edition),
        figures=(
            (_("Keputusan yang dibetulkan"), amendment.decree.number),
            (_("Nomor keputusan pembetulan"), amendment.number),
            (_("Tanggal ditetapkan"), spoken_date(amendment.signed_on)),
            (_("Yang dibetulkan"), amendment.corrects), (_("Alasan"), amendment.reason),
            (_("Diusulkan"), amendment.by.name),
        ),
        notes=_when(amendment, now), reason=reason, back=reverse("publication:amendments", args=[amendment.edition.code]),
        for_good=_("Setelah disetujui, pembetulan ini berlaku, tercetak, dan tidak dapat ditarik."),
    )  # fmt: skip


def _when(amendment: Amendment, now: datetime) -> tuple[str, ...]:
    """That a yes given after the written date brings it into force only then; as the document will say."""
    if not amendment.is_waiting or now.astimezone(ZoneInfo(amendment.edition.zone)).date() <= amendment.signed_on:
        return ()
    return (_("Tanggal ditetapkannya sudah lewat: pembetulan ini berlaku sejak Anda menyetujuinya, dan itu yang tercetak."),)


def amendments_page(decree: Decree, *, user, now: datetime) -> dict:
    """Return the corrections of a decree, newest first; whoever may propose gets the form while none waits."""
    rows = list(decree.amendments.select_related("by", "approved_by", "decree__edition").order_by("-position"))
    require_decided(decree.edition)
    require_amendments(decree.edition)
    may_propose = why_not(user, "amendment.propose", decree.edition, now=now) is None
    return {
        "decree": decree, "edition": decree.edition,
        "rows": [AmendmentRow(row, why_not_or_whose(user, "amendment.approve", row, now=now)) for row in rows],
        "may_withdraw": may_propose, "may_propose": may_propose and not any(row.is_waiting for row in rows),
    }  # fmt: skip

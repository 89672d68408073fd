"""What closing an edition without result would leave undone."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not_or_whose
from sp2k.base.language import spoken_instant
from sp2k.base.pages.confirming import Preview, names_shown
from sp2k.editions.models import Edition, Proposal

ACT = "tutup"  # no edition file can declare it: two of the bureau, always


def waiting_abandonment(edition: Edition) -> Proposal | None:
    """Return the proposal to close the edition that waits for a second person, or None."""
    rows = edition.proposals.filter(act=ACT, done_at=None, withdrawn_at=None)
    return rows.select_related("by").first()


def abandon_preview(edition: Edition, *, user, now: datetime, proposal: Proposal | None) -> Preview:
    """What is left when the edition is closed; with a proposal, what the second person agrees to."""
    reason = why_not_or_whose(user, "edition.abandon", edition, now=now)
    if not reason and proposal is not None and proposal.by_id == user.pk:
        reason = _("Anda yang mengusulkan penutupan ini. Orang kedua dari penyelenggara yang menyetujuinya.")
    stages = list(edition.stages.all())
    n_locked = sum(stage.is_locked for stage in stages)
    told = ((_("Alasan"), proposal.reason), (_("Diusulkan"), _proposed(proposal))) if proposal else ()
    return Preview(
        title=_("Tutup %s tanpa hasil") % edition, eyebrow=edition.code,
        button=_("Setujui penutupan") if proposal else _("Usulkan penutupan"),
        back=reverse("editions:edition", args=[edition.code]), reason=reason,
        figures=(
            *told, (_("Tahap yang sudah dikunci"), _("%(n)s dari %(of)s") % {"n": n_locked, "of": len(stages)}),
            (_("Aturan dikunci"), spoken_instant(edition.rules_locked_at, edition.zone)),
        ),
        lists=(names_shown(_("Tahap yang tidak diteruskan"), [stage.name for stage in stages if not stage.is_locked]),),
        notes=(_("Semua yang bertugas di edisi ini diberi tahu di meja kerjanya, dengan alasannya."),),
        for_good=_("Edisi yang ditutup tidak dapat dibuka lagi. Tidak ada isian, lembar, atau hasil yang diterima; isinya "
                   "tetap dapat dibaca.") if proposal
        else _("Penutupan terjadi setelah orang kedua menyetujui, dan sesudah itu tidak dapat ditarik."),
    )  # fmt: skip


def _proposed(proposal: Proposal) -> str:
    return f"{proposal.by.name}, {spoken_instant(proposal.at, proposal.edition.zone)}"

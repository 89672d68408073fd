"""The rules of an edition to read, and their lock."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sp2k.accounts.policy import why_not
from sp2k.base import clock
from sp2k.base.pages.acting import attempt_plainly
from sp2k.base.pages.addresses import address_of
from sp2k.editions.actions import lock_rules
from sp2k.editions.queries import missing_approvals, rules_hash_of
from sp2k.editions.queries.acts import acts_of
from sp2k.editions.queries.rules_page import past_dates, rules_page
from sp2k.editions.views.fetching import edition_for, edition_to_show


@login_not_required
@require_safe
def rules(request, code):
    """Exactly what is, or will be, locked; before the lock also who has agreed and what is missing."""
    edition = edition_to_show(request, code)
    now = clock.now_of(edition)
    page = {
        "edition": edition, "rules": rules_page(edition), "hash": edition.rules_hash or rules_hash_of(edition),
        "act": next((act for act in acts_of(edition, request.user, now=now) if act.act == "kunci_aturan"), None),
        "may_lock": request.user.is_authenticated and bool(request.user.roles),
        "why_not_lock": _why_not_lock(request, edition, now), "past": past_dates(edition, now),
        "lots": address_of("results:lots", edition.code) if _has_lot(edition) else "",
    }  # fmt: skip
    return render(request, "editions/rules.html", page)


@require_POST
def lock(request, code):
    """Lock the rules that were shown."""
    edition = edition_for(request, code, "rules.lock")
    now = clock.now_of(edition)
    shown = request.POST.get("shown", "") or "-"
    attempt_plainly(
        request, lambda: lock_rules(edition, by=request.user, now=now, shown=shown), done=_("Aturan terkunci.")
    )
    return redirect("editions:rules", edition.code)


def _has_lot(edition) -> bool:
    """Whether a stage of locked rules ends its tie-breaks with a lot: then its announcement is read here."""
    return edition.has_locked_rules and any("undian" in (stage.get("seri") or ()) for stage in edition.rules["tahap"])


def _why_not_lock(request, edition, now) -> str:
    if reason := why_not(request.user, "rules.lock", edition, now=now):
        return reason
    missing = missing_approvals(edition, "kunci_aturan", edition.code, also=request.user)
    return _("Persetujuan belum lengkap: %(missing)s.") % {"missing": "; ".join(missing)} if missing else ""

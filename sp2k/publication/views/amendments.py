"""Corrections of an issued decree: proposed by one, approved by another, each a document of its own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.pages.confirming import confirm
from sp2k.editions.queries import editions_visible_to
from sp2k.publication.actions import approve_amendment, propose_amendment, withdraw_amendment
from sp2k.publication.checking.documents import require_amendments
from sp2k.publication.deciding.amendments import amendment_preview, amendments_page
from sp2k.publication.forms import AmendmentForm
from sp2k.publication.models import Amendment, Decree
from sp2k.publication.views.documents import pdf
from sp2k.results.queries import StageResult
from sp2k.results.views.admission import admit


@require_safe
def amendments(request, code):
    """What was corrected in a decree, what is proposed, and the form to propose."""
    return _page(request, _decree(request, code), AmendmentForm())


@require_POST
def propose(request, code):
    """Propose a correction."""
    decree, form = _decree(request, code), AmendmentForm(request.POST)
    by_now = {"by": request.user, "now": clock.now_of(decree)}
    if form.is_valid() and attempt(form, lambda: propose_amendment(decree, **form.cleaned_data, **by_now)):
        messages.success(request, _("Pembetulan diusulkan. Ia berlaku setelah disetujui orang kedua."))
        return redirect("publication:amendments", code)
    return _page(request, decree, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request, code, position):
    """Approve what was proposed, as the second person, once it was shown."""
    found = _amendment(request, code, position)
    now = clock.now_of(found)
    return confirm(
        request, lambda: amendment_preview(found, user=request.user, now=now),
        lambda: approve_amendment(found, by=request.user, now=now), done=_("Pembetulan disetujui dan berlaku."),
        then=reverse("publication:amendments", args=[code]), edition=found.edition,
    )  # fmt: skip


@require_POST
def withdraw(request, code, position):
    """Take a proposal back."""
    found = _amendment(request, code, position)
    attempt_plainly(
        request, lambda: withdraw_amendment(found, by=request.user, now=clock.now_of(found)),
        done=_("Usul pembetulan ditarik."),
    )  # fmt: skip
    return redirect("publication:amendments", code)


@require_safe
def document(request, code, position):
    """The document of an amendment in force."""
    found = _amendment(request, code, position)
    if found.document is None:
        raise Http404
    require_amendments(found.decree.edition)
    return pdf(read_blob(found.document), f"pembetulan-{code}-{position}")


def _decree(request, code) -> Decree:
    edition = get_object_or_404(editions_visible_to(request.user).filter(rules_locked_at__isnull=False), code=code)
    admit(request.user, "amendment.read", StageResult(edition.stages.select_related("edition__region").last()))
    return get_object_or_404(Decree.objects.select_related("edition__region"), edition=edition)


def _amendment(request, code, position) -> Amendment:
    rows = Amendment.objects.select_related("decree__edition__region", "document", "by")
    return get_object_or_404(rows, decree=_decree(request, code), position=position)


def _page(request, decree, form, *, status=200):
    page = amendments_page(decree, user=request.user, now=clock.now_of(decree))
    return render(request, "publication/amendments.html", page | {"form": form}, status=status)

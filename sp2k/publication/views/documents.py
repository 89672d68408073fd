"""The decree: prepared with the facts of the day, looked at as a draft, made once, read before the announcement."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.pages.acting import attempt
from sp2k.publication.actions import issue_decree
from sp2k.publication.checking.opening import require_decree
from sp2k.publication.deciding.confirming import preview_of
from sp2k.publication.deciding.preparing import decree_form, draft_decree
from sp2k.publication.models import Decree
from sp2k.publication.views.decision import confirm_act, decision_for
from sp2k.results.views.admission import admit


@require_http_methods(["GET", "HEAD", "POST"])
def decree(request, code):
    """Make the decree with the facts of the day, once it was shown what it will say and what is still open."""
    form = decree_form(decision_for(request, code, "decree"), request.POST if request.method == "POST" else None)
    return confirm_act(
        request, code, "decree", lambda edition, **acted: issue_decree(edition, **form.asked(), **acted),
        _("Keputusan dibuat."), form=form,
    )  # fmt: skip


@require_POST
def draft(request, code):
    """The draft as PDF, from what stands in the columns now; nothing is kept."""
    edition = decision_for(request, code)
    now = clock.now_of(edition)
    admit(request.user, "decree.issue", edition)
    form = decree_form(edition, request.POST, is_draft=True)
    content = attempt(form, lambda: draft_decree(edition, form.facts(), now=now)) if form.is_valid() else None
    if content is not None:
        return pdf(content, f"rancangan-keputusan-{code}")
    page = {"preview": preview_of("decree", edition, user=request.user, now=now), "form": form, "edition": edition}
    return render(request, "base/confirm.html", page, status=422)


@require_safe
def document(request, code):
    """The decree's document before the announcement, for those who may read the decision."""
    issued = get_object_or_404(Decree.objects.select_related("document"), edition=(edition := decision_for(request, code)))
    require_decree(edition)
    return pdf(read_blob(issued.document), f"keputusan-{code}")


def pdf(content: bytes, name: str) -> HttpResponse:
    """Return a document to be read in the browser."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response

"""What entries claimed when they presented, to be looked into at the visit: noted by secretariat, chair, or jurors."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.base.refusals import NotAllowed
from sp2k.entries.queries.shown import require_shown
from sp2k.judging.actions import note_presentation_claim, void_presentation_claim
from sp2k.judging.forms.visits import ClaimForm, VoidForm
from sp2k.judging.queries.visits import noted_claims, panel_entry, presentation_rows, presentations_visible_to


@require_safe
def presentations(request):
    """The entries that present, each with how many claims were noted."""
    rows = presentation_rows(request.user)
    if rows is None:
        raise Http404
    require_shown(*(row.stage.edition for row in rows))
    return render(request, "judging/visits/presentations.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def presentation(request, pk):
    """The claims noted of one entry, and the form to note another."""
    presented, reason = _presented(request, pk)
    form = ClaimForm(request.POST or None)
    if form.is_bound and form.is_valid():
        acted = {"by": request.user, "now": clock.now_of(presented), **form.cleaned_data}
        if attempt(form, lambda: note_presentation_claim(presented.participation, **acted)):
            return redirect("judging:presentation", pk)
    page = {"presented": presented, "edition": presented.edition, "form": form, "reason": reason}
    page["claims"] = noted_claims(presented, request.user)
    return render(request, "judging/visits/presentation.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request, pk, claim):
    """Strike out a claim noted by mistake, with a reason."""
    presented, reason = _presented(request, pk)
    found = next((row for row in noted_claims(presented, request.user) if row.pk == claim and not row.voided_at), None)
    if found is None:
        raise Http404
    form = VoidForm(request.POST or None)
    if form.is_bound and form.is_valid():
        acted = {"by": request.user, "now": clock.now_of(presented), **form.cleaned_data}
        if attempt(form, lambda: void_presentation_claim(found, **acted)):
            return redirect("judging:presentation", pk)
    page = {"presented": presented, "edition": presented.edition, "form": form, "claim": found, "reason": reason}
    return render(request, "judging/visits/void.html", page, status=422 if form.is_bound else 200)


def _presented(request, pk):
    """Return the entry before its jury and why nothing can be noted now ("" when it can).

    404 for whoever may not know; 403 with the reason for whoever may not ever; a locked stage is read, not written.
    """
    presented = panel_entry(get_object_or_404(presentations_visible_to(request.user), pk=pk))
    require_shown(presented.edition)
    now = clock.now_of(presented)
    if is_hidden(request.user, "claim.read", presented, now=now):
        raise Http404
    if reason := why_not(request.user, "claim.read", presented, now=now):
        raise NotAllowed(reason)
    return presented, why_not(request.user, "claim.note", presented, now=now) or ""

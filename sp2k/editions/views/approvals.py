"""Saying yes to the acts of an edition, by account or from a signed paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import POLICY
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.refusals import AlreadyDone
from sp2k.editions.actions import Paper, give_approval
from sp2k.editions.file import EARLY_LOCK, LOCK
from sp2k.editions.forms.approving import PaperForm
from sp2k.editions.queries import rules_hash_of
from sp2k.editions.queries.acts import acts_of, acts_waiting_for
from sp2k.editions.queries.opening import changed_among, require_approvals
from sp2k.editions.views.fetching import edition_for, edition_to_show


@require_safe
def waiting(request):
    """All that waits for the viewer's yes, edition by edition."""
    if not request.user.roles & POLICY["approval.give"].roles:
        raise Http404
    waiting = acts_waiting_for(request.user, now=clock.clocks())
    changed = changed_among([edition for edition, _acts in waiting])
    shown = [(edition, acts) for edition, acts in waiting if edition.code not in changed]
    return render(request, "editions/waiting.html", {"waiting": shown, "changed": sorted(changed)})


@require_safe
def approvals(request, code):
    """Every declared act of an edition: who must say yes, who has."""
    edition = edition_to_show(request, code, "approval.give")
    require_approvals(edition)
    acts = acts_of(edition, request.user, now=clock.now_of(edition))
    page = {"edition": edition, "acts": acts, "hash": edition.rules_hash or rules_hash_of(edition)}
    return render(request, "editions/approvals.html", page)


@require_POST
def approve(request, code):
    """Say yes in the viewer's own role."""
    edition = edition_for(request, code, "approval.give")
    now = clock.now_of(edition)
    act = _due(request, edition, request.POST)
    if act.is_lock:
        raise Http404  # a yes to a lock asks what the stage still lacks: it has an address of its own there
    role, shown = request.POST.get("role", ""), ""
    if act.act == "kunci_aturan":
        shown = request.POST.get("shown", "") or "-"
    attempt_plainly(
        request,
        lambda: give_approval(edition, act.act, act.subject, role=role, by=request.user, now=now, shown=shown),
        done=_("Persetujuan Anda tercatat."),
    )
    return redirect("editions:approvals", edition.code)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request, code):
    """Record a signed paper in the place of a yes."""
    edition = edition_for(request, code, "approval.give")
    if request.GET.get("act") in (LOCK, EARLY_LOCK):
        raise Http404
    return record_paper(request, edition, give=give_approval)


def record_paper(request, edition, *, give):
    """The form of a paper for the act that the address names; `give` records it."""
    now = clock.now_of(edition)
    act = _due(request, edition, request.GET)
    role = next((role for role in (*act.papers, *act.again_by(request.user)) if role == request.GET.get("role")), None)
    if role is None:
        raise Http404
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        signed = _paper(form)
        asked = {"role": role.value, "by": request.user, "now": now, "paper": signed}
        if attempt(form, lambda: give(edition, act.act, act.subject, **asked)):
            return redirect("editions:approvals", edition.code)
    page = {"edition": edition, "act": act, "role": role, "form": form}
    return render(request, "editions/paper.html", page, status=422 if form.errors else 200)


@require_safe
def scan(request, code, pk):
    """The scan of a recorded paper, as a file to save."""
    edition = edition_for(request, code, "approval.give")
    approval = get_object_or_404(edition.approvals.exclude(paper=None).select_related("paper"), pk=pk)
    if approval.paper.erased_at:
        raise Http404
    content, kind = read_blob(approval.paper), approval.paper.content_type
    require_approvals(edition)
    ending = {"image/jpeg": "jpg", "image/png": "png"}.get(kind, "pdf")
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="surat-{approval.pk}.{ending}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _due(request, edition, named):
    """The act that an address or a form names; only an act of this edition that is due."""
    acts = acts_of(edition, request.user, now=clock.now_of(edition))
    asked = (named.get("act"), named.get("subject"))
    act = next((act for act in acts if (act.act, act.subject) == asked and act.is_due), None)
    if act is not None:
        return act
    if edition.approvals.filter(act=asked[0] or "", subject=asked[1] or "").exists():
        there = reverse("editions:approvals", args=[edition.code])
        raise AlreadyDone("Ini sudah dilakukan atau ditarik sejak halaman Anda dibuka.", then=there)
    raise Http404


def _paper(form) -> Paper:
    told, scan = form.cleaned_data, form.cleaned_data["scan"]
    if scan is None:
        return Paper(told["number"], told["dated"], b"")
    return Paper(told["number"], told["dated"], scan.content, scan.content_type)

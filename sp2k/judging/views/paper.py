"""Paper on the bureau's desk: the list, one paper, typing it, settling, its scan, withdrawing it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import POLICY, is_hidden, why_not
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.paging import page_of
from sp2k.entries.queries.shown import require_shown
from sp2k.entries.views.finding import SHOWING
from sp2k.judging import actions
from sp2k.judging.forms.paper import FindPaperForm, PaperFilterForm, ReasonForm, ScanForm, SettlingForm, TypingForm
from sp2k.judging.models import PaperSheet
from sp2k.judging.opening.papers import require_scan
from sp2k.judging.paper_places import places_of
from sp2k.judging.papers import paper_list, paper_page, row_of
from sp2k.judging.queries.changed import require_papers
from sp2k.judging.queries.paper import papers_visible_to
from sp2k.judging.readings import has_scan, open_differences

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request):
    """The papers one may know of; a code typed here leads to its paper, a wrong one to a sentence."""
    if not request.user.roles & POLICY["paper.read"].roles:
        raise Http404
    find = FindPaperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and find.is_valid():
        found = papers_visible_to(request.user).filter(code=find.cleaned_data["kode"]).first()
        if found:
            return redirect(_next_step(request.user, found), found.code)
        find.add_error("kode", _("Kertas dengan kode ini tidak ada pada daftar Anda. Periksa lagi kodenya."))
    page = paper_list(request.user, request.GET, form=PaperFilterForm, now=clock.clocks())
    rows = page_of(request, page.pop("rows"))
    require_shown(*(paper.edition for paper in rows), *(row["stage"].edition for row in page["stages"]))
    rows.object_list = [row_of(paper) for paper in rows.object_list]
    page |= {"find": find, "page": rows}
    return render(request, "judging/paper/papers.html", page, status=422 if find.errors else 200)


@require_safe
def paper(request, code):
    """One paper: where it stands and what can be done with it now."""
    subject = _paper(request.user, code)
    require_shown(subject.edition)
    require_papers(subject.stage)
    page = paper_page(subject, request.user, now=clock.now_of(subject))
    return render(request, "judging/paper/paper.html", page | {"scan_form": ScanForm()})


@require_http_methods(["GET", "HEAD", "POST"])
def type_paper(request, code):
    """Type what stands on the paper, without seeing what anybody else typed."""
    subject = _admitted(request, "paper.type", code)
    data = request.POST if request.method == "POST" else None
    form = TypingForm(data, places=places_of(subject), has_note=not subject.is_visit)
    if request.method == "POST" and form.is_valid():
        act = lambda: actions.type_paper(subject, form.reading(), by=request.user, now=clock.now_of(subject))  # noqa: E731
        if attempt(form, act):
            return _after_typing(request, code)
    page = paper_page(subject, request.user, now=clock.now_of(subject)) | {"form": form}
    return render(request, "judging/paper/typing.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def settle_paper(request, code):
    """The differences of two typings side by side, for the two who typed."""
    subject = _admitted(request, "paper.type", code)
    if request.user.pk not in {typing.by_id for typing in subject.typings_now()}:
        raise PermissionDenied(_("Perbedaan hanya terlihat oleh kedua pengetik, dan salah satunya menyelesaikannya."))
    form = SettlingForm(request.POST if request.method == "POST" else None, differences=open_differences(subject))
    if not form.differences:
        return redirect("judging:paper", subject.code)
    if request.method == "POST" and form.is_valid():
        act = lambda: actions.settle_paper(subject, form.settled(), by=request.user, now=clock.now_of(subject))  # noqa: E731
        if attempt(form, act):
            return redirect("judging:paper", subject.code)
    page = paper_page(subject, request.user, now=clock.now_of(subject)) | {"form": form}
    return render(request, "judging/paper/settling.html", page, status=422 if form.errors else 200)


@require_POST
def upload_scan(request, code):
    """Take the scan of a paper."""
    subject = _admitted(request, "paper.type", code)
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["berkas"]
        if attempt(form, lambda: actions.attach_scan(subject, upload, by=request.user, now=clock.now_of(subject))):
            return redirect("judging:paper", subject.code)
    page = paper_page(subject, request.user, now=clock.now_of(subject)) | {"scan_form": form}
    return render(request, "judging/paper/paper.html", page, status=422)


@require_safe
def scan(request, code):
    """The scan as a file: never run, never framed, kept by no cache."""
    subject = _admitted(request, "paper.scan", code)
    if not has_scan(subject):
        raise Http404
    require_scan(subject)
    response = HttpResponse(read_blob(subject.scan), content_type=subject.scan.content_type)
    name = f"kertas-{subject.shown_code}.{_ENDINGS[subject.scan.content_type]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def erase_scan(request, code):
    """Remove a wrongly uploaded scan for good, with a reason."""
    subject = _admitted(request, "paper.type", code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["alasan"]
        if attempt(form, lambda: actions.erase_scan(subject, reason=reason, by=request.user, now=clock.now_of(subject))):
            return redirect("judging:paper", subject.code)
    page = paper_page(subject, request.user, now=clock.now_of(subject)) | {"form": form}
    return render(request, "judging/paper/erasing.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_paper(request, code):
    """Take a paper out of use, with a reason."""
    subject = _admitted(request, "paper.type", code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["alasan"]
        if attempt(form, lambda: actions.withdraw_paper(subject, reason=reason, by=request.user, now=clock.now_of(subject))):
            return redirect("judging:paper", subject.code)
    page = paper_page(subject, request.user, now=clock.now_of(subject)) | {"form": form}
    return render(request, "judging/paper/withdrawing.html", page, status=422 if form.errors else 200)


def _paper(user, code) -> PaperSheet:
    return get_object_or_404(papers_visible_to(user), code=code.upper())


def _admitted(request, action, code) -> PaperSheet:
    """Answer 404 to whoever may not know of the paper or of the act, 403 with the reason to the others."""
    user, subject = request.user, _paper(request.user, code)
    now = clock.now_of(subject)
    if is_hidden(user, action, subject, now=now):
        raise Http404
    if reason := why_not(user, action, subject, now=now):
        raise PermissionDenied(reason)
    if request.method in SHOWING:
        require_shown(subject.edition)
        require_papers(subject.stage)
    return subject


def _next_step(user, subject) -> str:
    """The page that whoever found a paper most likely wants."""
    now, typists = clock.now_of(subject), {typing.by_id for typing in subject.typings_now()}
    is_done = subject.assignment.standing_sheets and not subject.is_visit
    if why_not(user, "paper.type", subject, now=now) is None and not is_done:
        if subject.state in PaperSheet.TO_TYPE and user.pk not in typists:
            return "judging:paper-type"
        if subject.state == PaperSheet.State.DIFFERENT and user.pk in typists:
            return "judging:paper-settle"
    if subject.state == PaperSheet.State.WAITING and why_not(user, "paper.confirm", subject, now=now) is None:
        return "judging:paper-confirm"
    return "judging:paper"


def _after_typing(request, code):
    """The second typist goes on to the differences where there are any; others to the paper."""
    subject = _paper(request.user, code)
    differ = subject.state == PaperSheet.State.DIFFERENT
    return redirect("judging:paper-settle" if differ else "judging:paper", subject.code)

"""The juror before his own paper: what was typed beside the scan, his yes or his objection."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.entries.queries.shown import require_shown
from sp2k.entries.views.finding import SHOWING
from sp2k.judging import actions
from sp2k.judging.forms.paper import ConfirmForm, ObjectionForm
from sp2k.judging.marks import extremes_of
from sp2k.judging.models import PaperSheet
from sp2k.judging.paper_places import WORDS, places_of, value_of
from sp2k.judging.papers import confirmation_page
from sp2k.judging.queries.changed import require_papers
from sp2k.judging.queries.paper import papers_visible_to
from sp2k.judging.readings import standing


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_paper(request, code):
    """Confirm that what was typed is what stands on the paper."""
    subject = _own_paper(request, code)
    if subject.state != PaperSheet.State.WAITING:
        return redirect("judging:paper", subject.code)
    form = ConfirmForm(request.POST if request.method == "POST" else None, **_asked(subject))
    if request.method == "POST" and form.is_valid():
        act = lambda: actions.confirm_paper(subject, by=request.user, now=clock.now_of(subject), **form.told())  # noqa: E731
        if attempt(form, act):
            return redirect("judging:paper", subject.code)
    return _page(request, subject, form, ObjectionForm(), wrong=bool(form.errors))


@require_POST
def object_to_paper(request, code):
    """Send the paper back to be typed anew."""
    subject = _own_paper(request, code)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        objection = form.cleaned_data["keberatan"]
        said = {"objection": objection, "by": request.user, "now": clock.now_of(subject)}
        if attempt(form, lambda: actions.object_to_paper(subject, **said)):
            return redirect("judging:paper", subject.code)
    if subject.state != PaperSheet.State.WAITING:
        return redirect("judging:paper", subject.code)
    return _page(request, subject, ConfirmForm(**_asked(subject)), form, wrong=True)


def _own_paper(request, code) -> PaperSheet:
    user = request.user
    subject = get_object_or_404(papers_visible_to(user), code=code.upper())
    if is_hidden(user, "paper.confirm", subject, now=clock.now_of(subject)):
        raise Http404
    if reason := why_not(user, "paper.confirm", subject, now=clock.now_of(subject)):
        raise PermissionDenied(reason)
    if request.method in SHOWING:
        require_shown(subject.edition)
        require_papers(subject.stage)
    return subject


def _asked(subject) -> dict:
    """What the juror is asked for beside his yes: what stands empty, and reasons of marks the rules call extreme."""
    places, content, extremes = places_of(subject), standing(subject), extremes_of(subject.stage)
    if subject.is_visit:
        half = [key for key in content.empty if _is_half_told(key, content.marks)]
        return {"empty": {key: places[key] for key in half}, "extreme": {}}
    extreme = [key for key, mark in content.marks.items() if extremes and (not mark or extremes.ask(value_of(mark)))]
    return {"empty": {key: places[key] for key in content.empty}, "extreme": {key: places[key] for key in extreme}}


def _is_half_told(key, marks) -> bool:
    """A claim of which either the finding or what was seen is written; where both are empty, nobody looked."""
    other = key.removesuffix(WORDS) if key.endswith(WORDS) else key + WORDS
    return bool(marks.get(other))


def _page(request, subject, form, objection_form, *, wrong):
    page = confirmation_page(subject, request.user, now=clock.now_of(subject))
    page |= {"form": form, "objection_form": objection_form}
    return render(request, "judging/paper/confirming.html", page, status=422 if wrong else 200)

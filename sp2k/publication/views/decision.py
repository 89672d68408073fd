"""The decision: titles, approvals, decree, announcement; for the bureau, the leaders and the inspectorate."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import is_hidden
from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.pages.confirming import confirm
from sp2k.base.refusals import Refused
from sp2k.editions.actions import give_approval
from sp2k.editions.queries import editions_visible_to
from sp2k.publication.actions import publish
from sp2k.publication.deciding.confirming import preview_of
from sp2k.publication.deciding.page import asked_now, decision_page, decisions_for
from sp2k.publication.deciding.route import standing_of
from sp2k.publication.forms import AnswerForm, ReturnForm
from sp2k.results.actions import decide_result, give_titles, propose_result, return_result
from sp2k.results.queries import StageResult
from sp2k.results.views.admission import admit

APPROVED = frozenset({"hasil", "terbit"})
ACTIONS = {"titles": "titles.give", "decide": "result.decide", "decree": "decree.issue", "publish": "result.publish"}


@require_safe
def decisions(request):
    """The editions that have or will have a decision."""
    rows = decisions_for(request.user, now=clock.clocks())
    if rows is None:
        raise Http404
    return render(request, "publication/decisions.html", {"rows": rows})


@require_safe
def decision(request, code):
    """Titles, route, approvals and the one act that comes next."""
    edition = decision_for(request, code)
    return _page(request, edition)


@require_http_methods(["GET", "HEAD", "POST"])
def titles(request, code):
    """Give the titles, once it was shown to whom."""
    return confirm_act(request, code, "titles", give_titles, _("Gelar diberikan."))


@require_POST
def approve(request, code):
    """Say yes to the result or to its announcement, in one of one's own roles."""
    edition, asked, role = decision_for(request, code), request.POST.get("act", ""), request.POST.get("role", "")
    if asked not in APPROVED:
        raise Http404
    return _done(request, edition, lambda: _say_yes(request, edition, asked, role), _("Persetujuan Anda dicatat."))


@require_POST
def return_(request, code):
    """A leader sends the result back with a reason."""
    edition, form = decision_for(request, code), ReturnForm(request.POST)
    by_now = {"by": request.user, "now": clock.now_of(edition)}
    if form.is_valid() and attempt(form, lambda: return_result(edition, form.cleaned_data["reason"], **by_now)):
        messages.success(request, _("Hasil dikembalikan. Penyelenggara melihat alasan Anda di mejanya."))
        return redirect("publication:decision", edition.code)
    return _page(request, edition, status=422, return_form=form)


@require_POST
def propose(request, code):
    """The bureau answers and proposes the result anew."""
    edition, form = decision_for(request, code), AnswerForm(request.POST)
    by_now = {"by": request.user, "now": clock.now_of(edition)}
    if form.is_valid() and attempt(form, lambda: propose_result(edition, form.cleaned_data["answer"], **by_now)):
        messages.success(request, _("Hasil diajukan lagi; persetujuan dimulai dari awal."))
        return redirect("publication:decision", edition.code)
    return _page(request, edition, status=422, answer_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, code):
    """Seal the result, once it was shown."""
    return confirm_act(request, code, "decide", decide_result, _("Hasil ditetapkan."))


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request, code):
    """Publish, as the second person, once it was shown what becomes public."""
    return confirm_act(request, code, "publish", publish, _("Hasil diterbitkan dan terbuka bagi umum."))


def decision_for(request, code, act=""):
    """Return the edition to whoever may read its decision, or answer 404 or 403; an act's page is 404 to who never does it."""
    edition = get_object_or_404(editions_visible_to(request.user).filter(rules_locked_at__isnull=False), code=code)
    if act and is_hidden(request.user, ACTIONS[act], edition.stages.last(), now=clock.now_of(edition)):
        raise Http404
    admit(request.user, "decision.read", StageResult(edition.stages.select_related("edition__region").last()))
    return edition


def _page(request, edition, *, status=200, **typed):
    forms = {"return_form": ReturnForm(), "answer_form": AnswerForm()}
    page = decision_page(edition, user=request.user, now=clock.now_of(edition))
    return render(request, "publication/decision.html", page | forms | typed, status=status)


def confirm_act(request, code, name, act, done, *, form=None):
    """Show one act of the decision, or do it (base/pages/confirming.py)."""
    edition = decision_for(request, code, name)
    now = clock.now_of(edition)
    return confirm(
        request, lambda: preview_of(name, edition, user=request.user, now=now),
        lambda: act(edition, by=request.user, now=now), done=done, form=form, edition=edition,
        then=reverse("publication:decision", args=[code]),
    )  # fmt: skip


def _say_yes(request, edition, asked, role):
    now_asked = asked_now(standing_of(edition, user=request.user))
    if now_asked is None or now_asked.act != asked:
        raise Refused(_("Persetujuan ini belum diminta, atau tidak ditunggu lagi. Muat ulang halaman."))
    return give_approval(edition, asked, now_asked.subject, role=role, by=request.user, now=clock.now_of(edition))


def _done(request, edition, act, done):
    attempt_plainly(request, act, done=done)
    return redirect("publication:decision", edition.code)

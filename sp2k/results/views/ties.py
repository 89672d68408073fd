"""A tie that the rules' chain left: proposing how it is ended, voting, ruling, taking a proposal back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import is_hidden
from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.refusals import AlreadyDone
from sp2k.editions.queries import stages_visible_to
from sp2k.results.actions.ties import checked_proposal, propose_ruling, rule_tie, vote_on_ruling, withdraw_ruling
from sp2k.results.forms.reasons import ReasonForm
from sp2k.results.forms.ties import CONFIRM, RulingForm
from sp2k.results.ties.groups import Tie
from sp2k.results.ties.page import TiePage, address_of_tie, outcome_lines, tally_of, tie_page
from sp2k.results.views.admission import admit


@require_safe
def tie(request, edition, code, scope, place):
    """Who is equal, what hangs on it, and how far its ruling is."""
    page = _page(request, edition, code, scope, place)
    form = None if page.ruling or page.why_not_propose else RulingForm(tie=page.tie)
    return render(request, "results/tie.html", _shown(page, form))


@require_http_methods(["POST"])
def propose(request, edition, code, scope, place):
    """Show what a ruling would make of the tied; confirmed, propose it."""
    page = _page(request, edition, code, scope, place)
    if page.why_not_propose:
        raise PermissionDenied(page.why_not_propose)
    form = RulingForm(request.POST, tie=page.tie)
    now = clock.now_of(page.tie)
    if form.is_valid():
        asked = (page.tie, form.way, form.order(), form.minuted())
        if request.POST.get("act") == CONFIRM:
            if attempt(form, lambda: propose_ruling(*asked, by=request.user, now=now)):
                messages.success(request, _("Usul putusan seri dicatat. Orang lain yang memutuskannya."))
                return redirect("results:tie", edition, code, scope, place)
        elif fields := attempt(form, lambda: checked_proposal(*asked, now=now)):
            lines = outcome_lines(page.tie, fields["way"], fields["order"], fields["seats"])
            return render(request, "results/tie_preview.html", _shown(page, form) | {"fields": fields, "lines": lines})
    return render(request, "results/tie.html", _shown(page, form), status=422)


@require_POST
def vote(request, edition, code, scope, place):
    """A juror's yes or no."""
    page, agrees = _waiting(request, edition, code, scope, place), request.POST.get("agrees") == "ya"
    return _after(
        request, page, lambda: vote_on_ruling(page.ruling, agrees=agrees, by=request.user, now=clock.now_of(page.tie)),
        done=_("Suara Anda dicatat."),
    )  # fmt: skip


@require_POST
def rule(request, edition, code, scope, place):
    """Put the proposed ruling in force."""
    page = _waiting(request, edition, code, scope, place)
    return _after(
        request, page, lambda: rule_tie(page.ruling, by=request.user, now=clock.now_of(page.tie)),
        done=_("Seri ini diputus."),
    )  # fmt: skip


@require_http_methods(["POST"])
def withdraw(request, edition, code, scope, place):
    """Take the proposal back, with a reason."""
    page, form = _waiting(request, edition, code, scope, place), ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: withdraw_ruling(page.ruling, reason, by=request.user, now=clock.now_of(page.tie))):
            messages.success(request, _("Usul putusan seri ditarik."))
            return redirect("results:tie", edition, code, scope, place)
    return render(request, "results/tie.html", _shown(page, None) | {"withdrawing": form}, status=422)


def _page(request, edition, code, scope, place) -> TiePage:
    stage = get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code)
    now, tally = clock.now_of(stage), tally_of(stage, scope)
    # Who may not know of it is told nothing, not even that the count does not open.
    if tally is None or is_hidden(request.user, "tie.read", Tie(tally, scope, place, (), None), now=now):
        raise Http404
    found = tie_page(stage, scope, place, user=request.user, now=now)
    if found is None:
        raise Http404
    admit(request.user, "tie.read", found.tie)
    return found


def _waiting(request, edition, code, scope, place) -> TiePage:
    page = _page(request, edition, code, scope, place)
    if page.ruling is None and not page.tie.tally.rulings.filter(scope=page.tie.scope, place=page.tie.place).exists():
        raise Http404
    if page.ruling is None:
        raise AlreadyDone("Ini sudah dilakukan: usul putusannya sudah ditarik.", then=address_of_tie(page.tie))
    return page


def _shown(page: TiePage, form) -> dict:
    stage = page.tie.stage
    return {
        "page": page, "tie": page.tie, "stage": stage, "edition": stage.edition, "form": form,
        "scope": page.tie.scope, "withdrawing": ReasonForm(),
    }  # fmt: skip


def _after(request, page, act, *, done):
    attempt_plainly(request, act, done=done)
    tie = page.tie
    return redirect("results:tie", tie.edition.code, tie.stage.code, tie.scope, tie.place)

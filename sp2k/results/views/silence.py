"""Answering for a silent regency: one of the bureau proposes on a page that shows what follows, another carries it out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.editions.models import Stage
from sp2k.editions.queries import stages_visible_to
from sp2k.results.actions import answer_for_silent, propose_silent_answer, withdraw_silent_answer
from sp2k.results.closing import RegencyDesk, regencies_in
from sp2k.results.forms.regencies import SilentAnswerForm
from sp2k.results.regencies.silence import SilencePage
from sp2k.results.views.admission import admit


@require_http_methods(["GET", "HEAD", "POST"])
def silence(request, edition, code, regency):
    """What the rules would answer, the proposal that waits, or the form to propose."""
    page = SilencePage(_desk(request, edition, code, regency))
    form = SilentAnswerForm(request.POST or None, may_decline=page.may_decline, nominee=page.nominee)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _propose(request, page.desk, form)):
        messages.success(request, _("Usul dicatat. Orang kedua dari penyelenggara provinsi melaksanakannya."))
        return redirect("results:silence", edition, code, regency)
    shown = {"page": page, "desk": page.desk, "stage": page.desk.stage, "edition": page.desk.edition, "form": form}
    return render(request, "results/silence.html", shown, status=422 if form.errors else 200)


@require_POST
def carry_out(request, edition, code, regency, pk):
    """The second person answers."""
    desk = _desk(request, edition, code, regency)
    proposal = _proposal(desk, pk)
    now = clock.now_of(proposal.stage)
    done = _("Jawaban bagi %(name)s dicatat.") % {"name": desk.name}
    if attempt_plainly(request, lambda: answer_for_silent(proposal, by=request.user, now=now), done=done):
        return redirect("results:regencies", edition, code)
    return redirect("results:silence", edition, code, regency)


@require_POST
def withdraw(request, edition, code, regency, pk):
    """Take back a proposal that waits."""
    proposal = _proposal(_desk(request, edition, code, regency), pk)
    now = clock.now_of(proposal.stage)
    attempt_plainly(request, lambda: withdraw_silent_answer(proposal, by=request.user, now=now), done=_("Usul ditarik."))
    return redirect("results:silence", edition, code, regency)


def _propose(request, desk, form):
    given = form.cleaned_data
    is_declining = given["answer"] == "tidak-ikut"
    return propose_silent_answer(
        desk, is_declining=is_declining, reason=given["reason"], by=request.user, now=clock.now_of(desk)
    )


def _proposal(desk, pk):
    return get_object_or_404(desk.stage.silent_answers, pk=pk, regency=desk.regency)


def _desk(request, edition, code, regency) -> RegencyDesk:
    kinds = {"edition__code": edition, "code": code, "kind": Stage.Kind.SELECTION}
    stage = get_object_or_404(stages_visible_to(request.user), **kinds)
    desk = RegencyDesk(stage, get_object_or_404(regencies_in(stage.edition), pk=regency))
    admit(request.user, "silence.answer", desk)
    return desk

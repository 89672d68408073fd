"""Late sheets of a stage: who sent one and when, never what it says; proposing, agreeing, refusing."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.judging.models import LateSheet
from sp2k.judging.queries.opening import require_late_sheets
from sp2k.results.actions import approve_correction, propose_correction, refuse_correction
from sp2k.results.forms.reasons import ReasonForm
from sp2k.results.queries import standing_tally
from sp2k.results.stages.late import late_cases, role_to_approve
from sp2k.results.views.stages import stage_for

ACTS = {"usulkan": propose_correction, "tolak": refuse_correction}


@require_safe
def late_sheets(request, edition, code):
    """The late sheets of a stage and where each stands."""
    stage = stage_for(request, "late.read", edition, code)
    return render(request, "results/late_sheets.html", _page(request, stage))


@require_POST
def decide(request, edition, code, pk, act):
    """Propose a late sheet, or refuse it, with a reason."""
    stage = stage_for(request, "late.read", edition, code)
    late = get_object_or_404(LateSheet, pk=pk, assignment__participation__stage=stage)
    form = ReasonForm(request.POST)
    now = clock.now_of(late)
    if form.is_valid() and attempt(
        form, lambda: ACTS[act](late, reason=form.cleaned_data["reason"], by=request.user, now=now)
    ):
        return redirect("results:late-sheets", edition, code)
    return render(
        request, "results/late_sheets.html", _page(request, stage) | {"form": form, "of": late.pk}, status=422
    )


@require_POST
def approve(request, edition, code, pk):
    """Agree that a late sheet be counted."""
    stage = stage_for(request, "late.read", edition, code)
    late = get_object_or_404(LateSheet, pk=pk, assignment__participation__stage=stage)
    attempt_plainly(
        request, lambda: approve_correction(late, by=request.user, now=clock.now_of(late)), done=_("Persetujuan Anda dicatat.")
    )
    return redirect("results:late-sheets", edition, code)


def _page(request, stage) -> dict:
    require_late_sheets(stage)
    now = clock.now_of(stage)
    cases = [(case, role_to_approve(case, request.user, now=now)) for case in late_cases(stage)]
    is_frozen = standing_tally(stage) is not None
    return {
        "stage": stage,
        "edition": stage.edition,
        "cases": cases,
        "is_frozen": is_frozen,
        "form": ReasonForm(),
        "of": None,
    }

"""Withdrawing a mistake before a stage is locked: what stands in the stage, and one page for each that goes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.paging import page_of
from sp2k.editions.queries import stages_visible_to
from sp2k.results.forms.reasons import ReasonForm
from sp2k.results.stages.voiding import KINDS, follows_of, may_know, may_void, reason_against, voidable_rows


@require_safe
def voidable(request, edition, code):
    """What stands in a stage and may be voided."""
    stage = _stage(request, edition, code)
    if not may_void(request.user, stage):
        raise Http404
    text = request.GET.get("q", "").strip()[:100]
    rows = voidable_rows(stage, user=request.user, text=text)
    page = {"stage": stage, "edition": stage.edition, "text": text, "page": page_of(request, rows)}
    return render(request, "results/voidable.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request, edition, code, kind, pk):
    """Say why, read what follows, and void it."""
    stage = _stage(request, edition, code)
    now = clock.now_of(stage)
    if kind not in KINDS:
        raise Http404
    told = KINDS[kind]
    row = get_object_or_404(told.rows(stage), pk=pk)
    if not may_know(request.user, told, row, now=now):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: told.act(row, reason=reason, by=request.user, now=now)):
            messages.success(request, _("%s: selesai. Alasannya disimpan.") % told.button)
            if may_void(request.user, stage):
                return redirect("results:voidable", edition, code)
            return redirect("desk:home")
    follows, awaits = follows_of(told, row)
    page = {
        "stage": stage, "edition": stage.edition, "told": told, "follows": follows, "row": row, "form": form,
        "reason": reason_against(request.user, told, row, now=now), "may_list": may_void(request.user, stage),
        "ended": stage.opening_in_words(now) if awaits and stage.is_over(now) else "",
    }  # fmt: skip
    return render(request, "results/void.html", page, status=422 if form.errors else 200)


def _stage(request, edition, code):
    return get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code)

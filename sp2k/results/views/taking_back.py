"""Taking back a regency's ranking or answer: what will happen is read first, the reason is written, one button does it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.editions.models import Stage
from sp2k.editions.queries import stages_visible_to
from sp2k.results.actions import correct_minutes_number, take_back_answer, take_back_ranking
from sp2k.results.closing import RegencyDesk, regencies_in
from sp2k.results.forms.regencies import MinutesNumberForm, TakeBackForm
from sp2k.results.models import FrozenTally, Nomination
from sp2k.results.regencies.word_of_bureau import why_bureau_alone
from sp2k.results.views.admission import admit, may

POSTED = ["GET", "HEAD", "POST"]


@require_http_methods(POSTED)
def take_back(request, edition, code, regency, pk, kind):
    """Read what is taken back and what follows, say why, and take it back."""
    action, act = {
        "jawaban": ("nominee.revoke", take_back_answer), "peringkat": ("ranking.revoke", take_back_ranking),
    }[kind]  # fmt: skip
    desk = _desk(request, edition, code, regency, action)
    row = _ranking(desk, pk) if kind == "peringkat" else _answer(desk, pk)
    form = TakeBackForm(request.POST or None)
    now = clock.now_of(desk)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: act(row, reason=reason, by=request.user, now=now)):
            messages.success(request, _("Ditarik kembali. Alasannya ditulis dalam jurnal edisi."))
            return redirect(_home(request, desk))
    page = {"is_over": desk.stage.is_over(now), "resting": _resting(desk) if kind == "peringkat" else None, "kind": kind}
    page["barred"] = why_bureau_alone(row, desk, by=request.user, now=now) if kind == "jawaban" else ""
    return _render(request, "results/take_back.html", desk, row, form, page)


@require_http_methods(POSTED)
def correct_minutes(request, edition, code, regency, pk):
    """Put the right number of the minutes in the place of a wrong one."""
    desk = _desk(request, edition, code, regency, "minutes.correct")
    row, form = _answer(desk, pk), MinutesNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: correct_minutes_number(row, given["number"], reason=given["reason"], by=request.user,
                                                        now=clock.now_of(desk))):  # fmt: skip
            messages.success(request, _("Nomor berita acara diperbaiki."))
            return redirect(_home(request, desk))
    return _render(request, "results/correct_minutes.html", desk, row, form, {})


def _desk(request, edition, code, regency, action) -> RegencyDesk:
    """The desk for whoever may act there: the bureau too, before it may read the ranking."""
    kinds = {"edition__code": edition, "code": code, "kind": Stage.Kind.SELECTION}
    stage = get_object_or_404(stages_visible_to(request.user), **kinds)
    desk = RegencyDesk(stage, get_object_or_404(regencies_in(stage.edition), pk=regency))
    admit(request.user, action, desk)
    return desk


def _answer(desk, pk) -> Nomination:
    rows = Nomination.every.select_related("participation__entry__region__parent", "by")
    return get_object_or_404(rows, pk=pk, stage=desk.stage, regency=desk.regency)


def _ranking(desk, pk) -> FrozenTally:
    rows = FrozenTally.every.select_related("by").defer("rules", "sheets", "places", "trace")
    return get_object_or_404(rows, pk=pk, stage=desk.stage, scope=desk.region_code)


def _resting(desk) -> Nomination | None:
    """The nominee that must be taken back before the ranking."""
    rows = desk.stage.nominations.filter(regency=desk.regency).exclude(participation=None)
    return rows.select_related("participation__entry__region__parent").first()


def _home(request, desk) -> str:
    """Where to go on: the regency's desk, or for the bureau that may not read the ranking yet, its list."""
    if may(request.user, "ranking.read", desk):
        return reverse("results:regency", args=[desk.edition.code, desk.stage.code, desk.region_code])
    return reverse("results:regencies", args=[desk.edition.code, desk.stage.code])


def _render(request, template, desk, row, form, page):
    page |= {"desk": desk, "stage": desk.stage, "edition": desk.edition, "row": row, "form": form}
    page["back"] = _home(request, desk)
    return render(request, template, page, status=422 if form.errors else 200)

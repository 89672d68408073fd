"""The calendar of an edition: stages, holidays, what was moved; moving a stage, and agreeing to a move."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import why_not
from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.editions.actions import carry_out_move, propose_move, set_holidays, withdraw_move
from sp2k.editions.calendar_file import icalendar
from sp2k.editions.checks.calendar import ANNOUNCEMENT
from sp2k.editions.forms.calendar import MoveForm
from sp2k.editions.forms.holidays import HolidayList
from sp2k.editions.models import Move
from sp2k.editions.queries import act_of, missing_approvals, subject_of
from sp2k.editions.queries.calendar import calendar_of, moves_in_journal
from sp2k.editions.views.fetching import edition_for, edition_to_act_on, edition_to_show


@login_not_required
@require_safe
def calendar(request, code):
    """The stages drawn on months with their numbers, the holidays, and every move with its reason."""
    edition = edition_to_show(request, code)
    now = clock.now_of(edition)
    page = {
        "edition": edition, "calendar": calendar_of(edition, now=now), "moves": moves_in_journal(edition),
        "waiting": [move for move in edition.moves.select_related("stage", "by") if move.is_waiting],
        "may_move": not why_not(request.user, "dates.move", edition, now=now),
    }  # fmt: skip
    return render(request, "editions/calendar.html", page)


@login_not_required
@require_safe
def calendar_file(request, code):
    """The calendar for a phone's own calendar."""
    edition = edition_to_show(request, code)
    answer = HttpResponse(icalendar(edition, now=clock.now_of(edition)), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="kalender-{edition.code}.ics"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def move(request, code, stage):
    """Ask to move a stage, or the announcement; a draft's dates are changed in its text."""
    edition = edition_to_act_on(request, code, "dates.move")
    now = clock.now_of(edition)
    if not edition.has_locked_rules:
        return redirect("editions:part", edition.code, "jadwal")
    row = None if stage == ANNOUNCEMENT else get_object_or_404(edition.stages, code=stage)
    form = MoveForm(request.POST or None, edition=edition, stage=row)
    if form.is_bound and form.is_valid():
        asked = dict(form.cleaned_data) | {"by": request.user, "now": now}
        if proposed := attempt(form, lambda: propose_move(edition, row, **asked)):
            _say_what_became(request, proposed)
            return redirect("editions:calendar", edition.code)
    page = {"edition": edition, "stage": row, "form": form}
    return render(request, "editions/move.html", page, status=422 if form.errors else 200)


@require_safe
def proposal(request, code, pk):
    """A proposed move: the dates before and after, its reason, who has agreed."""
    edition = edition_to_show(request, code, "dates.move")
    asked = get_object_or_404(edition.moves.select_related("stage__edition", "by"), pk=pk)
    awaited = missing_approvals(edition, act_of(asked), subject_of(asked), also=request.user) if asked.is_waiting else []
    return render(request, "editions/proposal.html", {"edition": edition, "move": asked, "awaited": awaited})


@require_POST
def answer_proposal(request, code, pk):
    """Agree to a move and carry it out, or take it back."""
    edition = edition_for(request, code, "dates.move")
    now = clock.now_of(edition)
    asked = get_object_or_404(Move, edition=edition, pk=pk)
    if request.POST.get("answer") == "withdraw":
        done = attempt_plainly(request, lambda: withdraw_move(asked, by=request.user, now=now), done=_("Usul ditarik."))
    else:
        done = attempt_plainly(
            request, lambda: carry_out_move(asked, by=request.user, now=now), done=_("Tanggal dipindahkan.")
        )
    return redirect("editions:calendar", edition.code) if done else redirect("editions:proposal", edition.code, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request, code):
    """The edition's holidays: a calendar, not a rule."""
    edition = edition_to_act_on(request, code, "holidays.set")
    now = clock.now_of(edition)
    form = HolidayList(request.POST or None, edition=edition)
    if form.is_bound and form.is_valid():
        days = form.days()
        if attempt(form, lambda: set_holidays(edition, days, by=request.user, now=now)):
            messages.success(request, _("Hari libur tersimpan."))
            return redirect("editions:calendar", edition.code)
    page = {"edition": edition, "form": form}
    return render(request, "editions/holidays.html", page, status=422 if form.errors else 200)


def _say_what_became(request, proposed: Move) -> None:
    if proposed.is_waiting:
        messages.warning(request, _("Usul pemindahan tercatat dan menunggu persetujuan orang kedua."))
    else:
        messages.success(request, _("Tanggal dipindahkan."))

"""When who is heard: sessions, the draw, turns."""

from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.pages.paging import page_of
from sp2k.base.wording import hour_in_words
from sp2k.entries.queries.shown import require_shown
from sp2k.judging.actions import draw_order, remove_session, set_session, swap_turns
from sp2k.judging.forms.schedule import DrawForm, SessionForm, SwapForm
from sp2k.judging.opening.schedule import require_schedule
from sp2k.judging.planning.workbooks import schedule_workbook
from sp2k.judging.queries.panel import jury_stages_visible_to, own_stages
from sp2k.judging.queries.schedule import (
    draw_of,
    has_begun,
    may_know_turns,
    sessions_of,
    sessions_with_turns,
    slots_visible_to,
    turns_of,
    without_turn,
)
from sp2k.judging.views.rooms import jury_stage, may, workbook


@require_safe
def own_schedule(request):
    """The turns one may see, those of today and later first: a camat's own, a juror's own; what is past on request."""
    slots, times, half_a_day = slots_visible_to(request.user), clock.clocks(), timedelta(hours=12)
    is_past = "lalu" in request.GET
    past = Q(session__stage__edition__is_sample=True, starts_at__lt=times.sample - half_a_day)
    past |= Q(session__stage__edition__is_sample=False, starts_at__lt=times.true - half_a_day)
    slots = slots.filter(past) if is_past else slots.exclude(past)
    turns = page_of(request, slots.order_by("-starts_at" if is_past else "starts_at", "position"))
    own = list(own_stages(request.user))
    require_shown(*(slot.session.stage.edition for slot in turns), *(stage.edition for stage in own))
    for stage in {slot.session.stage_id: slot.session.stage for slot in turns}.values():
        require_schedule(stage)
    page = {
        "page": turns,
        "is_past": is_past, "own_stages": own,
    }  # fmt: skip
    return render(request, "judging/own_schedule.html", page)


@require_safe
def schedule(request, edition, code):
    """The schedule of a stage, or one's own turns in it."""
    stage = _readable(request, edition, code)
    is_office = may(request.user, "panel.read", stage)
    page = {
        "stage": stage, "edition": stage.edition, "here": "schedule", "draw": draw_of(stage), "is_office": is_office,
        "sessions": sessions_with_turns(stage, user=request.user), "has_begun": has_begun(stage),
        "waiting": without_turn(stage) if is_office else [], "n_entries": stage.participations.count(),
    }  # fmt: skip
    return render(request, "judging/schedule.html", page)


@require_safe
def schedule_file(request, edition, code):
    """The same as XLSX."""
    stage = _readable(request, edition, code)
    slots = slots_visible_to(request.user).filter(session__stage=stage).order_by("position")
    return workbook(schedule_workbook(stage, slots), f"jadwal-{edition}-{code}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def session(request, edition, code, position=None):
    """A new session, or a change of one."""
    stage = jury_stage(request, "schedule.set", edition, code)
    found = get_object_or_404(stage.sessions, position=position) if position else None
    zone = stage.edition.zone
    form = SessionForm(
        request.POST or None, zone=zone, zone_name=hour_in_words(stage.opens_at, zone).split()[-1],
        initial=_initial(stage, found),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        act = partial(set_session, stage, position, **form.said(), by=request.user, now=clock.now_of(stage))
        if attempt(form, act):
            return redirect("judging:schedule", edition, code)
    page = {"stage": stage, "edition": stage.edition, "here": "schedule", "form": form, "session": found}
    return render(request, "judging/session.html", page, status=422 if form.errors else 200)


@require_POST
def session_remove(request, edition, code, position):
    """Take a session away."""
    stage = jury_stage(request, "schedule.set", edition, code)
    act = partial(remove_session, stage, position, by=request.user, now=clock.now_of(stage))
    attempt_plainly(request, act, done=_("Sesi dihapus."))
    return redirect("judging:schedule", edition, code)


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request, edition, code):
    """Draw the order from a public seed, the first time or, before the first attendance, again."""
    stage = jury_stage(request, "order.draw", edition, code)
    before = draw_of(stage)
    is_first = request.method == "POST" and not request.POST.get("instead_of")
    form = DrawForm(request.POST or None, replaces=None if is_first else before)
    if request.method == "POST" and form.is_valid():
        said = {"seed": form.cleaned_data["seed"], "reason": form.cleaned_data.get("reason", "")}
        said["instead_of"] = form.cleaned_data["instead_of"]
        if attempt(form, partial(draw_order, stage, **said, by=request.user, now=clock.now_of(stage))):
            return redirect("judging:schedule", edition, code)
    page = {"stage": stage, "edition": stage.edition, "here": "schedule", "form": form, "draw": before}
    return render(request, "judging/draw.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def swap(request, edition, code):
    """Two entries exchange their turns."""
    stage = jury_stage(request, "schedule.set", edition, code)
    form = SwapForm(request.POST or None, slots=turns_of(stage))
    if request.method == "POST" and form.is_valid():
        act = partial(swap_turns, stage, **form.cleaned_data, by=request.user, now=clock.now_of(stage))
        if attempt(form, act):
            return redirect("judging:schedule", edition, code)
    page = {"stage": stage, "edition": stage.edition, "here": "schedule", "form": form}
    return render(request, "judging/swap.html", page, status=422 if form.errors else 200)


def _readable(request, edition, code):
    stage = get_object_or_404(jury_stages_visible_to(request.user), edition__code=edition, code=code)
    if not may_know_turns(request.user, stage):
        raise Http404
    return stage


def _initial(stage, session) -> dict:
    if session is None:
        last = sessions_of(stage).last()
        opening = last.ends_at if last else stage.opens_at
        return {"starts_at": opening, "room": stage.rules.get("tempat", ""), "minutes": last.minutes if last else ""}
    kept = ("name", "room", "starts_at", "minutes", "capacity", "break_after", "break_minutes")
    return {name: getattr(session, name) for name in kept}

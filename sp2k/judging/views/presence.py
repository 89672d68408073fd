"""Who was there, and how far the sheets are: states and counts, never a mark."""

from functools import partial
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.pages.paging import page_of
from sp2k.judging.actions import record_attendance
from sp2k.judging.forms.presence import AbsenceForm
from sp2k.judging.models import Assignment
from sp2k.judging.queries.duties import entries_of, grid_rows, regencies_of_stage, seat_summaries
from sp2k.judging.queries.panel import panel_rows
from sp2k.judging.queries.presence import chosen_duties, number_with_gaps, session_now
from sp2k.judging.queries.schedule import sessions_of
from sp2k.judging.views.rooms import jury_stage

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request, edition, code):
    """One tap a juror and entry, or a juror and session: present; undone by another tap until a sheet is given."""
    stage = jury_stage(request, "attendance.record", edition, code)
    if request.method == "POST":
        return _tapped(request, stage)
    sessions = list(sessions_of(stage))
    asked = request.GET.get("sesi") or number_with_gaps(stage, sessions, user=request.user, now=clock.now_of(stage))
    session = session_now(sessions, asked=asked, now=clock.now_of(stage))
    seats = list(stage.seats.prefetch_related("seatings__user"))
    page = page_of(request, entries_of(stage, session=session), per_page=PER_PAGE)
    rows = grid_rows(page.object_list, user=request.user, seats=seats)
    shown = {
        "stage": stage, "edition": stage.edition, "here": "attendance", "sessions": sessions, "session": session,
        "page": page, "rows": rows, "summaries": seat_summaries(rows, seats),
    }  # fmt: skip
    return render(request, "judging/attendance.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def absence(request, edition, code, duty=None, sesi=None, kursi=""):
    """A juror who does not judge one entry, or those of a session, and why."""
    stage = jury_stage(request, "attendance.record", edition, code)
    keys = [str(duty)] if duty else []
    duties = chosen_duties(stage, keys, user=request.user, seat=kursi, session=sesi)
    if not duties:
        raise Http404
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "by": request.user, "now": clock.now_of(stage)}
        if attempt(form, partial(record_attendance, duties, form.cleaned_data["state"], **said)):
            return redirect(_back(request, stage))
    page = {"stage": stage, "edition": stage.edition, "here": "attendance", "duties": duties, "form": form}
    page["back"] = _back(request, stage)
    return render(request, "judging/absence.html", page, status=422 if form.errors else 200)


@require_safe
def progress(request, edition, code):
    """Every seat and every entry: in, awaited, absent, in conflict. The order tells nothing of the marks."""
    stage = jury_stage(request, "progress.read", edition, code)
    regency = request.GET.get("kab", "")
    seats = list(stage.seats.prefetch_related("seatings__user"))
    page = page_of(request, entries_of(stage, regency=regency))
    panel = panel_rows(stage, user=request.user)
    shown = {
        "stage": stage, "edition": stage.edition, "here": "progress", "page": page, "seats": seats, "regency": regency,
        "rows": grid_rows(page.object_list, user=request.user, seats=seats),
        "panel": panel, "regencies": regencies_of_stage(stage),
        "n_lacking": sum(row.n_awaited - row.n_sheets for row in panel),
    }  # fmt: skip
    return render(request, "judging/progress.html", shown)


def _tapped(request, stage):
    is_undone = "batal" in request.POST
    keys, session = request.POST.getlist("hadir") + request.POST.getlist("batal"), request.POST.get("sesi", "")
    duties = chosen_duties(
        stage, [key for key in keys if _is_number(key)], user=request.user, seat=request.POST.get("kursi", ""),
        session=int(session) if _is_number(session) else None,
    )  # fmt: skip
    state = Assignment.Attendance.AWAITED if is_undone else Assignment.Attendance.PRESENT
    if not duties:
        raise Http404
    done = (
        _("Kehadiran dibatalkan.")
        if is_undone
        else ngettext(
            "Hadir dicatat: %(n)d tugas.",
            "Hadir dicatat: %(n)d tugas.",
            len(duties),
        )
        % {"n": len(duties)}
    )
    attempt_plainly(request, partial(record_attendance, duties, state, by=request.user, now=clock.now_of(stage)), done=done)
    return redirect(_back(request, stage))


def _is_number(text: str) -> bool:
    """Whether a text is a number that a row can have: a raised two is a digit to Python, and no number."""
    return text.isascii() and text.isdigit() and len(text) < 19


def _back(request, stage) -> str:
    """The page that was tapped: its session, its page, its entry."""
    asked = urlencode({name: request.GET[name] for name in ("sesi", "halaman") if name in request.GET})
    address = reverse("judging:attendance", args=[stage.edition.code, stage.code])
    return f"{address}?{asked}" if asked else address

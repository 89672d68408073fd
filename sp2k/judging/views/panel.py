"""The panel of a stage: its seats, who sits in them, and the conflicts of those who do."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.pages.paging import page_of
from sp2k.editions.actions import give_approval
from sp2k.entries.queries.shown import require_shown
from sp2k.judging.actions import (
    declare_conflict,
    refresh_home_conflicts,
    replace_person,
    set_up_panel,
    withdraw_replacement,
)
from sp2k.judging.forms.panel import ConflictForm, SeatForm
from sp2k.judging.planning.workbooks import roster_workbook
from sp2k.judging.queries import noted_recusals
from sp2k.judging.queries.duties import entries_of
from sp2k.judging.queries.panel import (
    approvals_of_replacement,
    candidates,
    conflict_rows,
    jury_stages_visible_to,
    open_proposals,
    own_entries,
    own_stages,
    panel_rows,
    replacement_subject,
    seats_held_by,
)
from sp2k.judging.views.rooms import admit, jury_stage, may, workbook


@require_safe
def stages(request):
    """The stages that are judged, each with the doors open to whoever asks."""
    seen = jury_stages_visible_to(request.user).filter(edition__abandoned_at=None)
    rows = [stage for stage in seen if may(request.user, "panel.read", stage)]
    own = list(own_stages(request.user))
    require_shown(*(stage.edition for stage in [*rows, *own]))
    page = {"stages": rows, "own_stages": own}
    return render(request, "judging/stages.html", page)


@require_safe
def panel(request, edition, code):
    """The seats of a stage."""
    stage = jury_stage(request, "panel.read", edition, code)
    page = {"stage": stage, "edition": stage.edition, "here": "panel", "rows": panel_rows(stage, user=request.user)}
    return render(request, "judging/panel.html", page)


@require_POST
def panel_set_up(request, edition, code):
    """Make the seats that the edition file declares."""
    stage = jury_stage(request, "panel.seat", edition, code)
    attempt_plainly(
        request, partial(set_up_panel, stage, by=request.user, now=clock.now_of(stage)), done=_("Kursi juri ditetapkan.")
    )
    return redirect("judging:panel", edition, code)


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request, edition, code, seat):
    """One seat: who sits there, who did, and another person who takes it."""
    stage = jury_stage(request, "panel.seat" if request.method == "POST" else "panel.read", edition, code)
    found = get_object_or_404(stage.seats.select_related("stage__edition__region"), code=seat)
    people = list(candidates(found))
    form = SeatForm(request.POST or None, people=people, replaces=found.holder is not None)
    if request.method == "POST" and form.is_valid():
        person, reason = form.chosen(), form.cleaned_data.get("reason", "")
        if attempt(form, partial(replace_person, found, person, by=request.user, now=clock.now_of(found), reason=reason)):
            return _after_seating(request, found)
    page = {
        "stage": stage, "edition": stage.edition, "here": "panel", "seat": found, "form": form, "people": people,
        "approval": approvals_of_replacement(found, people, user=request.user),
    }  # fmt: skip
    return render(request, "judging/seat.html", page, status=422 if form.errors else 200)


def _after_seating(request, seat):
    """The panel with the person seated; the seat's page where the change is proposed and waits."""
    if not open_proposals(seat).exists():
        return redirect("judging:panel", seat.edition.code, seat.stage.code)
    messages.info(
        request, _("Usul pergantian dicatat dan menunggu persetujuan. Yang diminta setuju melihatnya di mejanya.")
    )
    return redirect("judging:seat", seat.edition.code, seat.stage.code, seat.code)


@require_POST
def seat_withdraw(request, edition, code, seat):
    """The bureau takes back the replacement it proposed."""
    stage = jury_stage(request, "panel.seat", edition, code)
    found = get_object_or_404(stage.seats.select_related("stage__edition__region"), code=seat)
    attempt_plainly(
        request,
        partial(withdraw_replacement, found, by=request.user, now=clock.now_of(found)),
        done=_("Usul pergantian ditarik."),
    )
    return redirect("judging:seat", edition, code, seat)


@require_POST
def seat_approve(request, edition, code, seat, person):
    """The chair's yes to a replacement, where the edition asks for it."""
    stage = jury_stage(request, "panel.read", edition, code)
    found = get_object_or_404(stage.seats.select_related("stage__edition__region"), code=seat)
    chosen = get_object_or_404(candidates(found), pk=person)
    subject = replacement_subject(found, chosen)
    attempt_plainly(
        request,
        partial(give_approval, stage.edition, "panel", subject, role="K", by=request.user, now=clock.now_of(stage)),
        done=_("Penggantian oleh %(name)s disetujui. Sekretariat dapat mendudukkannya.") % {"name": chosen.name},
    )
    return redirect("judging:seat", edition, code, seat)


@require_safe
def roster(request, edition, code):
    """The panel as it is printed, with room to sign."""
    stage = jury_stage(request, "panel.read", edition, code)
    page = {"stage": stage, "edition": stage.edition, "here": "panel", "rows": panel_rows(stage, user=request.user)}
    return render(request, "judging/roster.html", page)


@require_safe
def roster_file(request, edition, code):
    """The panel as XLSX."""
    stage = jury_stage(request, "panel.read", edition, code)
    rows = panel_rows(stage, user=request.user)
    return workbook(roster_workbook(stage, rows), f"juri-{edition}-{code}.xlsx")


@require_safe
def conflicts(request, edition, code):
    """Every conflict on the panel, and the sheets that were given before it was declared."""
    stage = jury_stage(request, "panel.read", edition, code)
    rows = conflict_rows(stage)
    page = {
        "stage": stage, "edition": stage.edition, "here": "conflicts", "page": page_of(request, rows),
        "judged": [row for row in rows if row.sheet], "noted": noted_recusals(stage),
    }  # fmt: skip
    return render(request, "judging/conflicts.html", page)


@require_POST
def conflicts_refresh(request, edition, code):
    """Look again where those on the panel come from."""
    stage = jury_stage(request, "panel.seat", edition, code)
    attempt_plainly(
        request, partial(refresh_home_conflicts, stage, by=request.user, now=clock.now_of(stage)),
        done=_("Benturan menurut asal sudah diperiksa ulang."),
    )  # fmt: skip
    return redirect("judging:conflicts", edition, code)


@require_safe
def own_conflicts_page(request, edition, code):
    """A juror's own conflicts: the entries of the stage, and which of them the juror may not judge."""
    stage, held = _own_seat(request, edition, code)
    page = page_of(request, entries_of(stage))
    page.object_list = own_entries(page.object_list, user=request.user, seat=held)
    shown = {"stage": stage, "edition": stage.edition, "here": "own-conflicts", "seat": held, "page": page}
    return render(request, "judging/own_conflicts.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request, edition, code, entry):
    """A juror declares a conflict with one entry, before or after judging it."""
    stage, held = _own_seat(request, edition, code)
    admit(request.user, "conflict.declare", held)
    participation = get_object_or_404(entries_of(stage), entry__region=entry)
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "by": request.user, "now": clock.now_of(held)}
        if attempt(form, partial(declare_conflict, held, participation, **said)):
            return redirect("judging:own-conflicts", edition, code)
    [row] = own_entries([participation], user=request.user, seat=held)
    page = {"stage": stage, "edition": stage.edition, "here": "own-conflicts", "row": row, "form": form}
    return render(request, "judging/declare.html", page, status=422 if form.errors else 200)


def _own_seat(request, edition, code):
    stage = get_object_or_404(own_stages(request.user), edition__code=edition, code=code)
    held = seats_held_by(request.user, stage).first()
    if held is None:
        raise Http404
    return stage, held

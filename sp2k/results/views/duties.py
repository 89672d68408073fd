"""Assigning jurors: by rule, by hand, by file. Each way leads through the check of the design, and only then is saved."""

from functools import partial

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.paging import page_of
from sp2k.base.refusals import Refused
from sp2k.judging.actions import carry_out_plan
from sp2k.judging.forms.duties import ALL, BALANCED, DutyFileForm, RuleForm, SavePlanForm
from sp2k.judging.planning.plans import Plan, balanced_pairs, every_pair, from_text, session_pairs
from sp2k.judging.planning.tables import mark_of, plan_of_table
from sp2k.judging.planning.workbooks import duties_workbook
from sp2k.judging.queries.duties import (
    barred_pairs,
    duties_by_pair,
    entries_of,
    entries_without_duty,
    grid_rows,
    load_of_seats,
    regencies_of_stage,
)
from sp2k.judging.queries.schedule import sessions_of
from sp2k.judging.views.rooms import jury_stage, workbook
from sp2k.results.assignment.preview import preview_of
from sp2k.results.certainty.panels import panel_warning

PER_PAGE = 40


@require_safe
def duties(request, edition, code):
    """Who judges whom: a grid of ticks, regency by regency, and whether the panels can be compared."""
    stage = jury_stage(request, "panel.read", edition, code)
    regency, seats = request.GET.get("kab", ""), list(stage.seats.prefetch_related("seatings__user"))
    page = page_of(request, entries_of(stage, regency=regency), per_page=PER_PAGE)
    shown = _frame(stage) | {
        "page": page, "rows": grid_rows(page.object_list, user=request.user, seats=seats), "seats": seats,
        "regencies": regencies_of_stage(stage), "regency": regency, "loads": load_of_seats(stage),
        "warning": panel_warning(stage), "n_without": entries_without_duty(stage).count(),
    }  # fmt: skip
    return render(request, "results/assignment/duties.html", shown)


@require_POST
def duties_by_hand(request, edition, code):
    """The ticks of the rows that were shown, as a plan to be looked at before it is saved."""
    stage = jury_stage(request, "jurors.assign", edition, code)
    shown = frozenset(request.POST.getlist("peserta"))
    ticked = {tuple(pair.split(" ", 1)) for pair in request.POST.getlist("tugas") if " " in pair}
    plan = Plan(shown, frozenset(pair for pair in ticked if pair[0] in shown), "dengan tangan")
    return _previewed(request, stage, plan)


@require_safe
def duties_by_rule(request, edition, code):
    """A rule and what it would do; the same rule with the same seed always gives the same plan."""
    stage = jury_stage(request, "jurors.assign", edition, code)
    sessions, seats = list(sessions_of(stage)), list(stage.seats.all())
    form = RuleForm(request.GET if "cara" in request.GET else None, sessions=sessions, seats=seats)
    preview = None
    if form.is_bound and form.is_valid():
        plan = attempt(form, partial(_plan_by_rule, stage, form.cleaned_data, form.panels()))
        preview = preview_of(stage, plan) if plan else None
    page = _frame(stage) | {"form": form, "preview": preview, "saving": preview and _saving(preview)}
    return render(request, "results/assignment/rule.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def duties_by_file(request, edition, code):
    """A file of pairs: every fault with its row, or the plan to be looked at."""
    stage = jury_stage(request, "jurors.assign", edition, code)
    is_sent = request.method == "POST"
    form, faults = DutyFileForm(request.POST, request.FILES) if is_sent else DutyFileForm(), []
    if is_sent and form.is_valid():
        plan, faults = plan_of_table(
            form.cleaned_data["file"], mark=mark_of(edition, code), clears=form.cleaned_data["clears"],
            entries={row.region_code: (row.entry.name, row.entry.regency_name) for row in entries_of(stage)},
            seats=dict(stage.seats.values_list("code", "institution")),
        )  # fmt: skip
        if not faults:
            return _previewed(request, stage, plan)
    page = _frame(stage) | {"form": form, "faults": faults}
    return render(request, "results/assignment/file.html", page, status=422 if form.errors or faults else 200)


@require_safe
def duties_template(request, edition, code):
    """The duties as they stand, to be changed and sent back."""
    stage = jury_stage(request, "jurors.assign", edition, code)
    content = duties_workbook(stage, entries_of(stage), list(stage.seats.all()), duties_by_pair(stage))
    return workbook(content, f"penugasan-{edition}-{code}.xlsx")


@require_POST
def duties_save(request, edition, code):
    """Carry out the plan that was shown."""
    stage = jury_stage(request, "jurors.assign", edition, code)
    form = SavePlanForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Rencana penugasan tidak sampai utuh. Ulangi dari halaman Penugasan."))
    said = form.cleaned_data
    plan = from_text(said["plan"], how=said["how"])
    preview = preview_of(stage, plan)
    if said["shown"] != preview.mark and not preview.change.is_empty:
        return _previewed(request, stage, plan, is_changed=True)
    if attempt(form, partial(carry_out_plan, stage, plan, reason=said["reason"], by=request.user, now=clock.now_of(stage))):
        return redirect("results:duties", edition, code)
    return _previewed(request, stage, plan, saving=form)


def _plan_by_rule(stage, said, panels) -> Plan:
    seats = list(stage.seats.values_list("code", flat=True))
    codes = list(stage.participations.values_list("entry__region_id", flat=True))
    if said["cara"] == ALL:
        return every_pair(codes, seats)
    if said["cara"] == BALANCED:
        return balanced_pairs(codes, seats, each=said["juri"], seed=said["benih"], barred=barred_pairs(stage))
    heard = entries_of(stage).filter(slot__isnull=False).values_list("entry__region_id", "slot__session__position")
    return session_pairs(dict(heard), panels)


def _previewed(request, stage, plan, *, saving=None, is_changed=False):
    preview = preview_of(stage, plan)
    status = 422 if saving else 409 if is_changed else 200
    saving = saving or _saving(preview)
    saving.fields["reason"].required = bool(preview.change.removed)
    page = _frame(stage) | {"preview": preview, "saving": saving, "is_changed": is_changed}
    return render(request, "results/assignment/preview.html", page, status=status)


def _saving(preview) -> SavePlanForm:
    form = SavePlanForm(initial={"plan": preview.text, "how": preview.plan.how, "shown": preview.mark})
    form.fields["reason"].required = bool(preview.change.removed)
    return form


def _frame(stage) -> dict:
    return {"stage": stage, "edition": stage.edition, "here": "duties"}

"""What a stage's count says: how sure its places are, the numbers behind that, and why an entry stands where it does."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock
from sp2k.results.certainty import exports, reading
from sp2k.results.contributions.page import contributions_page
from sp2k.results.methodology.sheet import methodology_pdf
from sp2k.results.queries import StageResult, counted_stages_visible_to, entry_at_stage

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def certainties(request):
    """The stages whose certainty one may read, each with its state."""
    rows = reading.readable_stages(request.user, now=clock.now())
    if rows is None:
        raise Http404
    return render(request, "results/certainties.html", {"rows": rows})


@require_safe
def certainty(request, edition, code):
    """How sure the places of a stage are."""
    stage = _stage(request, "certainty.read", edition, code)
    page = reading.certainty_of(
        stage, show_all="semua" in request.GET, named=_may(request.user, "jurors.name", StageResult(stage))
    )
    may = {
        "may_analyse": _may(request.user, "analysis.read", StageResult(stage)),
        "may_explain": _may(request.user, "result.read", StageResult(stage)),
    }
    return render(request, "results/certainty.html", page | may | {"edition": stage.edition})


@require_safe
def certainty_table(request, edition, code):
    """The range plot's numbers as CSV."""
    stage = _stage(request, "certainty.read", edition, code)
    return _download(exports.csv_of(_table(stage, "rentang"), stage), f"seberapa-yakin-{edition}-{code}.csv", CSV)


@require_safe
def methodology(request, edition, code):
    """One sheet on how the stage is counted and examined."""
    stage = _stage(request, "certainty.read", edition, code)
    return _download(methodology_pdf(stage), f"metodologi-{edition}-{code}.pdf", "application/pdf")


@require_safe
def analysis(request, edition, code):
    """The numbers of every answer, for the analyst."""
    stage = _stage(request, "analysis.read", edition, code)
    return render(request, "results/analysis.html", reading.analysis_of(stage) | {"edition": stage.edition})


@require_safe
def analysis_table(request, edition, code, table):
    """One table of the analyst's page as CSV."""
    stage = _stage(request, "analysis.read", edition, code)
    return _download(exports.csv_of(_table(stage, table), stage), f"{table}-{edition}-{code}.csv", CSV)


@require_safe
def analysis_workbook(request, edition, code):
    """All tables of the analyst's page in one workbook."""
    stage = _stage(request, "analysis.read", edition, code)
    return _download(exports.workbook_of(reading.tables_of(stage), stage), f"analisis-{edition}-{code}.xlsx", XLSX)


@require_safe
def contributions(request, edition, code, entry):
    """Why an entry stands where it stands: each indicator's part of its distance to its neighbours."""
    stage = get_object_or_404(counted_stages_visible_to(request.user), edition__code=edition, code=code)
    subject = entry_at_stage(stage, entry)
    if subject is None:
        raise Http404
    _admit(request.user, "contributions.read", subject)
    page = {"subject": subject, "page": contributions_page(subject), "stage": stage, "edition": stage.edition}
    return render(request, "results/contributions.html", page)


def _stage(request, action, edition, code):
    stage = get_object_or_404(counted_stages_visible_to(request.user), edition__code=edition, code=code)
    _admit(request.user, action, StageResult(stage))
    return stage


def _admit(user, action, obj):
    """Answer 404 to whoever may not know that there is something to read, 403 with the reason to the others."""
    now = clock.now()
    if is_hidden(user, action, obj, now=now):
        raise Http404
    if reason := why_not(user, action, obj, now=now):
        raise PermissionDenied(reason)


def _may(user, action, obj) -> bool:
    return why_not(user, action, obj, now=clock.now()) is None


def _table(stage, name):
    table = next((table for table in reading.tables_of(stage) if table.code == name), None)
    if table is None:
        raise Http404
    return table


def _download(content, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

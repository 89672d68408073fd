"""What a stage's count says: how sure its places are, the numbers behind that, and why an entry stands where it does."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sp2k.accounts.policy import POLICY
from sp2k.base import clock
from sp2k.entries.queries.shown import require_shown
from sp2k.results.certainty import reading
from sp2k.results.contributions.page import contributions_page
from sp2k.results.methodology.sheet import methodology_pdf
from sp2k.results.queries import StageResult, counted_stages_visible_to, entry_at_stage
from sp2k.results.views.admission import CSV, XLSX, admit, download, may


@require_safe
def certainties(request):
    """The stages whose certainty one may read, each with its state."""
    rows = reading.readable_stages(request.user, now=clock.clocks())
    if rows is None:
        raise Http404
    require_shown(*(row.stage.edition for row in rows))
    return render(request, "results/certainties.html", {"rows": rows})


@require_safe
def certainty(request, edition, code):
    """How sure the places of a stage are."""
    stage = _stage(request, "certainty.read", edition, code)
    page = reading.certainty_of(
        stage, show_all="semua" in request.GET, named=may(request.user, "jurors.name", StageResult(stage))
    )
    allowed = {
        "may_analyse": may(request.user, "analysis.read", StageResult(stage)),
        # Of each entry by itself the page asks for conflicts too; here it is enough to hold one of the roles.
        "may_explain": bool(request.user.roles & POLICY["contributions.read"].roles),
    }
    return render(request, "results/certainty.html", page | allowed | {"edition": stage.edition})


@require_safe
def certainty_table(request, edition, code, kind):
    """The range plot's numbers as a file, for programs or for people."""
    stage = _stage(request, "certainty.read", edition, code)
    table, name = _table(stage, "rentang"), f"seberapa-yakin-{edition}-{code}.{kind}"
    if kind == "csv":
        return download(reading.csv_of(table, stage), name, CSV)
    return download(reading.workbook_of([table], stage), name, XLSX)


@require_safe
def methodology(request, edition, code):
    """One sheet on how the stage is counted and examined."""
    stage = _stage(request, "certainty.read", edition, code)
    return download(methodology_pdf(stage), f"metodologi-{edition}-{code}.pdf", "application/pdf")


@require_safe
def analysis(request, edition, code):
    """The numbers of every answer, for the analyst."""
    stage = _stage(request, "analysis.read", edition, code)
    return render(request, "results/analysis.html", reading.analysis_of(stage) | {"edition": stage.edition})


@require_safe
def analysis_table(request, edition, code, table):
    """One table of the analyst's page as CSV."""
    stage = _stage(request, "analysis.read", edition, code)
    return download(reading.csv_of(_table(stage, table), stage), f"{table}-{edition}-{code}.csv", CSV)


@require_safe
def analysis_workbook(request, edition, code):
    """All tables of the analyst's page in one workbook."""
    stage = _stage(request, "analysis.read", edition, code)
    return download(reading.workbook_of(reading.tables_of(stage), stage), f"analisis-{edition}-{code}.xlsx", XLSX)


@require_safe
def contributions(request, edition, code, entry):
    """Why an entry stands where it stands: each indicator's part of its distance to its neighbours."""
    stage = get_object_or_404(counted_stages_visible_to(request.user), edition__code=edition, code=code)
    subject = entry_at_stage(stage, entry)
    if subject is None:
        raise Http404
    admit(request.user, "contributions.read", subject)
    page = {"subject": subject, "page": contributions_page(subject), "stage": stage, "edition": stage.edition}
    return render(request, "results/contributions.html", page)


def _stage(request, action, edition, code):
    stage = get_object_or_404(counted_stages_visible_to(request.user), edition__code=edition, code=code)
    admit(request.user, action, StageResult(stage))
    return stage


def _table(stage, name):
    table = next((table for table in reading.tables_of(stage) if table.code == name), None)
    if table is None:
        raise Http404
    return table

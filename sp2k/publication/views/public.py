"""The public pages: what is published, and nothing before it is."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from sp2k.base.blobs import read_blob
from sp2k.base.documents.tables import CSV, XLSX
from sp2k.editions.queries.opening import changed_among, require_rules
from sp2k.entries.queries.shown import require_entrants
from sp2k.judging.queries.opening import require_institutions
from sp2k.publication.checking.documents import require_amendments
from sp2k.publication.checking.opening import changed_decrees, require_decree
from sp2k.publication.map import result_map
from sp2k.publication.models import Decree
from sp2k.publication.queries import amendments_in_force, public_result, published_editions
from sp2k.publication.stage_results import marks_csv, marks_workbook, stage_csv, stage_result, stage_workbook
from sp2k.publication.table import result_csv, result_workbook, rows_around_the_cut
from sp2k.results.turnout.page import turnouts_shown

SHOWN_BELOW_THE_CUT = 3


@login_not_required
@require_safe
def home(request):
    """Lead to the one published result, or list them, newest first."""
    editions = list(published_editions())
    if len(editions) == 1:
        return redirect("publication:result", code=editions[0].code)
    decrees = changed_decrees(Decree.objects.filter(edition__in=editions).select_related("edition", "by"))
    changed = changed_among(editions) | {edition.code for edition in editions if edition.pk in decrees}
    page = {"editions": [edition for edition in editions if edition.code not in changed], "changed": sorted(changed)}
    return render(request, "publication/home.html", page)


@login_not_required
@require_safe
def result(request, code):
    """The winners, the table around the cut, the map, and how to check."""
    published = _published(code)
    return render(
        request,
        "publication/result.html",
        {
            "result": published,
            "edition": published.edition,
            "rows": rows_around_the_cut(published.rows, SHOWN_BELOW_THE_CUT),
            "map": result_map(published),
            "turnouts": turnouts_shown(published.edition),
            "amendments": amendments_in_force(published.edition),
            "n_taking_part": sum(share.state != "tidak_ikut" for share in published.regencies),
        },
    )


@login_not_required
@require_safe
def participants(request, code):
    """Everyone who reached the jury, by place."""
    published = _published(code)
    page = {"result": published, "edition": published.edition, "rows": published.rows}
    return render(request, "publication/participants.html", page)


@login_not_required
@require_safe
def table(request, code, kind):
    """The same table as a file, for programs or for people."""
    published = _published(code)
    return _file(result_csv if kind == "csv" else result_workbook, published, f"hasil-{published.edition.code}.{kind}")


@login_not_required
@require_safe
def decree(request, code):
    """The decree as issued, byte for byte."""
    issued = (edition := get_object_or_404(published_editions(), code=code)).decree
    require_decree(edition)
    name = re.sub(r"[^A-Za-z0-9]+", "-", issued.number).strip("-")
    response = HttpResponse(read_blob(issued.document), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="keputusan-{name}.pdf"'
    return response


@login_not_required
@require_safe
def stage(request, code, stage):
    """One stage as its rules disclose it to whoever asks."""
    found = _stage(request, code, stage)
    return render(request, "publication/stage.html", {"page": found, "edition": found.edition})


@login_not_required
@require_safe
def stage_table(request, code, stage, kind):
    """The same rows as a file, for programs or for people."""
    found = _stage(request, code, stage)
    return _file(stage_csv if kind == "csv" else stage_workbook, found, f"hasil-{code}-{stage}.{kind}")


@login_not_required
@require_safe
def stage_marks(request, code, stage, kind):
    """The jurors' marks under pseudonyms, as far as they are disclosed to whoever asks."""
    found = _stage(request, code, stage)
    if not found.has_marks:
        raise Http404
    return _file(marks_csv if kind == "csv" else marks_workbook, found, f"lembar-{code}-{stage}.{kind}")


def _stage(request, code, stage):
    edition = get_object_or_404(published_editions(), code=code)
    require_rules(edition)
    require_entrants(edition)
    require_institutions(edition)
    rows = edition.stages.select_related("edition__region")
    return stage_result(get_object_or_404(rows, code=stage), request.user)


def _file(write, told, name) -> HttpResponse:
    response = HttpResponse(write(told), content_type=CSV if name.endswith(".csv") else XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_not_required
@require_safe
def amendment(request, code, position):
    """A further act that corrects the decree, as issued."""
    edition = get_object_or_404(published_editions(), code=code)
    found = get_object_or_404(amendments_in_force(edition), position=position)
    require_amendments(edition)
    response = HttpResponse(read_blob(found.document), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="pembetulan-{code}-{position}.pdf"'
    return response


def _published(code):
    """Return the published result, or answer 404: that an edition exists is not told before its result is public."""
    edition = get_object_or_404(published_editions(), code=code)
    require_rules(edition)
    return public_result(edition)

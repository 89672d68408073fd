"""The sheets of all jurors at a stage, once it is locked."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock
from sp2k.base.pages.paging import page_of
from sp2k.editions.queries import stages_visible_to
from sp2k.instruments.fields import mark_fields
from sp2k.judging.queries.stage_sheets import StageSheets, read_sheets, stage_sheets


@require_safe
def sheets_of_stage(request, edition, code):
    """Every sheet that counts, with its marks, note and reasons."""
    stage = get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code)
    if not stage.rules.get("kursi") or is_hidden(request.user, "sheet.read", StageSheets(stage), now=clock.now_of(stage)):
        raise Http404
    if reason := why_not(request.user, "sheet.read", StageSheets(stage), now=clock.now_of(stage)):
        raise PermissionDenied(reason)
    page = page_of(request, stage_sheets(request.user, stage))
    context = {
        "stage": stage, "edition": stage.edition, "page": page, "fields": mark_fields(stage.instrument).values(),
        "rows": read_sheets(request.user, stage, page.object_list),
    }  # fmt: skip
    return render(request, "judging/stage_sheets.html", context)

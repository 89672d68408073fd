"""Who is let in: 404 to whoever may not know that there is something, 403 with the reason to the others."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock
from sp2k.editions.models import Stage
from sp2k.judging.queries.panel import jury_stages_visible_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def jury_stage(request, action: str, edition: str, code: str) -> Stage:
    """Return the stage of the address for whoever may do `action` there."""
    stage = get_object_or_404(jury_stages_visible_to(request.user), edition__code=edition, code=code)
    admit(request.user, action, stage)
    return stage


def admit(user, action: str, obj) -> None:
    """Let in whoever may do `action` to `obj` now."""
    now = clock.now_of(obj)
    if is_hidden(user, action, obj, now=now):
        raise Http404
    if reason := why_not(user, action, obj, now=now):
        raise PermissionDenied(reason)


def may(user, action: str, obj) -> bool:
    return why_not(user, action, obj, now=clock.now_of(obj)) is None


def workbook(content: bytes, name: str) -> HttpResponse:
    """Answer with a workbook to be kept."""
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""Who is let in: 404 to whoever may not know that there is something, 403 with the reason to the others."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def admit(user, action, obj) -> None:
    """Let a person go on, or answer 404 or 403."""
    now = clock.now_of(obj)
    if is_hidden(user, action, obj, now=now):
        raise Http404
    if reason := why_not(user, action, obj, now=now):
        raise PermissionDenied(reason)


def may(user, action, obj) -> bool:
    return why_not(user, action, obj, now=clock.now_of(obj)) is None


def download(content, name, content_type) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

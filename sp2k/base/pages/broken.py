"""Pages of a broken server: the code under which the trace stands, and what was sent, offered again.

They ask nothing of the database: it may be what is broken.
"""

import sys
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sp2k.base.faults.storage import CannotStore, cannot_store, kind_of_file
from sp2k.base.faults.trace import note_fault

# Whatever opens an account is typed anew: it is never written into a page.
NEVER_REPEATED = {"password", "again", "old", "code", "token"}
ACCOUNTS = "/akun/"


@dataclass(frozen=True)
class Sent:
    """What a request sent: where to, its pairs of name and value, and under which names it brought files."""

    address: str
    pairs: list[tuple[str, str]]
    files: list[tuple[str, str]]  # name of the field, names of the files


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer whatever nobody else answered: 503 with its sentence where the storage refused, else 500; both with a code."""
    error = sys.exc_info()[1]
    try:
        if isinstance(error, CannotStore):
            return unavailable(request, error)
        if kind := kind_of_file(error):
            return unavailable(request, cannot_store(kind, error))
        return _broken(request, note_fault(error) if error else "")
    except Exception as further:
        return HttpResponse(_("Server sedang bermasalah. Kode %s.") % note_fault(further), status=500)


def unavailable(request: HttpRequest, refusal: CannotStore) -> HttpResponse:
    """Answer 503 with when to try again; what was sent stands in the page, to be sent again by its button."""
    if wants_json(request):
        response = JsonResponse({"says": refusal.sentence}, status=503)
    else:
        sent = sent_by(request)
        page = {"sentence": refusal.marked, "sent": sent, "csrf_token": get_token(request) if sent else ""}
        page["must_return"] = request.method == "POST" and sent is None
        response = HttpResponse(render_to_string("503.html", page), status=503)
    response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def sent_by(request: HttpRequest) -> Sent | None:
    """Return what may be offered again: only what this site's own form sent, and nothing that held a password or a code."""
    if request.method != "POST" or not _comes_from_our_form(request):
        return None
    marked = getattr(request, "sensitive_post_parameters", ())
    if marked == "__ALL__" or any(_is_secret(request, name, marked) for name in request.POST):
        return None
    pairs = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    files = [(name, ", ".join(file.name for file in files)) for name, files in request.FILES.lists()]
    return Sent(request.get_full_path(), pairs, files) if pairs or files else None


def wants_json(request: HttpRequest) -> bool:
    """Return whether a script asked, which shows one sentence beside the form."""
    return "application/json" in request.headers.get("Accept", "")


def _broken(request, code: str) -> HttpResponse:
    if wants_json(request):
        says = _("Permintaan Anda tidak dapat diselesaikan. Bila berulang, beri tahu administrator kode %s.") % code
        return JsonResponse({"says": says}, status=500)
    return HttpResponse(render_to_string("500.html", {"fault": code}), status=500)


def _is_secret(request, name: str, marked) -> bool:
    return name in marked or (request.path.startswith(ACCOUNTS) and name in NEVER_REPEATED)


def _comes_from_our_form(request) -> bool:
    """Whether the check against forged forms was passed; asked here where the fault came before it."""
    if getattr(request, "csrf_processing_done", False):
        return True
    check = CsrfViewMiddleware(lambda _: HttpResponse())
    check.process_request(request)
    return check.process_view(request, server_error, (), {}) is None

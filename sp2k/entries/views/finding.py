"""Finding what an address names, for whoever may know of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.models import Blob
from sp2k.base.refusals import NotAllowed
from sp2k.entries.models import Participation
from sp2k.entries.queries import participations_visible_to
from sp2k.entries.queries.shown import require_shown

SHOWING = frozenset({"GET", "HEAD"})


def find_participation(request, action: str, edition: str, stage: str, kecamatan: str) -> Participation:
    """Return a kecamatan's part in a stage; 404 to whoever may not know of it, 403 with its reason to the others."""
    rows = participations_visible_to(request.user).select_related("stage__instrument", "stage__edition__region")
    found = get_object_or_404(rows, stage__edition__code=edition, stage__code=stage, entry__region=kecamatan)
    if found.stage.instrument is None:
        raise Http404
    admit(request.user, action, found)
    if request.method in SHOWING:  # what is sent is kept as it came; what is shown must be what was sealed
        require_shown(found.edition)
    return found


def admit(user, action: str, obj) -> None:
    """Let pass whoever may do `action`; 404 where the thing itself is not for them to know."""
    now = clock.now_of(obj)
    if is_hidden(user, action, obj, now=now):
        raise Http404
    if reason := why_not(user, action, obj, now=now):
        raise NotAllowed(reason)


def download(blob: Blob, name: str) -> HttpResponse:
    """Answer with a stored file, to be saved and never opened by the browser itself (ASVS 3.2.1); erased ones are refused."""
    response = HttpResponse(read_blob(blob), content_type=blob.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

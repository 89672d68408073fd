"""Whether what is stored still is what the journal tells: the last verdict, what does not open, and heads to keep."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sp2k.accounts.policy import is_hidden
from sp2k.base import clock
from sp2k.base.pages.acting import attempt_plainly
from sp2k.editions.queries import editions_visible_to
from sp2k.publication.actions import send_head
from sp2k.publication.checking.page import integrity_of


@require_safe
def integrity(request, code):
    """The last verdict on an edition with its time, what does not open, and its heads."""
    edition = _edition(request, code)
    page = integrity_of(edition, user=request.user, now=clock.now_of(edition))
    return render(request, "publication/integrity.html", {"page": page, "edition": edition})


@require_POST
def sent(request, code, size):
    """Note that a head was sent to the regencies."""
    edition = _edition(request, code)
    attempt_plainly(
        request, lambda: send_head(edition, size, by=request.user, now=clock.now_of(edition)),
        done=_("Dicatat: kepala jurnal ini sudah dikirim."),
    )  # fmt: skip
    return redirect("publication:integrity", code)


def _edition(request, code):
    edition = get_object_or_404(editions_visible_to(request.user).select_related("chain"), code=code)
    if is_hidden(request.user, "integrity.read", edition, now=clock.now_of(edition)):
        raise Http404
    return edition

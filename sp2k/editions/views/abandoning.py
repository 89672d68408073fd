"""Closing an edition without result: one of the bureau proposes, another agrees."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sp2k.base import clock
from sp2k.base.pages.acting import attempt_plainly
from sp2k.base.pages.confirming import confirm
from sp2k.base.refusals import AlreadyDone
from sp2k.editions.actions.abandoning import abandon_edition, propose_abandonment, withdraw_abandonment
from sp2k.editions.forms.opening import ReasonForm
from sp2k.editions.queries.abandoning import ACT, abandon_preview, waiting_abandonment
from sp2k.editions.views.fetching import edition_for


@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request, code):
    """Propose it, with a reason; where it is proposed already, on to the second person's page."""
    edition = edition_for(request, code, "edition.abandon")
    now = clock.now_of(edition)
    if waiting_abandonment(edition) and request.method != "POST":
        return redirect("editions:abandon-yes", code)
    form = ReasonForm(request.POST or None)
    return confirm(
        request, lambda: abandon_preview(edition, user=request.user, now=now, proposal=None),
        lambda: propose_abandonment(edition, form.cleaned_data["reason"], by=request.user, now=now), form=form,
        done=_("Penutupan diusulkan. Orang kedua dari penyelenggara menyetujuinya."), then=_address(edition), edition=edition,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request, code):
    """The second person's yes closes the edition."""
    edition = edition_for(request, code, "edition.abandon")
    now = clock.now_of(edition)
    proposal = _proposed(edition)
    return confirm(
        request, lambda: abandon_preview(edition, user=request.user, now=now, proposal=proposal),
        lambda: abandon_edition(proposal, by=request.user, now=now), done=_("Edisi ditutup tanpa hasil."),
        then=_address(edition), edition=edition,
    )  # fmt: skip


@require_POST
def withdraw(request, code):
    """Take the proposal back."""
    edition = edition_for(request, code, "edition.abandon")
    proposal = _proposed(edition)
    attempt_plainly(
        request, lambda: withdraw_abandonment(proposal, by=request.user, now=clock.now_of(edition)),
        done=_("Usul penutupan ditarik."),
    )  # fmt: skip
    return redirect(_address(edition))


def _proposed(edition):
    if proposal := waiting_abandonment(edition):
        return proposal
    before = edition.proposals.filter(act=ACT).last()
    if before is None:
        raise Http404
    said = "edisi sudah ditutup tanpa hasil" if before.done_at else "usul penutupannya sudah ditarik"
    raise AlreadyDone(f"Ini sudah dilakukan: {said}.", then=_address(edition))


def _address(edition) -> str:
    return reverse("editions:edition", args=[edition.code])

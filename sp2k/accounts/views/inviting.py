"""The organiser's side of an invitation: made, shown once as link, QR and text, printed as a letter."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sp2k.accounts.actions.invitations import Told, invite, invite_all, withdraw_invitation
from sp2k.accounts.keys.qr import drawing_of
from sp2k.accounts.letters.letter import Addresses, letter_of, letters_pdf, message_of
from sp2k.accounts.models import Invitation
from sp2k.accounts.policy import require
from sp2k.accounts.queries.invitations import invitation_by_code, invitation_by_token
from sp2k.accounts.queries.people import listed_people
from sp2k.accounts.views.people import person_or_404, refuse_strangers
from sp2k.base import clock
from sp2k.base.pages.acting import attempt_plainly

MOST_LETTERS = 200


@never_cache
@require_POST
def make_invitation(request, pk):
    """Make an invitation or a reset and show it, this once: only hashes of it are kept."""
    found = person_or_404(request, pk)
    told = invite(found, by=request.user, now=clock.now())
    addresses = _addresses(request, told.token)
    message = message_of(told.invitation, code=told.code, addresses=addresses)
    page = {
        "told": told, "person": found, "addresses": addresses, "drawing": drawing_of(addresses.link), "message": message,
        "is_reset": told.invitation.purpose == Invitation.Purpose.RESET,
        "whatsapp": f"https://wa.me/{found.phone}?text={quote(message)}" if found.phone else "",
    }  # fmt: skip
    return render(request, "accounts/told_once.html", page)


@never_cache
@sensitive_post_parameters("token", "code")
@require_POST
def letter(request, pk):
    """Print the letter of the invitation that was just shown; whoever asks must hold its link and code."""
    found = person_or_404(request, pk)
    require(request.user, "account.invite", found, now=clock.now())
    token, code = request.POST.get("token", ""), request.POST.get("code", "")
    invitation = invitation_by_token(token)
    if invitation is None or invitation.user_id != found.pk or invitation_by_code(found.username, code) != invitation:
        raise Http404
    return _pdf(request, [Told(invitation, token, code)])


@never_cache
@require_POST
def letters(request):
    """Invite everybody of the list who has no password yet, and print a letter each."""
    refuse_strangers(request)
    role = request.POST.get("peran", "")[:1]
    waiting = listed_people(request.user, role=role, state="belum-diundang")[:MOST_LETTERS]
    told = invite_all(waiting, by=request.user, now=clock.now())
    if told:
        return _pdf(request, told)
    attempt_plainly(request, lambda: True, done=_("Tidak ada yang menunggu undangan dalam daftar ini."))
    return redirect("accounts:people")


@require_POST
def withdraw(request, pk):
    """Withdraw the invitation that is open."""
    found = person_or_404(request, pk)
    latest = found.invitations.first()
    if latest is None:
        raise Http404
    attempt_plainly(
        request,
        lambda: withdraw_invitation(latest, by=request.user, now=clock.now()),
        done=_("Undangan ditarik. Tautan dan kodenya tidak membuka apa-apa lagi."),
    )
    return redirect("accounts:person", pk)


def _addresses(request, token: str) -> Addresses:
    link = request.build_absolute_uri(reverse("accounts:invitation-link", args=[token]))
    return Addresses(link, request.build_absolute_uri(reverse("accounts:short-code")))


def _pdf(request, told: list[Told]) -> HttpResponse:
    made = [letter_of(one.invitation, code=one.code, addresses=_addresses(request, one.token)) for one in told]
    content = letters_pdf(
        made, sender=f"{request.user.name}, SP2K", is_sample=clock.is_demonstration(), at=timezone.now()
    )
    headers = {"Content-Disposition": 'attachment; filename="surat-akses.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)

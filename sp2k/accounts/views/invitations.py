"""The invited person's side: link or short code, then a password of one's own."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.actions.door import note_attempt
from sp2k.accounts.actions.invitations import use_invitation, why_closed
from sp2k.accounts.forms.door import ShortCodeForm, pause_in_words, wrong_in_words
from sp2k.accounts.forms.profile import NewPasswordForm
from sp2k.accounts.models import Invitation
from sp2k.accounts.queries.door import standing
from sp2k.accounts.queries.invitations import invitation_by_code, invitation_by_id, invitation_by_token
from sp2k.accounts.views.devices import source_of
from sp2k.accounts.views.door import Going, enter
from sp2k.base import clock
from sp2k.base.pages.acting import attempt

COOKIE = "undangan"
SALT = "sp2k.accounts.invitation"
PROVED_FOR = 1800
UNKNOWN = 0


@login_not_required
@never_cache
@require_safe
def link(request, token):
    """Take the token out of the address at once, so that no log, history or referrer of the next step holds it.

    Opening the link uses nothing up: a preview of it in a chat must not.
    """
    invitation = invitation_by_token(token)
    return _proved(request, invitation.pk if invitation else UNKNOWN)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def short_code(request):
    """Take a name and the code of a letter. A wrong name and a wrong code get the same answer, and both are counted."""
    form = ShortCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return render(request, "accounts/short_code.html", {"form": form})
    name, now = f"kode {request.POST.get('username', '')[:60]}", timezone.now()
    source = source_of(request, request.POST.get("username", "")[:60])
    door = standing(name, source, now=now)
    if door.paused_until:
        form.add_error(None, pause_in_words(door))
        return render(request, "accounts/short_code.html", {"form": form}, status=429)
    if form.is_valid():
        invitation = invitation_by_code(form.cleaned_data["username"], form.cleaned_data["code"])
        note_attempt(name, source, succeeded=invitation is not None, now=now)
        if invitation:
            return _proved(request, invitation.pk)
        form.add_error(None, wrong_in_words(_("Nama pengguna atau kode tidak cocok."), door))
    return render(request, "accounts/short_code.html", {"form": form}, status=422)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request):
    """Set a password with an invitation that was proved by link or code; what no longer opens anything says why."""
    found = _found(request)
    if found is None or (reason := why_closed(found)):
        unknown = _(
            "Tautan ini tidak dikenal atau terpotong. Salin seluruhnya, atau mintalah yang baru kepada penyelenggara."
        )
        page = {"reason": unknown if found is None else reason}
        return render(request, "accounts/invitation_closed.html", page, status=410)
    form = NewPasswordForm(found.user, request.POST if request.method == "POST" else None)
    person = _used(form, found) if form.is_valid() else None
    if person:
        response = enter(request, person, Going(""))
        response.delete_cookie(COOKIE)
        return response
    page = {"form": form, "person": found.user, "is_reset": found.purpose == Invitation.Purpose.RESET}
    return render(request, "accounts/invitation.html", page, status=422 if form.is_bound else 200)


def _used(form, found: Invitation):
    return attempt(form, lambda: use_invitation(found, form.cleaned_data["password"], now=clock.now()))


def _proved(request, pk: int):
    """Go on to the form; the browser holds, signed, which invitation was proved. No row is written by opening a link."""
    response = redirect("accounts:invitation")
    response.set_cookie(
        COOKIE, signing.dumps(pk, salt=SALT), max_age=PROVED_FOR, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return response


def _found(request) -> Invitation | None:
    try:
        pk = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=PROVED_FOR)
    except signing.BadSignature:
        return None
    return invitation_by_id(pk) if pk != UNKNOWN else None

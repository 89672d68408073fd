"""Signing in and out: name and password, then the second factor where one is set."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sp2k.accounts.actions.door import note_attempt
from sp2k.accounts.actions.factor import pass_factor
from sp2k.accounts.forms.door import FactorForm, SignInForm, pause_in_words, wrong_in_words
from sp2k.accounts.models import User
from sp2k.accounts.queries.door import demonstration_logins, standing
from sp2k.accounts.queries.factor import is_factor_on
from sp2k.accounts.views.carrying import FIELD, next_page, pack, page_before, unpack
from sp2k.accounts.views.devices import remember_device, source_of
from sp2k.base import clock
from sp2k.base.faults.storage import done_without
from sp2k.base.refusals import Refused

HALF = "separuh"  # the password was right, the second factor is still to come
HALF_AGE = 600
BEGUN = "sejak"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Going:
    """Where a person goes after signing in, and what a late form carried along."""

    to: str
    carried: str = ""


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request):
    """Ask for name and password, then go on to the page that was asked for, or to the desk."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect(next_page(request))
    going = Going(request.POST.get("next", request.GET.get("next", "")), request.POST.get(FIELD, ""))
    if request.method != "POST":
        return _ask(request, SignInForm(request), going)
    name, now = request.POST.get("username", "")[:60], timezone.now()
    source = source_of(request, name)
    form = SignInForm(request, data=request.POST, standing=standing(name, source, now=now))
    is_right = form.is_valid()
    if form.was_tried and not is_right:
        note_attempt(name, source, succeeded=False, now=now)
    return enter(request, form.get_user(), going) if is_right else _ask(request, form, going)


def enter(request, person: User, going: Going):
    """Let a person in whose password, link or code was right; where a second factor is set, ask for it first."""
    if not (person.has_second_factor and is_factor_on()):
        return _inside(request, person, going)
    request.session.flush()
    request.session[HALF] = {
        "person": person.pk, "bound": person.get_session_auth_hash(), "at": int(timezone.now().timestamp()),
    }  # fmt: skip
    return _ask_factor(request, FactorForm(), going)


@login_not_required
@never_cache
@require_POST
def second_factor(request):
    """Take the code of the second factor of whoever has just proved the password."""
    person = _half_inside(request)
    if person is None:
        return redirect(settings.LOGIN_URL)
    form, going = FactorForm(request.POST), Going(request.POST.get("next", ""), request.POST.get(FIELD, ""))
    name, now = f"faktor-kedua {person.username}", timezone.now()
    source = source_of(request, person.username)
    door = standing(name, source, now=now)
    if door.paused_until:
        form.add_error(None, pause_in_words(door))
        return _ask_factor(request, form, going, status=429)
    if not form.is_valid():
        return _ask_factor(request, form, going, status=422)
    is_right = pass_factor(person, form.cleaned_data["code"], now=clock.now())
    note_attempt(name, source, succeeded=is_right, now=now)
    if is_right:
        return _inside(request, person, going)
    form.add_error("code", wrong_in_words(_("Kode tidak cocok atau sudah dipakai."), door))
    return _ask_factor(request, form, going, status=422)


@login_not_required
@require_POST
def sign_out(request):
    """End the session. By POST only, so that no picture or link can end it."""
    session = request.session
    logout(request)
    if session.is_left_behind:
        return render(request, "accounts/left_behind.html", status=503)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def ask_again(request):
    """Answer whoever sent a form after the session had ended: sign in again, and nothing typed is lost."""
    if "application/json" in request.headers.get("Accept", ""):
        says = _("Sesi Anda berakhir. Kirim halaman ini untuk masuk lagi; yang sudah diketik tidak hilang.")
        return JsonResponse({"says": says}, status=401)
    going = Going(page_before(request), pack(request))
    return _ask(request, SignInForm(request), going, status=401) if going.carried else None


def _inside(request, person: User, going: Going):
    """Begin a new session and go on; the browser remembers that this person has signed in on it."""
    request.session.pop(HALF, None)
    note_attempt(person.username, source_of(request, person.username), succeeded=True, now=timezone.now())
    _open_session(request, person)
    moment = int(timezone.now().timestamp())
    request.session[BEGUN] = {"in": moment, "seen": moment}
    if carried := unpack(request):
        page = {"carried": carried, "next": next_page(request)}
        response = render(request, "accounts/carry_on.html", page)
    else:
        response = redirect(next_page(request))
    return remember_device(request, response, person)


def _open_session(request, person: User) -> None:
    """Begin the session. The time of the last sign-in, which Django writes after it, may be missing where no row can be."""
    with done_without():
        login(request, person, backend=BACKEND)
        return
    if request.session.get(SESSION_KEY) != str(person.pk):
        raise Refused(_("Sesi tidak dapat dimulai selagi server tidak dapat menyimpan. Coba lagi beberapa menit lagi."))


def _half_inside(request) -> User | None:
    """Return who proved a password within the last ten minutes and is still bound to the same session epoch."""
    half = request.session.get(HALF)
    if not half or timezone.now().timestamp() - half["at"] > HALF_AGE:
        return None
    person = User.objects.filter(pk=half["person"], is_active=True).first()
    return person if person and person.get_session_auth_hash() == half["bound"] else None


def _ask(request, form, going: Going, *, status: int = 200):
    paused = form.is_bound and bool(form.standing.paused_until)
    page = {
        "form": form, "next": going.to, "carried": going.carried, "carried_field": FIELD,
        "logins": demonstration_logins() if clock.is_demonstration() else [],
    }  # fmt: skip
    status = (429 if paused else 422) if form.is_bound else status
    response = render(request, "accounts/sign_in.html", page, status=status)
    if paused:
        response.headers["Retry-After"] = max(1, int((form.standing.paused_until - timezone.now()).total_seconds()))
    return response


def _ask_factor(request, form, going: Going, *, status: int = 200):
    page = {"form": form, "next": going.to, "carried": going.carried, "carried_field": FIELD}
    return render(request, "accounts/second_factor.html", page, status=status)

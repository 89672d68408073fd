"""What holds for every step of a person: sessions end in time, the reader's language, sign in first, second factor first."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sp2k.accounts.queries.factor import must_set_factor
from sp2k.accounts.roles import Role
from sp2k.accounts.views.carrying import page_before
from sp2k.accounts.views.door import BEGUN, ask_again
from sp2k.accounts.views.language import COOKIE, LANGUAGES
from sp2k.base.refusals import NAMES_ARE_TOLD

SEEN_EVERY = 300  # seconds; a session is written that often at most, not at every step
WITHOUT_FACTOR = {
    "accounts:profile", "accounts:password", "accounts:factor", "accounts:factor-begin", "accounts:factor-codes",
    "accounts:logout", "accounts:leave-everywhere", "accounts:language", "accounts:visitor-language",
}  # fmt: skip


def sessions_end(get_response):
    """End a session so long after signing in, and so long after the last step (ASVS 7.3)."""

    def middleware(request):
        begun = request.session.get(BEGUN)
        if begun:
            moment = int(timezone.now().timestamp())
            is_over = (
                moment - begun["in"] > settings.SESSION_COOKIE_AGE or moment - begun["seen"] > settings.SESSION_IDLE_AGE
            )
            if is_over:
                logout(request)
            elif moment - begun["seen"] > SEEN_EVERY:
                request.session[BEGUN] = {**begun, "seen": moment}
        return get_response(request)

    return middleware


def language_of_the_reader(get_response):
    """Speak the language that the person chose, or the visitor's cookie; Indonesian unless told otherwise."""

    def middleware(request):
        asked = request.user.language if request.user.is_authenticated else request.COOKIES.get(COOKIE, "")
        language = asked if asked in LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


TOLD_NAMES = frozenset({Role.BUREAU, Role.INSPECTORATE, Role.LEADER, Role.ADMIN})


def names_of_faults_are_told_to_few(get_response):
    """Let whoever supervises or organises read which thing was changed behind the acts; to the others it may be secret."""

    def middleware(request):
        is_told = not request.user.is_authenticated or bool(request.user.roles & TOLD_NAMES)
        token = NAMES_ARE_TOLD.set(is_told)
        try:
            return get_response(request)
        finally:
            NAMES_ARE_TOLD.reset(token)

    return middleware


class SignInFirst(LoginRequiredMiddleware):
    """As Django's, but a form that was sent after the session had ended is kept over signing in again."""

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return ask_again(request) or redirect_to_login(page_before(request) or request.path)


class SecondFactorFirst:
    """Whoever an edition asks for a second factor sets it before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True) or request.resolver_match.view_name in WITHOUT_FACTOR:
            return None
        if not request.user.is_authenticated or not must_set_factor(request.user):
            return None
        messages.warning(request, _("Peran Anda memerlukan faktor kedua. Pasang dahulu, lalu lanjutkan."))
        return redirect("accounts:factor")

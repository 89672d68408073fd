"""In which language the pages speak."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sp2k.accounts.actions.profile import choose_language
from sp2k.accounts.views.carrying import is_ours

COOKIE = "bahasa"
LANGUAGES = {code for code, _ in settings.LANGUAGES}
A_YEAR = 365 * 24 * 3600


@require_POST
def language(request):
    """Remember the language of whoever is signed in, and go back to the page."""
    if (asked := request.POST.get("bahasa", "")) in LANGUAGES:
        choose_language(request.user, asked)
    return redirect(_back(request))


@login_not_required
@csrf_exempt  # it sets a cookie of taste and nothing else; a token would make every public page differ for each reader
@require_POST
def visitor_language(request):
    """Let a visitor's browser remember the language, and go back to the page."""
    response = redirect(_back(request))
    if (asked := request.POST.get("bahasa", "")) in LANGUAGES:
        response.set_cookie(
            COOKIE, asked, max_age=A_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    return response


def _back(request) -> str:
    asked = request.POST.get("next", "")
    return asked if is_ours(request, asked) else "/"

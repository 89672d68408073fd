"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sp2k.accounts.forms import SignInForm
from sp2k.accounts.queries import demonstration_logins
from sp2k.base import clock


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request):
    """Ask for name and password, then go on to the page that was asked for, or to the desk."""
    if request.user.is_authenticated:
        return redirect(_next_page(request))
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        login(request, form.get_user())
        return redirect(_next_page(request))
    logins = demonstration_logins() if clock.is_demonstration() else []
    page = {"form": form, "next": request.POST.get("next", request.GET.get("next", "")), "logins": logins}
    return render(request, "accounts/sign_in.html", page, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def sign_out(request):
    """End the session. By POST only, so that no picture or link can end it."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _next_page(request) -> str:
    """Return the page asked for before signing in, if it is ours; else the desk."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else resolve_url(settings.LOGIN_REDIRECT_URL)

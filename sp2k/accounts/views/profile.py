"""The own account: details, password, second factor, sessions."""

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sp2k.accounts.actions.factor import (
    begin_factor,
    confirm_factor,
    is_asked_of,
    leave_factor,
    renew_recovery_codes,
)
from sp2k.accounts.actions.profile import change_password, edit_profile, leave_everywhere
from sp2k.accounts.forms.profile import LIGHT, FactorCodeForm, LeaveFactorForm, PasswordChangeForm, ProfileForm
from sp2k.accounts.keys.qr import drawing_of
from sp2k.accounts.keys.totp import address_of, secret_of
from sp2k.accounts.models import User
from sp2k.accounts.queries.door import recent_sign_ins
from sp2k.accounts.queries.factor import is_factor_on
from sp2k.accounts.queries.people import roles_seen_by
from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.wording import in_fours


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    """Name, institution, phone, language, theme; roles, second factor and the last sign-ins are shown."""
    person = request.user
    initial = {field: getattr(person, field) for field in ("name", "institution", "phone", "language", "theme")}
    initial["theme"] = initial["theme"] or LIGHT
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        edit_profile(person, form.details(), now=clock.now())
        messages.success(request, _("Profil disimpan."))
        return redirect("accounts:profile")
    page = {
        "form": form, "memberships": person.memberships.select_related("region__parent"), "is_factor_on": is_factor_on(),
        "sign_ins": recent_sign_ins(person), "is_asked": is_asked_of(person),
        "has_people": bool(roles_seen_by(person)),
    }  # fmt: skip
    return render(request, "accounts/profile.html", page, status=422 if form.is_bound else 200)


@sensitive_post_parameters("old", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request):
    """Change the own password; other devices are signed out, this one stays."""
    form = PasswordChangeForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        if person := attempt(
            form, lambda: change_password(request.user, typed["old"], typed["password"], now=clock.now())
        ):
            update_session_auth_hash(request, person)
            messages.success(request, _("Kata sandi diganti. Perangkat lain harus masuk lagi."))
            return redirect("accounts:profile")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def leave_all(request):
    """End all sessions on every device."""
    leave_everywhere(request.user, now=clock.now())
    logout(request)
    messages.success(request, _("Semua perangkat sudah dikeluarkan. Masuk lagi untuk melanjutkan."))
    return redirect("accounts:login")


@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request):
    """Set the second factor with the phone's first code; once set, take it off to change the phone."""
    if request.user.has_second_factor:
        return _leave(request)
    form = FactorCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        codes = attempt(form, lambda: confirm_factor(request.user, form.cleaned_data["code"], now=clock.now()))
        if codes:
            return _codes(request, codes)
    return render(request, "accounts/factor.html", _setting_up(request, form), status=422 if form.is_bound else 200)


@require_POST
def factor_begin(request):
    """Make the secret that the phone will hold."""
    attempt_plainly(
        request,
        lambda: begin_factor(request.user, now=clock.now()),
        done=_("Pindai kodenya dengan aplikasi autentikator, lalu ketik enam angka pertama."),
    )
    return redirect("accounts:factor")


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def factor_codes(request):
    """Make new recovery codes; the old ones end."""
    form = FactorCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        codes = attempt(form, lambda: renew_recovery_codes(request.user, form.cleaned_data["code"], now=clock.now()))
        if codes:
            return _codes(request, codes)
    return render(request, "accounts/factor_renew.html", {"form": form}, status=422 if form.is_bound else 200)


def _leave(request):
    form = LeaveFactorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        if attempt(form, lambda: leave_factor(request.user, typed["password"], typed["code"], now=clock.now())):
            update_session_auth_hash(request, User.objects.get(pk=request.user.pk))
            messages.success(request, _("Faktor kedua dilepas."))
            return redirect("accounts:factor")
    page = {"form": form, "is_asked": is_asked_of(request.user)}
    return render(request, "accounts/factor_leave.html", page, status=422 if form.is_bound else 200)


def _codes(request, codes: list[str]):
    """Show the recovery codes, this once."""
    update_session_auth_hash(request, User.objects.get(pk=request.user.pk))
    return render(request, "accounts/factor_codes.html", {"codes": codes})


def _setting_up(request, form) -> dict:
    seed = request.user.totp_seed
    page = {"form": form, "is_factor_on": is_factor_on(), "is_asked": is_asked_of(request.user), "secret": ""}
    if seed and page["is_factor_on"]:
        secret = secret_of(seed)
        page |= {"secret": in_fours(secret), "drawing": drawing_of(address_of(secret, request.user.username))}
    return page

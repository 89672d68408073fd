"""From what is typed at the door to a person."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password. Wrong name, wrong password and closed account get the same answer."""

    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=60,
        error_messages={
            "required": _("Tulis nama pengguna Anda."),
            "max_length": _("Nama pengguna paling panjang 60 huruf. Periksa lagi."),
        },
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        error_messages={"required": _("Tulis kata sandi Anda.")},
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _("Nama pengguna atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."),
        "inactive": _("Nama pengguna atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."),
    }

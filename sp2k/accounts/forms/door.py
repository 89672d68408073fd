"""From what is typed at the door to a person."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sp2k.accounts.queries.door import Standing
from sp2k.base.pages.fields import Text
from sp2k.base.wording import hour_in_words

TELL_FROM = 3  # how many tries are left when the form begins to say so
ZONE = "Asia/Jakarta"


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
        max_length=128,
        error_messages={"required": _("Tulis kata sandi Anda.")},
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
    )

    def __init__(self, request, data=None, *, standing: Standing | None = None):
        super().__init__(request, data=data)
        self.standing = standing or Standing(left=TELL_FROM + 2)

    @property
    def was_tried(self) -> bool:
        """Whether name and password were compared at all: an empty form and a pause are no try."""
        return self.is_bound and not self.standing.paused_until and {"username", "password"} <= set(self.cleaned_data)

    def clean(self):
        if self.standing.paused_until:
            raise forms.ValidationError(pause_in_words(self.standing), code="paused")
        return super().clean()

    def get_invalid_login_error(self):
        return forms.ValidationError(
            wrong_in_words(_("Nama pengguna atau kata sandi tidak cocok."), self.standing), code="invalid_login"
        )


class FactorForm(forms.Form):
    """The code of the second factor, from the phone or from the list of recovery codes."""

    code = Text(
        label=_("Kode"),
        max_length=20,
        help_text=_("Enam angka dari aplikasi di ponsel Anda, atau satu kode pemulihan."),
        error_messages={"required": _("Tulis kodenya.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs.update({"autocomplete": "one-time-code", "autocapitalize": "characters"})


class ShortCodeForm(forms.Form):
    """A name and the short code of a letter: for whoever has paper instead of a link."""

    username = Text(label=_("Nama pengguna"), max_length=60, help_text=_("Tertulis pada surat Anda."))
    code = Text(label=_("Kode"), max_length=20, help_text=_("Delapan huruf dan angka, misalnya K7M2-9QXD."))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "autocapitalize": "none"})
        self.fields["code"].widget.attrs.update({"autocomplete": "off", "autocapitalize": "characters"})


def wrong_in_words(what: str, standing: Standing) -> str:
    """Say that something does not match, and how many tries are left after this one once they are few."""
    left = standing.left - 1
    if left > TELL_FROM:
        return _("%(what)s Periksa keduanya, lalu coba lagi.") % {"what": what}
    if left > 0:
        return ngettext(
            "%(what)s Tersisa %(left)s percobaan sebelum jeda 15 menit.",
            "%(what)s Tersisa %(left)s percobaan sebelum jeda 15 menit.", left,
        ) % {"what": what, "left": left}  # fmt: skip
    return _("%(what)s Jeda 15 menit dimulai.") % {"what": what}


def pause_in_words(standing: Standing) -> str:
    """Say until when a pause lasts and what helps meanwhile."""
    return _(
        "Terlalu banyak percobaan. Coba lagi pukul %(hour)s, atau minta penyelenggara menyetel ulang akses Anda; "
        "tautannya langsung dapat dipakai."
    ) % {"hour": hour_in_words(standing.paused_until, ZONE)}

"""A new password, one's own details, and taking off the second factor."""

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.actions.profile import OwnDetails
from sp2k.base.pages.fields import Choice, Text

LONGEST_PASSWORD = 128
LIGHT = "terang"  # kept as an empty text: the pages as they are
LANGUAGES = [("id", _("Indonesia")), ("en", _("Inggris"))]
THEMES = [
    (LIGHT, _("Terang: untuk kantor")),
    ("sun", _("Luar ruang: hitam di atas putih, garis tebal")),
    ("dark", _("Gelap")),
]


class Password(forms.CharField):
    """A password as typed: never trimmed, never shown again; pasting and password managers work."""

    def __init__(self, *, use: str, **options):
        options.setdefault("error_messages", {"required": _("Tulis kata sandinya.")})
        widget = forms.PasswordInput(attrs={"class": "input", "autocomplete": use})
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, widget=widget, **options)


class NewPasswordForm(forms.Form):
    """A password and the same again."""

    password = Password(
        use="new-password",
        label=_("Kata sandi baru"),
        help_text=_("Sedikitnya 12 huruf dan bukan kata sandi yang umum. Empat kata acak kuat dan mudah diingat."),
    )
    again = Password(use="new-password", label=_("Kata sandi baru, sekali lagi"))

    def __init__(self, person, *args, **options):
        super().__init__(*args, **options)
        self.person = person

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]

    def clean(self):
        typed = super().clean()
        if "password" in typed and "again" in typed and typed["password"] != typed["again"]:
            self.add_error("again", _("Tidak sama dengan yang pertama. Ketik ulang."))
        return typed


class PasswordChangeForm(NewPasswordForm):
    """As above, proved by the present password."""

    old = Password(use="current-password", label=_("Kata sandi sekarang"))
    field_order = ["old", "password", "again"]


class FactorCodeForm(forms.Form):
    """A code from the phone alone."""

    code = Text(label=_("Kode enam angka"), max_length=20, error_messages={"required": _("Tulis kodenya.")})

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs.update({"autocomplete": "one-time-code", "inputmode": "numeric"})


class LeaveFactorForm(forms.Form):
    """Password and a code: taking off the second factor."""

    password = Password(use="current-password", label=_("Kata sandi"))
    code = Text(
        label=_("Kode"), max_length=20, help_text=_("Enam angka dari ponsel, atau satu kode pemulihan."),
    )  # fmt: skip


class ProfileForm(forms.Form):
    """What one says of oneself."""

    name = Text(label=_("Nama"), max_length=120, help_text=_("Dengan gelar, seperti pada surat."))
    institution = Text(label=_("Lembaga"), max_length=200, required=False)
    phone = Text(label=_("Nomor WhatsApp"), max_length=24, required=False, help_text=_("Misalnya 0812 3456 7890."))
    language = Choice(label=_("Bahasa"), choices=LANGUAGES, widget=forms.RadioSelect)
    theme = Choice(label=_("Tampilan"), choices=THEMES, widget=forms.RadioSelect)

    def clean_phone(self):
        return clean_phone(self.cleaned_data["phone"])

    def details(self) -> OwnDetails:
        theme = self.cleaned_data["theme"]
        return OwnDetails(**{**self.cleaned_data, "theme": "" if theme == LIGHT else theme})


def clean_phone(typed: str) -> str:
    """Return a number as WhatsApp takes it, digits with the country's code: `6281234567890`; empty stays empty."""
    digits = re.sub(r"[\s().-]", "", typed)
    if not digits:
        return ""
    digits = re.sub(r"^(?:\+|00)", "", digits)
    if re.fullmatch(r"0\d+", digits):
        digits = "62" + digits[1:]
    elif re.fullmatch(r"8\d{8,11}", digits):
        digits = "62" + digits
    if not re.fullmatch(r"\d{9,15}", digits):
        raise forms.ValidationError(
            _("Nomor ini tidak dapat dibaca. Tulis seperti 0812 3456 7890 atau +62 812 3456 7890.")
        )
    return digits

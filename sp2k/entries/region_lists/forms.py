"""A newer list with its decree, and a corrected name with its source."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Text
from sp2k.base.tables.reading import LARGEST
from sp2k.base.wording import size_in_words
from sp2k.entries.region_lists.files import ListFile


class UploadForm(forms.Form):
    """A newer list."""

    decree = Text(
        label=_("Nomor Kepmendagri"), max_length=60, help_text=_("Misalnya Kepmendagri 300.2.2-2430 Tahun 2025.")
    )
    file = ListFile(
        label=_("Daftar wilayah"),
        help_text=_(
            "CSV UTF-8 atau XLSX dengan kolom kode, nama, tingkat, induk; kode sebagai teks; paling besar %(size)s."
        ) % {"size": size_in_words(LARGEST)},
    )


class NameForm(forms.Form):
    """How a name is written, and where that stands."""

    name = Text(label=_("Nama yang benar"), max_length=120)
    basis = Text(label=_("Dasar"), max_length=200, help_text=_("Nomor peraturan, atau halaman pada Kepmendagri."))

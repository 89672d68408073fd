"""A text file from outside: an edition file, a CSV. Read as UTF-8 or refused in a sentence."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import size_in_words

LARGEST = 2 * 10**6
LONGEST_NAME = 200


@dataclass(frozen=True)
class TextUpload:
    """A file's cleaned name and its text, lines ending in a newline."""

    name: str
    text: str


class TextFile(forms.FileField):
    """A file of text; its value is a `TextUpload`."""

    def __init__(self, *, largest: int = LARGEST, accept: str = ".yaml,.yml,.csv,.txt", **options):
        self.largest = largest
        options.setdefault("error_messages", {}).update(
            required=_("Pilih berkasnya lebih dahulu."),
            missing=_("Berkas tidak sampai. Pilih lagi, lalu unggah lagi."),
            invalid=_("Berkas tidak sampai. Pilih lagi, lalu unggah lagi."),
        )
        options.setdefault("allow_empty_file", True)  # the sentence about an empty file is ours
        super().__init__(**options)
        self.widget.attrs.update({"class": "input", "accept": accept})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file or not hasattr(file, "read"):
            return file or None
        try:
            return clean_text_file(file, largest=self.largest)
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None


def clean_text_file(file, *, largest: int = LARGEST) -> TextUpload:
    """Return the text of an uploaded file.

    Raises
    ------
    BadInput
        For an empty file, one too large, and one that is no UTF-8 text, whatever its name says.
    """
    name = clean_text(file.name, name="Nama berkas", longest=LONGEST_NAME)
    if file.size == 0:
        raise BadInput(f'Berkas "{name}" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.')
    if file.size > largest:
        raise BadInput(f'Berkas "{name}" {size_in_words(file.size)}; paling besar {size_in_words(largest)}.')
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f'Berkas "{name}" bukan teks UTF-8. Simpan ulang sebagai teks UTF-8.') from None
    if "\x00" in text:
        raise BadInput(f'Berkas "{name}" bukan teks. Simpan ulang sebagai teks UTF-8.')
    return TextUpload(name, text.replace("\r\n", "\n").replace("\r", "\n"))

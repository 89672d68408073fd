"""A list as a form field: what is uploaded becomes a `Table`, or a sentence beside the field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.language import of_record
from sp2k.base.refusals import Refused
from sp2k.base.tables.columns import ListKind
from sp2k.base.tables.reading import LARGEST, read_table
from sp2k.base.wording import size_in_words


class TableFile(forms.FileField):
    """A list of one kind, XLSX or CSV; its value is the `Table`.

    Parameters
    ----------
    kind : which columns are read
    largest : bytes
    """

    def __init__(self, *, kind: ListKind, largest: int = LARGEST, **options):
        self.kind, self.largest = kind, largest
        options.setdefault("help_text", _("XLSX atau CSV; paling besar %(size)s.") % {"size": size_in_words(largest)})
        options.setdefault("error_messages", {}).update(
            required=_("Pilih berkasnya lebih dahulu."),
            missing=_("Berkas tidak sampai. Pilih lagi, lalu unggah lagi."),
            invalid=_("Berkas tidak sampai. Pilih lagi, lalu unggah lagi."),
        )
        options.setdefault("allow_empty_file", True)  # the sentence about an empty file is ours
        super().__init__(**options)
        self.widget.attrs.update({"class": "input", "accept": ".xlsx,.csv"})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file or not hasattr(file, "read"):
            return file or None
        try:
            return of_record(read_table)(file.name, file.read(self.largest + 1), self.kind, largest=self.largest)
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None

"""Form fields of the house: what is typed becomes a clean value, or a sentence in Indonesian beside the field."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.uploads import DOCUMENTS, HEIC, JPEG, LARGEST, NAMES, clean_upload
from sp2k.base.refusals import Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import size_in_words

REQUIRED = _("Isian ini belum diisi.")


class Text(forms.CharField):
    """One line of text, cleaned as everything that is kept."""

    widget = forms.TextInput

    def __init__(self, *, rows: int = 0, **options):
        options.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(**options)
        self.widget = forms.Textarea(attrs={"rows": rows}) if rows else self.widget
        self.widget.attrs.update({"class": "input"} | ({"maxlength": self.max_length} if self.max_length else {}))
        self.widget.is_required = self.required

    def to_python(self, value):
        try:
            return clean_text(value, name=str(self.label or ""), longest=self.max_length) if value else ""
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None


class Choice(forms.ChoiceField):
    """One of a few: as radio buttons up to eight, as a list beyond (look: forms)."""

    def __init__(self, *, choices=(), **options):
        options.setdefault("error_messages", {}).update(
            required=_("Pilih salah satu."), invalid_choice=_("Pilihan itu tidak ada. Muat ulang halaman.")
        )
        super().__init__(choices=choices, **options)
        if not isinstance(self.widget, forms.RadioSelect):  # a radio button is drawn by `.choice`, not as a box
            self.widget.attrs["class"] = "input"


class Instant(forms.DateTimeField):
    """A date and an hour in the zone of `zone`; to the minute."""

    def __init__(self, *, zone: str, **options):
        self.zone = ZoneInfo(zone)
        options.setdefault("error_messages", {}).update(
            required=REQUIRED, invalid=_("Tulis tanggal dan jam, misalnya 2023-10-31 16.00.")
        )
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def prepare_value(self, value):
        return (
            value.astimezone(self.zone).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value
        )

    def to_python(self, value):
        if value in self.empty_values:
            return None
        for form in ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"):
            try:
                return datetime.strptime(str(value).strip().replace(".", ":"), form).replace(tzinfo=self.zone)
            except ValueError:
                continue
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class Day(forms.DateField):
    """A date, with the browser's own calendar."""

    def __init__(self, **options):
        options.setdefault("error_messages", {}).update(
            required=REQUIRED, invalid=_("Tulis tanggal, misalnya 2023-10-31.")
        )
        widget = forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class File(forms.FileField):
    """A file of the kinds taken; its value is an `Upload`, cleaned and safe to keep."""

    def __init__(self, *, kinds=DOCUMENTS, largest: int = LARGEST, **options):
        self.kinds, self.largest = kinds, largest
        phones = ("HEIC",) if JPEG in kinds else ()  # kept as JPG, so no kind of its own
        taken = ", ".join((*(NAMES[kind] for kind in kinds), *phones))
        options.setdefault("help_text", f"{taken}; paling besar {size_in_words(largest)}.")
        options.setdefault("error_messages", {}).update(
            required=_("Pilih berkasnya lebih dahulu."),
            missing=_("Berkas tidak sampai. Pilih lagi, lalu unggah lagi."),
            invalid=_("Berkas tidak sampai. Pilih lagi, lalu unggah lagi."),
        )
        options.setdefault("allow_empty_file", True)  # the sentence about an empty file is ours
        super().__init__(**options)
        self.widget.attrs.update({"class": "input", "accept": ",".join((*kinds, *(HEIC if phones else ())))})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file or not hasattr(file, "read"):
            return file or None
        try:
            return clean_upload(file, kinds=self.kinds, largest=self.largest)
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None

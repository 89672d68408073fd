"""What is typed about paper: a code, the marks read off it, what a third look settled, a scan, a reason."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Choice, File, Text
from sp2k.base.pages.uploads import JPEG, PDF, PNG
from sp2k.base.refusals import Refused
from sp2k.editions.models import Stage
from sp2k.instruments.fields import MarkField
from sp2k.judging.actions.paper import Settled
from sp2k.judging.codes import read_code
from sp2k.judging.documents.blank import SIZES
from sp2k.judging.marks import LONGEST_REMARK, comma
from sp2k.judging.models import PaperSheet, Seat
from sp2k.judging.paper_places import LONGEST_WORDS, Place
from sp2k.judging.readings import LONGEST_NOTE, LONGEST_REASON, Difference, Reading, clean_place

FIRST, SECOND, OTHER = "pertama", "kedua", "lain"


class FindPaperForm(forms.Form):
    """The code in the corner of a paper."""

    kode = Text(label=_("Kode kertas"), help_text=_("Dua belas huruf dan angka di sudut kanan atas."))

    def clean_kode(self):
        try:
            return read_code(self.cleaned_data["kode"])
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None


class PaperFilterForm(forms.Form):
    """Which papers of the list."""

    tahap = Choice(label=_("Tahap"), required=False)
    keadaan = Choice(label=_("Keadaan"), required=False)
    cari = Text(label=_("Kecamatan atau juri"), required=False, max_length=80)

    def __init__(self, data, *, stages: Sequence[Stage], **options):
        super().__init__(data, **options)
        self.fields["tahap"].choices = [("", _("Semua tahap")), *((str(stage.pk), str(stage)) for stage in stages)]
        self.fields["keadaan"].choices = [("", _("Semua keadaan")), *PaperSheet.State.choices]

    @property
    def chosen(self) -> dict:
        """The conditions that could be read; what could not is left out."""
        given = self.cleaned_data if self.is_valid() else {}
        stage = given.get("tahap", "")
        return {
            "stage": int(stage) if stage else None, "state": given.get("keadaan", ""), "words": given.get("cari", ""),
        }  # fmt: skip


class PrintForm(forms.Form):
    """Which blanks: of a seat or all, of an entry or all, on which size of paper; at a visit also the form of its claims."""

    jenis = Choice(label=_("Yang dicetak"), choices=PaperSheet.Kind.choices, widget=forms.RadioSelect)
    kursi = Choice(label=_("Kursi juri"), required=False)
    peserta = Choice(label=_("Peserta"), required=False)
    ukuran = Choice(label=_("Ukuran kertas"), choices=[(size, size) for size in SIZES])

    def __init__(self, data=None, *, seats: Sequence[Seat], participations, has_claims: bool, **options):
        super().__init__(data, **options)
        self.fields["kursi"].choices = [("", _("Semua kursi")), *((str(seat.pk), _seat(seat)) for seat in seats)]
        self.fields["peserta"].choices = [
            ("", _("Semua peserta")), *((str(row.pk), _entry(row)) for row in participations)
        ]  # fmt: skip
        if has_claims:
            self.fields["jenis"].help_text = _("Formulir kunjungan dicetak satu tiap peserta, atas nama kursi pertama.")
        else:
            del self.fields["jenis"]

    @property
    def kind(self) -> str:
        return self.cleaned_data.get("jenis") or PaperSheet.Kind.SHEET

    @property
    def chosen(self) -> dict:
        given = self.cleaned_data
        return {
            "seat": int(given["kursi"]) if given["kursi"] else None,
            "participation": int(given["peserta"]) if given["peserta"] else None,
            "kind": self.kind,
        }


class TypingForm(forms.Form):
    """What stands on the paper; each place may be empty, and what cannot be read is so with a reason."""

    def __init__(self, data=None, *, places: Mapping[str, Place], has_note: bool, **options):
        super().__init__(data, **options)
        self.places = places
        for key, place in places.items():
            self.fields[f"nilai-{key}"] = _field_of(place)
            self.fields[f"alasan-{key}"] = Text(
                label=_("%(key)s: alasan tidak terbaca") % {"key": key}, required=False, max_length=LONGEST_REASON
            )
        if has_note:
            self.fields["catatan"] = Text(
                label=_("Catatan pada kertas"), required=False, rows=3, max_length=LONGEST_NOTE
            )

    def clean(self):
        for key, place in self.places.items():
            typed = self.cleaned_data.get(f"nilai-{key}", "")
            try:
                clean_place(typed, self.cleaned_data.get(f"alasan-{key}", ""), place)
            except Refused as refused:
                self.add_error(f"nilai-{key}", refused.marked)
        return self.cleaned_data

    @cached_property
    def rows(self) -> list[tuple[str, Place, forms.BoundField, forms.BoundField]]:
        """Each place with its box and its box for the reason."""
        return [(key, place, self[f"nilai-{key}"], self[f"alasan-{key}"]) for key, place in self.places.items()]

    def reading(self) -> Reading:
        given = self.cleaned_data
        return Reading(
            {key: given.get(f"nilai-{key}", "") for key in self.places},
            {key: reason for key in self.places if (reason := given.get(f"alasan-{key}", ""))},
            given.get("catatan", ""),
        )


class SettlingForm(forms.Form):
    """Each difference settled by a look at the paper. Nothing is chosen beforehand."""

    def __init__(self, data=None, *, differences: Sequence[Difference], **options):
        super().__init__(data, **options)
        self.differences = differences
        for row in differences:
            self.fields[f"pilih-{row.key}"] = Choice(
                label=row.title, widget=forms.RadioSelect,
                choices=[(FIRST, ""), (SECOND, ""), (OTHER, _("Lain dari keduanya, atau tidak terbaca"))],
            )  # fmt: skip
            self.fields[f"lain-{row.key}"] = _other_of(row)
            self.fields[f"alasan-{row.key}"] = Text(label=_("Alasan"), required=False, max_length=LONGEST_REASON)

    @cached_property
    def rows(self):
        return [
            (row, self[f"pilih-{row.key}"], self[f"lain-{row.key}"], self[f"alasan-{row.key}"])
            for row in self.differences
        ]

    def settled(self) -> dict[str, Settled]:
        """Return what was settled, by place."""
        return {row.key: self._settled(row) for row in self.differences}

    def _settled(self, row: Difference) -> Settled:
        chosen = self.cleaned_data[f"pilih-{row.key}"]
        if chosen == FIRST:
            return Settled(row.first, row.first_illegible)
        if chosen == SECOND:
            return Settled(row.second, row.second_illegible)
        return Settled(self.cleaned_data[f"lain-{row.key}"], self.cleaned_data[f"alasan-{row.key}"])


class ScanForm(forms.Form):
    """The scan of the filled paper."""

    berkas = File(label=_("Pindaian kertas"), kinds=(PDF, JPEG, PNG))


class ReasonForm(forms.Form):
    """Why a paper is taken out of use, or a scan erased."""

    alasan = Text(label=_("Alasan"), max_length=LONGEST_REASON)


class ConfirmForm(forms.Form):
    """The juror's yes: the marks that stand empty on his paper if he gives them now, and the reasons the rules ask for."""

    def __init__(self, data=None, *, empty: Mapping[str, Place], extreme: Mapping[str, Place], **options):
        super().__init__(data, **options)
        self.empty, self.extreme = empty, extreme
        for key, place in empty.items():
            self.fields[f"nilai-{key}"] = _field_of(place)
            self.fields[f"nilai-{key}"].is_conditional = True  # the sealing asks for it; the label must not say otherwise
        for key, place in extreme.items():
            label = _("Alasan nilai %(key)s %(title)s") % {"key": key, "title": place.title}
            self.fields[f"alasan-{key}"] = Text(label=label, required=False, max_length=LONGEST_REMARK)

    def clean(self):
        for key, place in self.empty.items():
            try:
                clean_place(self.cleaned_data.get(f"nilai-{key}", ""), "", place)
            except Refused as refused:
                self.add_error(f"nilai-{key}", refused.marked)
        return self.cleaned_data

    def told(self) -> dict[str, dict[str, str]]:
        """Return what was filled in, and the reasons given, by indicator."""
        given = self.cleaned_data
        return {
            "filled": {key: given.get(f"nilai-{key}", "") for key in self.empty},
            "remarks": {key: given.get(f"alasan-{key}", "") for key in self.extreme},
        }


class ObjectionForm(forms.Form):
    """What does not agree with the paper."""

    keberatan = Text(label=_("Yang tidak sesuai dengan kertas"), rows=3, max_length=1000,
                     help_text=_("Misalnya: K2 tertulis 78, diketik 87."))  # fmt: skip


def _field_of(place: Place) -> forms.Field:
    """The box in which a place of the paper is typed."""
    if place.kind == "temuan":
        choices = [("", _("kosong")), *place.choices]
        return Choice(label=f"{place.code} {place.title}", required=False, choices=choices)
    if place.kind == "kata":
        return Text(label=place.title, required=False, rows=2, max_length=LONGEST_WORDS)
    field = Text(label=f"{place.code} {place.title}", required=False, max_length=12, help_text=_scale(place.field))
    field.widget.attrs.update({"class": "input short", "inputmode": "decimal", "autocomplete": "off"})
    return field


def _other_of(row: Difference) -> forms.Field:
    """The box for what is neither of two typings."""
    field = _field_of(row.place) if row.place else Text(required=False, rows=2, max_length=LONGEST_NOTE)
    field.label, field.help_text = _("Isi menurut kertas"), ""
    return field


def _scale(field: MarkField) -> str:
    if field.allowed:
        return "; ".join(comma(mark) for mark in field.allowed)
    return f"{comma(field.lowest)}–{comma(field.highest)}"


def _seat(seat: Seat) -> str:
    holder = seat.holder
    return f"{seat.institution}: {holder.name}" if holder else f"{seat.institution} ({_('kosong')})"


def _entry(participation) -> str:
    return f"{participation.entry.name}, {participation.entry.regency_name}"

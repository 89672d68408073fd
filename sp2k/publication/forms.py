"""What is typed about a decision: a leader's reason, the bureau's answer, the facts of the day of a document."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Day, Text
from sp2k.publication.issued.facts import NO_MINUTES_DATE, NO_MINUTES_NUMBER, DecreeFacts
from sp2k.publication.issued.minutes import MinutesFacts


class ReturnForm(forms.Form):
    """Why a leader sends the result back."""

    prefix = "kembali"
    reason = Text(
        label=_("Alasan pengembalian"), rows=4, max_length=2000,
        help_text=_("Dibaca penyelenggara, pengawas, dan pimpinan. Tulis apa yang harus diperiksa atau dijelaskan."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What the bureau answers when it proposes the result anew."""

    prefix = "jawab"
    answer = Text(
        label=_("Jawaban"), rows=4, max_length=2000,
        help_text=_("Tulis apa yang diperiksa dan mengapa hasilnya diajukan lagi. Persetujuan dimulai dari awal."),
    )  # fmt: skip


class DecreeForm(forms.Form):
    """The facts of the day that a decree prints. Everything else in it comes from the frozen result.

    Parameters
    ----------
    proposed : DecreeFacts
        What holds for a column that was not sent.
    shown : DecreeFacts
        The same with its places in words: what stands in the columns at first.
    has_minutes : bool
        Whether the minutes were made here: then number and date of the minutes are theirs and not asked.
    is_draft : bool
        A draft may leave everything open.
    """

    number = Text(
        label=_("Nomor keputusan"), max_length=80, help_text=_("Seperti di register, misalnya 188/966/KPTS/013/2022.")
    )
    signed_on = Day(label=_("Tanggal ditetapkan"))
    minutes_number = Text(
        label=_("Nomor berita acara"), max_length=80, required=False,
        help_text=_("Berita acara tahap terakhir yang menjadi dasar keputusan."),
    )  # fmt: skip
    minutes_on = Day(label=_("Tanggal berita acara"), required=False)
    city = Text(label=_("Tempat ditetapkan"), max_length=80, required=False)
    recalling = Text(
        label=_("Mengingat"), rows=6, required=False, help_text=_("Dasar hukum, satu butir satu baris. Usulnya dari edisi.")
    )
    noting = Text(label=_("Memperhatikan"), rows=3, required=False, help_text=_("Satu butir satu baris."))
    copies = Text(label=_("Tembusan"), rows=5, required=False, help_text=_("Satu butir satu baris."))

    def __init__(
        self, data=None, *, proposed: DecreeFacts, shown: DecreeFacts, has_minutes: bool, is_draft: bool = False
    ):
        super().__init__(data, initial=self._shown(shown))
        self.proposed = proposed
        if has_minutes:
            del self.fields["minutes_number"], self.fields["minutes_on"]
        # A decree without a legal basis is refused; where the column is not sent, the proposal stands.
        self.fields["recalling"].required = data is None or self.add_prefix("recalling") in data
        if is_draft:
            for field in self.fields.values():
                field.required = False

    @staticmethod
    def _shown(proposed: DecreeFacts) -> dict:
        lists = {name: "\n".join(getattr(proposed, name)) for name in _LISTS}
        return {
            "number": proposed.number, "signed_on": proposed.signed_on, "minutes_number": proposed.minutes_number,
            "minutes_on": proposed.minutes_on, "city": proposed.city, **lists,
        }  # fmt: skip

    def asked(self) -> dict:
        """Return what the act of making the decree is given."""
        return {
            "number": self.cleaned_data["number"], "signed_on": self.cleaned_data["signed_on"], "facts": self.facts(),
        }  # fmt: skip

    def facts(self) -> DecreeFacts:
        """Return what was typed; for a column that was not sent, its proposal."""
        typed = {name: value for name, value in self.cleaned_data.items() if self.add_prefix(name) in self.data}
        for name in _LISTS:
            if name in typed:
                typed[name] = tuple(_with_places(line.strip()) for line in typed[name].splitlines() if line.strip())
        return replace(self.proposed, **typed)


def _with_places(line: str) -> str:
    """The places that number and date of the minutes fill, where a paragraph still has the words that stood for them."""
    for place, words in _MINUTES_PLACES.items():
        line = line.replace(words, f"{{{place}}}")
    return line


_MINUTES_PLACES = {"nomor_berita_acara": NO_MINUTES_NUMBER, "tanggal_berita_acara": NO_MINUTES_DATE}
_LISTS = ("recalling", "noting", "copies")


class MinutesForm(forms.Form):
    """The facts of the day that a stage's minutes print; the reason where they are made anew."""

    number = Text(label=_("Nomor berita acara"), max_length=80, help_text=_("Seperti di register."))
    signed_on = Day(label=_("Tanggal berita acara"))
    place = Text(label=_("Tempat"), max_length=120, help_text=_("Tempat berita acara ditandatangani."))
    reason = Text(
        label=_("Alasan dibuat lagi"), rows=2, max_length=2000, help_text=_("Tercetak; yang terdahulu tetap tersimpan.")
    )

    def __init__(self, data=None, *, place: str, is_again: bool, is_draft: bool = False):
        super().__init__(data, initial={"place": place})
        if not is_again:
            del self.fields["reason"]
        if is_draft:
            for field in self.fields.values():
                field.required = False

    def facts(self) -> MinutesFacts:
        typed = self.cleaned_data
        return MinutesFacts(typed["number"], typed["signed_on"], typed["place"], typed.get("reason", ""))


class AmendmentForm(forms.Form):
    """What a decree said wrongly, what holds instead, and why; under a number and date of its own."""

    prefix = "pembetulan"
    number = Text(label=_("Nomor keputusan pembetulan"), max_length=80, help_text=_("Seperti di register."))
    signed_on = Day(label=_("Tanggal ditetapkan"))
    corrects = Text(
        label=_("Yang dibetulkan"), rows=4, max_length=2000,
        help_text=_("Sebut bagiannya, yang tertulis, dan yang seharusnya. Satu butir satu baris."),
    )  # fmt: skip
    reason = Text(label=_("Alasan"), rows=3, max_length=2000, help_text=_("Tercetak, dan terbuka bagi umum."))

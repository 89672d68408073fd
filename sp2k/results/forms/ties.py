"""How a tie is ended, as its minutes say it: the order, who took part, number, date and reason."""

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Choice, Day, Text
from sp2k.results.actions.ties import Minuted
from sp2k.results.ties.groups import PLENARY, SHARE, Tie
from sp2k.results.ties.page import people_to_choose
from sp2k.results.ties.voices import able_panel

PREVIEW, CONFIRM = "lihat", "usulkan"


class RulingForm(forms.Form):
    """A ruling to be proposed. Whoever has a conflict with one of the tied is not offered."""

    def __init__(self, *args, tie: Tie, **options):
        super().__init__(*args, **options)
        self.tie, panel = tie, able_panel(tie)
        everyone = people_to_choose(tie)
        self.people = {str(person.pk): person for person in everyone if not tie.has_conflict(person)}
        self.barred = [person.name for person in everyone if str(person.pk) not in self.people]
        self._add_way()
        if PLENARY in tie.ways:
            self._add_order()
        self.fields["people"] = forms.MultipleChoiceField(
            label=_("Yang ikut memutus menurut berita acara"),
            help_text=_("Juri yang Anda pilih diminta suaranya. Usul dapat diputus bila lebih dari setengahnya setuju; yang "
                        "hanya menyaksikan ditulis di bawah.") if panel else "",
            choices=[(key, person.name) for key, person in self.people.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Pilih siapa yang ikut memutus."),
                            "invalid_choice": _("Orang itu tidak dapat ikut memutus seri ini. Muat ulang halaman.")},
        )  # fmt: skip
        self.fields["others"] = Text(
            label=_("Hadir lainnya, satu nama per baris"), rows=3, max_length=2000, required=False,
            help_text=_("Misalnya saksi dari Inspektorat."),
        )  # fmt: skip
        self.fields["number"] = Text(label=_("Nomor berita acara"), max_length=80)
        self.fields["dated"] = Day(label=_("Tanggal berita acara"))
        self.fields["reason"] = Text(
            label=_("Alasan"), rows=4, max_length=2000,
            help_text=_("Mengapa diputus demikian. Tercantum bersama putusannya."),
        )  # fmt: skip

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, name by name, to be sent again with the confirmation."""
        return [(name, value) for name in self.fields for value in self.data.getlist(name)]

    @property
    def way(self) -> str:
        return self.cleaned_data.get("way") or self.tie.ways[0]

    def order(self) -> list[str]:
        """The codes in the order typed; equal or missing numbers leave the act to say what is wrong."""
        if self.way == SHARE:
            return self.tie.codes
        typed = {code: self.cleaned_data.get(f"order-{code}") for code in self.tie.codes}
        by_number: dict[int, list[str]] = {}
        for code, number in typed.items():
            if number:
                by_number.setdefault(int(number), []).append(code)
        return [code for number in sorted(by_number) for code in by_number[number]]

    def minuted(self) -> Minuted:
        told = self.cleaned_data
        return Minuted(
            told["number"], told["dated"], told["reason"], [self.people[key] for key in told["people"]], told["others"]
        )

    def clean(self):
        told = super().clean()
        if PLENARY in self.tie.ways and self.way == PLENARY:
            self._refuse_doubled(told)
        return told

    def _refuse_doubled(self, told) -> None:
        seen: dict[str, str] = {}
        for row in self.tie.placements:
            name = f"order-{row.participation.region_code}"
            number = told.get(name)
            if not number:
                if not self.fields[name].required:
                    self.add_error(name, _("Pilih urutannya."))
            elif number in seen:
                self.add_error(name, translated("Urutan %(n)s sudah dipakai %(name)s.") % {"n": number, "name": seen[number]})
            else:
                seen[number] = str(row.participation.entry)

    def _add_way(self) -> None:
        if len(self.tie.ways) < 2:
            return
        named = {PLENARY: _("Rapat pleno menentukan urutannya"), SHARE: _("Tempat bersama")}
        self.fields["way"] = Choice(
            label=_("Cara"), choices=[(way, named[way]) for way in self.tie.ways], widget=forms.RadioSelect
        )

    @property
    def _order_hint(self) -> str:
        return "" if self.tie.ways == (PLENARY,) else _("Diisi bila rapat pleno menentukan urutannya.")

    def _add_order(self) -> None:
        numbers = [("", "–"), *((str(n), str(n)) for n in range(1, len(self.tie.placements) + 1))]
        for row in self.tie.placements:
            self.fields[f"order-{row.participation.region_code}"] = forms.ChoiceField(
                label=translated("Urutan %(name)s") % {"name": row.participation.entry}, choices=numbers,
                required=self.tie.ways == (PLENARY,), help_text=self._order_hint,
                error_messages={"required": _("Pilih urutannya.")}, widget=forms.Select(attrs={"class": "input short"}),
            )  # fmt: skip

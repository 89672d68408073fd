"""The draft of an edition: its whole text, and guided forms for its everyday parts.

A guided form says which values of the text change (`changes`); the text itself is changed and checked in one act.
"""

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sp2k.accounts.policy import POLICY
from sp2k.accounts.roles import Role
from sp2k.base.pages.fields import Choice, Instant, Text
from sp2k.base.refusals import Refused
from sp2k.base.typed import clean_text
from sp2k.editions.drafts.rewriting import REMOVED, Path
from sp2k.editions.file import ACTS, EditionFile
from sp2k.editions.forms.holidays import SPARE_ROWS, add_holiday_rows, clean_holiday_rows, holiday_rows
from sp2k.editions.models import Edition
from sp2k.editions.queries.acts import act_name
from sp2k.editions.queries.checking import fingerprint


class WholeText(forms.Form):
    """The edition file as text, and the version it was changed from."""

    text = forms.CharField(
        label=_("Naskah edisi"), strip=False, error_messages={"required": _("Naskah kosong. Edisi memerlukan isi.")},
        widget=forms.Textarea(attrs={"class": "input manuscript", "rows": 30, "spellcheck": "false", "wrap": "off"}),
    )  # fmt: skip
    base = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_text(self):
        try:
            return clean_text(self.cleaned_data["text"], name=str(_("Naskah"))) + "\n"
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None


class GuidedForm(forms.Form):
    """One part of a draft. `heading` is its title; `base` the version of the text it was opened on."""

    heading = ""
    base = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, edition: Edition, file: EditionFile, **options):
        super().__init__(*args, **options)
        self.edition, self.file = edition, file
        self.initial["base"] = fingerprint(edition.source)
        self.build()

    def build(self) -> None:
        """Add the fields and what stands in them now."""

    def changes(self) -> Mapping[Path, object]:
        """The values of the text that what was typed changes."""
        raise NotImplementedError

    def begin_again(self) -> None:
        """After someone else's change: what was typed stays, and is now meant for the text as it stands."""
        self.data = self.data.copy()
        self.data["base"] = fingerprint(self.edition.source)


class IdentityForm(GuidedForm):
    heading = _("Nama dan penyelenggara")
    name = Text(label=_("Nama program"), max_length=200)
    short_name = Text(label=_("Singkatan"), max_length=40)
    year = forms.IntegerField(
        label=_("Tahun"), min_value=2000, max_value=2100,
        widget=forms.TextInput(attrs={"class": "input short", "inputmode": "numeric"}),
    )  # fmt: skip
    organiser = Text(label=_("Penyelenggara"), max_length=200)

    def build(self):
        file = self.file
        self.initial |= {
            "name": file.name,
            "short_name": file.short_name,
            "year": file.year,
            "organiser": file.organiser,
        }

    def changes(self):
        told = self.cleaned_data
        return {
            ("nama",): told["name"], ("singkatan",): told["short_name"], ("tahun",): told["year"],
            ("penyelenggara",): told["organiser"],
        }  # fmt: skip


class DatesForm(GuidedForm):
    heading = _("Tanggal tiap tahap")
    in_columns = True

    def build(self):
        zone = self.file.zone
        for n, stage in enumerate(self.file.stages):
            dates = {"mulai": stage.opens_at, "selesai": stage.closes_at, "verifikasi_sampai": stage.checks_until}
            labels = {
                "mulai": translated("%(stage)s: dibuka"), "selesai": translated("%(stage)s: batas akhir"),
                "verifikasi_sampai": translated("%(stage)s: batas verifikasi"),
            }  # fmt: skip
            for key, at in dates.items():
                if at is not None:
                    label = labels[key] % {"stage": stage.name}
                    self.fields[f"{n}-{key}"] = Instant(zone=zone, label=label, initial=at)
        self.fields["pengumuman"] = Instant(
            zone=zone, label=_("Pengumuman"), initial=self.file.announced_at, required=False,
            help_text=_("Hasil tidak diterbitkan sebelum waktu ini."),
        )  # fmt: skip

    def changes(self):
        found = {}
        for name, at in self.cleaned_data.items():
            number, _dash, key = name.partition("-")
            if key:
                found["tahap", int(number), key] = self._written(at)
        announced = self.cleaned_data["pengumuman"]
        return found | {("pengumuman",): self._written(announced) if announced else REMOVED}

    def _written(self, at) -> str:
        return at.astimezone(ZoneInfo(self.file.zone)).strftime("%Y-%m-%d %H.%M")


class HolidaysForm(GuidedForm):
    heading = _("Hari libur")
    in_columns = True

    def build(self):
        standing = [(day.day, day.name) for day in self.file.holidays]
        add_holiday_rows(self, standing)

    def changes(self):
        days = [{"tanggal": day.isoformat(), "nama": name} for day, name in sorted(holiday_rows(self))]
        return {("libur",): days or REMOVED}

    def clean(self):
        return clean_holiday_rows(self)


class TitlesForm(GuidedForm):
    heading = _("Gelar")
    titles = Text(
        label=_("Gelar, satu per baris"), rows=8,
        help_text=_(
            "Baris pertama untuk tempat 1, dan seterusnya. Tulis lengkap seperti dalam keputusan; bentuk pendek untuk gambar, "
            "bila perlu, sesudah garis tegak: Juara Harapan I | Harapan I."
        ),
    )  # fmt: skip

    def build(self):
        shorts = self.file.short_titles
        self.initial["titles"] = "\n".join(
            f"{name} | {shorts[name]}" if name in shorts else name for name in self.file.titles
        )

    def changes(self):
        lines = [line.strip() for line in self.cleaned_data["titles"].splitlines()]
        return {("gelar",): [_title(line) for line in lines if line]}


def _title(line: str) -> str | dict[str, str]:
    """One line of the form as the file keeps it: a text, or the full title with its short form."""
    name, _, short = (part.strip() for part in line.partition("|"))
    return {"nama": name, "pendek": short} if short else name


class ApprovalsForm(GuidedForm):
    heading = _("Persetujuan yang diminta")
    template = "editions/_approvals_table.html"

    def build(self):
        self.approvers = [role for role in Role if role in POLICY["approval.give"].roles]
        told = self.file.data.get("persetujuan") or {}
        # What is declared kind of stage by kind of stage does not fit a row of this table: it is changed in the text.
        self.kept = {act: rules for act, rules in told.items() if isinstance(rules, Mapping)}
        self.acts = [act for act in ACTS if act not in self.kept]
        for act in self.acts:
            standing = {rule.role: rule for rule in self.file.approvals.get(act, ())}
            for role in self.approvers:
                rule = standing.get(role)
                label = f"{act_name(act)}: {role.label}"
                self.fields[f"{act}-{role}"] = forms.IntegerField(
                    label=label, min_value=0, max_value=9, required=False, initial=rule.persons if rule else 0,
                    widget=forms.TextInput(attrs={"class": "input short", "inputmode": "numeric", "aria-label": label}),
                )  # fmt: skip
            leader = standing.get(Role.LEADER)
            self.fields[f"{act}-kertas"] = forms.BooleanField(
                label=_("Boleh lewat surat"), required=False, initial=bool(leader and leader.paper)
            )

    def rows(self):
        """One row an act: its name, its roles with their number fields, whether a leader's yes may come on paper."""
        return [
            (act_name(act), [(role.label, self[f"{act}-{role}"]) for role in self.approvers], self[f"{act}-kertas"])
            for act in self.acts
        ]

    def changes(self):
        told, declared = self.cleaned_data, dict(self.kept)
        for act in self.acts:
            rules = [self._rule(act, role) for role in self.approvers if told[f"{act}-{role}"]]
            if rules:
                declared[act] = rules
        return {("persetujuan",): declared}

    def _rule(self, act, role) -> dict:
        """A rule as the table says it; a paper of another role, which the table does not show, stays as it was."""
        rule = {"peran": role.value, "orang": self.cleaned_data[f"{act}-{role}"]}
        standing = next((old for old in self.file.approvals.get(act, ()) if old.role == role), None)
        if role == Role.LEADER and self.cleaned_data[f"{act}-kertas"]:
            return rule | {"kertas_oleh": {"peran": Role.BUREAU.value, "orang": 2}}
        if role != Role.LEADER and standing and standing.paper:
            return rule | {"kertas_oleh": {"peran": standing.paper.role, "orang": standing.paper.persons}}
        return rule


class StageForm(GuidedForm):
    """A stage's name, place, quota and seats. What it counts with stays in the text."""

    name = Text(label=_("Nama tahap"), max_length=120)
    place = Text(label=pgettext_lazy("lokasi", "Tempat"), max_length=200, required=False)
    scope = Choice(
        label=_("Yang lolos dihitung"), required=False,
        choices=[
            ("", _("tanpa kuota")), ("semua", _("dari semua peserta")),
            ("kabupaten_kota", _("dari tiap kabupaten/kota")),
        ],
    )  # fmt: skip
    number = forms.IntegerField(
        label=_("Berapa yang lolos"), min_value=1, max_value=10_000, required=False,
        widget=forms.TextInput(attrs={"class": "input short", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args, stage: str, **options):
        self.stage_code = stage
        super().__init__(*args, **options)

    def build(self):
        self.n = [stage.code for stage in self.file.stages].index(self.stage_code)
        stage = self.file.stages[self.n]
        self.heading = stage.name
        quota = stage.quota
        self.initial |= {
            "name": stage.name, "place": stage.rules.get("tempat", ""), "scope": quota.scope if quota else "",
            "number": quota.number if quota else None,
        }  # fmt: skip
        self.fields["scope"].widget = forms.RadioSelect(choices=self.fields["scope"].choices)
        self.standing = list(stage.seats)
        if not self.standing and stage.source != "juri":
            return
        for n in range(len(self.standing) + SPARE_ROWS):
            seat = self.standing[n] if n < len(self.standing) else None
            label = translated("Lembaga kursi ke-%(n)s") % {"n": n + 1}
            self.fields[f"seat-{n}"] = Text(
                label=label, max_length=200, required=False, initial=seat.institution if seat else ""
            )
        chair = next((str(n) for n, seat in enumerate(self.standing) if seat.is_chair), "")
        self.fields["chair"] = forms.ChoiceField(
            label=_("Ketua duduk di kursi ke-"), required=False, initial=chair,
            choices=[("", _("belum ada")), *((str(n), str(n + 1)) for n in range(len(self.standing) + SPARE_ROWS))],
            widget=forms.Select(attrs={"class": "input short"}),
        )  # fmt: skip

    def clean(self):
        told = super().clean()
        if bool(told.get("scope")) != bool(told.get("number")):
            self.add_error(
                "number", _("Tulis keduanya, berapa dan dari mana; atau pilih tanpa kuota dan kosongkan angkanya.")
            )
        return told

    def changes(self):
        told, at = self.cleaned_data, ("tahap", self.n)
        quota = {"lingkup": told["scope"], "jumlah": told["number"]} if told["scope"] else REMOVED
        changes = {(*at, "nama"): told["name"], (*at, "tempat"): told["place"] or REMOVED, (*at, "kuota"): quota}
        return changes | ({(*at, "kursi"): self._seats() or REMOVED} if "chair" in self.fields else {})

    def _seats(self) -> list[dict]:
        seats, codes = [], {seat.code for seat in self.standing}
        for n in range(len(self.standing) + SPARE_ROWS):
            institution = self.cleaned_data[f"seat-{n}"]
            if not institution:
                continue
            code = self.standing[n].code if n < len(self.standing) else _new_code(institution, codes)
            codes.add(code)
            chair = {"ketua": True} if self.cleaned_data["chair"] == str(n) else {}
            seats.append({"kode": code, "lembaga": institution} | chair)
        return seats


PARTS = {
    "identitas": IdentityForm, "jadwal": DatesForm, "libur": HolidaysForm, "gelar": TitlesForm,
    "persetujuan": ApprovalsForm,
}  # fmt: skip


def _new_code(institution: str, taken: set[str]) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", institution.lower()).strip("-")[:20].strip("-") or "kursi"
    n, code = 2, words
    while code in taken:
        code, n = f"{words}-{n}", n + 1
    return code

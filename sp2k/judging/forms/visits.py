"""Forms of a visit: a finding with its photos, the plan of claims, what was claimed at a presentation."""

import secrets
from itertools import groupby
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Choice, File, Instant, Text
from sp2k.base.pages.uploads import PICTURES
from sp2k.base.refusals import Refused
from sp2k.entries.sealing import Sending
from sp2k.judging.actions.claims import LONGEST_CLAIM
from sp2k.judging.actions.visits import LONGEST_NOTE, LONGEST_PLACE, MOST_PHOTOS


class Pictures(forms.ClearableFileInput):
    """A box that takes several pictures at once."""

    allow_multiple_selected = True


class Photos(File):
    """Several pictures; its value is a list of `Upload`, each cleaned and without what the camera wrote into it."""

    def __init__(self, **options):
        super().__init__(kinds=PICTURES, widget=Pictures, required=False, **options)
        self.widget.attrs["multiple"] = True

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return [cleaned for file in files if (cleaned := super(Photos, self).clean(file, initial))]


class Sent(forms.Form):
    """What every sealed sending bears: its number and nonce, made with the page, and the revision it changes."""

    op_id = forms.UUIDField(widget=forms.HiddenInput)
    device_nonce = forms.CharField(widget=forms.HiddenInput)
    base_rev = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def numbered(base_rev: int) -> dict:
        """Return the initial values of a new sending."""
        return {"op_id": uuid4(), "device_nonce": secrets.token_hex(32), "base_rev": base_rev}

    def clean(self):
        cleaned = super().clean()
        try:
            self.sending = Sending(cleaned.get("op_id"), cleaned.get("device_nonce"), cleaned.get("base_rev"))
        except Refused as refused:
            raise forms.ValidationError(refused.marked) from None
        return cleaned


def _standing_photos(finding) -> dict[str, object]:
    """The photos of a finding that a change may keep: an erased one stays with the finding that it came with."""
    return {str(photo.pk): photo for photo in finding.photos.filter(blob__erased_at=None)}


class FindingForm(Sent):
    """One claim as found in the field. No verdict is preselected."""

    verdict = Choice(label=_("Temuan"), widget=forms.RadioSelect)
    note = Text(
        label=_("Apa yang dilihat di tempat"), rows=4, max_length=LONGEST_NOTE,
        help_text=_("Sebut benda, orang, atau catatan yang dilihat, bukan kesan."),
    )  # fmt: skip
    place = Text(label=_("Tempat dilihat"), max_length=LONGEST_PLACE)
    seen_at = Instant(zone="Asia/Jakarta", label=_("Waktu dilihat"))
    camera = File(label=_("Ambil foto"), kinds=PICTURES, required=False)
    photos = Photos(label=_("Foto dari galeri"))
    kept = forms.MultipleChoiceField(
        label=_("Foto yang tetap dilampirkan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    held = forms.MultipleChoiceField(
        label=_("Foto yang sudah sampai di server"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = Text(label=_("Alasan perubahan"), rows=2, max_length=1000)

    def __init__(self, *args, verdicts, zone, before=None, held=(), **options):
        super().__init__(*args, **options)
        self.photos_held = {str(photo.pk): photo for photo in held}
        self.fields["held"].choices = [(pk, photo.name) for pk, photo in self.photos_held.items()]
        self.fields["held"].initial = list(self.photos_held)
        if not held:
            self.fields["held"].widget = forms.MultipleHiddenInput()
        self.fields["verdict"].choices = [
            (verdict.code, f"{verdict.label}: {verdict.effect}") for verdict in verdicts.values()
        ]
        self.fields["seen_at"] = Instant(zone=zone, label=_("Waktu dilihat"))
        self.fields["camera"].widget.attrs.update({"capture": "environment", "accept": "image/*"})
        self.fields["photos"].help_text = _("JPG atau PNG; paling banyak %d foto, tempat pemotretannya dihapus.") % MOST_PHOTOS
        self.fields["camera"].help_text = ""
        self.photos_before = _standing_photos(before) if before else {}
        self.fields["kept"].choices = [(pk, photo.name) for pk, photo in self.photos_before.items()]
        if not self.photos_before:
            del self.fields["kept"]
        if before is None:
            del self.fields["reason"]

    @property
    def taken(self) -> list:
        """The photos that came with this sending, as they may be kept."""
        said = getattr(self, "cleaned_data", {})
        return [*said.get("photos", []), *filter(None, [said.get("camera")])]

    def show_held(self, photos) -> None:
        """Show photos that reached the server with this very sending, ticked, though it was refused."""
        self.photos_held |= {str(photo.pk): photo for photo in photos}
        self.fields["held"].choices = [(pk, photo.name) for pk, photo in self.photos_held.items()]
        self.data = self.data.copy()
        self.data.setlist("held", list(dict.fromkeys([*self.data.getlist("held"), *(str(one.pk) for one in photos)])))
        if photos:
            self.fields["held"].widget = forms.CheckboxSelectMultiple(choices=self.fields["held"].choices)

    def finding(self) -> dict:
        """Return what `record_visit_finding` asks."""
        said = self.cleaned_data
        return {
            "verdict": said["verdict"], "note": said["note"], "place": said["place"], "seen_at": said["seen_at"],
            "photos": self.taken, "held": [self.photos_held[pk] for pk in said.get("held", [])],
            "kept": [self.photos_before[pk] for pk in said.get("kept", [])],
            "reason": said.get("reason", ""), "sending": self.sending,
        }  # fmt: skip


class PlaceForm(forms.Form):
    """Where a claim is to be seen."""

    place = Text(label=_("Tempat dilihat"), max_length=LONGEST_PLACE)


class PlanForm(Sent):
    """Which claims are looked into, and where; one box and one place a claim, named by its position on the page."""

    reason = Text(label=_("Alasan perubahan"), rows=2, max_length=1000)

    def __init__(self, *args, claims, chosen, is_change, **options):
        super().__init__(*args, **options)
        if not is_change:
            del self.fields["reason"]
        self.claims = claims
        for n, claim in enumerate(claims):
            self.fields[f"pick-{n}"] = forms.BooleanField(
                label=f"{claim.code} {claim.title}", required=False, initial=claim.code in chosen
            )
            self.fields[f"place-{n}"] = Text(
                label=_("Tempat %s") % claim.code, max_length=LONGEST_PLACE, required=False, initial=claim.place
            )
            self.fields[f"turn-{n}"] = forms.IntegerField(
                label=_("Urutan %s") % claim.code, required=False, min_value=1, max_value=999,
                initial=chosen.index(claim.code) + 1 if claim.code in chosen else None,
                widget=forms.TextInput(attrs={"class": "input", "inputmode": "numeric"}),
                error_messages={"invalid": _("Urutan berupa angka, misalnya 3.")},
            )  # fmt: skip

    def groups(self):
        """Yield (aspect, how many are chosen, [(claim, its box, its place, its turn)]) for the page."""
        rows = [(claim, self[f"pick-{n}"], self[f"place-{n}"], self[f"turn-{n}"]) for n, claim in enumerate(self.claims)]
        for group, inside in groupby(rows, key=lambda row: row[0].group):
            inside = list(inside)
            yield group, sum(bool(pick.value()) for _claim, pick, *_rest in inside), inside

    def plan(self) -> dict:
        """Return what `set_visit_plan` asks: the claims chosen, and the places that differ from what stands."""
        said = self.cleaned_data
        picked = [n for n in range(len(self.claims)) if said[f"pick-{n}"]]
        places = {claim.code: said[f"place-{n}"] for n, claim in enumerate(self.claims)}
        return {
            "claims": [self.claims[n].code for n in sorted(picked, key=lambda n: (said[f"turn-{n}"] or 1000, n))],
            "places": {claim.code: places[claim.code] for claim in self.claims if places[claim.code] != claim.place},
            "reason": said.get("reason", ""), "sending": self.sending,
        }  # fmt: skip


class ClaimForm(forms.Form):
    """One claim of a presentation, in one sentence."""

    text = Text(
        label=_("Klaim, satu kalimat"), rows=2, max_length=LONGEST_CLAIM,
        help_text=_("Tulis sebagaimana diucapkan, misalnya: pengaduan dijawab paling lama dua hari."),
    )  # fmt: skip
    place = Text(
        label=_("Tempat dapat dilihat"), max_length=LONGEST_PLACE, required=False,
        help_text=_("Kosong berarti kantor kecamatan."),
    )  # fmt: skip


class VoidForm(forms.Form):
    """Why a claim is struck out."""

    reason = Text(label=_("Alasan pembatalan"), max_length=300)

"""One aspect of the form: every box and every place for evidence from the instrument, what was typed, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.base.pages.uploads import Upload, clean_upload
from sp2k.base.refusals import Refused
from sp2k.entries.claims import clean_value
from sp2k.entries.drafting import EVIDENCE, VALUES, Part, mark_of, part_of
from sp2k.entries.models import DraftDocument
from sp2k.instruments.applying import Unasked
from sp2k.instruments.asking import (
    ABSENT,
    CHOICE,
    NUMBER,
    TICK,
    YES_NO,
    Ask,
    AspectQuestions,
    Question,
    Slot,
    points_in_words,
)

LONGEST_TYPED = 2000
MOST_RADIOS = 8


@dataclass
class Box:
    """One box with what stands in it. `kept` is what someone else saved there meanwhile, where it differs."""

    ask: Ask
    code: str
    value: str
    error: str = ""
    kept: str | None = None

    @property
    def name(self) -> str:
        return f"isian:{self.code}:{self.ask.key}"

    @property
    def id(self) -> str:
        return f"i-{self.code}-{self.ask.key}"

    @property
    def ticked(self) -> str:
        """What a ticked box sends: the first text by which the rule finds the thing there."""
        return self.ask.asked.present[0] if self.ask.asked.present else "ada"

    @property
    def is_ticked(self) -> bool:
        return self.value != "" and self.value != ABSENT

    @property
    def choices(self):
        """The options, each with whether it is chosen."""
        if self.ask.look == YES_NO:
            return [
                (self.ticked, _("Ada"), self.points, self.is_ticked),
                (ABSENT, _("Tidak ada"), "", self.value == ABSENT),
            ]
        return [(one.code, one.label, one.points, one.code.lower() == self.value.lower()) for one in self.ask.options]

    @property
    def shape(self) -> str:
        if self.ask.look in (CHOICE, YES_NO):
            return "radios" if len(self.choices) <= MOST_RADIOS else "list"
        return {TICK: "tick", NUMBER: "number"}.get(self.ask.look, "text")

    @property
    def points(self) -> str:
        return self.ask.options[0].points if self.ask.options else ""


@dataclass
class Place:
    """One place for evidence: the document named there, and what was wrong with a file just uploaded."""

    slot: Slot
    code: str
    document: DraftDocument | None
    error: str = ""
    kept: str | None = None

    @property
    def name(self) -> str:
        return f"bukti:{self.code}:{self.slot.key}"

    @property
    def file(self) -> str:
        return f"berkas:{self.code}:{self.slot.key}"

    @property
    def id(self) -> str:
        return f"b-{self.code}-{self.slot.key}"


@dataclass
class Sheet:
    """One indicator of the page. `n_empty` counts what it still needs."""

    question: Question
    boxes: list[Box]
    places: list[Place]
    earlier: str = ""
    unasked: Unasked | None = None  # why it does not apply to this kecamatan
    came_back: str = ""  # what the verifier said of it when the form was returned
    n_empty: int = field(init=False)
    is_touched: bool = field(init=False)

    def __post_init__(self):
        values = {box.ask.key for box in self.boxes if box.value != ""}
        held = {place.slot.key for place in self.places if place.document}
        self.is_touched = bool(values or held)
        needs = () if self.unasked else self.question.needs
        self.n_empty = sum((held if need.is_evidence else values).isdisjoint(need.keys) for need in needs)

    @property
    def is_whole(self) -> bool:
        return not self.n_empty and not self.errors

    @property
    def errors(self) -> list[tuple[str, str]]:
        return [(part.id, part.error) for part in (*self.boxes, *self.places) if part.error]

    @property
    def gap(self) -> str:
        """What is missing, as a word or two."""
        if self.errors:
            return _("Perlu diperbaiki")
        if not self.is_touched:
            return _("Belum diisi")
        lacking = [need for need in self.question.needs if self._is_unmet(need)]
        if not lacking:
            return ""
        if all(need.is_evidence for need in lacking):
            return _("Bukti belum ada")
        return ngettext("%s isian kosong", "%s isian kosong", self.n_empty) % self.n_empty

    def _is_unmet(self, need) -> bool:
        if need.is_evidence:
            return not any(place.document for place in self.places if place.slot.key in need.keys)
        return not any(box.value != "" for box in self.boxes if box.ask.key in need.keys)


class AspectForm:
    """The sheets of one aspect: from the draft, or as just sent with `data` and `files`."""

    def __init__(
        self, aspect: AspectQuestions, answers: Part, documents: Mapping[str, DraftDocument], *, data=None, files=None,
        earlier: Mapping[str, str] | None = None, came_back: Mapping[str, str] | None = None,
        unasked: Mapping[str, Unasked] | None = None,
    ):  # fmt: skip
        self.aspect, self.documents, self.is_sent = aspect, documents, data is not None
        self.data, self.files, self.uploads = data, files or {}, {}
        self.answers = part_of(answers, aspect.questions)
        self.base = data.get("dasar", "") if self.is_sent else mark_of(self.answers)
        self.earlier, self.came_back, self.unasked = earlier or {}, came_back or {}, unasked or {}
        self.sheets = [self._sheet(question) for question in aspect.questions]

    @property
    def part(self) -> dict:
        """The answers as they stand on the page."""
        part = {}
        for sheet in self.sheets:
            part[sheet.question.code] = {
                VALUES: {box.ask.key: box.value for box in sheet.boxes},
                EVIDENCE: {place.slot.key: place.document.name for place in sheet.places if place.document},
            }
        return part_of(part, self.aspect.questions)

    @property
    def errors(self) -> list[tuple[str, str]]:
        return [error for sheet in self.sheets for error in sheet.errors]

    @property
    def n_whole(self) -> int:
        return sum(sheet.is_whole for sheet in self.asked)

    @property
    def asked(self) -> list[Sheet]:
        """The sheets of what applies to this kecamatan."""
        return [sheet for sheet in self.sheets if not sheet.unasked]

    @property
    def lacking(self) -> list[Sheet]:
        return [sheet for sheet in self.asked if not sheet.is_whole]

    @property
    def has_bad_files(self) -> bool:
        return any(place.error for sheet in self.sheets for place in sheet.places)

    def show_kept(self, kept: Part) -> None:
        """Say beside each answer what someone else saved there, and take that as what the next saving changes."""
        self.base = mark_of(kept)
        for sheet in self.sheets:
            given = kept.get(sheet.question.code) or {VALUES: {}, EVIDENCE: {}}
            for box in sheet.boxes:
                stands = given[VALUES].get(box.ask.key, "")
                box.kept = (stands or _("kosong")) if stands != box.value else None
            for place in sheet.places:
                stands = given[EVIDENCE].get(place.slot.key, "")
                here = place.document.name if place.document else ""
                place.kept = (stands or _("belum ada berkas")) if stands != here else None

    def take(self, names: Mapping[tuple[str, str], str], documents: Mapping[str, DraftDocument]) -> None:
        """Put files that were kept without being saved into their places on the page."""
        self.documents = documents
        for sheet in self.sheets:
            for place in sheet.places:
                if name := names.get((place.code, place.slot.key)):
                    place.document = documents.get(name)

    def _sheet(self, question) -> Sheet:
        if outside := self.unasked.get(question.code):
            return Sheet(question, [], [], unasked=outside)
        given = self.answers.get(question.code) or {VALUES: {}, EVIDENCE: {}}
        boxes = [self._box(ask, question.code, given[VALUES].get(ask.key, "")) for ask in question.asks]
        places = [self._place(slot, question.code, given[EVIDENCE].get(slot.key, "")) for slot in question.slots]
        shown = [place for place in places if place.document or place.error or not place.slot.is_spare]
        earlier, came_back = self.earlier.get(question.code, ""), self.came_back.get(question.code, "")
        return Sheet(question, boxes, shown, earlier, came_back=came_back)

    def _box(self, ask, code, value) -> Box:
        box = Box(ask, code, value)
        if self.is_sent:
            box.value = (self.data.get(box.name) or "").strip()[:LONGEST_TYPED]
        try:
            clean_value(code, box.value, ask.asked)
        except Refused as refused:
            box.error = refused.sentence
        return box

    def _place(self, slot, code, name) -> Place:
        place = Place(slot, code, None)
        if self.is_sent and place.name in self.data:
            name = self.data[place.name]
        place.document = self.documents.get(name)
        file = self.files.get(place.file)
        if isinstance(file, UploadedFile):
            try:
                self.uploads[code, slot.key] = clean_upload(file)
            except Refused as refused:
                place.error = refused.sentence
        return place


@dataclass(frozen=True)
class Gap:
    """An indicator that is not whole: what is missing and how many points that can cost at most."""

    sheet: Sheet
    aspect: str
    cost: Fraction

    @property
    def words(self) -> str:
        return points_in_words(self.cost)


def several_uploads(files) -> tuple[list[Upload], list[str]]:
    """Return the files that may be kept, and a sentence for each that may not."""
    kept, sentences = [], []
    for file in files:
        try:
            kept.append(clean_upload(file))
        except Refused as refused:
            sentences.append(refused.sentence)
    return kept, sentences

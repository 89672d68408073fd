"""The places on a sheet of paper where something is written: a mark, a finding of a visit, words."""

from dataclasses import dataclass
from decimal import Decimal

from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.instruments.fields import MarkField
from sp2k.judging.marks import asked_fields, clean_mark, comma
from sp2k.judging.models import PaperSheet
from sp2k.judging.verdicts import declared_verdicts

LONGEST_WORDS = 2000
WORDS = "-catatan"  # behind a claim's code: what was seen of it


@dataclass(frozen=True)
class MarkPlace:
    """Where a juror writes a mark."""

    field: MarkField
    kind = "nilai"

    @property
    def code(self) -> str:
        return self.field.code

    @property
    def title(self) -> str:
        return self.field.title

    def clean(self, typed: str) -> str:
        clean_mark(typed, self.field)
        return typed.replace(".", ",")

    def meaning(self, kept: str):
        return value_of(kept)

    def shown(self, kept: str) -> str:
        return comma(value_of(kept))


@dataclass(frozen=True)
class VerdictPlace:
    """Where visitors tick what they found of a claim. `choices` are (code, word) as the stage's rules declare them."""

    code: str
    title: str
    choices: tuple[tuple[str, str], ...]
    kind = "temuan"

    def clean(self, typed: str) -> str:
        if typed not in dict(self.choices):
            raise BadInput(f"{self.code}: pilih salah satu temuan yang dinyatakan dalam aturan.")
        return typed

    def meaning(self, kept: str):
        return kept

    def shown(self, kept: str) -> str:
        return dict(self.choices).get(kept, kept)


@dataclass(frozen=True)
class WordsPlace:
    """Where visitors write what they saw."""

    code: str
    title: str
    kind = "kata"

    def clean(self, typed: str) -> str:
        return clean_text(typed, name=self.title, longest=LONGEST_WORDS)

    def meaning(self, kept: str):
        return plain(kept)

    def shown(self, kept: str) -> str:
        return kept


Place = MarkPlace | VerdictPlace | WordsPlace


def places_of(paper: PaperSheet) -> dict[str, Place]:
    """Return the places of a paper in its order: the indicators of its stage, or the claims that were printed on it."""
    if paper.kind == PaperSheet.Kind.SHEET:
        return {code: MarkPlace(field) for code, field in asked_fields(paper.assignment).items()}
    choices = tuple((code, verdict.label) for code, verdict in declared_verdicts(paper.stage).items())
    places: dict[str, Place] = {}
    for claim in paper.claims:
        code, title = claim["kode"], claim["judul"]
        places[code] = VerdictPlace(code, title, choices)
        places[code + WORDS] = WordsPlace(code + WORDS, f"{code}: yang dilihat")
    return places


def value_of(mark: str) -> Decimal:
    """Return a mark as it was kept, exactly."""
    return Decimal(mark.replace(",", "."))


def plain(words: str) -> str:
    """Words without what two honest typists may do differently: case, blanks, punctuation."""
    kept = (char if char.isalnum() else " " for char in words.casefold())
    return " ".join("".join(kept).split())

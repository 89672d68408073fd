"""`gabungan`: the sum of several rules in one indicator."""

from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.form import AspectForm, Input
from sp2k.tally.kinds.rule import Place, Rule
from sp2k.tally.numbers import sum_exact


@dataclass(frozen=True, slots=True)
class CompoundRule:
    """The parts added; cut at `ceiling` (the indicator's maximum) unless it is None.

    A part that is left out for this form adds nothing; when all are, the indicator is left out.
    """

    parts: tuple[Rule, ...]
    ceiling: Fraction | None
    kind = "gabungan"

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple({entry.key: entry for part in self.parts for entry in part.inputs}.values())

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for part in self.parts for key in part.evidence_keys))

    @property
    def is_scored(self) -> bool:
        return any(part.is_scored for part in self.parts)

    def score(self, form: AspectForm) -> Fraction | None:
        points = [given for part in self.parts if (given := part.score(form)) is not None]
        if not points:
            return None
        total = sum_exact(points)
        return total if self.ceiling is None or total < self.ceiling else self.ceiling


def read_compound_rule(fields: Fields, place: Place) -> Rule:
    parts = tuple(place.read_part(part, place) for part in fields.parts("bagian"))
    if any(part.kind == "juri" for part in parts):
        raise fields.fault('jenis "juri" tidak dapat menjadi bagian; jadikan indikator tersendiri.')
    return CompoundRule(parts, place.maximum if fields.flag("maks_dipotong", False) else None)

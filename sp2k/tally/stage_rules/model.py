"""What a stage's rules file declares, as the count uses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.instrument import Instrument

METHOD = "sp2k-hitung-1"
JURORS, POINTS, CARRIED_ONLY = "juri", "poin", "bawaan"
REPLACE, ADD, WEIGH = "ganti", "tambah", "bobot"
REFUSE, IGNORE, NOT_JUDGED, ACCEPT = "tolak", "abaikan", "tidak_dinilai", "terima"
WHOLE, REGENCY = "semua", "kabupaten_kota"
OWN_ASPECT, OWN_INDICATOR, STAGE, CARRIED_ASPECT = "aspek", "indikator", "tahap", "bawaan:aspek"
TOTAL = "nilai"


class RulesError(ValueError):
    """A fault in a rules file: `place` says where, `sentence` what is wrong and what to do, in Indonesian."""

    def __init__(self, place: str, sentence: str):
        super().__init__(f"{place}: {sentence}")
        self.place, self.sentence = place, sentence


@dataclass(frozen=True)
class Rounding:
    """Decimals, half up, per level; None: that level is not rounded. `aspect` None: as the instrument says."""

    indicator: int | None = None
    aspect: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class CarryOver:
    """How an earlier stage's value enters the total.

    `way` is ganti (not at all), tambah (own + weight x carried) or bobot (own_weight x own + weight x carried).
    """

    way: str
    stage: str
    weight: Fraction
    own_weight: Fraction


@dataclass(frozen=True)
class Quota:
    """How many go on, of the whole or of each regency, with other numbers for some regencies."""

    is_per_regency: bool
    number: int
    exceptions: Mapping[str, int]

    def of(self, scope: str) -> int:
        return self.exceptions.get(scope, self.number)


@dataclass(frozen=True)
class Link:
    """One tie-break: what is compared, the higher the better. `text` is the link as the rules write it.

    `kind` is OWN_ASPECT, OWN_INDICATOR, STAGE (a stage's value; the stage's own code: its own value) or CARRIED_ASPECT.
    """

    text: str
    kind: str
    code: str


@dataclass(frozen=True)
class StageRules:
    """Everything declared about counting one stage.

    Attributes
    ----------
    entries : tuple of str
        The roster: each of these gets a place, or a reason why not.
    assessors : tuple of str
        Seats, in order.
    source : str
        JURORS (raw marks), POINTS (points already) or CARRIED_ONLY (no marks of its own).
    instrument : Instrument or None
        None when the stage has no marks of its own. Its rounding is already the one declared for aspects.
    on_empty_mark, on_no_sheet, on_points_outside : str
        REFUSE, or IGNORE, NOT_JUDGED, ACCEPT respectively.
    findings : mapping from verdict to the points it adds
    chain : tuple of Link
        Tie-breaks, compared one after the other.
    """

    edition: str
    stage: str
    name: str
    is_sample: bool
    entries: tuple[str, ...]
    assessors: tuple[str, ...]
    source: str
    instrument: Instrument | None
    on_empty_mark: str
    on_no_sheet: str
    on_points_outside: str
    rounding: Rounding
    carry_over: CarryOver | None
    findings: Mapping[str, Fraction]
    quota: Quota | None
    chain: tuple[Link, ...]

    @property
    def carried_stages(self) -> frozenset[str]:
        """Earlier stages whose values may stand among the marks."""
        stages = {link.code for link in self.chain if link.kind == STAGE} - {self.stage}
        return frozenset(stages | ({self.carry_over.stage} if self.carry_over else set()))

    def scope_of(self, code: str) -> str:
        """Return where an entry's place and cut are: its regency's code, or `semua`."""
        return regency_of(code) if self.quota is not None and self.quota.is_per_regency else WHOLE


def regency_of(code: str) -> str:
    """Return the code up to its second segment: ``35.10`` of ``35.10.13``."""
    return ".".join(code.split(".")[:2])

"""What a stage's rules file declares, as the count uses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.instrument import Indicator, Instrument
from sp2k.tally.kinds.juror_mark import MEAN

METHOD = "sp2k-hitung-1"
JURORS, POINTS, CARRIED_ONLY = "juri", "poin", "bawaan"
REPLACE, ADD, WEIGH = "ganti", "tambah", "bobot"
REFUSE, IGNORE, NOT_JUDGED, ACCEPT = "tolak", "abaikan", "tidak_dinilai", "terima"
WHOLE, REGENCY = "semua", "kabupaten_kota"
TWO_WAY = "dua_arah"
OWN_ASPECT, OWN_INDICATOR, STAGE, CARRIED_ASPECT = "aspek", "indikator", "tahap", "bawaan:aspek"
LOT = "undian"
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
class Combination:
    """How the points of several assessors become those of an indicator.

    Attributes
    ----------
    way : str
        MEAN, TRIMMED, MEDIAN or TWO_WAY.
    trim : int
        How many of the highest, and as many of the lowest, TRIMMED takes off; 0 otherwise.
    on_too_few : str
        What TRIMMED does with fewer than 2 x trim + 1 marks: REFUSE, or MEAN of them all.
    """

    way: str = MEAN
    trim: int = 0
    on_too_few: str = REFUSE


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

    `kind` is OWN_ASPECT, OWN_INDICATOR, STAGE (a stage's value; the stage's own code: its own value), CARRIED_ASPECT,
    or LOT, always the last.
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
    combination : Combination
        The stage's own, as its notes name it; indicators with another one are in `other_combinations`, by code.
    traits : mapping from entry code to its traits, or None
        None: nobody says what the entries are; the sheets' ``t.b.`` then says what does not apply.
    on_empty_mark, on_no_sheet, on_points_outside : str
        REFUSE, or IGNORE, NOT_JUDGED, ACCEPT respectively.
    findings : mapping from verdict to the points it adds
    chain : tuple of Link
        Tie-breaks, compared one after the other.
    seed : str
        The public seed of the lot; "" until it is known.
    is_aspect_rounding_said : bool
        Whether the rules or the instrument say how aspects are rounded; the trace says so where neither does.
    """

    edition: str
    stage: str
    name: str
    is_sample: bool
    entries: tuple[str, ...]
    assessors: tuple[str, ...]
    source: str
    instrument: Instrument | None
    combination: Combination
    other_combinations: Mapping[str, Combination]
    traits: Mapping[str, frozenset[str]] | None
    on_empty_mark: str
    on_no_sheet: str
    on_points_outside: str
    rounding: Rounding
    carry_over: CarryOver | None
    findings: Mapping[str, Fraction]
    quota: Quota | None
    chain: tuple[Link, ...]
    seed: str
    is_aspect_rounding_said: bool = True

    @property
    def awaits_seed(self) -> bool:
        """Tell whether a lot is declared whose seed nobody has recorded yet."""
        return not self.seed and any(link.kind == LOT for link in self.chain)

    def combination_of(self, indicator: Indicator) -> Combination:
        return self.other_combinations.get(indicator.code, self.combination)

    def applies(self, indicator: Indicator, code: str) -> bool | None:
        """Tell whether an indicator applies to an entry; None where the rules do not say what the entries are."""
        return None if self.traits is None else indicator.applies(self.traits[code])

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

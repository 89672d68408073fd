"""An instrument as the arithmetic sees it: aspects, indicators and rules, compiled once from the file's data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from sp2k.tally.kinds import read_rule
from sp2k.tally.kinds.anchors import Anchor, read_anchors
from sp2k.tally.kinds.fields import Fields, InstrumentError
from sp2k.tally.kinds.form import ZERO, AspectForm, Input, evidence_key
from sp2k.tally.kinds.juror_mark import MarkRule
from sp2k.tally.kinds.rule import Place, Rule
from sp2k.tally.numbers import exact_text, sum_exact

TRAITS = ("kabupaten", "kota", "ada_desa")
LEAVE, NONE, FULL = "keluarkan", "nol", "penuh"

__all__ = ["TRAITS", "Aspect", "Category", "Indicator", "Instrument", "InstrumentError", "read_instrument"]


@dataclass(frozen=True)
class Indicator:
    """One scored question.

    Attributes
    ----------
    code, title, unit, evidence_hint, group : str
        As written; `group` is the code of its `bagian`, "" when the aspect has none.
    maximum : Fraction
        The declared maximum. Points are not cut at it unless rule or aspect says so.
    weight : Fraction or None
        Its share of the aspect (`bobot`); None when points simply add.
    allowed : tuple of Fraction
        Points a verifier may set instead (`opsi_penilai`).
    rubric : tuple
        `rubrik_cetak` as written, for print only.
    anchors : tuple of Anchor
        The same, read, where jurors mark it: what a mark or a range of marks stands for.
    applies_to : frozenset of str
        Traits of which an entry needs one (`berlaku_untuk`); empty: applies to all.
    otherwise : str
        What happens where it does not apply: keluarkan, nol or penuh.
    """

    code: str
    title: str
    maximum: Fraction
    rule: Rule
    weight: Fraction | None
    allowed: tuple[Fraction, ...]
    unit: str
    evidence_hint: str
    rubric: tuple
    anchors: tuple[Anchor, ...]
    applies_to: frozenset[str]
    otherwise: str
    group: str

    @property
    def kind(self) -> str:
        return self.rule.kind

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The form keys its rule reads."""
        return self.rule.inputs

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        """The evidence keys its rule looks at, trimmed and in lower case."""
        return self.rule.evidence_keys

    @cached_property
    def is_scored(self) -> bool:
        """False when it is only recorded (every ``poin`` null): outside every maximum."""
        return self.rule.is_scored

    def applies(self, traits: frozenset[str] | None) -> bool:
        """Tell whether it applies to an entry of these traits; None means nothing is known: everything applies."""
        return traits is None or not self.applies_to or not self.applies_to.isdisjoint(traits)


@dataclass(frozen=True)
class Aspect:
    """A branch of the instrument with the indicators under it, in order."""

    code: str
    name: str
    maximum: Fraction
    indicators: tuple[Indicator, ...]
    weight: Fraction | None

    @cached_property
    def known_inputs(self) -> frozenset[str]:
        return frozenset(entry.key for indicator in self.indicators for entry in indicator.inputs)

    @cached_property
    def known_evidence(self) -> frozenset[str]:
        return frozenset(key for indicator in self.indicators for key in indicator.evidence_keys)

    def knows(self, key: str) -> bool:
        """Tell whether any rule reads this key of a form, as answer or as evidence."""
        return key in self.known_inputs or evidence_key(key) in self.known_evidence

    @cached_property
    def scorers(self) -> tuple[tuple[str, Callable[[AspectForm], Fraction | None]], ...]:
        """The code of each indicator with the function that gives its points."""
        return tuple((indicator.code, indicator.rule.score) for indicator in self.indicators)

    @cached_property
    def is_weighted(self) -> bool:
        return bool(self.indicators) and self.indicators[0].weight is not None


@dataclass(frozen=True)
class Category:
    """A name for totals of at least so many per cent of the maximum."""

    minimum: Fraction
    name: str


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument.

    Attributes
    ----------
    round_places : int
        Decimals to which an aspect's total is rounded, half up, and the sum of the aspects again.
    capped : bool
        True when an aspect's total is cut at its maximum before rounding (`plafon_aspek`).
    categories : tuple of Category
        Highest first.
    """

    code: str
    name: str
    maximum: Fraction
    round_places: int
    capped: bool
    categories: tuple[Category, ...]
    aspects: tuple[Aspect, ...]

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the file."""
        return tuple(indicator for aspect in self.aspects for indicator in aspect.indicators)

    @cached_property
    def aspect_codes(self) -> frozenset[str]:
        return frozenset(aspect.code for aspect in self.aspects)

    @cached_property
    def _by_code(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    def indicator(self, code: str) -> Indicator:
        """Return the indicator with this code; KeyError if there is none."""
        return self._by_code[code]


def read_instrument(data: Mapping) -> Instrument:
    """Compile an instrument from the data of its file, as `exactyaml.load` gives it.

    Raises
    ------
    InstrumentError
        With the place in the file and an Indonesian sentence, at the first fault found.
    """
    fields = Fields(data, "berkas instrumen")
    code = fields.code("instrumen")
    categories = tuple(_read_category(part) for part in fields.parts("kategori")) if "kategori" in fields else ()
    if any(upper.minimum <= lower.minimum for upper, lower in zip(categories, categories[1:], strict=False)):
        raise fields.fault('"kategori" harus urut dari "min" tertinggi ke terendah.')
    aspects = tuple(_read_aspect(part) for part in _named(fields.parts("aspek"), "aspek"))
    instrument = Instrument(
        code=code,
        name=fields.text("nama", code),
        maximum=_maximum(fields, aspects),
        round_places=fields.whole("bulat_aspek", 2, highest=6),
        capped=fields.flag("plafon_aspek", False),
        categories=categories,
        aspects=aspects,
    )
    fields.done()
    _refuse_repeated_codes(instrument)
    _refuse_bad_weights(aspects, fields.place)
    return instrument


def _named(parts: list[Fields], word: str) -> Iterator[Fields]:
    """Call each part by its code in every later message, once the code is known."""
    for part in parts:
        part.place = f"{part.place.rpartition(' > ')[0]} > {word} {part.code('kode')}".removeprefix(
            "berkas instrumen > "
        )
        yield part


def _read_category(part: Fields) -> Category:
    category = Category(part.number("min"), part.text("nama"))
    part.done()
    return category


def _read_aspect(part: Fields) -> Aspect:
    code = part.code("kode")
    if ("indikator" in part) == ("bagian" in part):
        raise part.fault('harus memuat tepat satu dari "indikator" dan "bagian".')
    indicators: list[Indicator] = []
    if "indikator" in part:
        indicators.extend(_read_indicator(item, "") for item in _named(part.parts("indikator"), "indikator"))
    else:
        for group in _named(part.parts("bagian"), "bagian"):
            group.text("nama", "")
            items = _named(group.parts("indikator"), "indikator")
            indicators.extend(_read_indicator(item, group.code("kode")) for item in items)
            group.done()
    name, weight, maximum = part.text("nama", code), part.weight("bobot"), _maximum(part, indicators)
    part.done()
    _refuse_bad_weights(indicators, part.place)
    return Aspect(code, name, maximum, tuple(indicators), weight)


def _maximum(fields: Fields, parts) -> Fraction:
    maximum = fields.number("maks", sum_exact([part.maximum for part in parts]))
    if maximum < 0:
        raise fields.fault('"maks" tidak boleh di bawah 0.')
    return maximum


def _read_indicator(part: Fields, group: str) -> Indicator:
    code, maximum = part.code("kode"), part.number("maks")
    if maximum < 0:
        raise part.fault('"maks" tidak boleh di bawah 0.')
    rule = read_rule(part.part("aturan"), Place(code, maximum, read_rule))
    indicator = Indicator(
        code=code,
        title=part.text("judul", ""),
        maximum=maximum,
        rule=rule,
        weight=part.weight("bobot"),
        allowed=part.numbers("opsi_penilai", ()),
        unit=part.text("satuan", ""),
        evidence_hint=part.text("bukti", ""),
        rubric=tuple(part.list("rubrik_cetak", ())),
        anchors=read_anchors(part, rule) if isinstance(rule, MarkRule) else (),
        applies_to=_read_traits(part),
        otherwise=part.word("bila_tidak_berlaku", LEAVE, (LEAVE, NONE, FULL)),
        group=group,
    )
    part.done()
    return indicator


def _read_traits(part: Fields) -> frozenset[str]:
    if "bila_tidak_berlaku" in part and "berlaku_untuk" not in part:
        raise part.fault('"bila_tidak_berlaku" tidak berarti tanpa "berlaku_untuk".')
    traits = frozenset(part.keys("berlaku_untuk", ()) if "berlaku_untuk" in part else ())
    unknown = sorted(traits - set(TRAITS))
    if unknown:
        raise part.fault(f'"berlaku_untuk" memuat "{unknown[0]}"; yang dikenal: {", ".join(TRAITS)}.')
    return traits


def _refuse_repeated_codes(instrument: Instrument) -> None:
    """Codes name points, marks and columns everywhere later, so they are unique across the whole file."""
    for what, parts in (("aspek", instrument.aspects), ("indikator", instrument.indicators)):
        seen = set()
        for part in parts:
            if part.code in seen:
                raise InstrumentError(f"{what} {part.code}", "kode ini dipakai dua kali; setiap kode harus berbeda.")
            seen.add(part.code)


def _refuse_bad_weights(parts, place: str) -> None:
    """Weights stand on all siblings or none, sum to exactly 1, and weigh nothing that has no maximum."""
    weights = [part.weight for part in parts]
    if all(weight is None for weight in weights):
        return
    if any(weight is None for weight in weights):
        raise InstrumentError(place, '"bobot" harus ada pada semua bagian setingkat, atau tidak sama sekali.')
    total = sum_exact(weights)
    if total != 1:
        raise InstrumentError(place, f'"bobot" berjumlah {exact_text(total)}; jumlahnya harus tepat 1.')
    for part in parts:
        if part.weight > ZERO and part.maximum <= ZERO:
            raise InstrumentError(place, f'{part.code} berbobot tetapi "maks" 0; isilah "maks" atau bobot 0.')

"""What a form asks, in the words of its page: derived from the instrument's own rules, so that nothing is said twice."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from sp2k.instruments.models import Instrument
from sp2k.instruments.queries import compiled
from sp2k.tally.instrument import Indicator
from sp2k.tally.kinds.choices import ChoiceRule
from sp2k.tally.kinds.compound import CompoundRule
from sp2k.tally.kinds.form import Input
from sp2k.tally.kinds.index import SatisfactionRule
from sp2k.tally.kinds.presence import ABOVE_ZERO, FILLED, EvidencePresence, LevelsRule, ListRule, PresenceRule
from sp2k.tally.kinds.ratios import RatioBandRule, RatioLineRule
from sp2k.tally.kinds.rule import GatedRule
from sp2k.tally.numbers import exact_text

NUMBER, TEXT, CHOICE, TICK, YES_NO = "angka", "teks", "pilihan", "centang", "ada"
ABSENT = "tidak"


@dataclass(frozen=True)
class Option:
    """One option of a choice; `points` as printed, "" where the option is only recorded."""

    code: str
    label: str
    points: str


@dataclass(frozen=True)
class Ask:
    """One box of the form. `look` says how it is asked; `asked` is how the rule reads it."""

    key: str
    label: str
    look: str
    asked: Input
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Slot:
    """A place for evidence. A spare place is an equal of another one and shows only where it holds something."""

    key: str
    title: str
    points: str = ""
    is_spare: bool = False


@dataclass(frozen=True)
class Need:
    """What must be there for an answer to be whole: something under one of these keys."""

    keys: tuple[str, ...]
    is_evidence: bool = False


@dataclass(frozen=True)
class Question:
    """One indicator as a sheet of the form: what it asks, where its evidence goes, what makes it whole."""

    code: str
    title: str
    maximum: Fraction
    unit: str
    hint: str
    asks: tuple[Ask, ...]
    slots: tuple[Slot, ...]
    needs: tuple[Need, ...]

    @property
    def most(self) -> str:
        return points_in_words(self.maximum)


@dataclass(frozen=True)
class AspectQuestions:
    """The sheets of one aspect, in the order of the instrument."""

    code: str
    name: str
    questions: tuple[Question, ...]


def questions_of(instrument: Instrument) -> tuple[AspectQuestions, ...]:
    """Return what an instrument asks, aspect by aspect; worked out once for the same text."""
    return _questions(instrument.sha256, instrument.source, instrument.code)


def points_in_words(points: Fraction | str | None) -> str:
    """Return points as printed: `0,5`, `2/3`; "" for none."""
    if points is None:
        return ""
    text = points if isinstance(points, str) else exact_text(points)
    return text if "/" in text else text.replace(".", ",")


@lru_cache(maxsize=64)
def _questions(sha256: str, source: str, code: str) -> tuple[AspectQuestions, ...]:
    instrument = compiled(Instrument(sha256=sha256, source=source, code=code))
    return tuple(
        AspectQuestions(aspect.code, aspect.name, tuple(_question(indicator) for indicator in aspect.indicators))
        for aspect in instrument.aspects
    )


def _question(indicator: Indicator) -> Question:
    asks, slots, needs = _parts(indicator.rule, indicator)
    return Question(
        indicator.code, indicator.title, indicator.maximum, indicator.unit, indicator.evidence_hint,
        tuple({ask.key: ask for ask in asks}.values()), _each_once(slots), tuple(dict.fromkeys(needs)),
    )  # fmt: skip


def _each_once(slots) -> tuple[Slot, ...]:
    """A place that several parts of a rule name is one place; it then belongs to none of them alone."""
    kept: dict[str, Slot] = {}
    for slot in slots:
        seen = kept.get(slot.key, slot)
        kept[slot.key] = seen if seen.title == slot.title else replace(seen, title="")
    return tuple(kept.values())


def _parts(rule, indicator):
    """Return the boxes, the places for evidence and the needs of a rule."""
    if isinstance(rule, GatedRule):
        asks, slots, needs = _parts(rule.rule, indicator)
        return asks, [*_gate(rule.gate), *slots], [*needs, Need(rule.gate, is_evidence=True)]
    if isinstance(rule, CompoundRule):
        parts = [_parts(part, indicator) for part in rule.parts]
        return tuple([item for part in parts for item in part[n]] for n in range(3))
    if isinstance(rule, PresenceRule):
        return _presence(rule, indicator)
    if isinstance(rule, ListRule):
        return _list(rule)
    if isinstance(rule, ChoiceRule):
        return _choice(rule, indicator)
    if isinstance(rule, LevelsRule):
        return _levels(rule)
    return _numbers(rule, indicator)


def _gate(keys, title="") -> list[Slot]:
    return [Slot(key, title, is_spare=n > 0) for n, key in enumerate(keys)]


def _presence(rule, indicator):
    if isinstance(rule.presence, EvidencePresence):
        slot = Slot(rule.presence.key, "", points_in_words(rule.points))
        return [], [slot], [Need((slot.key,), is_evidence=True)]
    [asked] = rule.inputs
    look = _look(asked, YES_NO)
    label = asked.title or ("" if look == YES_NO else _amount(indicator))
    return [Ask(asked.key, label, look, asked, (Option("", "", points_in_words(rule.points)),))], [], [Need((asked.key,))]


def _list(rule):
    asks, slots, inputs = [], [], {asked.key: asked for asked in rule.inputs}
    for item in rule.items:
        points, key = points_in_words(item.points), item.presence.key
        if isinstance(item.presence, EvidencePresence):
            slots.append(Slot(key, item.title or key, points))
        else:
            look = _look(inputs[key], TICK)
            asks.append(Ask(key, item.title or _said(key), look, inputs[key], (Option("", "", points),)))
    needs = [Need(tuple(ask.key for ask in asks))] if asks else []
    if slots:
        needs.append(Need(tuple(slot.key for slot in slots), is_evidence=True))
    return asks, slots, needs


def _look(asked, plain: str) -> str:
    if asked.present and asked.present[0] == ABOVE_ZERO:
        return NUMBER
    return TEXT if FILLED in asked.present else plain


def _choice(rule, indicator):
    options = tuple(Option(one.code, one.label or one.code, points_in_words(one.points)) for one in rule.options.values())
    inputs = {asked.key: asked for asked in rule.inputs}
    asks = [Ask(rule.key, "", CHOICE, inputs[rule.key], options)]
    if rule.ranges_key:
        asks.append(Ask(rule.ranges_key, f"Atau tulis {_amount(indicator).lower()}", NUMBER, inputs[rule.ranges_key]))
    if rule.words_key:
        asks.append(Ask(rule.words_key, "Atau tulis predikatnya", TEXT, inputs[rule.words_key]))
    slots, needs = _gate(rule.gate), [Need(tuple(ask.key for ask in asks))]
    if rule.stem is not None:
        labels = {rule.stem + code: f"Untuk pilihan {option.label or option.code}" for code, option in rule.options.items()}
        slots = [Slot(rule.stem, ""), *(Slot(key, labels[key], is_spare=True) for key in labels)]
        needs.append(Need(tuple(slot.key for slot in slots), is_evidence=True))
    elif slots:
        needs.append(Need(rule.gate, is_evidence=True))
    return asks, slots, needs


def _levels(rule):
    asks, slots, needs = [], [], []
    inputs = {asked.key: asked for asked in rule.inputs}
    for number, group in enumerate(rule.groups, start=1):
        before = f"Kelompok {number}: " if len(rule.groups) > 1 else ""
        keys = tuple(key for key, _ in group.levels)
        for key, points in group.levels:
            label = before + (inputs[key].title or key.rpartition("_")[2])
            option = Option("", "", points_in_words(points))
            asks.append(Ask(key, label[:1].upper() + label[1:], NUMBER, inputs[key], (option,)))
        needs.append(Need(keys))
        if group.gate:
            slots.extend(_gate(group.gate, f"Kelompok {number}" if len(rule.groups) > 1 else ""))
            needs.append(Need(group.gate, is_evidence=True))
    return asks, slots, needs


def _numbers(rule, indicator):
    inputs = {asked.key: asked for asked in rule.inputs}
    labels = dict(_labels(rule, indicator))
    asks = [Ask(key, asked.title or labels.get(key) or _said(key), NUMBER, asked) for key, asked in inputs.items()]
    slots = _gate(rule.evidence_keys)
    needs = [Need((key,)) for key in inputs]
    return asks, slots, needs + ([Need(rule.evidence_keys, is_evidence=True)] if slots else [])


def _labels(rule, indicator):
    """Yield what to call the keys that the file gives no title."""
    if isinstance(rule, RatioBandRule | RatioLineRule):
        for name, keys in (("Jumlah yang memenuhi", rule.numerator), ("Jumlah seluruhnya", rule.denominator)):
            yield from _numbered(name, keys)
    elif isinstance(rule, SatisfactionRule):
        yield rule.keys[0], "Jumlah responden"
        yield from _numbered("Jumlah nilai unsur", rule.keys[1:])
    else:
        yield from _numbered(_amount(indicator), tuple(asked.key for asked in rule.inputs))


def _numbered(name, keys):
    endings = [key.rpartition("_")[2] for key in keys]
    is_telling = len(set(endings)) == len(keys)
    for number, (key, ending) in enumerate(zip(keys, endings, strict=True), start=1):
        more = f": {ending}" if is_telling else f" {number}"
        yield key, name + more if len(keys) > 1 else name


def _amount(indicator) -> str:
    return f"Jumlah {indicator.unit}".strip() if indicator.unit not in ("persen", "nilai") else f"Nilai ({indicator.unit})"


def _said(key: str) -> str:
    return key.replace("_", " ").capitalize()

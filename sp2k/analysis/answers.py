"""What a method says: sentences in plain Indonesian whose numbers are fields of the result, or why it cannot say."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sp2k.analysis.reasons import REASONS


@dataclass(frozen=True)
class Labels:
    """Names for the integer codes of a `Ratings`; a code without a name is called by its number, from 1.

    `last` stands before the last of several names.
    """

    entries: Sequence[str] = ()
    jurors: Sequence[str] = ()
    indicators: Sequence[str] = ()
    last: str = " dan "

    def name(self, kind: str, code: int) -> str:
        names = {"peserta": self.entries, "juri": self.jurors, "butir": self.indicators}[kind]
        return str(names[code]) if len(names) else f"{kind} {code + 1}"


NO_LABELS = Labels()
KINDS = ("peserta", "juri", "butir")


def in_words(value: float, decimals: int) -> str:
    """Write a number as an Indonesian reads it: comma before the decimals, no minus before a zero."""
    text = f"{value:.{decimals}f}"
    return (text.lstrip("-") if not float(text) else text).replace(".", ",")


class _Indonesian(string.Formatter):
    """Formats `{x:1}` with one decimal, `{x:persen}` as a percentage, `{x:besar}` without sign, `{x:juri}` by name."""

    def __init__(self, labels: Labels):
        self.labels = labels

    def format_field(self, value, spec: str) -> str:
        if spec in KINDS:
            return self._names(value, spec)
        if spec.startswith("persen"):
            return in_words(100 * value, int(spec.removeprefix("persen") or 0)) + "%"
        if spec.startswith("besar"):
            return in_words(abs(value), int(spec.removeprefix("besar") or 1))
        return in_words(value, int(spec)) if spec else str(value)

    def _names(self, value, kind: str) -> str:
        if not isinstance(value, tuple):
            return self.labels.name(kind, value)
        names = [self.labels.name(kind, code) for code in value]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{self.labels.last}{names[-1]}"


@dataclass(frozen=True)
class Sentence:
    """One sentence: an Indonesian template (also the key of its translation) and the numbers it states.

    Attributes
    ----------
    template : str
        With `{name:format}` fields.
    numbers : mapping of str to int, float or tuple of int
        As they stand in the fields of the result; codes of entries, jurors and indicators are 0-based.
    """

    template: str
    numbers: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, labels: Labels = NO_LABELS, template: str | None = None) -> str:
        """Write the sentence out, in the words of `template` when a translation is given."""
        words = _Indonesian(labels).vformat(template or self.template, (), self.numbers)
        return words[:1].upper() + words[1:]

    def __str__(self) -> str:
        return self.text()


def sentence(template: str, **numbers) -> Sentence:
    return Sentence(template, MappingProxyType(numbers))


@dataclass(frozen=True)
class Unavailable:
    """Why a result cannot be had: never a silent NaN.

    Attributes
    ----------
    reason : str
        A key of `REASONS`.
    numbers : mapping
        What the reason's sentence states.
    """

    reason: str
    numbers: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    is_available = False

    def explain(self) -> tuple[Sentence, ...]:
        return (Sentence(REASONS[self.reason], self.numbers),)

    def __str__(self) -> str:
        return self.explain()[0].text()


def unavailable(reason: str, **numbers) -> Unavailable:
    return Unavailable(reason, MappingProxyType(numbers))

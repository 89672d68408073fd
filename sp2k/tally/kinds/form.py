"""What one aspect of an answer form holds, as the rules read it; whatever cannot be read is noted, never refused."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sp2k.tally.numbers import exact_text, rational_of, two_readings_of

ZERO = Fraction(0)
_GROUPED = re.compile(r"([+-]?\d{1,3}(?:\.\d{3})+)(?:,(\d+))?|([+-]?\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.ASCII)
UNCOUNTED = "bukan angka; tidak dihitung."


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice: its code as the form sends it, its label, its points (None: recorded, not scored)."""

    code: str
    label: str
    points: Fraction | None


@dataclass(frozen=True, slots=True)
class Input:
    """A key of the answer form that a rule reads: what the form must ask and how it is read.

    `reads` is ``angka`` (a number), ``pilihan`` (one of `choices`), ``kata`` (a word that stands for an option) or
    ``ada`` (something that is there or not; `present` lists the texts that say it is, with ``>0`` and ``terisi``).
    """

    key: str
    reads: str
    title: str = ""
    choices: tuple[Choice, ...] = ()
    present: tuple[str, ...] = ()


def evidence_key(key: str) -> str:
    """Return an evidence key as it is compared: trimmed, in lower case."""
    return key.strip().lower()


def is_empty(value: object) -> bool:
    """Tell whether an answer is empty: absent, null or blank text. Zero and false are something."""
    return value is None or (isinstance(value, str) and not value.strip())


class AspectForm:
    """The answers of one aspect: `values` by key and the accepted `evidence` (keys as `evidence_key` gives them)."""

    __slots__ = ("evidence", "notes", "values")

    def __init__(self, values: Mapping[str, object], evidence: Iterable[str]):
        self.values, self.evidence, self.notes = values, frozenset(evidence), {}

    def note(self, key: str, sentence: str) -> None:
        self.notes[f"{key}: {sentence}"] = None

    def accepts(self, keys: Iterable[str]) -> bool:
        """Tell whether at least one of the evidence keys is accepted."""
        return not self.evidence.isdisjoint(keys)

    def all_empty(self, keys: Iterable[str]) -> bool:
        return all(is_empty(self.values.get(key)) for key in keys)

    def unread(self, keys: Iterable[str]) -> list[str]:
        """Return the keys under which something is written that is no number."""
        return [key for key in keys if not is_empty(value := self.values.get(key)) and rational_of(value) is None]

    def least(self, keys: Iterable[str]) -> Fraction:
        """Return the points of what is answered but cannot be read, and note it: it is not what was left empty."""
        for key in keys:
            value = self.values[key]
            self.notes.pop(f"{key}: {shown(value)} {UNCOUNTED}{_cure(value)}", None)
            self.note(key, f"{shown(value)} bukan angka, tetapi tidak kosong; poinnya 0.{_cure(value)}")
        return ZERO

    def number(self, key: str) -> int | Fraction | None:
        """Return the number under a key, or None for no number."""
        value = self.values.get(key)
        if value is None:
            return None
        number = rational_of(value)
        if number is None and not is_empty(value):
            self.note(key, f"{shown(value)} {UNCOUNTED}{_cure(value)}")
        # A form refuses such a number while it is typed; from a file it is read as decimals, and that is said.
        elif value.__class__ is str and len(value) > 4 and (readings := two_readings_of(value)):
            whole, decimals = readings
            self.note(key, f"{shown(value)} dapat dibaca dua cara; dibaca {decimals}. Bila maksudnya {whole}, tulis {whole}.")
        return number

    def total(self, keys: Iterable[str]) -> int | Fraction | None:
        """Add the numbers under the keys, no number counting as 0; None if none of them is a number."""
        total = None
        for key in keys:
            number = self.number(key)
            if number is not None:
                total = number if total is None else total + number
        return total

    def text(self, key: str) -> str:
        """Return what was answered under a key as trimmed text; "" when it is empty or neither text nor number."""
        value = self.values.get(key)
        text = text_of(value)
        if text is None:
            self.note(key, f"{shown(value)} bukan teks; tidak dibaca.")
        return text or ""


def _cure(value: object) -> str:
    """How a number with its thousands set off is written instead: `1.500,75` as `1500,75`."""
    found = _GROUPED.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return ""
    whole, decimals = re.sub("[.,]", "", found[1] or found[3]), found[2] or found[4]
    return f" Tulis tanpa pemisah ribuan: {whole}{f',{decimals}' if decimals else ''}."


def text_of(value: object) -> str | None:
    """Return an answer as trimmed text, a number as its digits (1.0 is "1"); None if it is neither."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    number = None if isinstance(value, bool) else rational_of(value)
    return None if number is None else exact_text(number)


def shown(value: object) -> str:
    """Return an answer as a note quotes it, cut to a readable length."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "objek"
    if isinstance(value, list | tuple):
        return "daftar"
    if isinstance(value, int | Fraction):
        value = exact_text(value)
    elif isinstance(value, Decimal):
        value = str(value)
    return f'"{value[:40]}"' if len(value) <= 40 else f'"{value[:40]}…"'

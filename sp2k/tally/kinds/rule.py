"""What every rule offers, what it is told about its indicator, its evidence gate, and what it does with nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.form import ZERO, AspectForm, Input, evidence_key


class Rule(Protocol):
    """A rule, compiled once from the file.

    Attributes
    ----------
    kind : str
        The `jenis` written in the file.
    inputs : tuple of Input
        The form keys it reads, in the order written.
    evidence_keys : tuple of str
        The evidence keys it looks at, as `evidence_key` gives them.
    is_scored : bool
        False when every point in it is null: recorded, outside every maximum.
    """

    kind: str
    inputs: tuple[Input, ...]
    evidence_keys: tuple[str, ...]
    is_scored: bool

    def score(self, form: AspectForm) -> Fraction | None:
        """Return the exact points, or None when the indicator leaves points and maxima for this form."""


@dataclass(frozen=True, slots=True)
class Place:
    """The indicator a rule stands in: its code (the default key), its maximum, and how to read a rule within a rule."""

    code: str
    maximum: Fraction
    read_part: Callable[[Fields, "Place"], Rule]


@dataclass(frozen=True, slots=True)
class GatedRule:
    """`gerbang_bukti` around any rule: without accepted evidence 0 points, whatever was answered."""

    rule: Rule
    gate: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.rule.kind

    @property
    def inputs(self) -> tuple[Input, ...]:
        return self.rule.inputs

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.gate + self.rule.evidence_keys))

    @property
    def is_scored(self) -> bool:
        return self.rule.is_scored

    def score(self, form: AspectForm) -> Fraction | None:
        return self.rule.score(form) if form.accepts(self.gate) else ZERO


def read_gate(fields: Fields, key: str = "gerbang_bukti") -> tuple[str, ...]:
    """Return the evidence keys of a gate, () when there is none."""
    return tuple(evidence_key(name) for name in fields.keys(key)) if key in fields else ()


def numbers_asked(*groups: tuple[str, ...]) -> tuple[Input, ...]:
    """Return one Input for each key that is read as a number, every key once."""
    return tuple(Input(key, "angka") for key in dict.fromkeys(key for group in groups for key in group))


@dataclass(frozen=True, slots=True)
class Fallback:
    """Gives `points`; or, when `assumed` is set, goes on as if that were the value.

    `points` None leaves the indicator out of points and maxima for this form (``keluarkan: true``).
    """

    points: Fraction | None = ZERO
    assumed: Fraction | str | None = None

    def resolve(self, go_on) -> Fraction | None:
        return self.points if self.assumed is None else go_on(self.assumed)


NOTHING = Fallback()


def read_fallback(
    fields: Fields, key: str, default: Fallback | None = NOTHING, *, options: tuple[str, ...] = (), may_leave=True
) -> Fallback | None:
    """Read ``{poin: x}``, ``{anggap: x}`` or ``{keluarkan: true}``; the default when the key is absent.

    With `options` the assumed value is one of these option codes instead of a number.
    """
    if key not in fields:
        return default
    part = fields.part(key)
    given = [name for name in ("poin", "anggap", "keluarkan") if name in part]
    if len(given) != 1:
        raise part.fault("harus memuat tepat satu dari poin, anggap, keluarkan.")
    if given == ["poin"]:
        fallback = Fallback(points=part.number("poin"))
    elif given == ["anggap"]:
        fallback = Fallback(assumed=_read_option(part, options) if options else part.number("anggap"))
    else:
        if not part.flag("keluarkan") or not may_leave:
            raise part.fault("keluarkan hanya boleh true, dan hanya untuk indikator utuh.")
        fallback = Fallback(points=None)
    part.done()
    return fallback


def _read_option(part: Fields, options: tuple[str, ...]) -> str:
    code = part.code("anggap")
    if code not in options:
        raise part.fault(f'opsi "{code[:40]}" tidak ada; yang ada: {", ".join(options)}.')
    return code

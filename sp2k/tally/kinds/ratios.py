"""Kinds that compare two sums: `rasio_jenjang`, `rasio_linear`."""

from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.kinds.bands import Bands, read_bands
from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.form import ZERO, AspectForm, Input
from sp2k.tally.kinds.rule import NOTHING, Fallback, Place, Rule, numbers_asked, read_fallback, read_gate
from sp2k.tally.numbers import quotient


def _divided(above: Fraction | int, below: Fraction | int, *, times: int = 1) -> Fraction:
    numerator, denominator = above.as_integer_ratio()
    by_numerator, by_denominator = below.as_integer_ratio()
    return quotient(times * numerator * by_denominator, denominator * by_numerator)


def _unread(form: AspectForm, above: tuple[str, ...], below: tuple[str, ...], *, is_strict: bool) -> list[str]:
    """Return the keys whose answer, being no number, takes the points; one above alone does only if `is_strict`, or alone."""
    keys = tuple(dict.fromkeys(above + below))
    unread = form.unread(keys)
    counts = is_strict or any(key in below for key in unread) or all(form.number(key) is None for key in keys)
    return unread if counts else []


@dataclass(frozen=True, slots=True)
class RatioBandRule:
    """`rasio_jenjang`: sum/sum x 100, clamped, then bands.

    Behind an evidence gate it is strict: all inputs empty gives `if_empty`; any of them empty, or a denominator
    not above 0, gives `if_no_denominator`. Without a gate what is empty counts as 0, and `if_empty` (None when the file
    has none) applies only when all are. What is answered but is no number gives 0 points; without a gate it counts as 0
    in a numerator alone, where that cannot be better than a number.
    """

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    bands: Bands
    clamp: tuple[Fraction, Fraction] | None
    gate: tuple[str, ...]
    if_empty: Fallback | None
    if_no_denominator: Fallback
    kind = "rasio_jenjang"

    @property
    def inputs(self) -> tuple[Input, ...]:
        return numbers_asked(self.numerator, self.denominator)

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        return self.gate

    @property
    def is_scored(self) -> bool:
        return self.bands.are_scored

    def score(self, form: AspectForm) -> Fraction | None:
        if self.gate and not form.accepts(self.gate):
            return ZERO
        above, below = form.total(self.numerator), form.total(self.denominator)
        if unread := self._unread(form):
            return form.least(unread)
        if self._is_empty(form, above, below):
            return self.if_empty.resolve(self._points)
        if not below or below < 0 or (self.gate and self._lacks_a_number(form)):
            return self.if_no_denominator.resolve(self._points)
        return self._points(_divided(above or 0, below, times=100))

    def _is_empty(self, form: AspectForm, above, below) -> bool:
        if self.if_empty is None or above is not None or below is not None:
            return False
        return not self.gate or form.all_empty(self.numerator + self.denominator)

    def _unread(self, form: AspectForm) -> list[str]:
        is_strict = self.gate or not self.bands.rises
        return _unread(form, self.numerator, self.denominator, is_strict=is_strict)

    def _lacks_a_number(self, form: AspectForm) -> bool:
        return any(form.number(key) is None for key in self.numerator + self.denominator)

    def _points(self, percentage: Fraction) -> Fraction | None:
        if self.clamp:
            lowest, highest = self.clamp
            percentage = lowest if percentage < lowest else highest if percentage > highest else percentage
        return self.bands.points(percentage)


def read_ratio_band_rule(fields: Fields, place: Place) -> Rule:
    gate = read_gate(fields)
    return RatioBandRule(
        numerator=fields.keys("pembilang"),
        denominator=fields.keys("penyebut"),
        bands=read_bands(fields),
        clamp=_read_clamp(fields),
        gate=gate,
        if_empty=read_fallback(fields, "bila_kosong", NOTHING if gate else None),
        if_no_denominator=read_fallback(fields, "penyebut_nol", NOTHING),
    )


def _read_clamp(fields: Fields) -> tuple[Fraction, Fraction] | None:
    if "jepit" not in fields:
        return None
    limits = fields.numbers("jepit")
    if len(limits) != 2 or limits[0] > limits[1]:
        raise fields.fault('"jepit" harus berupa dua angka, yang kecil dahulu, misalnya [0, 100].')
    return limits


@dataclass(frozen=True, slots=True)
class RatioLineRule:
    """`rasio_linear`: sum/sum x poin, not cut; a denominator not above 0 gives `if_no_denominator`.

    What is answered but is no number is treated as in `RatioBandRule` without a gate.
    """

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    points: Fraction
    if_empty: Fallback | None
    if_no_denominator: Fallback
    kind = "rasio_linear"
    evidence_keys = ()
    is_scored = True

    @property
    def inputs(self) -> tuple[Input, ...]:
        return numbers_asked(self.numerator, self.denominator)

    def score(self, form: AspectForm) -> Fraction | None:
        above, below = form.total(self.numerator), form.total(self.denominator)
        if unread := _unread(form, self.numerator, self.denominator, is_strict=self.points < 0):
            return form.least(unread)
        if self.if_empty and above is None and below is None:
            return self.if_empty.resolve(self._points)
        if not below or below < 0:
            return self.if_no_denominator.resolve(self._points)
        return self._points(_divided(above or 0, below))

    def _points(self, ratio: Fraction) -> Fraction:
        return ratio * self.points


def read_ratio_line_rule(fields: Fields, place: Place) -> Rule:
    return RatioLineRule(
        numerator=fields.keys("pembilang"),
        denominator=fields.keys("penyebut"),
        points=fields.number("poin"),
        if_empty=read_fallback(fields, "bila_kosong", None),
        if_no_denominator=read_fallback(fields, "penyebut_nol", NOTHING),
    )

"""Kinds that turn one amount into points: `hitung`, `jenjang`, `persen_linear`, `tiang`."""

from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.kinds.bands import Bands, read_bands
from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.form import ZERO, AspectForm, Input
from sp2k.tally.kinds.rule import NOTHING, Fallback, Place, Rule, numbers_asked, read_fallback
from sp2k.tally.numbers import quotient

SUM, MEAN = "jumlah", "rata_rata"
UP, DOWN = "naik", "turun"


@dataclass(frozen=True, slots=True)
class AmountRule:
    """Points from the sum or mean of some inputs; where all are left empty, `if_empty`.

    `divisor` is 1 for a sum, the number of keys for a mean: a key without a number counts as 0 and still divides. What is
    answered but is no number is never better than any number: 0 points where nothing else is a number, and on a scale on
    which less is better.
    """

    kind: str
    keys: tuple[str, ...]
    divisor: int
    scale: "Bands | Line | Goalposts"
    if_empty: Fallback

    @property
    def inputs(self) -> tuple[Input, ...]:
        return numbers_asked(self.keys)

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        return ()

    @property
    def is_scored(self) -> bool:
        return self.scale.are_scored

    def score(self, form: AspectForm) -> Fraction | None:
        total = form.total(self.keys)
        if (unread := form.unread(self.keys)) and (total is None or not self.scale.rises):
            return form.least(unread)
        if total is None:
            return self.if_empty.resolve(self.scale.points)
        if self.divisor == 1:
            return self.scale.points(total)
        numerator, denominator = total.as_integer_ratio()
        return self.scale.points(quotient(numerator, denominator * self.divisor))


@dataclass(frozen=True, slots=True)
class Line:
    """So many points a unit, up to a ceiling of points. There is no floor: -5 gives negative points."""

    per_unit: Fraction
    ceiling: Fraction
    are_scored = True
    rises = True

    def points(self, value: Fraction | int) -> Fraction:
        units, parts = value.as_integer_ratio()
        numerator, denominator = self.per_unit.as_integer_ratio()
        points = quotient(units * numerator, parts * denominator)
        return points if points < self.ceiling else self.ceiling


@dataclass(frozen=True, slots=True)
class Goalposts:
    """A share of `most` points between two fixed posts: 0 at or beyond `worst`, all of them at or beyond `best`.

    The posts are published beforehand and never taken from who takes part: who joins or withdraws moves nobody else.
    Source: the dimension indices of the Human Development Report (UNDP, technical note 1), without its logarithm and
    its geometric mean, which have no exact value.
    """

    worst: Fraction
    best: Fraction
    most: Fraction
    are_scored = True

    @property
    def rises(self) -> bool:
        return self.worst < self.best

    def points(self, value: Fraction | int) -> Fraction:
        share = Fraction(value - self.worst) / (self.best - self.worst)
        return min(max(share, ZERO), Fraction(1)) * self.most


def _read_amount(fields: Fields, place: Place) -> tuple[tuple[str, ...], int]:
    """Return the keys and what their sum is divided by: 1, or their number for a mean."""
    keys = fields.keys("masukan", place.code)
    aggregate = fields.word("agregat", "", (SUM, MEAN))
    if len(keys) > 1 and not aggregate:
        raise fields.fault(f'"agregat" tidak ada; isilah dengan {SUM} atau {MEAN}, sebab "masukan" lebih dari satu.')
    return keys, len(keys) if aggregate == MEAN else 1


def read_goalpost_rule(fields: Fields, place: Place) -> Rule:
    """Read `tiang`: (value - bawah) / (atas - bawah) x poin, kept within 0 and poin; `arah: turun` turns it round."""
    keys, divisor = _read_amount(fields, place)
    low, high, points = fields.number("bawah"), fields.number("atas"), fields.number("poin", place.maximum)
    if low >= high or points < 0:
        raise fields.fault('"bawah" harus kurang dari "atas", dan "poin" tidak boleh di bawah 0.')
    worst, best = (low, high) if fields.word("arah", UP, (UP, DOWN)) == UP else (high, low)
    fallback = read_fallback(fields, "bila_kosong", NOTHING)
    return AmountRule("tiang", keys, divisor, Goalposts(worst, best, points), fallback)


def read_count_rule(fields: Fields, place: Place) -> Rule:
    """Read `hitung`: min(sum, batas) x poin_per_satuan."""
    keys = fields.keys("masukan", place.code)
    limit, per_unit = fields.number("batas"), fields.number("poin_per_satuan")
    if limit < 0 or per_unit < 0:
        raise fields.fault('"batas" dan "poin_per_satuan" tidak boleh di bawah 0.')
    return AmountRule(
        "hitung", keys, 1, Line(per_unit, per_unit * limit), read_fallback(fields, "bila_kosong", NOTHING)
    )


def read_band_rule(fields: Fields, place: Place) -> Rule:
    """Read `jenjang`: the first band that holds for the number, or for the sum or mean of several."""
    keys, divisor = _read_amount(fields, place)
    return AmountRule("jenjang", keys, divisor, read_bands(fields), read_fallback(fields, "bila_kosong", NOTHING))


def read_percentage_rule(fields: Fields, place: Place) -> Rule:
    """Read `persen_linear`: min(value / penuh x poin, poin)."""
    keys = fields.keys("masukan", place.code)
    fields.word("agregat", SUM, (SUM,))
    full, points = fields.number("penuh"), fields.number("poin")
    if full <= 0 or points < 0:
        raise fields.fault('"penuh" harus di atas 0 dan "poin" tidak boleh di bawah 0.')
    return AmountRule(
        "persen_linear", keys, 1, Line(points / full, points), read_fallback(fields, "bila_kosong", NOTHING)
    )

"""`pita`: steps of points for a number, tried in the order written."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.form import ZERO

_TESTS = ("min", "lebih_dari", "sama", "lain")


@dataclass(frozen=True, slots=True)
class Band:
    """One step: `test` is min (at least), lebih_dari (more than), sama (exactly) or lain (any).

    The bound is kept as (numerator, denominator): comparing whole numbers is many times faster than Fractions.
    Points of None are recorded, not scored.
    """

    test: str
    bound: tuple[int, int] | None
    points: Fraction | None

    def holds(self, numerator: int, denominator: int) -> bool:
        if self.bound is None:
            return True
        value, bound = numerator * self.bound[1], self.bound[0] * denominator
        if self.test == "min":
            return value >= bound
        return value > bound if self.test == "lebih_dari" else value == bound


@dataclass(frozen=True)
class Bands:
    """The steps of one rule."""

    bands: tuple[Band, ...]

    @cached_property
    def rises(self) -> bool:
        """Whether more never gives fewer points: looked at on each bound, between any two, and beyond both ends."""
        bounds = sorted({Fraction(*band.bound) for band in self.bands if band.bound is not None}) or [ZERO]
        between = [(low + high) / 2 for low, high in pairwise(bounds)]
        steps = [self.points(value) for value in sorted([bounds[0] - 1, *bounds, *between, bounds[-1] + 1])]
        return None not in steps and steps == sorted(steps)

    @property
    def are_scored(self) -> bool:
        return any(band.points is not None for band in self.bands)

    def points(self, value: Fraction | int) -> Fraction | None:
        """Return the points of the first band that holds, 0 if none does."""
        numerator, denominator = value.as_integer_ratio()
        for band in self.bands:
            if band.holds(numerator, denominator):
                return band.points
        return ZERO


def read_bands(fields: Fields) -> Bands:
    return Bands(tuple(_read_band(part) for part in fields.parts("pita")))


def _read_band(part: Fields) -> Band:
    tests = [test for test in _TESTS if test in part]
    if len(tests) != 1:
        raise part.fault(f"harus memuat tepat satu dari {', '.join(_TESTS)}.")
    bound = None if tests[0] == "lain" else part.number(tests[0])
    if bound is None and not part.flag("lain"):
        raise part.fault('"lain" hanya boleh true.')
    band = Band(tests[0], None if bound is None else bound.as_integer_ratio(), part.points("poin"))
    part.done()
    return band

"""From the points of indicators to aspects and the total: weights, ceilings and rounding, in the declared order.

An aspect's points are added (or weighted), cut at its maximum if the instrument says so, then rounded half up; the
rounded aspects are added (or weighted) and rounded again. Rounding first and adding then is how the instruments in use
do it; it can differ by some hundredths from adding first, so it is never changed silently.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.instrument import Aspect, Instrument
from sp2k.tally.kinds.form import ZERO
from sp2k.tally.numbers import round_half_up, sum_exact


@dataclass(frozen=True, slots=True)
class AspectTotal:
    """What an aspect comes to: exactly (after the ceiling, if there is one), as rounded, and its declared maximum.

    `left_out` is True when none of its scored indicators counts: the aspect itself then leaves total and maximum.
    """

    points: Fraction
    rounded: Fraction
    maximum: Fraction
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class TreeTotal:
    """The whole tree: aspects by code, the rounded total, the declared maximum, the indicators left out."""

    aspects: dict[str, AspectTotal]
    total: Fraction
    maximum: Fraction
    left_out: tuple[str, ...]


def tree_total(instrument: Instrument, points: Mapping[str, Fraction | None]) -> TreeTotal:
    """Add up the points of one entry.

    Parameters
    ----------
    instrument : Instrument
    points : mapping from indicator code to exact points
        An indicator that is missing, or None, leaves points and maxima: what remains is scaled to the declared maximum
        of its aspect. It is listed in `left_out`; whether that is allowed was the caller's decision.

    Returns
    -------
    TreeTotal
    """
    aspects, left_out = {}, []
    for aspect in instrument.aspects:
        aspects[aspect.code] = _aspect_total(aspect, points, instrument, left_out)
    parts = [
        (aspect.weight, aspects[aspect.code].rounded, aspect.maximum)
        for aspect in instrument.aspects
        if not aspects[aspect.code].left_out
    ]
    total = _level(parts, instrument.maximum, is_whole=len(parts) == len(aspects)) or ZERO
    return TreeTotal(aspects, round_half_up(total, instrument.round_places), instrument.maximum, tuple(left_out))


def _aspect_total(
    aspect: Aspect, points: Mapping[str, Fraction | None], instrument: Instrument, left_out: list[str]
) -> AspectTotal:
    given = [indicator for indicator in aspect.indicators if points.get(indicator.code) is not None]
    missing = []
    if len(given) < len(aspect.indicators):
        missing = [i.code for i in aspect.indicators if points.get(i.code) is None and i.is_scored]
        left_out.extend(missing)
    if not missing and not aspect.is_weighted:
        level = sum_exact([points[indicator.code] for indicator in given])
    else:
        parts = [(indicator.weight, points[indicator.code], indicator.maximum) for indicator in given]
        level = _level(parts, aspect.maximum, is_whole=not missing)
    exact = ZERO if level is None else level
    if instrument.capped and exact > aspect.maximum:
        exact = aspect.maximum
    return AspectTotal(exact, round_half_up(exact, instrument.round_places), aspect.maximum, left_out=level is None)


Part = tuple[Fraction | None, Fraction, Fraction]


def _level(parts: Sequence[Part], maximum: Fraction, *, is_whole: bool) -> Fraction | None:
    """Return one level's points from its parts (weight, points, maximum); None if parts were left out and none remain.

    Without weights points add, and when some part was left out the sum is scaled from the maxima that remain to the
    declared maximum. With weights the level is the weighted mean of the parts' shares, over the parts that remain.
    """
    if parts and parts[0][0] is not None:
        return _weighted(parts, maximum)
    added = sum_exact([points for _, points, _ in parts])
    if is_whole:
        return added
    remaining = sum_exact([part_maximum for _, _, part_maximum in parts])
    return added * maximum / remaining if remaining > 0 else None


def _weighted(parts: Iterable[Part], maximum: Fraction) -> Fraction | None:
    weighing = [part for part in parts if part[0] > 0]
    weights = sum_exact([weight for weight, _, _ in weighing])
    if not weighing:
        return None
    return sum_exact([weight * points / most for weight, points, most in weighing]) / weights * maximum

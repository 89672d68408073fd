"""What one point of an indicator adds to a stage's points, before anything is rounded or cut."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from sp2k.tally.instrument import Aspect, Indicator, Instrument


def point_weights(instrument: Instrument, left_out: Collection[str] = ()) -> dict[str, Fraction]:
    """Return the weight of one point of each indicator in the total of the tree, exactly.

    The tree is linear but for ceilings and rounding: without weights points add, scaled to the declared maximum where
    some part was left out; with weights each part counts by its share of its own maximum (see `tree_total`).

    Parameters
    ----------
    instrument : Instrument
    left_out : collection of str
        Codes of indicators that do not apply to the entry.

    Returns
    -------
    dict from indicator code to Fraction
        Indicators left out have none.
    """
    outer, inside = level_weights(instrument, left_out)
    return {code: outer[aspect] * weight for aspect in outer for code, weight in inside[aspect].items()}


def level_weights(
    instrument: Instrument, left_out: Collection[str] = ()
) -> tuple[dict[str, Fraction], dict[str, dict[str, Fraction]]]:
    """Return both levels of `point_weights`: an aspect's point in the total, an indicator's point in its aspect."""
    inside = {aspect.code: _aspect_weights(aspect, left_out) for aspect in instrument.aspects}
    counted = [aspect for aspect in instrument.aspects if inside[aspect.code]]
    return _level(counted, instrument.maximum, is_whole=len(counted) == len(instrument.aspects)), inside


def _aspect_weights(aspect: Aspect, left_out: Collection[str]) -> dict[str, Fraction]:
    scored = [indicator for indicator in aspect.indicators if indicator.is_scored]
    counted = [indicator for indicator in scored if indicator.code not in left_out]
    return _level(counted, aspect.maximum, is_whole=len(counted) == len(scored))


def _level(parts: Sequence[Aspect | Indicator], maximum: Fraction, *, is_whole: bool) -> dict[str, Fraction]:
    if not parts:
        return {}
    if parts[0].weight is not None:
        weights = sum(part.weight for part in parts)
        if not weights:
            return {}
        # A part may weigh nothing, and then have no maximum either.
        shares = {part.code: part.weight and part.weight / part.maximum for part in parts}
        return {code: share / weights * maximum for code, share in shares.items()}
    remaining = sum(part.maximum for part in parts)
    scale = Fraction(1) if is_whole or not remaining else maximum / remaining
    return dict.fromkeys((part.code for part in parts), scale)

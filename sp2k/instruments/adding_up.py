"""Whether the maxima that an instrument declares are the sums of what they hold; one whose are not stays a draft."""

from collections.abc import Iterator, Sequence
from itertools import product

from sp2k.tally.instrument import Aspect, Indicator, Instrument
from sp2k.tally.numbers import exact_text, sum_exact

# Every kind of kecamatan there can be: of a regency or a city, with or without desa.
_KINDS = [frozenset(kind) for kind in product(("kabupaten", "kota"), ("ada_desa", "tanpa_desa"))]


def why_draft(instrument: Instrument) -> tuple[str, ...]:
    """Return a sentence for every maximum that is not the sum of its parts; none for an instrument ready for use.

    Where parts are weighted they count by their share, so that maxima need not add up. What is only recorded is outside
    every maximum. Indicators of which each applies to other kecamatan add up if they do for every kind of kecamatan.
    """
    return tuple(_faults(instrument))


def _faults(instrument: Instrument) -> Iterator[str]:
    for aspect in instrument.aspects:
        scored = [indicator for indicator in aspect.indicators if indicator.is_scored]
        if not aspect.is_weighted and not _adds_up(aspect, scored):
            held = sum_exact(indicator.maximum for indicator in scored)
            yield (
                f'Aspek {aspect.code} menyatakan "maks" {_comma(aspect.maximum)}, tetapi jumlah "maks" indikatornya '
                f"{_comma(held)}."
            )
    held = sum_exact(aspect.maximum for aspect in instrument.aspects)
    if all(aspect.weight is None for aspect in instrument.aspects) and held != instrument.maximum:
        yield f'Berkas menyatakan "maks" {_comma(instrument.maximum)}, tetapi jumlah "maks" aspeknya {_comma(held)}.'


def _adds_up(aspect: Aspect, scored: Sequence[Indicator]) -> bool:
    if sum_exact(indicator.maximum for indicator in scored) == aspect.maximum:
        return True
    return any(indicator.applies_to for indicator in scored) and all(
        sum_exact(one.maximum for one in scored if one.applies(kind)) == aspect.maximum for kind in _KINDS
    )


def _comma(value) -> str:
    return exact_text(value).replace(".", ",")

"""Instruments as the database keeps them: the text is the truth, the compiled form is made when needed and kept."""

from functools import lru_cache

from sp2k.instruments.models import Instrument
from sp2k.instruments.reading import read_instrument_text
from sp2k.tally.instrument import Instrument as CompiledInstrument
from sp2k.tally.numbers import exact_text


def compiled(instrument: Instrument) -> CompiledInstrument:
    """Return the instrument compiled for the arithmetic; the same text is compiled once in a process."""
    return _compiled(instrument.sha256, instrument.source, instrument.code)


def is_as_its_text_says(instrument: Instrument) -> bool:
    """Return whether what is kept beside an instrument's text, for lists and pages, is what the text says."""
    read = compiled(instrument)
    said = (read.name, exact_text(read.maximum), len(read.indicators))
    return (instrument.name, instrument.maximum, instrument.n_indicators) == said


@lru_cache(maxsize=64)
def _compiled(sha256: str, source: str, code: str) -> CompiledInstrument:
    return read_instrument_text(source, name=code)


def instrument_by_code(code: str) -> Instrument | None:
    """Return the version of that code, or None."""
    return Instrument.objects.filter(code=code).first()


def instrument_codes() -> list[str]:
    """Return the codes of all versions, in order."""
    return list(Instrument.objects.order_by("code").values_list("code", flat=True))

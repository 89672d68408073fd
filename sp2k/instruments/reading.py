"""From an instrument file's text to the compiled instrument, every fault told as one Indonesian sentence."""

from sp2k.base.exactyaml import YamlError, load
from sp2k.base.refusals import BadInput
from sp2k.tally.instrument import Instrument, InstrumentError, read_instrument


def read_instrument_text(text: str, *, name: str) -> Instrument:
    """Compile an instrument from YAML text.

    Parameters
    ----------
    text : str
    name : str
        How the person knows the file; every message begins with it.

    Raises
    ------
    BadInput
        When the text is no YAML, or no instrument; the sentence names line or place.
    """
    try:
        return read_instrument(load(text, name=name))
    except YamlError as error:
        raise BadInput(str(error)) from error
    except InstrumentError as error:
        raise BadInput(f"{name}, {error.place}: {error.sentence}") from error

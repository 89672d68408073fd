"""Acts on instruments: taking in a version."""

import hashlib
from datetime import datetime

from django.db import transaction

from sp2k.base.refusals import BadInput
from sp2k.instruments.models import Instrument
from sp2k.instruments.reading import read_instrument_text
from sp2k.tally.numbers import exact_text


@transaction.atomic
def import_instrument(text: str, *, name: str, by, now: datetime) -> Instrument:
    """Take in one version of an instrument, as published.

    One whose maxima do not add up is kept like any other, so that it can be scored, but is a draft: no edition takes it
    (`adding_up.why_draft`). The same text twice changes nothing. A code that already stands for another text is refused:
    whoever changes an instrument gives the new version a code of its own, so that what was scored can always be scored
    again.

    Parameters
    ----------
    text : str
        The YAML file as given; it is kept unchanged.
    name : str
        The file's name, for messages.
    by : the person who acts, None on the server's command line
    now : aware instant

    Raises
    ------
    BadInput
        When the text is no instrument, or its code is taken by another text.
    """
    read = read_instrument_text(text, name=name)
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    instrument, _ = Instrument.objects.get_or_create(
        code=read.code,
        defaults={
            "name": read.name,
            "source": text,
            "sha256": sha256,
            "maximum": exact_text(read.maximum),
            "n_indicators": len(read.indicators),
            "imported_at": now,
        },
    )
    if instrument.sha256 != sha256:
        raise BadInput(
            f'{name}: kode "{read.code}" sudah dipakai versi lain yang isinya berbeda. '
            'Beri versi baru ini kode sendiri pada baris "instrumen:".'
        )
    return instrument

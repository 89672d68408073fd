"""Text as people type it: one way to write each word, and nothing invisible that could deceive a reader.

What is kept here can always be sealed: it falls within the canonical profile of the journal.
"""

import re
import unicodedata

from sp2k.base.refusals import BadInput

_INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean_text(typed: object, *, name: str, longest: int | None = None) -> str:
    """Return typed text as it is kept: trimmed, NFC, lines ending in a newline as browsers do not send them.

    Parameters
    ----------
    name : how the sentence calls the place, e.g. ``Catatan``
    longest : most characters that the place holds

    Raises
    ------
    BadInput
        For control characters, for marks that turn the direction of writing, and for text that is too long.
    """
    text = re.sub(r"\r\n?", "\n", str(typed)).replace("\t", " ").strip()
    text = unicodedata.normalize("NFC", text)
    if found := _INVISIBLE.search(text):
        raise BadInput(
            f"{name} memuat tanda yang tidak terlihat (U+{ord(found[0]):04X}), huruf ke-{found.start() + 1}. "
            "Hapus atau ketik ulang bagian itu."
        )
    if longest is not None and len(text) > longest:
        raise BadInput(f"{name} terlalu panjang: {len(text)} huruf, paling banyak {longest}. Ringkaskan.")
    return text

"""Places that wait to be filled: what a draft shows as missing and no final document may hold."""

import re

# "(nama Gubernur)", "(nomor contoh)", "(tanggal ...)", "[nama]", "...", "____". A figure in the brackets makes it a
# citation: "(Nomor 23)". The decree's and the minutes' templates mark the
# same places in a draft. "(data contoh)" is a label of demonstration data and no gap.
_PLACEHOLDER = re.compile(
    r"\((?:nama|nomor|tanggal|tempat|kota|jabatan|pangkat|nip|isi)\b[^()\d]*\)"
    r"|\((?!data contoh\))[^()]*\bcontoh\)|\[[^\[\]]*\]|\.{3,}|…|_{3,}",
    re.IGNORECASE,
)


def placeholders_in(text: str) -> list[str]:
    """Return what a text leaves open, each as written, in order and once."""
    return list(dict.fromkeys(found[0] for found in _PLACEHOLDER.finditer(text)))

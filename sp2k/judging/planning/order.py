"""The order of entries drawn from a public seed. Pure: anybody draws it again by hand."""

import hashlib
from collections.abc import Iterable

METHOD = "SHA-256 atas benih, bita nol, kode; yang terkecil lebih dahulu"


def draw_digest(seed: str, code: str) -> str:
    """Return an entry's lot: SHA-256 over the seed, a zero byte and the code, all UTF-8, in 64 hexadecimal digits.

    Anyone makes it by hand: ``printf '%s\\0%s' 'SEED' 'CODE' | sha256sum``. Ties of the count are drawn the same way.
    """
    return hashlib.sha256(f"{seed}\0{code}".encode()).hexdigest()


def drawn_order(seed: str, codes: Iterable[str]) -> list[str]:
    """Return the codes in the order in which the seed lets them be heard."""
    return sorted(codes, key=lambda code: (draw_digest(seed, code), code))

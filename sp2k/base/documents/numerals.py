"""Numbers and ordinals as a decree spells them."""

from sp2k.base.wording import number_in_words

_ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]


def spelled(n: int) -> str:
    """Return a whole number from 0 to 999,999 in words: `enam ratus enam puluh enam`."""
    if n < 12:
        return _ONES[n]
    if n < 20:
        return f"{_ONES[n - 10]} belas"
    if n < 100:
        return _joined(f"{_ONES[n // 10]} puluh", n % 10)
    if n < 200:
        return _joined("seratus", n % 100)
    if n < 1000:
        return _joined(f"{_ONES[n // 100]} ratus", n % 100)
    if n < 2000:
        return _joined("seribu", n % 1000)
    return _joined(f"{spelled(n // 1000)} ribu", n % 1000)


def counted(n: int) -> str:
    """Return a count as figures and words: `666 (enam ratus enam puluh enam)`."""
    return f"{number_in_words(n)} ({spelled(n)})"


def ruling_mark(n: int) -> str:
    """Return how the n-th ruling is called: KESATU, KEDUA, … KESEPULUH, KESEBELAS."""
    return f"KE{spelled(n)}".upper()


def _joined(head: str, rest: int) -> str:
    return f"{head} {spelled(rest)}" if rest else head

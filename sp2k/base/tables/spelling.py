"""How a cell's text is taken: every blank is a blank, what cannot be seen is not there, and no letter poses as another."""

import re
import unicodedata

_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_RUNS = re.compile(" {2,}")
# Scripts with letters that look like those of the Latin alphabet; Indonesian lists are written in no other.
_POSING = ("ARMENIAN ", "CHEROKEE ", "COPTIC ", "CYRILLIC ", "FULLWIDTH ", "GREEK ", "LISU ", "MATHEMATICAL ")


def spelled(text: str) -> str:
    """Return a text in NFC, its blanks plain and single, without zero-width signs, trimmed; line ends stay."""
    text = unicodedata.normalize("NFC", _NOTHING.sub("", text))
    return _RUNS.sub(" ", _BLANKS.sub(" ", text)).strip()


def why_posing(text: str) -> str:
    """Say which letter only looks like a Latin one, or nothing."""
    if text.isascii():
        return ""
    for place, letter in enumerate(text, start=1):
        if letter > "\u036f" and unicodedata.name(letter, "").startswith(_POSING):
            return (
                f"memuat huruf yang hanya mirip huruf Latin ({letter}, U+{ord(letter):04X}), huruf ke-{place}. "
                "Ketik ulang isinya."
            )
    return ""


def title_key(text: str) -> str:
    """Return a column's title as titles are compared: `Nama_Pengguna *` and `nama pengguna` are one."""
    return " ".join(re.sub(r"[_\s]+", " ", spelled(text).casefold().replace(".", "")).strip(" *:").split())

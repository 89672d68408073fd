"""Text as people type it: one way to write each word, and nothing invisible that could deceive a reader.

What is kept here can always be sealed: it falls within the canonical profile of the journal.
"""

import re
import unicodedata

from sp2k.base.refusals import BadInput

# Signs without width, and those that only choose a letter's shape: pasted along unseen, they make one name into two.
_WITHOUT_WIDTH = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_RUNS = re.compile(" {2,}")
_WORDS = re.compile(r"\w+")
# Letters that are drawn like Latin ones; of the Greek letters only these: 10 \u03bcg and k\u03a9 are no disguise.
_POSING = ("CYRILLIC ", "ARMENIAN ", "CHEROKEE ", "COPTIC ", "LISU ")
_POSING_GREEK = frozenset(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bd\u03bf\u03c1\u03c7"
)
_LATIN_TWICE = ("FULLWIDTH ", "MATHEMATICAL ")  # the Latin letters and digits themselves, under other numbers
_INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean_text(typed: object, *, name: str, longest: int | None = None) -> str:
    """Return typed text as it is kept: trimmed, NFC, without signs of no width, lines ending in a newline.

    Parameters
    ----------
    name : how the sentence calls the place, e.g. ``Catatan``
    longest : most characters that the place holds

    Raises
    ------
    BadInput
        For control characters, for marks that turn the direction of writing, for a word with letters that pose as Latin
        ones, and for text that is too long.
    """
    text = spelled(re.sub(r"\r\n?", "\n", str(typed)))
    if found := _INVISIBLE.search(text):
        raise BadInput(
            f"{name} memuat tanda yang tidak terlihat (U+{ord(found[0]):04X}), huruf ke-{found.start() + 1}. "
            "Hapus atau ketik ulang bagian itu."
        )
    if reason := why_posing(text):
        raise BadInput(f"{name} {reason}")
    if longest is not None and len(text) > longest:
        raise BadInput(f"{name} terlalu panjang: {len(text)} huruf, paling banyak {longest}. Ringkaskan.")
    return text


def spelled(text: str) -> str:
    """Return a text as it is kept and searched for: NFC, plain blanks, nothing without width, trimmed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _WITHOUT_WIDTH.sub("", text))
    return _BLANKS.sub(" ", text).strip()


def spelled_cell(text: str) -> str:
    """Return a cell's text as it is compared and kept: as `spelled`, its blanks single; line ends stay."""
    return _RUNS.sub(" ", spelled(text))


def why_posing(text: str) -> str:
    """Say which letter of another alphabet stands in a word of Latin letters or digits and looks like one, or nothing."""
    if text.isascii():
        return ""
    for word in _WORDS.finditer(text):
        is_latin = any(letter.isascii() or unicodedata.name(letter, "").startswith("LATIN ") for letter in word[0])
        for place, letter in enumerate(word[0], start=word.start() + 1):
            if _is_posing(letter, is_latin):
                return (
                    f"memuat huruf yang hanya mirip huruf Latin ({letter}, U+{ord(letter):04X}), huruf ke-{place}. "
                    "Ketik ulang kata itu."
                )
    return ""


def title_key(text: str) -> str:
    """Return a column's title as titles are compared: `Nama_Pengguna *` and `nama pengguna` are one."""
    return " ".join(re.sub(r"[_\s]+", " ", spelled(text).casefold().replace(".", "")).strip(" *:").split())


def _is_posing(letter: str, is_latin: bool) -> bool:
    name = unicodedata.name(letter, "")
    return name.startswith(_LATIN_TWICE) or (is_latin and (letter in _POSING_GREEK or name.startswith(_POSING)))

"""Names as people type them: apostrophes, accents, hyphens, spaces and short words folded away. Pure."""

import re
import unicodedata

FILLER = frozenset({"kecamatan", "kec", "kabupaten", "kab", "distrik", "di"})
_CODE = re.compile(r"\d\d(?:\.\d{1,2}){0,2}(?:-\d)?\.?\Z", re.ASCII)
_OF_LEVEL = {
    level: re.compile(rf"\A(?:{words})(?:\s*[.:-]\s*|\s+)(?=\S)|\s*(?:,|\()\s*(?:{words})\s*\.?\s*\)?\Z", re.IGNORECASE)
    for level, words in {"provinsi": "provinsi|prov|prop|propinsi", "kabupaten": "kabupaten|kab", "kota": "kota",
                         "kecamatan": "kecamatan|kec|distrik"}.items()
}  # fmt: skip
_BETWEEN = re.compile(r"[^\w]+|_+")
# typed for the apostrophe of a name: ' ’ ‘ ʼ ʻ ` ´ ʹ ′ ＇ and the Arabic signs in which some lists write it
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2019\u2018\u02bc\u02bb`\u00b4\u02b9\u2032\uff07\u02be\u02bf\u201b"))


def fold(text: str) -> str:
    """Return a name so that two ways of writing it are equal: `Ra\u2019as`, `RAAS` and `Ra'as` are `raas`."""
    return "".join(_BETWEEN.split(_plain(text)))


def words_of(text: str, *, most: int = 6) -> list[str]:
    """Return the folded words of a search, codes kept with their points; short words such as `kec.` are left out."""
    words = []
    for typed in re.split(r"[\s,;]+", text.strip()):
        if _CODE.fullmatch(typed):
            words.append(typed.rstrip("."))
        else:
            words += [word for word in _BETWEEN.split(_plain(typed)) if word and word not in FILLER]
    return words[:most]


def name_key(name: str, level: str) -> str:
    """Return what two lists' ways of writing a region's name have in common: `Kab. Madiun` is `Kabupaten Madiun`."""
    words = [word for word in _BETWEEN.split(_plain(name)) if word and word not in FILLER]
    if level == "kota" and words[:1] == ["kota"]:
        words = words[1:]
    return "".join(words) or fold(name)


def listed_name(written: str, level: str) -> str:
    """Return a name as a list of regions writes it at its level: a kecamatan and a province bare, a regency with its kind.

    `Kec. Donorojo` is `Donorojo`, `Kab. Pacitan` and `Pacitan` are `Kabupaten Pacitan`; beside the level `kota` a
    `Kab. Madiun` stays what it is, no name of a kota.
    """
    written = written.strip()
    bare = _OF_LEVEL[level].sub("", written) if level in _OF_LEVEL else written
    has_kind = bool(bare) and level in ("kabupaten", "kota") and (bare != written or not _is_other(bare, level))
    return f"{level.capitalize()} {bare}" if has_kind else bare


def is_name_of(written: str, name: str, level: str) -> bool:
    """Whether a name in a list means the region of this name and level, in whatever way its level is written."""
    return fold(listed_name(written, level)) == fold(listed_name(name, level))


def level_of(regency: str) -> str:
    """Return the level of a regency that is called by its full name."""
    return "kota" if fold(regency.split(" ")[0]) == "kota" else "kabupaten"


def _is_other(bare: str, level: str) -> bool:
    return any(kind != level and kind in ("kabupaten", "kota") and of.match(bare) for kind, of in _OF_LEVEL.items())


def fits(words: list[str], *texts: str) -> bool:
    """Return whether every word of a search stands in one of the texts, or begins one that is a code."""
    folded = [fold(text) for text in texts]
    return all(any(fold(word) in text for text in folded) or any(t.startswith(word) for t in texts) for word in words)


def _plain(text: str) -> str:
    """Small letters without apostrophes and accents."""
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()

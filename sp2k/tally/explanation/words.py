"""Numbers, lists and names as the explanation writes them."""

from collections.abc import Sequence
from fractions import Fraction

from sp2k.tally.instrument import Aspect, Indicator
from sp2k.tally.kinds.juror_mark import MEAN, MEDIAN, TRIMMED
from sp2k.tally.numbers import exact_text, fixed_text, round_half_up
from sp2k.tally.stage_rules import model
from sp2k.tally.stage_rules.model import Combination, Link, StageRules

# How many names a sentence carries.
_NAMED = 6


def written(value: Fraction) -> str:
    """Write a value exactly, with the decimal comma; a ratio stays a ratio: ``36,4``, ``250/3``."""
    return exact_text(value).replace(".", ",")


def measured(value: Fraction) -> str:
    """Write points exactly, a ratio with what it is about: ``512/15 (kira-kira 34,13)``."""
    text = written(value)
    if "/" not in text:
        return text
    return f"{text} (kira-kira {fixed_text(round_half_up(value, 2), 2).replace('.', ',')})"


def listed(names: Sequence[str]) -> str:
    """Return ``a``, ``a dan b``, ``a, b, dan c``; many are cut short and counted."""
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])}, dan {len(names) - _NAMED} lainnya"
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def titled(part: Aspect | Indicator) -> str:
    """Return ``Kinerja (K)``, or the code alone where it has no other name."""
    name = part.name if isinstance(part, Aspect) else part.title
    return f"{name} ({part.code})" if name and name != part.code else part.code


def link_in_words(link: Link, rules: StageRules) -> str:
    """Return what a link of the chain compares."""
    if link.kind == model.LOT:
        return "undian"
    if link.kind == model.STAGE:
        return "nilai tahap ini sendiri" if link.code == rules.stage else f"nilai tahap {link.code}"
    if link.kind == model.CARRIED_ASPECT:
        return f"aspek {link.code} pada tahap {rules.carry_over.stage}"
    return f"{link.kind} {link.code}"


def combination_in_words(how: Combination) -> str:
    if how.way == TRIMMED:
        few = "ditolak" if how.on_too_few != MEAN else "dirata-rata biasa"
        return f"rata-rata sesudah {how.trim} poin tertinggi dan {how.trim} terendah dikeluarkan (bila terlalu sedikit: {few})"
    return {
        MEAN: "rata-rata penilai yang menilai",
        MEDIAN: "median penilai yang menilai",
        model.TWO_WAY: "rata-rata penilai yang menilai sesudah poin dibebaskan dari ketat atau murahnya penilai "
        "(penyesuaian dua arah)",
    }[how.way]

"""Marks as people type them: comma and point accepted, what can be read two ways refused."""

import re
from decimal import Decimal

from sp2k.base.refusals import BadInput

_PLAIN = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?\Z")


def parse_points(text: str, *, name: str, lowest: Decimal, highest: Decimal, decimals: int) -> Decimal:
    """Return the mark that `text` says.

    Parameters
    ----------
    text : what was typed, e.g. ``87,5``
    name : how the sentence calls the place, e.g. ``K2``
    lowest, highest : the declared scale, inclusive
    decimals : how many decimals the rules allow

    Raises
    ------
    BadInput
        With a sentence for: empty, letters, ``87.500``, too many decimals, outside the scale.
    """
    typed = str(text).strip()
    if not typed:
        raise BadInput(f"Nilai {name} kosong. Isi angka {_plain(lowest)} sampai {_plain(highest)}; kosong bukan nol.")
    if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", typed):
        raise BadInput(_two_readings(typed, name))
    if typed.startswith("-") and _PLAIN.match(typed[1:]):
        raise BadInput(_outside(typed, name, lowest, highest))
    if not _PLAIN.match(typed):
        raise BadInput(f'Nilai {name} harus angka, misalnya 87,5. Anda menulis "{typed[:40]}".')
    value = Decimal(typed.replace(",", "."))
    if not lowest <= value <= highest:
        raise BadInput(_outside(typed, name, lowest, highest))
    if -value.as_tuple().exponent > decimals and value != round(value, decimals):
        raise BadInput(f"Nilai {name} paling banyak {decimals} angka di belakang koma. Anda menulis {typed}.")
    return value


def _two_readings(typed: str, name: str) -> str:
    whole, decimals = typed.split(".")
    short = f"{whole},{decimals.rstrip('0')}".rstrip(",")
    return (
        f"Nilai {name}: angka {typed} dapat dibaca sebagai {whole}{decimals} atau {short}. "
        f"Bila maksudnya {short}, tulis {short}."
    )


def _outside(typed: str, name: str, lowest: Decimal, highest: Decimal) -> str:
    return f"Nilai {name} harus antara {_plain(lowest)} dan {_plain(highest)}. Anda menulis {typed}."


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")

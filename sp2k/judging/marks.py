"""A juror's marks from outside to clean values, against the instrument's scales."""

from collections.abc import Mapping
from decimal import Decimal

from sp2k.base.points import parse_points
from sp2k.base.refusals import BadInput
from sp2k.instruments.fields import MarkField


def clean_marks(typed: Mapping[str, object], fields: Mapping[str, MarkField]) -> dict[str, Decimal]:
    """Return the marks as exact decimals, in the order of the instrument.

    Raises
    ------
    BadInput
        For an unknown indicator, a mark that cannot be read or lies outside its scale, and for what is still empty.
    """
    for code in typed:
        if code not in fields:
            raise BadInput(f"Indikator {str(code)[:20]} tidak ada pada lembar ini. Muat ulang halaman lembar.")
    empty = [code for code in fields if str(typed.get(code, "") or "").strip() == "" and typed.get(code) != 0]
    if empty:
        raise BadInput(f"Lembar belum dapat disegel: {_listed(empty)} masih kosong. Kosong bukan nol.")
    return {code: _clean(typed[code], mark_field) for code, mark_field in fields.items()}


def _clean(typed, mark_field: MarkField) -> Decimal:
    value = parse_points(
        str(typed), name=mark_field.code, lowest=mark_field.lowest, highest=mark_field.highest,
        decimals=mark_field.decimals,
    )  # fmt: skip
    if mark_field.allowed and value not in mark_field.allowed:
        choices = _listed([f"{choice.normalize():f}".replace(".", ",") for choice in mark_field.allowed])
        raise BadInput(f"Nilai {mark_field.code} harus salah satu dari {choices}. Anda menulis {typed}.")
    return value


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} dan {items[-1]}"

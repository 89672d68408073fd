"""A juror's marks from outside to clean values, against the instrument's scales, and which of them want a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sp2k.base.points import parse_points
from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.editions.models import Stage
from sp2k.instruments.fields import MarkField, mark_fields
from sp2k.judging.models import Assignment

LONGEST_REMARK = 500


@dataclass(frozen=True)
class Extremes:
    """The stage's rule on marks that want a reason: below one limit, above another; None where it has none."""

    below: Decimal | None = None
    above: Decimal | None = None

    def __bool__(self):
        return self.below is not None or self.above is not None

    def ask(self, value: Decimal) -> bool:
        """Return whether the rules want to know why a mark is so low or so high."""
        return (self.below is not None and value < self.below) or (self.above is not None and value > self.above)

    def __str__(self):
        parts = ((_("di bawah"), self.below), (_("di atas"), self.above))
        return _(" atau ").join(f"{word} {comma(limit)}" for word, limit in parts if limit is not None)


def extremes_of(stage: Stage) -> Extremes:
    """Return what the stage's `alasan_ekstrem` says."""
    limits = stage.rules.get("alasan_ekstrem") or {}
    return Extremes(*(Decimal(str(limits[key])) if key in limits else None for key in ("di_bawah", "di_atas")))


def asked_fields(duty: Assignment) -> dict[str, MarkField]:
    """Return what a duty's sheet asks: the indicators that apply to its kecamatan."""
    return mark_fields(duty.stage.instrument, traits=duty.participation.entry.traits)


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
        raise BadInput(f"Lembar belum dapat disegel: {listed(empty)} masih kosong. Kosong bukan nol.")
    return {code: clean_mark(typed[code], mark_field) for code, mark_field in fields.items()}


def clean_mark(typed: object, mark_field: MarkField) -> Decimal:
    """Return one mark as an exact decimal, or raise BadInput with the sentence to stand beside it."""
    value = parse_points(
        str(typed), name=mark_field.code, lowest=mark_field.lowest, highest=mark_field.highest,
        decimals=mark_field.decimals,
    )  # fmt: skip
    if mark_field.allowed and value not in mark_field.allowed:
        choices = listed([comma(choice) for choice in mark_field.allowed])
        raise BadInput(f"Nilai {mark_field.code} harus salah satu dari {choices}. Anda menulis {typed}.")
    return value


def clean_remarks(typed: Mapping[str, object], marks: Mapping[str, Decimal], extremes: Extremes) -> dict[str, str]:
    """Return the reasons given for marks, those that were asked for among them, in the order of the marks.

    Raises
    ------
    BadInput
        For a reason that the rules ask for and that is missing, or that cannot be kept.
    """
    if missing := [
        code for code, value in marks.items() if extremes.ask(value) and not str(typed.get(code, "")).strip()
    ]:
        raise BadInput(f"Tulis alasan nilai {listed(missing)}: aturan tahap meminta alasan nilai {extremes}.")
    cleaned = {code: clean_remark(typed.get(code, ""), code) for code in marks}
    return {code: text for code, text in cleaned.items() if text}


def clean_remark(typed: object, code: str) -> str:
    """Return the reason of one mark as it is kept."""
    return clean_text(typed, name=f"Alasan nilai {code}", longest=LONGEST_REMARK)


def comma(value: Decimal) -> str:
    """Return a mark as people write it: `87,5`, `90`."""
    return f"{value.normalize():f}".replace(".", ",")


def listed(items: list[str]) -> str:
    """Return `P2`, `P2 dan N2`, `K1, P2 dan N2`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} dan {items[-1]}"

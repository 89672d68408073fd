"""Anchors of a juror's scale: what a mark, or a range of marks, stands for. They are read, never computed."""

from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.juror_mark import MarkRule
from sp2k.tally.numbers import exact_text

_FORMS = '"nilai", "min", atau "dari" bersama "sampai"'


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the marks from `lowest` to `highest` mean; `highest` is None where the next anchor says how far it goes."""

    lowest: Fraction
    highest: Fraction | None
    meaning: str


def read_anchors(part: Fields, rule: MarkRule) -> tuple[Anchor, ...]:
    """Read `rubrik_cetak` of an indicator that jurors mark; an anchor no mark can reach is refused."""
    if "rubrik_cetak" not in part:
        return ()
    return tuple(_anchor(item, rule) for item in part.parts("rubrik_cetak"))


def _anchor(item: Fields, rule: MarkRule) -> Anchor:
    written = [key for key in ("nilai", "min", "dari") if key in item]
    if len(written) != 1 or ("sampai" in item) != (written == ["dari"]):
        raise item.fault(f"harus memuat tepat satu dari {_FORMS}.")
    lowest = item.number(written[0])
    highest = {"nilai": lowest, "min": None}.get(written[0], item.number("sampai", lowest))
    if highest is not None and highest < lowest:
        raise item.fault('"dari" lebih besar daripada "sampai".')
    for mark in (lowest, highest):
        _refuse_outside(item, rule, mark)
    meaning = item.text("arti")
    item.done()
    return Anchor(lowest, highest, meaning)


def _refuse_outside(item: Fields, rule: MarkRule, mark: Fraction | None) -> None:
    scale = rule.scale or (min(rule.allowed), max(rule.allowed))
    if mark is not None and not scale[0] <= mark <= scale[1]:
        limits = " sampai ".join(exact_text(limit) for limit in scale)
        raise item.fault(f"jangkar {exact_text(mark)} di luar skala {limits}.")

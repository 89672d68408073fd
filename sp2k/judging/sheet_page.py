"""A sheet as it is read and typed: its marks by aspect, the anchors of each scale in words, what is still missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sp2k.instruments.fields import MarkAnchor, MarkField, MarkGroup
from sp2k.judging.marks import Extremes, comma, listed


@dataclass(frozen=True)
class MarkRow:
    """One mark on the page. `text` is as typed, or as kept; `errors` and `remark_errors` are sentences."""

    field: MarkField
    text: str
    errors: Sequence[str] = ()
    remark: str = ""
    remark_errors: Sequence[str] = ()
    wants_remark: bool = False

    @property
    def is_missing(self) -> bool:
        return not self.text.strip()

    @property
    def anchors(self) -> list[tuple[str, str]]:
        """The rubric in words: which marks, and what they stand for."""
        return [(marks_in_words(anchor), anchor.meaning) for anchor in self.field.anchors]

    @property
    def choices(self) -> str:
        """The marks allowed, where the rules list them."""
        return listed([comma(mark) for mark in self.field.allowed]) if self.field.allowed else ""


@dataclass(frozen=True)
class AspectRows:
    """An aspect's marks."""

    name: str
    rows: tuple[MarkRow, ...]

    @property
    def n_filled(self) -> int:
        return sum(not row.is_missing for row in self.rows)


@dataclass(frozen=True)
class SheetPage:
    """All marks of a sheet."""

    aspects: tuple[AspectRows, ...]
    extremes: Extremes

    @property
    def rows(self) -> list[MarkRow]:
        return [row for aspect in self.aspects for row in aspect.rows]

    @property
    def missing(self) -> list[MarkRow]:
        return [row for row in self.rows if row.is_missing]

    @property
    def n_filled(self) -> int:
        return len(self.rows) - len(self.missing)

    @property
    def scale(self) -> str:
        """`10 sampai 100` where all marks share one scale, else nothing."""
        scales = {(row.field.lowest, row.field.highest) for row in self.rows}
        if len(scales) != 1 or any(row.field.allowed for row in self.rows):
            return ""
        lowest, highest = next(iter(scales))
        return _("%(lowest)s sampai %(highest)s") % {"lowest": comma(lowest), "highest": comma(highest)}

    @property
    def takes_decimals(self) -> bool:
        return any(row.field.decimals or any(mark % 1 for mark in row.field.allowed) for row in self.rows)


def marks_in_words(anchor: MarkAnchor) -> str:
    """Return `85 ke atas`, `60–70` or `100`."""
    if anchor.highest is None:
        return _("%(mark)s ke atas") % {"mark": comma(anchor.lowest)}
    if anchor.highest == anchor.lowest:
        return comma(anchor.lowest)
    return f"{comma(anchor.lowest)}–{comma(anchor.highest)}"


def typed_page(groups: Sequence[MarkGroup], form) -> SheetPage:
    """Return the page of a form: what is typed, and each fault beside its field."""
    errors, typed = form.errors, form.typed()
    return SheetPage(
        tuple(
            AspectRows(group.name, tuple(_typed_row(field, form, typed, errors) for field in group.fields))
            for group in groups
        ),
        form.extremes,
    )


def kept_page(
    groups: Sequence[MarkGroup], marks: Mapping[str, Decimal], remarks: Mapping[str, str], extremes: Extremes
) -> SheetPage:
    """Return the page of a sheet as it was sent."""
    return SheetPage(
        tuple(
            AspectRows(
                group.name,
                tuple(
                    MarkRow(
                        field,
                        comma(marks[field.code]) if field.code in marks else "",
                        remark=remarks.get(field.code, ""),
                    )
                    for field in group.fields
                ),
            )
            for group in groups
        ),
        extremes,
    )


def _typed_row(field: MarkField, form, typed, errors) -> MarkRow:
    code = field.code
    remark, value = typed.remarks.get(code, ""), form.marks.get(code)
    remark_errors = list(errors.get(f"alasan_{code}", ()))
    wants_remark = bool(remark or remark_errors or (value is not None and form.extremes.ask(value)))
    return MarkRow(field, typed.marks[code], list(errors.get(f"nilai_{code}", ())), remark, remark_errors, wants_remark)

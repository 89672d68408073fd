"""What a sheet says, from what was typed to what is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sp2k.base.typed import clean_text
from sp2k.judging.marks import asked_fields, clean_marks, clean_remarks, extremes_of
from sp2k.judging.models import Assignment

LONGEST_NOTE = 5_000
LONGEST_REASON = 1_000


@dataclass(frozen=True)
class Filled:
    """A sheet's words, clean: marks by indicator, the reasons of those that want one, note and reason of a change."""

    marks: Mapping[str, Decimal]
    remarks: Mapping[str, str]
    note: str
    reason: str

    @property
    def plain_marks(self) -> dict[str, str]:
        """The marks as exact text: `87.5`, `90`."""
        return {code: f"{value.normalize():f}" for code, value in self.marks.items()}

    def content(self, duty: Assignment) -> dict:
        """Return what is sealed: the very words of the sheet and where it belongs."""
        return {
            "seat": duty.seat.code, "stage": duty.stage.code, "entry": duty.participation.region_code,
            "marks": [list(pair) for pair in self.plain_marks.items()],
            "remarks": [list(pair) for pair in self.remarks.items()], "note": self.note, "reason": self.reason,
        }  # fmt: skip


def filled_sheet(
    duty: Assignment, typed: Mapping[str, object], remarks: Mapping[str, object], *, note: str, reason: str
) -> Filled:
    """Return what was typed as it can be sealed, or raise BadInput with the first fault."""
    marks = clean_marks(typed, asked_fields(duty))
    return Filled(
        marks,
        clean_remarks(remarks, marks, extremes_of(duty.stage)),
        clean_text(note, name="Catatan", longest=LONGEST_NOTE),
        clean_text(reason, name="Alasan perubahan", longest=LONGEST_REASON),
    )

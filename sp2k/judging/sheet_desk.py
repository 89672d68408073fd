"""Everything a page needs of one duty for the juror who has it: the sheets, the draft, the form, why it cannot be filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from string import ascii_uppercase

from django.utils.dateparse import parse_datetime

from sp2k.accounts.policy import why_not
from sp2k.base.clock import Clocks, moment
from sp2k.entries.sealing import Sending, seal_code
from sp2k.instruments.applying import Unasked, unasked
from sp2k.instruments.fields import mark_groups
from sp2k.judging.actions.drafts import Typed, words_of
from sp2k.judging.forms.sheets import SheetForm, as_data, new_copy
from sp2k.judging.marks import asked_fields, comma, extremes_of
from sp2k.judging.models import Assignment, LateSheet, Sheet
from sp2k.judging.queries.opening import require_late_sheet, require_sheets
from sp2k.judging.queries.sheets import (
    DutyRow,
    OwnSheet,
    StageDuties,
    current_revision,
    duties_by_stage,
    own_duties,
    why_not_write,
)
from sp2k.judging.sheet_page import SheetPage, kept_page, typed_page


@dataclass(frozen=True)
class SheetDesk:
    """One duty on its juror's desk, among the juror's other duties at the stage."""

    user: object
    duties: StageDuties
    row: DutyRow
    now: datetime

    @property
    def duty(self) -> Assignment:
        return self.row.duty

    @property
    def zone(self) -> str:
        return self.duty.edition.zone

    @cached_property
    def revision(self) -> int:
        """The revision that the next sheet changes."""
        return current_revision(self.duty)

    @property
    def form_name(self) -> str:
        """The address of the form: a sheet's own, or that of its change."""
        return "judging:change-sheet" if self.row.standing else "judging:sheet"

    @property
    def is_stale(self) -> bool:
        """The draft changes a revision that is no longer the last: another device was faster."""
        return self.row.draft is not None and self.row.draft.base_rev != self.revision

    @property
    def is_late(self) -> bool:
        return self.duty.stage.is_over(self.now)

    @property
    def ended(self) -> str:
        """Why the stage takes nothing any more."""
        return self.duty.stage.opening_in_words(self.now)

    @cached_property
    def why_not(self) -> str | None:
        return why_not_write(self.row, self.user, now=self.now)

    @property
    def why_no_change(self) -> str | None:
        """Why the sheet that stands can no longer be changed: the ordinary rule, or what bars any writing."""
        return self.why_not or why_not(self.user, "sheet.write", self.duty, now=self.now)

    def form(self, data: Mapping, *, is_draft=False) -> SheetForm:
        """The form of what is kept, or of what a page posted: that page says itself which revision it changes."""
        return SheetForm(
            data, fields=asked_fields(self.duty), extremes=extremes_of(self.duty.stage),
            is_change=data.get("base_rev", str(self.revision)) != "0", is_draft=is_draft,
        )  # fmt: skip

    def page(self) -> dict:
        """What every page of the duty shows."""
        return {
            "desk": self, "duty": self.duty, "row": self.row, "duties": self.duties, "stage": self.duty.stage,
            "edition": self.duty.edition,
        }  # fmt: skip

    def form_page(self, form: SheetForm | None = None) -> dict:
        """The form as it stands: what was posted and refused, else the draft, else the sheet that is to be changed."""
        draft = self.row.draft
        form = form or self.form(as_data(self._words()), is_draft=True)
        sending = Sending(draft.op_id, draft.device_nonce, draft.base_rev) if draft else Sending(base_rev=self.revision)
        return self.page() | {
            "form": form, "sheet": typed_page(self._groups, form), "sending": sending, "copy": new_copy(),
            "seen": draft.version if draft else 0,
        }  # fmt: skip

    def sealed_page(self, own: OwnSheet | None = None) -> dict:
        """A sheet as sent: the one that stands unless another revision is asked for, or the late one."""
        shown = own or self.row.standing
        late = self.row.late[-1] if self.row.late else None
        kept = shown.sheet if shown else late
        return self.page() | {
            "own": shown, "late": late, "kept": kept, "code": seal_code(kept.commitment) if kept.commitment else "",
            "sheet": self._kept(kept), "is_old": own is not None and own != self.row.standing,
            "next": next((row for row in self.duties.waiting() if row.duty.pk != self.duty.pk), None),
        }  # fmt: skip

    def versions_page(self) -> dict:
        """The draft's versions, and the sheet that stands, mark beside mark."""
        draft = self.row.draft
        versions = [Version("A", draft.copy, draft.updated_at, words_of(draft))]
        for letter, aside in zip(ascii_uppercase[1:], reversed(draft.set_aside), strict=False):
            words = Typed(aside["marks"], aside["remarks"], aside["note"], aside["reason"])
            versions.append(Version(letter, aside["copy"], parse_datetime(aside["at"]), words))
        return self.page() | {"versions": versions, "lines": self._lines(versions), "standing": self._standing_words()}

    @cached_property
    def _groups(self):
        return mark_groups(self.duty.stage.instrument, traits=self.duty.participation.entry.traits)

    @property
    def unasked(self) -> list[Unasked]:
        """What of the instrument does not apply to the kecamatan (t.b.): it is not on the sheet, and not missing."""
        return list(unasked(self.duty.stage.instrument, self.duty.participation.entry.traits).values())

    def _words(self) -> Typed:
        """What the form begins with."""
        if self.row.draft:
            return words_of(self.row.draft)
        return self._standing_words() or self._late_words() or Typed()

    def _standing_words(self) -> Typed | None:
        if self.row.standing is None:
            return None
        sheet = self.row.standing.sheet
        require_sheets(self.duty.stage, [sheet])
        marks = list(sheet.marks.all())
        return Typed(
            {mark.indicator: comma(mark.value) for mark in marks},
            {mark.indicator: mark.remark for mark in marks if mark.remark},
            sheet.note,
        )

    def _late_words(self) -> Typed | None:
        """What came late, where the stage has since been opened again."""
        if not self.row.late:
            return None
        late = self.row.late[-1]
        return Typed({code: comma(Decimal(text)) for code, text in late.marks.items()}, late.remarks, late.note)

    def _kept(self, kept: Sheet | LateSheet) -> SheetPage:
        return kept_sheet_page(kept, self.duty)

    def _lines(self, versions) -> list:
        """Each mark with its text in every version, to be compared from left to right."""
        standing = self._standing_words()
        words = [*([standing] if standing else []), *(version.words for version in versions)]
        return [
            (field, texts, len({text.strip() for text in texts}) > 1)
            for field in asked_fields(self.duty).values()
            for texts in [[said.marks.get(field.code, "") for said in words]]
        ]


@dataclass(frozen=True)
class Version:
    """One page's words about a sheet, and when they were kept; the letter tells versions of one minute apart."""

    letter: str
    copy: str
    at: datetime
    words: Typed


def desk_of(user, duty: int, *, now: datetime | Clocks) -> SheetDesk | None:
    """Return the desk of one of the user's own duties; None for any other number, whether it exists or not."""
    own = own_duties(user).filter(pk=duty).first()
    if own is None:
        return None
    now = moment(now, own.stage.edition)
    [duties] = duties_by_stage(user, now=now, stage=own.stage)
    return SheetDesk(user, duties, duties.row_of(own), now)


def kept_sheet_page(kept: Sheet | LateSheet, duty: Assignment) -> SheetPage:
    """Return a sheet's marks as sent, by aspect."""
    groups = mark_groups(duty.stage.instrument, traits=duty.participation.entry.traits)
    extremes = extremes_of(duty.stage)
    if isinstance(kept, LateSheet):
        require_late_sheet(duty.stage, kept)
        marks = {code: Decimal(text) for code, text in kept.marks.items()}
        return kept_page(groups, marks, kept.remarks, extremes)
    require_sheets(duty.stage, [kept])
    rows = list(kept.marks.all())
    return kept_page(
        groups, {row.indicator: row.value for row in rows}, {row.indicator: row.remark for row in rows}, extremes
    )

"""A sheet being written: kept as typed, seen by its writer alone, and never written over by another page unseen."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import Refused
from sp2k.entries.sealing import Sending, is_sealed_as
from sp2k.judging.contents import filled_sheet
from sp2k.judging.holding import held_assignments
from sp2k.judging.marks import comma
from sp2k.judging.models import Assignment, LateSheet, Sheet, SheetDraft

LONGEST_TEXT = {"marks": 60, "remarks": 2_000, "note": 20_000, "reason": 20_000}
MOST_SET_ASIDE = 20
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # what no database keeps as text; all else stays as typed


@dataclass(frozen=True)
class Typed:
    """What stands on a sheet as typed, readable or not."""

    marks: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(text.strip() for text in (*self.marks.values(), *self.remarks.values(), self.note, self.reason))


@dataclass(frozen=True)
class Copy:
    """The open page that writes: its own name, and the last version of the draft it has seen (0: none)."""

    name: str
    seen: int = 0


@transaction.atomic
def keep_draft(
    assignment: Assignment, typed: Typed, copy: Copy, sending: Sending, *, by, now: datetime
) -> SheetDraft | None:
    """Keep what is typed. Returns the draft; where another page wrote meanwhile, this page's words are set aside in it.

    A draft is no sheet: it counts for nothing, needs no complete marks, and makes no journal line.
    """
    [duty] = held_assignments([assignment])
    require(by, "draft.keep", duty, now=now)
    typed = _storable(typed, duty)
    draft = SheetDraft.objects.select_for_update().filter(assignment=duty, by=by).first()
    if draft is None:
        is_nothing = typed.is_empty or _was_sent(duty, typed, sending)
        return None if is_nothing else _begin(duty, typed, copy, sending, by=by, now=now)
    is_unchanged = typed == words_of(draft)
    if copy.name == draft.copy and is_unchanged:
        return draft  # a page that closes saves once more: the page opened after it has seen all there is
    if copy.name == draft.copy or copy.seen == draft.version:
        _write(draft, typed, copy=copy.name, now=now)
    elif not is_unchanged:
        _set_aside(draft, typed, copy=copy.name, now=now)
    return draft


def is_set_aside(draft: SheetDraft | None, copy: str) -> bool:
    """Return whether a page's words stand beside the draft, because another page was faster."""
    return draft is not None and draft.copy != copy and any(version["copy"] == copy for version in draft.set_aside)


@transaction.atomic
def choose_version(draft: SheetDraft, copy: str, *, base_rev: int, by, now: datetime) -> SheetDraft:
    """Let one of the versions be the draft that goes on; the one before it is set aside in turn.

    Parameters
    ----------
    copy : the page whose version is chosen; that of the draft itself keeps it
    base_rev : the revision the juror has just been shown beside the versions: what the choice changes
    """
    [duty] = held_assignments([draft.assignment])
    require(by, "draft.keep", duty, now=now)
    draft = SheetDraft.objects.select_for_update().get(pk=draft.pk, by=by)
    if copy != draft.copy:
        chosen = next((version for version in draft.set_aside if version["copy"] == copy), None)
        if chosen is None:
            raise Refused("Versi itu tidak ada lagi. Muat ulang halaman, lalu pilih lagi.")
        draft.set_aside = [version for version in draft.set_aside if version["copy"] != copy]
        _set_aside(draft, words_of(draft), copy=draft.copy, now=draft.updated_at)
        _write(draft, _typed(chosen), copy=copy, now=now)
    if draft.base_rev != base_rev:
        draft.base_rev, draft.op_id = base_rev, uuid4()  # a choice is a new sending
        draft.save(update_fields=["base_rev", "op_id"])
    return draft


@transaction.atomic
def discard_draft(draft: SheetDraft, *, by, now: datetime) -> None:
    """Throw away a draft and its versions, as its writer says."""
    [duty] = held_assignments([draft.assignment])
    require(by, "draft.keep", duty, now=now)
    SheetDraft.objects.filter(pk=draft.pk, by=by).delete()


def end_draft(duty: Assignment, sending: Sending, *, by) -> None:
    """The draft became a sheet. A version that was set aside and never chosen stays, as a draft of a change."""
    draft = SheetDraft.objects.filter(assignment=duty, by=by, op_id=sending.op_id).first()
    if draft is None:
        return
    if not draft.set_aside:
        draft.delete()
        return
    *others, newest = draft.set_aside
    draft.set_aside, draft.op_id = others, uuid4()
    _write(draft, _typed(newest), copy=newest["copy"], now=draft.updated_at)
    draft.save(update_fields=["set_aside", "op_id"])


def give_back(sheet: Sheet, *, base_rev: int, now: datetime) -> None:
    """Make a voided sheet its writer's draft again, unless a draft is there; part of an act, never one by itself."""
    duty = sheet.assignment
    if SheetDraft.objects.filter(assignment=duty, by=sheet.by).exists():
        return
    marks = list(sheet.marks.all())
    sending = Sending(base_rev=base_rev)
    SheetDraft.objects.create(
        assignment=duty, by=sheet.by, op_id=sending.op_id, device_nonce=sending.device_nonce, base_rev=base_rev,
        marks={mark.indicator: comma(mark.value) for mark in marks},
        remarks={mark.indicator: mark.remark for mark in marks if mark.remark},
        note=sheet.note, updated_at=now, restored_from=sheet,
    )  # fmt: skip


def words_of(draft: SheetDraft) -> Typed:
    """Return what a draft holds, as typed."""
    return Typed(draft.marks, draft.remarks, draft.note, draft.reason)


def _was_sent(duty, typed, sending) -> bool:
    """Return whether these very words were sealed a moment ago: a page that closes saves once more, then it is late."""
    try:
        content = filled_sheet(duty, typed.marks, typed.remarks, note=typed.note, reason=typed.reason).content(duty)
    except Refused:
        return False
    rows = (row for model in (Sheet, LateSheet) for row in model.objects.filter(op_id=sending.op_id))
    return any(is_sealed_as(content, row) for row in rows)


def _begin(duty, typed, copy, sending, *, by, now) -> SheetDraft:
    used = any(
        rows.filter(op_id=sending.op_id).exists() for rows in (SheetDraft.objects, Sheet.objects, LateSheet.objects)
    )
    return SheetDraft.objects.create(
        assignment=duty, by=by, op_id=uuid4() if used else sending.op_id, device_nonce=sending.device_nonce,
        base_rev=sending.base_rev or 0, copy=copy.name, updated_at=now, **asdict(typed),
    )  # fmt: skip


def _write(draft, typed: Typed, *, copy, now) -> None:
    draft.marks, draft.remarks, draft.note, draft.reason = typed.marks, typed.remarks, typed.note, typed.reason
    draft.copy, draft.updated_at, draft.version = copy, now, draft.version + 1
    draft.save(update_fields=["marks", "remarks", "note", "reason", "copy", "updated_at", "version", "set_aside"])


def _set_aside(draft, typed: Typed, *, copy, now) -> None:
    others = [version for version in draft.set_aside if version["copy"] != copy]
    draft.set_aside = [*others, {"copy": copy, "at": now.isoformat(), **asdict(typed)}][-MOST_SET_ASIDE:]
    draft.save(update_fields=["set_aside"])


def _typed(version: Mapping) -> Typed:
    return Typed(version["marks"], version["remarks"], version["note"], version["reason"])


def _storable(typed: Typed, duty) -> Typed:
    """Keep what a database can hold, of the indicators on the sheet, each text to a length nobody types."""

    def text(kind, value):
        return _UNSTORABLE.sub("", str(value))[: LONGEST_TEXT[kind]]

    return Typed(
        {code: text("marks", value) for code, value in typed.marks.items()},
        {code: text("remarks", value) for code, value in typed.remarks.items()},
        text("note", typed.note),
        text("reason", typed.reason),
    )

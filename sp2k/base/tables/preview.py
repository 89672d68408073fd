"""What a list would change, row by row, with what stands now beside what would stand: shown before it is done."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

NEW, CHANGED, SAME, WRONG = "baru", "berubah", "tetap", "salah"
LABELS = {NEW: _("baru"), CHANGED: _("berubah"), SAME: _("tetap"), WRONG: _("salah")}


@dataclass(frozen=True)
class Change:
    """One thing about a row: what it is, what is recorded now, and what the list says; an empty text is nothing."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Ask:
    """Something that may be a mistake: a sentence that has to be agreed to before the list is taken in."""

    key: str
    sentence: str


@dataclass(frozen=True)
class PreviewRow:
    """One row of a file: whom it is about, what becomes of it (`kind`), and each change; `says` are faults."""

    number: int
    name: str
    detail: str
    kind: str
    changes: tuple[Change, ...] = ()
    says: tuple[str, ...] = ()

    @property
    def label(self):
        return LABELS[self.kind]


@dataclass(frozen=True)
class ListPreview:
    """A whole list.

    Attributes
    ----------
    rows : every row of the file, in its order
    asks : what has to be agreed to
    notes : what may be a mistake in the file as a whole
    stays : what does not change
    """

    rows: tuple[PreviewRow, ...]
    asks: tuple[Ask, ...] = ()
    notes: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        return {kind: sum(row.kind == kind for row in self.rows) for kind in LABELS}

    @property
    def is_wrong(self) -> bool:
        return any(row.kind == WRONG for row in self.rows)

    @property
    def changes_something(self) -> bool:
        return any(row.kind in (NEW, CHANGED) for row in self.rows)

    @property
    def shown(self) -> list[PreviewRow]:
        """The rows that are wrong or, where none is, those that change something."""
        wanted = (WRONG,) if self.is_wrong else (NEW, CHANGED)
        return [row for row in self.rows if row.kind in wanted]

    @property
    def mark(self) -> str:
        """A hash of what is shown: another one on the way back means that something changed since."""
        told = [
            [(row.number, row.name, row.kind, [(c.what, c.old, c.new) for c in row.changes], row.says) for row in self.rows],
            [(ask.key, ask.sentence) for ask in self.asks], self.notes, self.stays,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def changes_between(pairs: Sequence[tuple[str, str, str]]) -> tuple[Change, ...]:
    """Return the changes among triples of what, old and new."""
    return tuple(Change(*pair) for pair in pairs if pair[1] != pair[2])

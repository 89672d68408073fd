"""Counting a stage again by its own rules, by the code that counts it officially: with a juror left out, or freed of
strictness."""

import copy
from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from sp2k.tally.count import count_ledger
from sp2k.tally.sheets import Ledger, MarkError
from sp2k.tally.sheets.columns import FIRST_MARK, Column
from sp2k.tally.two_way import NotConnected, juror_effects


@dataclass(frozen=True, eq=False)
class TallyRecount:
    """A stage's places, and what they would be by the same rules from other marks.

    Attributes
    ----------
    ledger : Ledger
    entries : tuple of str
        What the codes of the analysis mean.
    official : int array, shape (n_entries,), optional
        The places as they stand, with what was ruled on ties.
    """

    ledger: Ledger
    entries: tuple[str, ...]
    official: np.ndarray | None = None

    @cached_property
    def counted(self) -> np.ndarray | None:
        return self._unless_refused(lambda: self.ledger)

    @property
    def places(self) -> np.ndarray | None:
        """The places that stand, shape (n_entries,); None of marks that were never counted."""
        return self.counted if self.official is None else self.official

    def without(self, juror: int) -> np.ndarray | None:
        """Places without a juror, 0 for an entry nobody else judged; None where the rules cannot be counted so."""
        return self._as_ruled(self._unless_refused(lambda: _without(self.ledger, self.ledger.rules.assessors[juror])))

    def freed(self) -> np.ndarray | None:
        """Places with each juror's strictness taken off his marks, indicator by indicator; None where none is told."""
        return self._as_ruled(self._unless_refused(lambda: _freed(self.ledger)))

    def _unless_refused(self, changed: Callable[[], Ledger]) -> np.ndarray | None:
        try:
            found = {result.code: result.place or 0 for result in count_ledger(changed()).results}
        except (MarkError, NotConnected):
            return None
        return np.array([found[code] for code in self.entries])

    def _as_ruled(self, found: np.ndarray | None) -> np.ndarray | None:
        """Of equals that were equal before, first whoever was ruled ahead."""
        if found is None or self.official is None or self.counted is None:
            return found
        scope = [self.ledger.rules.scope_of(code) for code in self.entries]
        alike: dict[tuple, list[int]] = {}
        for entry, place in enumerate(found.tolist()):
            alike.setdefault((scope[entry], place), []).append(entry)
        out = found.copy()
        for (_scope, place), group in alike.items():
            if place and len(group) > 1 and len(set(self.counted[group].tolist())) == 1:
                ruled = self.official[group]
                out[group] = place + (ruled[:, None] > ruled).sum(axis=1)
        return out


def _without(ledger: Ledger, seat: str) -> Ledger:
    """The same without a seat's sheets; findings and carried values stay, whoever wrote them."""
    seats = tuple(other for other in ledger.rules.assessors if other != seat)
    return _with(ledger, rules=replace(ledger.rules, assessors=seats), sheets=_others(ledger.sheets, seat),
                 excused=_others(ledger.excused, seat))  # fmt: skip


def _others(rows, seat: str):
    return {code: {other: kept for other, kept in row.items() if other != seat} for code, row in rows.items()}


def _with(ledger: Ledger, **changed) -> Ledger:
    """A copy with some parts changed; what it had worked out of its marks is forgotten."""
    other = copy.copy(ledger)
    for name, value in {**changed, "effects": {}}.items():
        setattr(other, name, value)
    return other


def _freed(ledger: Ledger) -> Ledger:
    """The same marks, each without what its juror gave above the others on that indicator."""
    sheets = {
        code: {seat: array(tokens.typecode, tokens) for seat, tokens in row.items()} for code, row in ledger.sheets.items()
    }
    return _with(ledger, columns=tuple(_freed_column(column, sheets) for column in ledger.columns), sheets=sheets)


def _freed_column(column: Column, sheets) -> Column:
    marks: dict[str, dict[str, Fraction]] = {}
    for code, row in sheets.items():
        given = {seat: column.points[tokens[column.position]] for seat, tokens in row.items()
                 if tokens[column.position] >= FIRST_MARK}  # fmt: skip
        if given:
            marks[code] = given
    effects = juror_effects(marks) if marks else {}
    freed = copy.copy(column)
    freed.points, freed._scaled, freed._scale, freed._means = [None] * FIRST_MARK, None, 1, {}
    tokens: dict[Fraction, int] = {}
    for code, given in marks.items():
        for seat, points in given.items():
            left = points - effects[seat]
            if left not in tokens:
                tokens[left] = len(freed.points)
                freed.points.append(left)
            sheets[code][seat][column.position] = tokens[left]
    freed.values = freed.points
    return freed

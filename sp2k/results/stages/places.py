"""A frozen count's places as the page shows them: who is within the quota, where the cut lies, what parted a tie."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F

from sp2k.instruments.queries import compiled
from sp2k.judging.queries import conflicts_of
from sp2k.results.frozen import require_frozen_places
from sp2k.results.models import FrozenTally, Placement, TieRuling
from sp2k.results.ties.groups import SHARED, Tie, tie_of_ruling, ties_of
from sp2k.results.ties.page import address_of_tie
from sp2k.results.ties.ruled import as_ruled, outcomes_of

_SEATS = re.compile(r"\b(absen|benturan|tanpa lembar): ([a-z0-9-]+(?:, [a-z0-9-]+)*)")


@dataclass(frozen=True)
class PlaceRow:
    """One entry in the table. `aspects` are pairs of name and figure; a sealed row hides its figures from the viewer."""

    placement: Placement
    aspects: tuple[tuple[str, str | None], ...]
    is_last_before_cut: bool
    shares_place: bool
    is_sealed: bool

    @property
    def entry(self):
        return self.placement.participation.entry

    @property
    def is_at_cut(self) -> bool:
        return self.placement.decided_by == Placement.TIED_AT_CUT


def named_seats(note: str, institutions: dict[str, str]) -> str:
    """Return a note of the count, ``absen: bappeda; ...``, with the institutions in the place of their seats' codes."""
    return _SEATS.sub(lambda found: _with_names(*found.groups(), institutions), note)


def _with_names(state: str, codes: str, institutions: dict[str, str]) -> str:
    return f"{state}: " + ", ".join(institutions.get(code, code) for code in codes.split(", "))


class PlaceRows(Sequence):
    """The rows of a table, best first: the order is known of all, a row is read when it is shown."""

    def __init__(self, tally: FrozenTally, *, user, has_quota: bool):
        order = ("scope", F("place").asc(nulls_last=True), "participation__entry__region")
        shown = "pk", "scope", "place", "is_through", "decided_by"
        self._tally, self._user, self._has_quota = tally, user, has_quota
        self._outcomes = outcomes_of([tally])
        self.brief = self._as_ruled(list(tally.placements.order_by(*order).values_list(*shown, named=True)))
        self._sharing = Counter((row.scope, row.place) for row in self.brief if row.place is not None)

    def __len__(self):
        return len(self.brief)

    def __getitem__(self, wanted):
        if isinstance(wanted, slice):
            return self.read(range(len(self))[wanted])
        return self.read([range(len(self))[wanted]])[0]

    def __iter__(self):
        return iter(self[:])

    @property
    def rulings(self) -> list[TieRuling]:
        return list({outcome.ruling.pk: outcome.ruling for outcome in self._outcomes.values()}.values())

    def _as_ruled(self, rows) -> list:
        """The order of all places with what was ruled; rows that share a place stay in the order of their regions."""
        if not self._outcomes:
            return rows
        rows = [self._one_as_ruled(row) for row in rows]
        return sorted(rows, key=lambda row: (row.scope, row.place is None, row.place or 0))

    def _one_as_ruled(self, row):
        outcome = self._outcomes.get(row.pk)
        if outcome is None:
            return row
        return row._replace(place=outcome.place, is_through=outcome.is_through, decided_by=outcome.decided_by)

    @cached_property
    def aspects(self) -> tuple[tuple[str, str], ...]:
        """Code and name of the aspects that the places carry figures of."""
        stage = self._tally.stage
        first = self._tally.placements.filter(pk__in=[row.pk for row in self.brief[:1]])
        held = {code for figures in first.values_list("aspects", flat=True) for code in figures}
        if stage.instrument is None or not held:
            return ()
        return tuple((aspect.code, aspect.name) for aspect in compiled(stage.instrument).aspects if aspect.code in held)

    @cached_property
    def _sealed(self) -> frozenset[int]:
        return conflicts_of(self._user, self._tally.stage.edition)

    def read(self, positions: Sequence[int]) -> list[PlaceRow]:
        """Return the rows at some positions, in a constant number of queries."""
        rows = self._tally.placements.select_related("participation__entry")
        whole = rows.in_bulk([self.brief[n].pk for n in positions])
        as_ruled(whole.values(), self._outcomes)
        return [self._row(whole[self.brief[n].pk], n) for n in positions]

    @cached_property
    def _institutions(self) -> dict[str, str]:
        """The institutions of the seats, for the notes of the count, which knows them by their codes."""
        return dict(self._tally.stage.seats.values_list("code", "institution"))

    def _row(self, placement: Placement, n: int) -> PlaceRow:
        if ": " in placement.note:
            placement.note = named_seats(placement.note, self._institutions)
        return PlaceRow(
            placement, tuple((name, placement.aspects.get(code)) for code, name in self.aspects),
            self._has_quota and self._ends_the_quota(n), self._sharing[placement.scope, placement.place] > 1,
            placement.participation.entry_id in self._sealed,
        )  # fmt: skip

    def _ends_the_quota(self, n: int) -> bool:
        """Whether the double rule lies below this row: it goes on, and the next of the same scope does not."""
        if not self.brief[n].is_through or n + 1 == len(self):
            return False
        after = self.brief[n + 1]
        return after.scope == self.brief[n].scope and not after.is_through


@dataclass(frozen=True)
class PlacesTable:
    """All places of a stage, best first, one scope after the other."""

    tally: FrozenTally
    rows: PlaceRows
    has_quota: bool
    carries: bool

    @property
    def aspects(self) -> tuple[tuple[str, str], ...]:
        return self.rows.aspects

    @property
    def n_through(self) -> int:
        return sum(row.is_through for row in self.rows.brief)

    @cached_property
    def ties(self) -> list[tuple[Tie, str]]:
        """The ties that still decide something, each with the address of its page."""
        is_tied = any(row.decided_by in (SHARED, Placement.TIED_AT_CUT) for row in self.rows.brief)
        return [(tie, address_of_tie(tie)) for tie in ties_of(self.tally)] if is_tied else []

    @cached_property
    def rulings(self) -> list[tuple[TieRuling, str, Tie]]:
        """What was ruled on ties of this count, each with the address of its page and the tie itself."""
        found = [(ruling, tie_of_ruling(ruling, self.tally)) for ruling in self.rows.rulings]
        return [(ruling, address_of_tie(tie), tie) for ruling, tie in found]


def places_table(tally: FrozenTally, *, user) -> PlacesTable:
    """Return the table of a frozen count for one viewer: figures of entries in conflict with him stay sealed."""
    require_frozen_places(tally)
    has_quota = "kuota" in tally.stage.rules
    carries = tally.placements.exclude(own_total__in=["", F("total")]).exists()
    return PlacesTable(tally, PlaceRows(tally, user=user, has_quota=has_quota), has_quota, carries)

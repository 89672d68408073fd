"""A frozen count's places as the page shows them: who is within the quota, where the cut lies, what parted a tie."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from sp2k.instruments.queries import compiled
from sp2k.judging.queries import conflicts_of
from sp2k.results.models import FrozenTally, Placement


@dataclass(frozen=True)
class PlaceRow:
    """One entry in the table. `aspects` follow the heads of the table; a sealed row hides its figures from the viewer."""

    placement: Placement
    aspects: tuple[str | None, ...]
    is_last_before_cut: bool
    shares_place: bool
    is_sealed: bool

    @property
    def entry(self):
        return self.placement.participation.entry

    @property
    def is_at_cut(self) -> bool:
        return self.placement.decided_by == Placement.TIED_AT_CUT


@dataclass(frozen=True)
class PlacesTable:
    """All places of a stage, best first, one scope after the other."""

    tally: FrozenTally
    aspects: tuple[tuple[str, str], ...]
    rows: tuple[PlaceRow, ...]
    has_quota: bool
    carries: bool

    @property
    def n_through(self) -> int:
        return sum(row.placement.is_through for row in self.rows)

    @property
    def tied_at_cut(self) -> list[PlaceRow]:
        return [row for row in self.rows if row.is_at_cut]


def places_table(tally: FrozenTally, *, user) -> PlacesTable:
    """Return the table of a frozen count for one viewer: figures of entries in conflict with him stay sealed."""
    stage = tally.stage
    order = ("scope", F("place").asc(nulls_last=True), "participation__entry__region")
    placements = list(tally.placements.select_related("participation__entry__region__parent").order_by(*order))
    aspects = _aspects(stage, placements)
    sealed = conflicts_of(user, stage.edition)
    shared = Counter((row.scope, row.place) for row in placements if row.place is not None)
    has_quota = "kuota" in stage.rules
    rows = tuple(
        PlaceRow(
            row, tuple(row.aspects.get(code) for code, _ in aspects),
            has_quota and _ends_the_quota(placements, n), shared[row.scope, row.place] > 1,
            row.participation.entry_id in sealed,
        )
        for n, row in enumerate(placements)
    )  # fmt: skip
    carries = any(row.own_total not in ("", row.total) for row in placements)
    return PlacesTable(tally, aspects, rows, has_quota, carries)


def _aspects(stage, placements: Sequence[Placement]) -> tuple[tuple[str, str], ...]:
    """Code and name of the aspects that the places carry figures of."""
    held = {code for row in placements[:1] for code in row.aspects}
    if stage.instrument is None or not held:
        return ()
    return tuple((aspect.code, aspect.name) for aspect in compiled(stage.instrument).aspects if aspect.code in held)


def _ends_the_quota(placements: Sequence[Placement], n: int) -> bool:
    """Whether the double rule lies below this row: it goes on, and the next of the same scope does not."""
    if not placements[n].is_through or n + 1 == len(placements):
        return False
    after = placements[n + 1]
    return after.scope == placements[n].scope and not after.is_through

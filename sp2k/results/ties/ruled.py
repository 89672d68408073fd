"""Places as they stand: the frozen count, and beside it what was ruled where the chain had left a tie.

The count is never changed. Whoever shows a place, lets someone go on, gives a title or prints a document reads the
places here, so that all of them say the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from sp2k.results.frozen import require_frozen_places
from sp2k.results.models import FrozenTally, Placement, TieRuling


@dataclass(frozen=True)
class Outcome:
    """What a ruling makes of one placement."""

    place: int
    is_through: bool
    ruling: TieRuling

    @property
    def decided_by(self) -> str:
        return self.ruling.way


def rulings_of(tally: FrozenTally) -> list[TieRuling]:
    """Return the rulings that end ties of a frozen count, in the order of its places.

    A ruling made on a regency's own ranking holds in the count of the whole selection too.
    """
    return [ruling for ruling, _rows in _fitting([tally])]


def outcomes_of(tallies: Iterable[FrozenTally]) -> Mapping[int, Outcome]:
    """Return by the key of a placement what was ruled; empty where no tie was ruled. Constant queries."""
    found = {}
    for ruling, rows in _fitting(list(tallies)):
        for n, code in enumerate(ruling.order):
            row = rows[code]
            place = ruling.place + n if ruling.way == TieRuling.Way.PLENARY else ruling.place
            is_through = row.is_through if ruling.seats is None else n < ruling.seats
            found[row.pk] = Outcome(place, is_through, ruling)
    return found


def placements_of(tally: FrozenTally, *, placed_only: bool = False) -> list[Placement]:
    """Return the places of a count, best first within each scope, those without a place last, as they stand."""
    rows = require_frozen_places(tally).placements.select_related("participation__entry__region__parent")
    rows = rows.filter(place__isnull=False) if placed_only else rows
    ordered = rows.order_by("scope", F("place").asc(nulls_last=True), "participation__entry__region")
    return as_ruled(list(ordered), outcomes_of([tally]))


def as_ruled(rows: Sequence[Placement], outcomes: Mapping[int, Outcome]) -> list[Placement]:
    """Return placements with what was ruled in the place of what was counted, by place; they are never saved."""
    if not outcomes:
        return list(rows)
    for row in rows:
        if outcome := outcomes.get(row.pk):
            row.place, row.is_through, row.decided_by = outcome.place, outcome.is_through, outcome.decided_by
            row.ruling = outcome.ruling
    return sorted(rows, key=lambda row: (row.scope, row.place is None, row.place or 0, row.participation.region_code))


def _fitting(tallies: Sequence[FrozenTally]) -> list[tuple[TieRuling, dict[str, Placement]]]:
    """Return each ruling with the placements it is about, for those whose equals are exactly the ones ruled on."""
    rulings = list(ruled_ties().filter(tally__stage__in={tally.stage_id for tally in tallies}))
    if not rulings:
        return []
    groups: dict[tuple, dict[str, Placement]] = {}
    rows = Placement.objects.filter(tally__in=tallies, place__in={ruling.place for ruling in rulings})
    for row in rows.select_related("participation__entry"):
        groups.setdefault((row.tally_id, row.scope, row.place), {})[row.participation.region_code] = row
    found = []
    for tally in tallies:
        for ruling in rulings:
            rows = groups.get((tally.pk, ruling.scope, ruling.place), {})
            if ruling.tally.stage_id == tally.stage_id and set(rows) == set(ruling.order):
                found.append((ruling, rows))
    return found


def ruled_ties() -> QuerySet[TieRuling]:
    """Return the rulings in force, with what a reader of them needs."""
    rows = TieRuling.objects.filter(ruled_at__isnull=False, tally__withdrawn_at=None)
    rows = rows.select_related("tally__stage", "by", "ruled_by")
    return rows.defer("tally__rules", "tally__sheets", "tally__places", "tally__trace").order_by("scope", "place", "pk")

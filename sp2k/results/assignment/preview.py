"""What a plan would change, in counts and sentences, before it is saved."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sp2k.editions.models import Stage
from sp2k.entries.models import Entry
from sp2k.judging.models import Assignment, Seat
from sp2k.judging.planning.plans import Pair, Plan, as_text
from sp2k.judging.queries.duties import PlanChange, change_of, duties_by_pair
from sp2k.results.certainty.panels import PanelWarning, planned_warning

SHOWN = 12


@dataclass(frozen=True)
class EntryChange:
    """One entry whose duties change: the seats that judge it now, and those that would."""

    entry: Entry
    now: str
    then: str


@dataclass(frozen=True)
class Preview:
    """A plan against what stands, and the warning of the design check for what would stand then."""

    plan: Plan
    text: str
    change: PlanChange
    warning: PanelWarning | None
    loads: list[tuple[Seat, int]]
    n_without: int
    before: dict[str, list[str]]
    after: dict[str, list[str]]

    @property
    def mark(self) -> str:
        """A hash of what is shown: the saving brings it back, and another one means that duties changed since."""
        told = [[str(row.entry), row.now, row.then] for row in self.rows]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @cached_property
    def rows(self) -> list[EntryChange]:
        """Every entry whose duties change, by its code."""
        changed: dict[str, EntryChange] = {}
        for duty in sorted([*self.change.added, *self.change.removed], key=lambda duty: duty.participation.region_code):
            code = duty.participation.region_code
            if code not in changed:
                now, then = self.before.get(code, ()), self.after.get(code, ())
                changed[code] = EntryChange(duty.participation.entry, ", ".join(now), ", ".join(then))
        return list(changed.values())

    @property
    def shown_removed(self) -> list[Assignment]:
        return self.change.removed[:SHOWN]

    @property
    def shown_fast(self) -> list[Assignment]:
        return self.change.held_fast[:SHOWN]

    @property
    def n_more_fast(self) -> int:
        return max(0, len(self.change.held_fast) - SHOWN)

    @property
    def n_more_removed(self) -> int:
        return max(0, len(self.change.removed) - SHOWN)


def preview_of(stage: Stage, plan: Plan) -> Preview:
    """Return the preview in a constant number of queries."""
    change = change_of(stage, plan)
    seats = list(stage.seats.all())
    loads = [(seat, sum(pair[1] == seat.code for pair in change.standing)) for seat in seats]
    codes = set(stage.participations.values_list("entry__region_id", flat=True))
    n_without = len(codes - {entry for entry, _ in change.standing})
    before = set(duties_by_pair(stage))
    gone = {(duty.participation.region_code, duty.seat.code) for duty in change.removed}
    after = before - gone | {(duty.participation.region_code, duty.seat.code) for duty in change.added}
    named = {seat.code: seat.institution for seat in seats}
    return Preview(
        plan, as_text(plan), change, planned_warning(stage, change.standing), loads, n_without,
        _by_entry(before, named), _by_entry(after, named),
    )  # fmt: skip


def _by_entry(pairs: Iterable[Pair], named: dict[str, str]) -> dict[str, list[str]]:
    seats: dict[str, list[str]] = {}
    for entry, seat in sorted(pairs):
        seats.setdefault(entry, []).append(named.get(seat, seat))
    return seats

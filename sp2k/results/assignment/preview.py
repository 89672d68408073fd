"""What a plan would change, in counts and sentences, before it is saved."""

from dataclasses import dataclass

from sp2k.editions.models import Stage
from sp2k.judging.models import Assignment, Seat
from sp2k.judging.planning.plans import Plan, as_text
from sp2k.judging.queries.duties import PlanChange, change_of
from sp2k.results.certainty.panels import PanelWarning, planned_warning

SHOWN = 12


@dataclass(frozen=True)
class Preview:
    """A plan against what stands, and the warning of the design check for what would stand then."""

    plan: Plan
    text: str
    change: PlanChange
    warning: PanelWarning | None
    loads: list[tuple[Seat, int]]
    n_without: int

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
    return Preview(plan, as_text(plan), change, planned_warning(stage, change.standing), loads, n_without)

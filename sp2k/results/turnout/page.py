"""The turnout as pages show it, in the reader's language."""

from dataclasses import dataclass

from sp2k.editions.models import Edition, Stage
from sp2k.results.turnout.reading import Declined, Turnout, turnouts_of
from sp2k.results.turnout.wording import EmptySeatSaid, empty_seats_said, turnout_figure, unjudged_by_reason


@dataclass(frozen=True)
class TurnoutShown:
    """One stage: its figure, who was not judged by reason, who declined, and its empty seats with their effect."""

    figure: tuple[str, str]
    n_unjudged: int
    unjudged: tuple[tuple[str, tuple[str, ...]], ...]
    declined: tuple[Declined, ...]
    empty_seats: tuple[EmptySeatSaid, ...]


def turnouts_shown(edition: Edition, *, stage: Stage | None = None) -> list[TurnoutShown]:
    """Return the turnout of each frozen stage of an edition, or of one of them."""
    rows = turnouts_of(edition)
    return [_shown(row) for row in rows if stage is None or row.stage.pk == stage.pk]


def _shown(row: Turnout) -> TurnoutShown:
    # A ranking without a place of its own was told where it was not judged: the filling stage before it.
    unjudged = () if row.stage.kind == Stage.Kind.SELECTION else tuple(unjudged_by_reason(row.unjudged).items())
    return TurnoutShown(
        turnout_figure(row), row.n_unjudged if unjudged else 0, unjudged, row.declined, tuple(empty_seats_said(row))
    )

"""What an empty seat did to the result: the frozen input counted again without that seat, by the same exact rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sp2k.base.exactyaml import load
from sp2k.tally.count import Count, count
from sp2k.tally.numbers import fixed_text
from sp2k.tally.sheets import MarkError, MarkLines
from sp2k.tally.sheets.ledger import CARRIED, CARRIED_ASPECT, CARRIED_TOTAL, FINDING, WHOLE_SHEET
from sp2k.tally.stage_rules import RulesError, read_stage_rules


@dataclass(frozen=True)
class FrozenStage:
    """A frozen count's own texts: what was counted, and nothing that was made of it."""

    code: str
    rules: str
    sheets: str


@dataclass(frozen=True)
class StageEffect:
    """What differs in one stage: who goes on now and did not, who did and does not, and each place with other holders.

    `holders` maps a place to its holders as counted and as counted anew, where they differ.
    """

    stage: str
    has_cut: bool
    enter: tuple[str, ...]
    leave: tuple[str, ...]
    holders: Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]

    @property
    def moves_the_cut(self) -> bool:
        return bool(self.enter or self.leave)


@dataclass(frozen=True)
class SeatEffect:
    """What would differ without a seat, stage by stage from its own on.

    `impossible` says why it cannot be told, in Indonesian. Where a cut moves, the stages after it are not told: nobody
    judged those who would have come. `has_sheet` is whether the seat gave a sheet at all: without one there is nothing
    to leave out, and nothing was compared.
    """

    stages: tuple[StageEffect, ...]
    impossible: str = ""
    has_sheet: bool = True


@lru_cache(maxsize=64)
def effect_without(stages: tuple[FrozenStage, ...], seat: str) -> SeatEffect:
    """Count the first stage without a seat altogether, and those after it with what it would have given them.

    Parameters
    ----------
    stages : the stage of the seat and the frozen ones after it, in order
    seat : code of the seat

    Returns
    -------
    SeatEffect
        The same for the same texts: they alone are the key under which it is remembered.
    """
    told, carried, has_sheet = [], {}, _has_sheet(stages[0], seat)
    for n, stage in enumerate(stages):
        before = _counted(stage)
        try:
            after = _counted(stage, without="" if n else seat, carried=carried)
        except (MarkError, RulesError) as error:
            return SeatEffect(tuple(told), error.sentence, has_sheet)
        told.append(_difference(stage.code, before, after))
        if told[-1].moves_the_cut:
            break
        carried[CARRIED + stage.code] = _carried_on(after)
    return SeatEffect(tuple(told), "", has_sheet)


def _has_sheet(stage: FrozenStage, seat: str) -> bool:
    marks = MarkLines(stage.sheets.splitlines(keepends=True))
    return any(
        assessor == seat and item not in WHOLE_SHEET and not item.startswith(FINDING)
        for _entry, assessor, item, _value in marks
    )


def _counted(stage: FrozenStage, *, without: str = "", carried: Mapping | None = None) -> Count:
    rules = load(stage.rules, name="rules.yaml")
    seats = [seat for seat in rules.get("penilai", ()) if seat != without]
    if without:
        rules["penilai"] = seats
    marks = MarkLines(stage.sheets.splitlines(keepends=True))
    return count(read_stage_rules(rules), _changed(marks, without, seats, carried or {}))


def _changed(marks, without: str, seats: Sequence[str], carried: Mapping):
    """The marks without the seat's own; what its team found in the field stays, under another of its seats."""
    for mark in marks:
        code, assessor, item, value = mark
        if assessor == without and not item.startswith(FINDING):
            continue
        if assessor == without and seats:
            assessor = seats[0]
        yield code, assessor, item, carried.get(assessor, {}).get((code, item), value)


def _carried_on(counted: Count) -> dict[tuple[str, str], str]:
    """What a count gives to the stages after it, written as the frozen places write it."""
    decimals = counted.rules.instrument.round_places if counted.rules.instrument else 0
    values = {}
    for result in counted.results:
        if result.place is None:
            continue
        values[result.code, CARRIED_TOTAL] = result.total_text
        for aspect, points in result.aspects.items():
            values[result.code, CARRIED_ASPECT + aspect] = fixed_text(points, decimals)
    return values


def _difference(code: str, before: Count, after: Count) -> StageEffect:
    was, would = _through(before), _through(after)
    held, holds = _holders(before), _holders(after)
    moved = {
        place: (held.get(place, ()), holds.get(place, ()))
        for place in sorted(held.keys() | holds.keys())
        if held.get(place) != holds.get(place)
    }
    has_cut = before.rules.quota is not None
    return StageEffect(code, has_cut, tuple(sorted(would - was)), tuple(sorted(was - would)), moved)


def _through(counted: Count) -> frozenset[str]:
    """Who goes on; where no quota is declared, whoever has a place."""
    return frozenset(
        result.code
        for result in counted.results
        if (result.place is not None if result.is_through is None else result.is_through)
    )


def _holders(counted: Count) -> dict[int, tuple[str, ...]]:
    return {result.place: result.sharing for result in counted.results if result.place is not None}

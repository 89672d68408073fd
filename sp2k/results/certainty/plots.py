"""Drawn columns: positions as percentages, so that a picture is as wide as its cell without a script."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_TICKS = 12


@dataclass(frozen=True)
class Tick:
    """A number on an axis; `side` is `st` or `en` at its ends, where the number would stick out."""

    x: str
    text: str
    side: str = ""


@dataclass(frozen=True)
class RangePlot:
    """A bar from `low` to `high` with a dot."""

    low: str
    high: str
    dot: str


def percent(share: float) -> str:
    """Return `41.67%`, with a point in every language: it is an attribute of a drawing."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def place_at(place: float, n_places: int) -> str:
    """Return where the middle of a place lies on an axis of so many places."""
    return percent((place - 0.5) / n_places)


def place_ticks(n_places: int) -> list[Tick]:
    """Return an axis of places: each one, or every second, fifth or tenth where they are many."""
    step = next(step for step in (1, 2, 5, 10, n_places) if n_places / step <= MOST_TICKS)
    places = [1, *range(step, n_places + 1, step)] if step > 1 else range(1, n_places + 1)
    return [Tick(place_at(place, n_places), str(place)) for place in places]


@dataclass(frozen=True)
class PointAxis:
    """An axis of points around a zero line, reaching `reach` to both sides."""

    reach: float

    @classmethod
    def around(cls, values: Sequence[float]) -> "PointAxis":
        """Return an axis that holds all values, with a little room at its ends."""
        return cls(1.1 * max([abs(value) for value in values if value == value] + [0.1]))

    def at(self, value: float) -> str:
        return percent((value + self.reach) / (2 * self.reach))

    @property
    def ticks(self) -> list[float]:
        """Return round numbers symmetric around 0."""
        step = next(
            size * 10.0**power
            for power in range(-3, 12)
            for size in (1, 2, 5)
            if self.reach / (size * 10.0**power) < 3
        )
        steps = int(self.reach / step)
        return [n * step for n in range(-steps, steps + 1)]

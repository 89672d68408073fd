"""Wholes that an innocent act seals anew, or goes by: each with what an insider may forge in it, and the act."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.story import small


@dataclass(frozen=True)
class Case:
    """What stands before, what an insider writes into it, which innocent act would seal it, and what the refusal names."""

    before: Callable
    change: str | tuple[str, ...]
    act: Callable
    named: str


def playing(until, now=None, **said):
    """The small edition played up to an instant, at which the act is done unless another is named."""

    def before():
        story = small.play_small(until, **said)
        story.now = now or until
        return story

    return before


def doing(story):
    return {"by": story.bureau[0], "now": story.now}


def camat(story):
    return small.person(story, "C", small.BULUNGAN)

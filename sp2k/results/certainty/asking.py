"""Asking the analysis about a frozen count: once in a process, with a seed that the count itself gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from sp2k.analysis.certainty import Certainty, certainty
from sp2k.analysis.official import Official
from sp2k.analysis.places import SAME_TO_DECIMALS, GivenPlaces
from sp2k.results.certainty.marks import JuryMarks, jury_marks, read_ledger
from sp2k.results.models import FrozenTally, Placement
from sp2k.tally.stage_rules.model import JURORS

N_DRAWS = 2000
SEED_DIGITS = 8


@dataclass(frozen=True)
class FrozenInput:
    """A frozen count's input, known by its hash."""

    input_hash: str
    rules: str = field(compare=False, repr=False)
    sheets: str = field(compare=False, repr=False)
    places: tuple[tuple[str, int], ...] = ()  # as they stand, with what was ruled on ties: by code of the entry

    @classmethod
    def of(cls, tally: FrozenTally, placed: Sequence[Placement]) -> "FrozenInput":
        places = tuple((row.participation.region_code, row.place) for row in placed)
        return cls(tally.input_hash, tally.rules, tally.sheets, places)


@dataclass(frozen=True, eq=False)
class Answers:
    """All that the analysis says of a stage.

    Attributes
    ----------
    marks : JuryMarks
    own : Certainty
        Of this stage's marks: jurors, agreement, indicators; and of the official totals they make: places and cuts.
    whole : Certainty
        Of the totals that are placed, with what was brought along as one more indicator: what weights do.
    seed : int
    """

    marks: JuryMarks
    own: Certainty
    whole: Certainty
    seed: int

    @property
    def weighing(self) -> Certainty:
        """The answers about weights: carried points weigh, findings alone do not.

        Where an indicator has no mark of an entry there is none of them, and the answers about `own` say so.
        """
        has_all = not np.isnan(self.marks.own.panel_marks).any()
        return self.whole if self.marks.rules.carry_over is not None and has_all else self.own


def seed_of(input_hash: str) -> int:
    """Return the seed that a count's input gives: nobody chooses it, and everybody draws the same."""
    return int(input_hash[:SEED_DIGITS], 16)


@lru_cache(maxsize=16)
def ask(frozen: FrozenInput) -> Answers | None:
    """Return the answers about a frozen count; None where no juror's mark was counted."""
    ledger = read_ledger(frozen.rules, frozen.sheets)
    if ledger.rules.source != JURORS or (marks := jury_marks(ledger)) is None:
        return None
    seed = seed_of(frozen.input_hash)
    marks = _with_places(marks, dict(frozen.places))
    own = certainty(
        marks.own, cut=marks.cut, seed=seed, n_draws=N_DRAWS, low=0, high=100, aspect=marks.aspect, urban=marks.is_urban,
        official=marks.official, weighed=marks.weighed,
    )  # fmt: skip
    if marks.whole is marks.own:
        return Answers(marks, own, own, seed)
    whole = certainty(
        marks.whole, cut=marks.cut, seed=seed, n_draws=N_DRAWS, low=0, high=100, aspect=marks.whole_aspect,
        urban=marks.is_urban, official=replace(Official.plain(marks.whole, marks.cut), scope=marks.official.scope,
                                               quota=marks.official.quota),
    )  # fmt: skip
    return Answers(marks, own, whole, seed)


def _with_places(marks: JuryMarks, placed: Mapping[str, int]) -> JuryMarks:
    """The marks with the official places of their totals, each in its scope."""
    if not all(code in placed for code in marks.entries):
        return marks
    total = marks.rules.rounding.total
    given = GivenPlaces(np.array([placed[code] for code in marks.entries]), SAME_TO_DECIMALS if total is None else total)
    again = replace(marks.official.again, official=given.places)
    official = replace(marks.official, given=given, again=again)
    if len(marks.scopes) > 1:
        return replace(marks, official=official)
    whole = replace(marks.whole, given_places=given)
    return replace(marks, official=official, whole=whole, own=whole if marks.whole is marks.own else marks.own)

"""The order with one indicator left out at a time."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence
from sp2k.analysis.weights.table import weighted_table

NOTHING = 1e-12


@dataclass(frozen=True, eq=False)
class LeaveOneOut:
    """Places without each weighted indicator.

    Attributes
    ----------
    indicators : int array, shape (n_left_out,)
        Those left out in turn (an indicator that carries all the weight cannot be).
    places : int array, shape (n_left_out, n_entries)
    plain_places : int array, shape (n_entries,)
    cut : int
    """

    indicators: np.ndarray
    places: np.ndarray
    plain_places: np.ndarray
    cut: int
    is_available = True

    @cached_property
    def changing_winner(self) -> tuple[int, ...]:
        """Indicators without which somebody else is first."""
        return self._changing(1)

    @cached_property
    def changing_cut(self) -> tuple[int, ...]:
        """Indicators without which others are within the cut."""
        return self._changing(self.cut)

    @cached_property
    def n_indicators(self) -> int:
        return len(self.indicators)

    def _changing(self, k: int) -> tuple[int, ...]:
        differs = ((self.places <= k) != (self.plain_places <= k)).any(axis=1)
        return tuple(self.indicators[differs].tolist())

    @cached_property
    def n_changing_winner(self) -> int:
        return len(self.changing_winner)

    @cached_property
    def n_changing_cut(self) -> int:
        return len(self.changing_cut)

    def explain(self) -> tuple[Sentence, ...]:
        said = [self._of_winner()]
        if self.cut > 1:
            said.append(self._of_cut())
        return tuple(said)

    def _of_winner(self) -> Sentence:
        if not self.changing_winner:
            return sentence("Tempat pertama tetap, indikator mana pun dari {n} yang ditiadakan.", n=self.n_indicators)
        return sentence(
            "Tempat pertama berubah pada {changing} dari {n} indikator bila indikator itu ditiadakan, antara lain "
            "{indicators:butir}.",
            changing=self.n_changing_winner, n=self.n_indicators, indicators=self.changing_winner[:3])

    def _of_cut(self) -> Sentence:
        if not self.changing_cut:
            return sentence("Susunan {cut} besar tetap, indikator mana pun dari {n} yang ditiadakan.",
                            cut=self.cut, n=self.n_indicators)
        return sentence(
            "Susunan {cut} besar berubah pada {changing} dari {n} indikator bila indikator itu ditiadakan, antara lain "
            "{indicators:butir}.",
            cut=self.cut, changing=self.n_changing_cut, n=self.n_indicators, indicators=self.changing_cut[:3])


def leave_one_out(source, *, cut: int = 1, weight: np.ndarray | None = None) -> LeaveOneOut | Unavailable:
    """Leave each indicator out in turn, the other weights growing in proportion.

    Parameters
    ----------
    source : Ratings, WeightedTable or float array (n_entries, n_indicators)
    cut : int
        Changes among the best `cut` are told beside changes of the winner.
    """
    table = weighted_table(source, weight)
    if isinstance(table, Unavailable):
        return table
    left_out = np.flatnonzero((table.weight > 0) & (table.weight < 1 - NOTHING))
    part = table.marks[:, left_out] * table.weight[left_out]
    scores = (table.scores[:, None] - part) / (1 - table.weight[left_out])
    return LeaveOneOut(left_out, table.placed_again(np.ascontiguousarray(scores.T)), table.places, cut)

"""Which neighbours in the order are a statistical tie, and whether the cut falls inside the noise."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.draws import Provenance
from sp2k.analysis.places import SAME_TO_DECIMALS
from sp2k.analysis.uncertainty.redraw import RedrawnPanels

SHARE = 0.9
MORE_TO_VISIT = 2


@dataclass(frozen=True)
class Gap:
    """The distance between two entries, and what other jurors might make of it.

    Attributes
    ----------
    ahead, behind : int
        Entries.
    ahead_place, behind_place : int
        Plain places.
    gap : float
        Points between them, 0 or more.
    low, high : float
        The middle 90 % of the distance over redrawn panels.
    reversed_share : float
        Share of redrawn panels in which `behind` is ahead (half of those in which they are equal).
    """

    ahead: int
    behind: int
    ahead_place: int
    behind_place: int
    gap: float
    low: float
    high: float
    reversed_share: float

    @property
    def is_tie(self) -> bool:
        """Whether the two cannot be told apart."""
        return self.low <= 0

    def explain(self) -> tuple[Sentence, ...]:
        numbers = {"ahead": self.ahead, "behind": self.behind, "first": self.ahead_place, "second": self.behind_place,
                   "gap": self.gap}
        if not self.is_tie:
            return (sentence(
                "Tempat {first}, {ahead:peserta}, dan tempat {second}, {behind:peserta}, terbedakan: selisih {gap:2} poin.",
                **numbers),)
        return (sentence(
            "Tempat {first}, {ahead:peserta}, dan tempat {second}, {behind:peserta}, tidak terbedakan: selisih {gap:2} "
            "poin, juri lain dapat membaliknya.", **numbers),)


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Every two entries next to each other in the plain order.

    Attributes
    ----------
    gaps : tuple of Gap
        Best places first.
    provenance : Provenance
    """

    gaps: tuple[Gap, ...]
    provenance: Provenance
    _redrawn: RedrawnPanels = field(repr=False)
    is_available = True

    def between(self, ahead: int, behind: int) -> Gap:
        """Compare any two entries over the same panels: an official order may have other neighbours than the plain one."""
        return _gaps(self._redrawn, np.array([ahead]), np.array([behind]))[0]

    @cached_property
    def n_ties(self) -> int:
        return sum(gap.is_tie for gap in self.gaps)

    def explain(self) -> tuple[Sentence, ...]:
        return tuple(said for gap in self.gaps[:10] for said in gap.explain())


@dataclass(frozen=True, eq=False)
class CutCheck:
    """Whether the last that is in and the first that is out can be told apart.

    Attributes
    ----------
    cut : int
        How many were to be in.
    inside : int
        Entries whose plain place is within the cut; more than `cut` when the last place is shared.
    gap : Gap
        Between the last inside and the first outside.
    suggested : tuple of int
        Up to two entries outside who cannot be told from the last inside, nearest first.
    """

    cut: int
    inside: int
    gap: Gap
    suggested: tuple[int, ...]
    provenance: Provenance
    is_available = True

    @cached_property
    def suggested_total(self) -> int:
        return self.inside + len(self.suggested)

    def explain(self) -> tuple[Sentence, ...]:
        if not self.suggested:
            return (sentence("Batas {cut} besar jelas: {ahead:peserta} dan {behind:peserta} terpaut {gap:2} poin.",
                             cut=self.cut, ahead=self.gap.ahead, behind=self.gap.behind, gap=self.gap.gap),)
        return (
            sentence("Batas {cut} besar tidak jelas: {ahead:peserta} dan {behind:peserta} hanya terpaut {gap:2} poin, "
                     "juri lain dapat membaliknya.",
                     cut=self.cut, ahead=self.gap.ahead, behind=self.gap.behind, gap=self.gap.gap),
            sentence("Sebelum diumumkan, pertimbangkan {total} peserta, bukan {inside}: tambahkan {more:peserta}.",
                     total=self.suggested_total, inside=self.inside, more=self.suggested))


def neighbours(redrawn: RedrawnPanels | Unavailable) -> Neighbours | Unavailable:
    """Compare every two neighbours of the plain order over redrawn panels."""
    if isinstance(redrawn, Unavailable):
        return redrawn
    return Neighbours(_gaps(redrawn, redrawn.order[:-1], redrawn.order[1:]), redrawn.provenance, redrawn)


def cut_check(redrawn: RedrawnPanels | Unavailable, cut: int) -> CutCheck | Unavailable:
    """Compare the last entry within the cut with the next ones outside, over redrawn panels.

    Parameters
    ----------
    cut : int
        How many go on; entries sharing the last place are all inside.
    """
    if isinstance(redrawn, Unavailable):
        return redrawn
    n_entries, order = len(redrawn.order), redrawn.order
    inside = int((redrawn.totals.plain_places <= cut).sum())
    if not 0 < inside < n_entries:
        return unavailable("cut_takes_all", cut=cut, n_entries=n_entries)
    outside = order[inside : inside + MORE_TO_VISIT]
    gaps = _gaps(redrawn, np.repeat(order[inside - 1], len(outside)), outside)
    return CutCheck(cut, inside, gaps[0], tuple(gap.behind for gap in gaps if gap.is_tie), redrawn.provenance)


def _gaps(redrawn: RedrawnPanels, ahead: np.ndarray, behind: np.ndarray) -> tuple[Gap, ...]:
    n_draws = redrawn.n_draws
    drawn = np.round(redrawn.scores(entries=ahead) - redrawn.scores(entries=behind), SAME_TO_DECIMALS)
    lost = (np.count_nonzero(drawn < 0, axis=0) + 0.5 * np.count_nonzero(drawn == 0, axis=0)) / n_draws
    tail = int((1 - SHARE) / 2 * n_draws)
    ends = np.sort(drawn.T, axis=1)[:, [tail, n_draws - 1 - tail]].T
    plain, place = redrawn.totals.plain, redrawn.totals.plain_places
    return tuple(
        Gap(int(a), int(b), int(place[a]), int(place[b]), max(float(plain[a] - plain[b]), 0.0), float(low),
            float(high), float(share))
        for a, b, low, high, share in zip(ahead, behind, *ends, lost, strict=True))

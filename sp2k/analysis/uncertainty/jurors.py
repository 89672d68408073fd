"""What if it had been other jurors: the bootstrap of jurors, and each juror left out in turn."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence
from sp2k.analysis.places import KeptPlaces, keep_places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.redraw import RedrawnPanels

FEW_JURORS = 5


@dataclass(frozen=True, eq=False)
class JurorBootstrap(KeptPlaces):
    """Places over panels drawn again from the same jurors.

    Attributes
    ----------
    n_draws, provenance, plain_places, drawn
        As in `KeptPlaces`.
    n_jurors : int
    """

    n_jurors: int

    @cached_property
    def is_rough(self) -> bool:
        """Whether there are so few jurors that the ranges are likely to be too narrow."""
        return self.n_jurors < FEW_JURORS

    @cached_property
    def range90(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest plausible place: the middle 90 % of draws."""
        return self.interval(0.9)

    def of_entry(self, entry: int) -> Sentence:
        """Say how sure one entry's place is."""
        best, worst = (int(end[entry]) for end in self.range90)
        if best == worst:
            return sentence("{entry:peserta}: tempat {place}, dan tetap {best} bila jurinya lain.",
                            entry=int(entry), place=int(self.plain_places[entry]), best=best)
        return sentence("{entry:peserta}: tempat {place}, yang masuk akal {best} sampai {worst}.",
                        entry=int(entry), place=int(self.plain_places[entry]), best=best, worst=worst)

    def explain(self) -> tuple[Sentence, ...]:
        said = [self.of_entry(entry) for entry in self.order[:10]]
        if self.is_rough:
            said.append(sentence("Jurinya hanya {n}, sehingga kisaran ini kasar dan mungkin terlalu sempit.",
                                 n=self.n_jurors))
        return tuple(said)


def juror_bootstrap(redrawn: RedrawnPanels | Unavailable) -> JurorBootstrap | Unavailable:
    """Place the entries under every redrawn panel.

    Indicators were collapsed before, so that a draw costs one row of a small product.
    """
    if isinstance(redrawn, Unavailable):
        return redrawn
    totals = redrawn.totals
    drawn = keep_places(redrawn.scores, redrawn.n_draws, len(totals.points))
    return JurorBootstrap(redrawn.n_draws, redrawn.provenance, totals.plain_places, drawn, redrawn.n_jurors)


@dataclass(frozen=True)
class WithoutJuror:
    """The order with one juror left out.

    Attributes
    ----------
    juror : int
    moved : tuple of (entry, plain place, place without), by plain place
    unplaced : tuple of int
        Entries that would have no juror left.
    """

    juror: int
    moved: tuple[tuple[int, int, int], ...]
    unplaced: tuple[int, ...]

    @property
    def n_moved(self) -> int:
        return len(self.moved)


@dataclass(frozen=True, eq=False)
class Jackknife:
    """Each juror left out in turn: exact, nothing drawn.

    Attributes
    ----------
    places : int array, shape (n_jurors, n_entries)
        Places without each juror; 0 where an entry would have no juror left.
    without : tuple of WithoutJuror
    """

    places: np.ndarray
    without: tuple[WithoutJuror, ...]
    is_available = True

    @cached_property
    def n_jurors(self) -> int:
        return len(self.without)

    @cached_property
    def n_changing(self) -> int:
        """Jurors without whom at least one entry moves."""
        return sum(bool(one.moved) for one in self.without)

    def explain(self) -> tuple[Sentence, ...]:
        if not self.n_changing:
            return (sentence("Siapa pun dari {n} juri yang ditiadakan, urutannya tetap.", n=self.n_jurors),)
        most = sorted(self.without, key=lambda one: (min((m[1] for m in one.moved), default=10**9), -one.n_moved))
        said = [sentence("Meniadakan satu juri mengubah urutan pada {changing} dari {n} juri.",
                         changing=self.n_changing, n=self.n_jurors)]
        for one in [one for one in most if one.moved][:3]:
            entry, plain, then = one.moved[0]
            said.append(sentence(
                "Tanpa {juror:juri}, {entry:peserta} pindah dari tempat {plain} ke {then}; seluruhnya {moved} peserta "
                "berpindah.", juror=one.juror, entry=entry, plain=plain, then=then, moved=one.n_moved))
        return tuple(said)


def juror_jackknife(ratings: Ratings, *, anyway: bool = False) -> Jackknife | Unavailable:
    """Leave each juror out in turn and place the entries."""
    totals = ratings.totals
    why_not = totals.why_not(anyway=anyway)
    if why_not:
        return why_not
    left = totals.given.sum(axis=1)[:, None] - totals.given
    sums = totals.filled.sum(axis=1)[:, None] - totals.filled
    scores = np.divide(sums, left, out=np.full(sums.shape, -np.inf), where=left > 0).T
    table = np.where(left.T > 0, totals.placed_again(scores), 0)
    return Jackknife(table, tuple(
        _without(juror, table[juror], totals.plain_places) for juror in range(ratings.n_jurors)))


def _without(juror: int, table: np.ndarray, plain: np.ndarray) -> WithoutJuror:
    moved = np.flatnonzero((table != plain) & (table > 0))
    moved = moved[np.argsort(plain[moved], kind="stable")]
    return WithoutJuror(juror, tuple((int(e), int(plain[e]), int(table[e])) for e in moved),
                        tuple(np.flatnonzero(table == 0).tolist()))

"""What if it had been other jurors: the bootstrap of jurors, and each juror left out in turn."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence
from sp2k.analysis.official import Official
from sp2k.analysis.places import KeptPlaces, keep_places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.redraw import RedrawnPanels


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

    def explain(self) -> tuple[Sentence, ...]:
        """Say what this is, and what not: with few jurors it is far too sure of itself."""
        return (sentence(
            "Bila {n} juri ini diundi kembali, {winner:peserta} tetap pertama dalam {share:persen} undian. Juri lain tidak "
            "terwakili oleh undian itu, sehingga angkanya terlalu yakin; halaman Seberapa yakin? tidak memakainya.",
            n=self.n_jurors, winner=self.winner, share=self.winner_share),)


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
        Of those who judged anyone.
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


def juror_jackknife(
    ratings: Ratings, official: Official | None = None, *, anyway: bool = False
) -> Jackknife | Unavailable:
    """Leave each juror out in turn, count again by the declared way and place the entries within their scopes."""
    why_not = ratings.totals.why_not(anyway=anyway)
    if why_not:
        return why_not
    official = official or Official.plain(ratings, 1)
    kept = ~np.eye(ratings.n_jurors, dtype=bool)
    scores = np.stack([official.recount(ratings, np.broadcast_to(row, ratings.presence.shape)) for row in kept])
    is_left = ~np.isnan(scores)
    table = np.where(is_left, official.places(np.where(is_left, scores, -np.inf)), 0)
    plain = official.plain_places
    busy = np.flatnonzero(ratings.presence.any(axis=0)).tolist()
    return Jackknife(table, tuple(_without(juror, table[juror], plain) for juror in busy))


def _without(juror: int, table: np.ndarray, plain: np.ndarray) -> WithoutJuror:
    moved = np.flatnonzero((table != plain) & (table > 0))
    moved = moved[np.argsort(plain[moved], kind="stable")]
    return WithoutJuror(juror, tuple((int(e), int(plain[e]), int(table[e])) for e in moved),
                        tuple(np.flatnonzero(table == 0).tolist()))

"""What if it had been other jurors: the bootstrap of jurors, and each juror left out in turn."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
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

    Indicators were collapsed before, so that a draw costs one row of a small product; panels that were drawn more than
    once, as most are with few jurors, are placed once.
    """
    if isinstance(redrawn, Unavailable):
        return redrawn
    totals = redrawn.totals
    _panels, first, again = np.unique(redrawn.times, axis=0, return_index=True, return_inverse=True)
    drawn = keep_places(lambda rows: redrawn.scores(first[rows]), len(first), len(totals.points))[again.ravel()]
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

    @property
    def changes_order(self) -> bool:
        return bool(self.moved or self.unplaced)


@dataclass(frozen=True, eq=False)
class Jackknife:
    """Each juror left out in turn: exact, nothing drawn.

    Attributes
    ----------
    places : int array, shape (n_jurors, n_entries)
        Places without each juror; 0 where an entry would have no juror left, and without a juror of `uncounted`.
    without : tuple of WithoutJuror
        Of those who judged anyone and without whom the rules allow a count.
    uncounted : tuple of int
        Jurors without whom the rules allow none.
    """

    places: np.ndarray
    without: tuple[WithoutJuror, ...]
    uncounted: tuple[int, ...] = ()
    is_available = True

    @cached_property
    def n_jurors(self) -> int:
        return len(self.without)

    @cached_property
    def n_changing(self) -> int:
        """Jurors without whom at least one entry moves or has no place."""
        return sum(one.changes_order for one in self.without)

    def explain(self) -> tuple[Sentence, ...]:
        said = self._of_moves() if self.n_changing else [sentence(
            "Siapa pun dari {n} juri yang dapat ditiadakan menurut aturan, urutannya tetap." if self.uncounted else
            "Siapa pun dari {n} juri yang ditiadakan, urutannya tetap.", n=self.n_jurors)]
        if self.uncounted:
            said.append(sentence("Tanpa {jurors:juri} nilai tahap ini tidak dapat dihitung menurut aturan.",
                                 jurors=self.uncounted))
        return tuple(said)

    def _of_moves(self) -> list[Sentence]:
        most = sorted(self.without, key=lambda one: (min((m[1] for m in one.moved), default=10**9), -one.n_moved))
        said = [sentence("Meniadakan satu juri mengubah urutan pada {changing} dari {n} juri.",
                         changing=self.n_changing, n=self.n_jurors)]
        for one in [one for one in most if one.changes_order][:3]:
            if one.moved:
                entry, plain, then = one.moved[0]
                said.append(sentence(
                    "Tanpa {juror:juri}, {entry:peserta} pindah dari tempat {plain} ke {then}; seluruhnya {moved} peserta "
                    "berpindah.", juror=one.juror, entry=entry, plain=plain, then=then, moved=one.n_moved))
            if one.unplaced:
                said.append(sentence("Tanpa {juror:juri} tidak ada lagi juri bagi {entries:peserta}.", juror=one.juror,
                                     entries=one.unplaced))
        return said


def juror_jackknife(
    ratings: Ratings, official: Official | None = None, *, anyway: bool = False
) -> Jackknife | Unavailable:
    """Leave each juror out in turn, count again by the declared rules and place the entries within their scopes."""
    why_not = ratings.totals.why_not(anyway=anyway)
    if why_not:
        return why_not
    official = official or Official.plain(ratings, 1)
    plain = official.standing_places
    busy = np.flatnonzero(ratings.presence.any(axis=0)).tolist()
    found = {juror: _places_without(juror, ratings, official) for juror in busy}
    table = np.zeros((ratings.n_jurors, ratings.n_entries), dtype=np.int64)
    table[[juror for juror in range(ratings.n_jurors) if juror not in found]] = plain
    counted = [juror for juror in busy if found[juror] is not None]
    if not counted:
        return unavailable("no_recount_without")
    for juror in counted:
        table[juror] = found[juror]
    return Jackknife(table, tuple(_without(juror, table[juror], plain) for juror in counted),
                     tuple(juror for juror in busy if found[juror] is None))


def _places_without(juror: int, ratings: Ratings, official: Official) -> np.ndarray | None:
    """Places without a juror: by all the rules where they are known, else by the declared way of combining."""
    if official.again is not None:
        return official.again.without(juror)
    kept = np.broadcast_to(np.arange(ratings.n_jurors) != juror, ratings.presence.shape)
    scores = official.recount(ratings, kept)
    is_left = ~np.isnan(scores)
    return np.where(is_left, official.places(np.where(is_left, scores, -np.inf)), 0)


def _without(juror: int, table: np.ndarray, plain: np.ndarray) -> WithoutJuror:
    moved = np.flatnonzero((table != plain) & (table > 0))
    moved = moved[np.argsort(plain[moved], kind="stable")]
    return WithoutJuror(juror, tuple((int(e), int(plain[e]), int(table[e])) for e in moved),
                        tuple(np.flatnonzero(table == 0).tolist()))

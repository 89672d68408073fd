"""What if it had been other indicators like these: the bootstrap of indicators (secondary to that of jurors)."""

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.draws import generator, provenance
from sp2k.analysis.places import KeptPlaces, keep_places, places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.redraw import draw_times


class IndicatorBootstrap(KeptPlaces):
    """Places over indicators drawn again from those there were."""

    def explain(self) -> tuple[Sentence, ...]:
        return (sentence("Bila indikatornya lain tetapi sejenis, {winner:peserta} tetap tempat pertama dalam "
                         "{share:persen} percobaan.", winner=self.winner, share=self.winner_share),)


def indicator_bootstrap(
    ratings: Ratings, *, seed: int | np.random.Generator, n_draws: int = 2000, aspect: np.ndarray | None = None
) -> IndicatorBootstrap | Unavailable:
    """Redraw the indicators `n_draws` times and place the entries each time.

    Parameters
    ----------
    ratings : Ratings
    seed : int or numpy Generator (PCG64)
    aspect : int array, shape (n_indicators,), optional
        Indicators are drawn within their aspect, and each aspect keeps its weight.
    """
    why_not = ratings.totals.why_not(jurors=1)
    if why_not:
        return why_not
    marks = ratings.panel_marks
    if np.isnan(marks).any():
        return unavailable("empty_cells", n_empty=int(np.isnan(marks).sum()))
    if ratings.n_indicators < 2:
        return unavailable("one_indicator")
    source, rng = provenance(seed, n_draws, ratings.input_hash), generator(seed)
    weights = _redrawn_weights(ratings.weight, n_draws, rng, aspect)
    drawn = keep_places(lambda draws: weights[draws] @ marks.T, n_draws, ratings.n_entries)
    plain = places(marks @ ratings.weight) if ratings.given_places is None else ratings.given_places.places
    return IndicatorBootstrap(n_draws, source, plain, drawn)


def _redrawn_weights(weight: np.ndarray, n_draws: int, rng: np.random.Generator, aspect) -> np.ndarray:
    aspect = np.zeros(len(weight), dtype=int) if aspect is None else np.asarray(aspect)
    drawn = np.zeros((n_draws, len(weight)))
    for code in np.unique(aspect):
        members = np.flatnonzero((aspect == code) & (weight > 0))
        if members.size:
            share = draw_times(members.size, n_draws, rng) * weight[members]
            drawn[:, members] = share * (weight[members].sum() / share.sum(axis=1, keepdims=True))
    return drawn

"""Everything an officer is shown about one stage, from one set of marks and one seed."""

from dataclasses import dataclass, fields

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, unavailable
from sp2k.analysis.compensability import Compensability, compensability
from sp2k.analysis.design import DesignCheck, check_design
from sp2k.analysis.draws import generator
from sp2k.analysis.items import ItemAnalysis, analyse_items
from sp2k.analysis.official import Official
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.reliability.generalizability import DStudy, GStudy, panel_study, points_study
from sp2k.analysis.reliability.icc import IccTable, icc
from sp2k.analysis.reliability.kendall import Concordance, kendall_w
from sp2k.analysis.reliability.krippendorff import Alpha, krippendorff_alpha
from sp2k.analysis.severity.additive import additive_severity
from sp2k.analysis.severity.order import SeverityOrder, severity_order
from sp2k.analysis.severity.outliers import Outliers, outlier_cells
from sp2k.analysis.severity.reml import CrossedFit, crossed_fit, reml_severity
from sp2k.analysis.severity.result import Severity
from sp2k.analysis.uncertainty.certain_places import PlaceCertainty, place_certainty
from sp2k.analysis.uncertainty.confidence_sets import PlaceSets, place_sets
from sp2k.analysis.uncertainty.indicators import IndicatorBootstrap, indicator_bootstrap
from sp2k.analysis.uncertainty.jurors import Jackknife, JurorBootstrap, juror_bootstrap, juror_jackknife
from sp2k.analysis.uncertainty.redraw import redraw_jurors
from sp2k.analysis.weights.dirichlet import WeightRobustness, dirichlet_places
from sp2k.analysis.weights.leave_out import LeaveOneOut, leave_one_out
from sp2k.analysis.weights.smallest_change import (
    OneWeight,
    WeightChange,
    one_weight_change,
    smallest_change,
    smallest_change_of_top,
)
from sp2k.analysis.weights.table import weighted_table

MORE_JURORS = 5


@dataclass(frozen=True, eq=False)
class Certainty:
    """All answers; each is a typed result or the reason why there is none.

    Attributes
    ----------
    cut : int
        How many go on or get a title.
    seed : int or None
    input_hash : str
        Of the ratings.
    """

    cut: int
    seed: int | None
    input_hash: str
    design: DesignCheck
    severity: Severity | Unavailable
    severity_random: Severity | Unavailable
    variance: CrossedFit | Unavailable
    outliers: Outliers | Unavailable
    icc: IccTable | Unavailable
    kendall: Concordance | Unavailable
    alpha: Alpha | Unavailable
    g_study: GStudy | Unavailable
    more_jurors: DStudy | Unavailable
    order: SeverityOrder | Unavailable
    places: PlaceCertainty | Unavailable
    jurors: JurorBootstrap | Unavailable
    jackknife: Jackknife | Unavailable
    place_sets: PlaceSets | Unavailable
    indicators: IndicatorBootstrap | Unavailable
    weights: WeightRobustness | Unavailable
    leave_one_out: LeaveOneOut | Unavailable
    winner_change: WeightChange | Unavailable
    cut_change: WeightChange | Unavailable
    one_weight: OneWeight | Unavailable
    compensability: Compensability | Unavailable
    items: ItemAnalysis | Unavailable
    is_available = True

    def explain(self) -> dict[str, tuple[Sentence, ...]]:
        """Return the sentences of every answer, by field name."""
        answers = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: answer.explain() for name, answer in answers.items() if hasattr(answer, "explain")}


def certainty(
    ratings: Ratings, *, cut: int, seed: int, n_draws: int = 2000, low: np.ndarray | float = 0.0,
    high: np.ndarray | float = 100.0, aspect: np.ndarray | None = None, urban: np.ndarray | None = None,
    official: Official | None = None, weighed: Ratings | None = None,
) -> Certainty:
    """Ask every method of tiers A and B about one stage.

    Parameters
    ----------
    ratings : Ratings
    cut : int
        How many go on or get a title.
    seed : int
        One seed; the jurors, the indicators and the weights are drawn from it one after another.
    n_draws : int
        Of each of the three.
    low, high : float or float array, shape (n_indicators,)
        Lowest and highest possible mark.
    aspect : int array, shape (n_indicators,), optional
    urban : bool array, shape (n_entries,), optional
    official : Official, optional
        What the rules make of the marks; by default the plain mean of all jurors.
    weighed : Ratings, optional
        The same marks, weighing what they weigh in the official total; by default as they are.
    """
    rng = generator(seed)
    table = weighted_table(ratings)
    fit = crossed_fit(ratings.totals)
    redrawn = redraw_jurors(ratings, seed=rng, n_draws=n_draws)
    weighed = ratings if weighed is None else weighed
    official = _plain(weighed, cut) if official is None else official
    places = place_certainty(weighed, official, seed=rng, n_draws=n_draws)
    return Certainty(
        cut=cut, seed=int(seed), input_hash=ratings.input_hash, design=check_design(ratings),
        severity=additive_severity(ratings), severity_random=reml_severity(ratings, fit=fit), variance=fit,
        outliers=outlier_cells(ratings), **_agreement(ratings), g_study=panel_study(ratings),
        more_jurors=_more_jurors(points_study(ratings), ratings.n_jurors), order=severity_order(weighed, official),
        places=places, **_one_order(ratings, table, redrawn, official, aspect, rng, n_draws),
        jackknife=juror_jackknife(weighed, official),
        place_sets=place_sets(places),
        items=analyse_items(ratings.panel_marks, low=np.broadcast_to(low, ratings.n_indicators),
                            high=np.broadcast_to(high, ratings.n_indicators), aspect=aspect, urban=urban))


def _one_order(ratings, table, redrawn, official: Official, aspect, rng, n_draws: int) -> dict[str, object]:
    """What is asked of one order of all entries; refused where they are placed in scopes of their own."""
    if len(official.quota) > 1:
        names = ("jurors", "indicators", "weights", "leave_one_out", "winner_change", "cut_change", "one_weight",
                 "compensability")
        return dict.fromkeys(names, unavailable("quota_per_scope"))
    return {
        "jurors": juror_bootstrap(redrawn),
        "indicators": indicator_bootstrap(ratings, seed=rng, n_draws=n_draws, aspect=aspect),
        "weights": dirichlet_places(table, seed=rng, n_draws=n_draws), **_weights(table, int(official.quota[0])),
        "compensability": compensability(table)}


def _plain(ratings: Ratings, cut: int) -> Official:
    with np.errstate(invalid="ignore"):
        return Official.plain(ratings, cut)


def _agreement(ratings: Ratings) -> dict[str, object]:
    """Agreement of the jurors who judged, on their points."""
    points = ratings.totals.points[:, ratings.totals.given.any(axis=0)]
    return {"icc": icc(points), "kendall": kendall_w(points), "alpha": krippendorff_alpha(points)}


def _more_jurors(study: GStudy | Unavailable, n_jurors: int) -> DStudy | Unavailable:
    if isinstance(study, Unavailable):
        return study
    return study.d_study("juror", range(1, n_jurors + MORE_JURORS + 1))


def _weights(table, cut: int) -> dict[str, object]:
    """What it takes to change the winner and the cut."""
    if isinstance(table, Unavailable):
        names = ("leave_one_out", "winner_change", "cut_change", "one_weight")
        return dict.fromkeys(names, table)
    first, second = table.order[:2]
    winner = smallest_change_of_top(table, 1)
    if isinstance(winner, Unavailable):
        winner = smallest_change(table, first, second)
    return {
        "leave_one_out": leave_one_out(table, cut=cut), "winner_change": winner,
        "cut_change": smallest_change_of_top(table, cut), "one_weight": one_weight_change(table, first, second)}

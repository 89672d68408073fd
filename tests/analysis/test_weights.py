"""Other weights: drawn, left out, and the smallest change that would do."""

import numpy as np
import pytest
from scipy.optimize import minimize

from sp2k.analysis.places import places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.weights.dirichlet import dirichlet_places, dirichlet_top
from sp2k.analysis.weights.leave_out import leave_one_out
from sp2k.analysis.weights.smallest_change import one_weight_change, smallest_change, smallest_change_of_top
from sp2k.analysis.weights.table import weighted_table

RNG = np.random.default_rng(11)
MARKS = RNG.integers(40, 100, (15, 6)).astype(float)
WEIGHT = np.array([30.0, 20, 20, 15, 10, 5])


def test_counts_are_those_of_placing_under_every_drawn_weight():
    """The draws are gammas over their sum, in order: anyone can draw them again from the seed."""
    drawn = np.random.Generator(np.random.PCG64(4)).standard_gamma(50 * WEIGHT / 100, (300, 6))
    expected = np.zeros((15, 15), dtype=int)
    for weights in drawn / drawn.sum(axis=1, keepdims=True):
        expected[np.arange(15), places(MARKS @ weights) - 1] += 1

    found = dirichlet_places(MARKS, seed=4, n_draws=300, concentration=50.0, weight=WEIGHT)

    assert found.counts.tolist() == expected.tolist()
    assert (found.provenance.seed, found.provenance.n_draws, found.concentration) == (4, 300, 50.0)


@pytest.mark.parametrize("k", [1, 4, 15])
def test_the_share_among_the_best_is_the_same_without_a_full_sort(k):
    full = dirichlet_places(MARKS, seed=4, n_draws=500, weight=WEIGHT)

    found = dirichlet_top(MARKS, k, seed=4, n_draws=500, weight=WEIGHT)

    assert found.share.tolist() == full.p_top(k).tolist()


def test_scores_too_near_for_single_precision_are_settled_in_double():
    """Entry 0 is ahead of entry 1 by 1e-7 on a scale of 100, under every weight."""
    marks = np.array([[80.0000001, 80.0000001], [80.0, 80.0], [10.0, 20.0]])

    assert dirichlet_top(marks, 1, seed=1, n_draws=50).share.tolist() == [1, 0, 0]


@pytest.mark.parametrize("method", [
    lambda marks: dirichlet_places(marks, seed=4, n_draws=100).p_top(2),
    lambda marks: dirichlet_top(marks, 2, seed=4, n_draws=100).share,
])
def test_entries_with_the_same_marks_share_every_place(method):
    marks = np.array([[90.0, 90], [70, 50], [70, 50], [20, 20]])

    assert method(marks).tolist() == [1, 1, 1, 0]


def test_an_indicator_without_weight_never_gets_any():
    marks = np.array([[50.0, 60, 0], [50.0, 59, 100]])

    found = dirichlet_places(marks, seed=1, n_draws=200, weight=np.array([1.0, 1, 0]))

    assert found.p_first.tolist() == [1, 0]


def test_each_indicator_is_left_out_in_turn():
    found = leave_one_out(MARKS, weight=WEIGHT, cut=5)

    for position, indicator in enumerate(found.indicators):
        kept = np.delete(np.arange(6), indicator)
        alone = places(MARKS[:, kept] @ WEIGHT[kept] / WEIGHT[kept].sum())
        assert found.places[position].tolist() == alone.tolist()


def test_leaving_out_an_indicator_without_weight_is_not_asked():
    found = leave_one_out(np.array([[1.0, 2, 3], [3, 2, 1]]), weight=np.array([1.0, 1, 0]))

    assert found.indicators.tolist() == [0, 1]


def test_the_smallest_change_has_the_closed_form_when_no_weight_reaches_zero():
    d, weight = np.array([10.0, -4, 2]), np.array([0.4, 0.3, 0.3])
    marks = np.array([50 + d, np.full(3, 50.0)])

    found = smallest_change(marks, 0, 1, weight=weight)

    centred = d - d.mean()
    assert found.distance == pytest.approx(weight @ d / np.linalg.norm(centred))
    assert found.change == pytest.approx(-(weight @ d) / (centred @ centred) * centred)


@pytest.mark.parametrize("seed", range(8))
def test_the_smallest_change_is_what_a_general_optimiser_finds(seed):
    rng = np.random.default_rng(seed)
    weight = rng.dirichlet(np.full(5, 0.6))
    marks = rng.integers(0, 100, (2, 5)).astype(float)
    marks[0, 0], marks[1, 1] = marks[1, 0] + 5, marks[0, 1] + 5
    first, second = np.argsort(-(marks @ weight))
    d = marks[first] - marks[second]
    best = minimize(
        lambda w: ((w - weight) ** 2).sum(), weight, jac=lambda w: 2 * (w - weight), bounds=[(0, 1)] * 5,
        constraints=[{"type": "eq", "fun": lambda w: w @ d / 100}, {"type": "eq", "fun": lambda w: w.sum() - 1}],
        method="SLSQP", options={"ftol": 1e-14, "maxiter": 500})

    found = smallest_change(marks, first, second, weight=weight)

    assert found.distance == pytest.approx(np.sqrt(best.fun), abs=1e-5)
    assert found.new_weight.min() >= 0
    assert found.new_weight.sum() == pytest.approx(1)
    assert found.new_weight @ d == pytest.approx(0, abs=1e-9)


def test_the_change_of_the_top_is_the_shortest_over_all_pairs():
    scores = MARKS @ WEIGHT
    inside = np.argsort(-scores)[:4]
    outside = np.setdiff1d(np.arange(15), inside)
    changes = [smallest_change(MARKS, i, o, weight=WEIGHT) for i in inside for o in outside]

    found = smallest_change_of_top(MARKS, 4, weight=WEIGHT)

    assert found.distance == min(change.distance for change in changes if change.is_available)


def test_one_weight_alone_is_told_in_shares():
    """A leads by 0.5 x 8 - 0.3 x 10 = 1 point.

    With a share v of the second indicator the others keep 5 : 2, so 8 x 5/7 (1 - v) - 10 v = 0 at v = 4/11, 6.4 points
    from 30 %; the first indicator would have to go from 50 % to 6/14, 7.1 points.
    """
    marks = np.array([[58.0, 50, 50], [50, 60, 50]])

    found = one_weight_change(marks, 0, 1, weight=np.array([50.0, 30, 20]))

    assert (found.indicator, found.share) == (1, 0.3)
    assert found.new_share == pytest.approx(4 / 11)
    assert str(found.explain()[0]) == (
        "Peserta 2 baru menyamai peserta 1 bila bobot butir 2 naik dari 30,0% ke 36,4%.")


def test_who_is_behind_everywhere_can_never_be_ahead():
    marks = np.array([[60.0, 70], [50, 60]])

    assert smallest_change(marks, 0, 1).reason == "never_ahead"
    assert one_weight_change(marks, 0, 1).reason == "no_one_weight"
    assert smallest_change_of_top(marks, 1).reason == "no_change_possible"


def test_the_winner_may_be_named_in_either_order():
    assert smallest_change(MARKS, 2, 9).ahead == smallest_change(MARKS, 9, 2).ahead


def test_ratings_bring_their_weights_and_the_change_is_told_in_points():
    marks = np.array([[58.0, 50, 50], [50, 60, 50]])
    weighted = Ratings.from_dense(marks[:, None, :], weight=[60.0, 30, 10])

    found = smallest_change(weighted, 0, 1)

    assert found.weight.tolist() == [60, 30, 10]
    assert found.new_weight.sum() == pytest.approx(100)


def test_an_empty_mark_of_all_jurors_has_no_weighted_table():
    marks = MARKS.copy()
    marks[2, 3] = np.nan

    assert weighted_table(marks).reason == "empty_cells"
    assert leave_one_out(marks).reason == "empty_cells"
    assert dirichlet_places(marks, seed=1).reason == "empty_cells"

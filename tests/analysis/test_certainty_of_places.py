"""Redrawn panels, jurors left out, neighbours and the cut: against the loop anyone would write."""

import numpy as np
import pytest

from sp2k.analysis.answers import Unavailable
from sp2k.analysis.draws import generator, provenance
from sp2k.analysis.places import places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.confidence_sets import confidence_sets, juror_confidence_sets
from sp2k.analysis.uncertainty.indicators import indicator_bootstrap
from sp2k.analysis.uncertainty.jurors import juror_bootstrap, juror_jackknife
from sp2k.analysis.uncertainty.neighbours import cut_check, neighbours
from sp2k.analysis.uncertainty.redraw import redraw_jurors
from tests.analysis.synthetic import panel, ratings, split_panels


def competition(scores) -> list[int]:
    """1-2-2-4, by counting."""
    rounded = [round(float(score), 9) for score in scores]
    return [1 + sum(other > score for other in rounded) for score in rounded]


@pytest.mark.parametrize("n_entries", [6, 500])
def test_places_are_counted_as_in_a_competition(n_entries):
    scores = np.random.default_rng(1).integers(0, n_entries // 2, (3, n_entries)) / 7

    assert places(scores).tolist() == [competition(row) for row in scores]


def test_sums_that_differ_in_the_last_bit_share_a_place():
    assert places(np.array([0.1 + 0.2, 0.3, 0.2])).tolist() == [1, 1, 3]


def test_the_counts_are_those_of_placing_every_redrawn_panel():
    made = ratings()
    redrawn = redraw_jurors(made, seed=5, n_draws=200)
    counts = np.zeros((12, 12), dtype=int)
    for times in redrawn.times:
        drawn = np.repeat(np.arange(5), times)
        for entry, place in enumerate(competition(made.dense[:, drawn].mean(axis=(1, 2)))):
            counts[entry, place - 1] += 1

    found = juror_bootstrap(redrawn)

    assert found.counts.tolist() == counts.tolist()
    assert found.p_top(3) == pytest.approx(counts[:, :3].sum(axis=1) / 200)
    assert found.mean_place == pytest.approx(counts @ np.arange(1, 13) / 200)


def test_a_range_leaves_out_at_most_one_draw_in_twenty_at_each_end():
    found = juror_bootstrap(redraw_jurors(ratings(), seed=5, n_draws=400))

    best, worst = found.interval(0.9)

    below = np.cumsum(found.counts, axis=1)
    for entry in range(12):
        assert below[entry, best[entry] - 1] > 20 >= (below[entry, best[entry] - 2] if best[entry] > 1 else 0)
        assert below[entry, worst[entry] - 1] >= 380
        assert worst[entry] == 1 or below[entry, worst[entry] - 2] < 380


def test_the_same_seed_draws_the_same_and_the_result_says_which():
    made = ratings()

    first, second = (juror_bootstrap(redraw_jurors(made, seed=9, n_draws=100)) for _ in range(2))

    assert first.counts.tolist() == second.counts.tolist()
    assert (first.provenance.seed, first.provenance.n_draws) == (9, 100)
    assert first.provenance.input_hash == made.input_hash
    assert first.provenance == second.provenance
    assert juror_bootstrap(redraw_jurors(made, seed=10, n_draws=100)).counts.tolist() != first.counts.tolist()


def test_a_generator_of_ones_own_is_noted_by_its_state():
    rng = generator(9)

    noted = provenance(rng, 10, "x")

    assert (noted.seed, noted.state) == (None, provenance(9, 10, "x").state)
    with pytest.raises(TypeError, match="PCG64"):
        generator(np.random.Generator(np.random.MT19937(1)))
    with pytest.raises(TypeError, match="bilangan bulat"):
        generator(None)


def test_every_redrawn_panel_of_linked_sessions_serves_everyone():
    made = split_panels(common=2)

    redrawn = redraw_jurors(made, seed=1, n_draws=300)

    assert ((redrawn.times @ made.totals.given.T) > 0).all()
    assert redrawn.times.sum(axis=1).tolist() == [made.n_jurors] * 300


def test_split_panels_are_redrawn_only_against_a_warning_and_then_each_by_itself():
    made = split_panels()

    refused = redraw_jurors(made, seed=1, n_draws=50)
    forced = redraw_jurors(made, seed=1, n_draws=50, anyway=True)

    assert refused.reason == "disconnected"
    assert forced.times[:, :3].sum(axis=1).tolist() == [3] * 50


def test_each_juror_is_left_out_in_turn():
    made = ratings()

    found = juror_jackknife(made)

    for juror in range(5):
        rest = np.delete(made.dense, juror, axis=1).mean(axis=(1, 2))
        assert found.places[juror].tolist() == competition(rest)
        assert found.without[juror].n_moved == sum(found.places[juror] != made.totals.plain_places)


def test_an_entry_that_only_one_juror_saw_has_no_place_without_him():
    marks = panel(n_entries=3, n_jurors=3)
    marks[1, 1:] = np.nan

    found = juror_jackknife(Ratings.from_dense(marks))

    assert (found.without[0].unplaced, found.places[0, 1]) == ((1,), 0)


def test_neighbours_are_a_tie_when_other_jurors_can_turn_them():
    """Jurors 1-4 put A a point ahead, juror 5 puts B far ahead; C is ten points behind both."""
    points = np.array([[81.0, 81, 81, 81, 80], [80, 80, 80, 80, 83], [70, 70, 71, 70, 70]])

    found = neighbours(redraw_jurors(Ratings.from_dense(points), seed=1, n_draws=2000))

    first, second = found.gaps
    assert (first.is_tie, second.is_tie, found.n_ties) == (True, False, 1)
    assert first.gap == pytest.approx(0.2)
    # Five draws from five jurors bring juror 5 twice or more with probability 1 - .8^5 - 5 x .2 x .8^4 = .2627.
    assert first.reversed_share == pytest.approx(0.2627, abs=0.03)
    assert str(first.explain()[0]) == (
        "Tempat 1, peserta 1, dan tempat 2, peserta 2, tidak terbedakan: selisih 0,20 poin, juri lain dapat membaliknya.")
    assert str(second.explain()[0]).startswith("Tempat 2, peserta 2, dan tempat 3, peserta 3, terbedakan: selisih ")


def test_a_cut_inside_the_noise_suggests_who_else_to_visit():
    points = np.array([[90.0] * 5, [81, 81, 81, 81, 80], [80, 80, 80, 80, 83], [70, 70, 71, 70, 70]])

    found = cut_check(redraw_jurors(Ratings.from_dense(points), seed=1), 2)

    assert (found.inside, found.suggested, found.suggested_total) == (2, (2,), 3)
    assert str(found.explain()[1]) == (
        "Sebelum diumumkan, pertimbangkan 3 peserta, bukan 2: tambahkan peserta 3.")


def test_a_clear_cut_says_so_and_a_cut_that_takes_all_has_no_answer():
    redrawn = redraw_jurors(Ratings.from_dense(np.array([[90.0] * 4, [70, 71, 70, 72], [50, 52, 51, 50]])), seed=1)

    assert cut_check(redrawn, 1).suggested == ()
    assert cut_check(redrawn, 3).reason == "cut_takes_all"


def test_entries_sharing_the_last_place_are_all_inside():
    redrawn = redraw_jurors(Ratings.from_dense(np.array([[90.0] * 3, [80.0] * 3, [80.0] * 3, [60.0] * 3])), seed=1)

    assert cut_check(redrawn, 2).inside == 3


def test_aspects_keep_their_weight_when_indicators_are_redrawn():
    """One aspect of one indicator with weight 60 decides alone, however the other aspect is redrawn."""
    marks = np.array([[90.0, 10, 20], [10, 90, 80], [10, 20, 10]])
    made = Ratings.from_dense(np.repeat(marks[:, None, :], 2, axis=1), weight=[60, 20, 20])

    found = indicator_bootstrap(made, seed=1, n_draws=100, aspect=[0, 1, 1])

    assert found.p_first.tolist() == [1, 0, 0]


def test_simultaneous_sets_hold_the_true_places_as_often_as_they_say():
    """Coverage over 200 data sets of ten entries whose true order is known: 95 % +- 3 standard errors."""
    truth, rng = np.arange(10.0)[::-1], np.random.default_rng(3)
    true_places = places(truth)
    held = 0
    for seed in range(200):
        found = confidence_sets(truth + rng.standard_normal(10), np.ones(10), seed=seed, n_draws=400)
        held += bool(((found.best <= true_places) & (true_places <= found.worst)).all())

    assert held / 200 >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / 200)


def test_a_covariance_matrix_and_its_variances_say_the_same_when_nothing_is_shared():
    scores = np.array([3.0, 2, 1, 0])

    one = confidence_sets(scores, np.full(4, 0.2), seed=1)
    two = confidence_sets(scores, np.diag(np.full(4, 0.2)), seed=1)

    assert (one.best.tolist(), one.worst.tolist()) == (two.best.tolist(), two.worst.tolist())


def test_what_estimates_share_does_not_blur_their_difference():
    scores = np.array([3.0, 2, 1, 0])

    alone = confidence_sets(scores, np.diag(np.full(4, 0.01)) + 25, seed=1)

    assert alone.best.tolist() == alone.worst.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("n_jurors", [4, 9])
def test_sets_from_jurors_hold_every_plain_place_and_narrow_with_the_noise(n_jurors):
    loud, quiet = (ratings(n_jurors=n_jurors, rest=rest) for rest in (12.0, 1.0))

    wide, narrow = (juror_confidence_sets(redraw_jurors(made, seed=1)) for made in (loud, quiet))

    assert ((wide.best <= wide.plain_places) & (wide.plain_places <= wide.worst)).all()
    assert (narrow.worst - narrow.best).sum() < (wide.worst - wide.best).sum()
    assert (wide.provenance is None) == (n_jurors < 5)


def test_a_reason_is_passed_on_by_whoever_asks_next():
    refused = redraw_jurors(split_panels(), seed=1)

    answers = (juror_bootstrap(refused), neighbours(refused), cut_check(refused, 3), juror_confidence_sets(refused))

    assert all(isinstance(answer, Unavailable) and answer.reason == "disconnected" for answer in answers)

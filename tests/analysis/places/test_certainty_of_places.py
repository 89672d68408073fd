"""Redrawn panels and jurors left out: against the loop anyone would write; sets of places against Tukey's."""

import numpy as np
import pytest
from scipy.stats import studentized_range

from sp2k.analysis.answers import Unavailable
from sp2k.analysis.draws import generator, provenance
from sp2k.analysis.official import MEDIAN, TWO_WAY, Official, combine
from sp2k.analysis.places import places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.certain_places import place_certainty
from sp2k.analysis.uncertainty.confidence_sets import place_sets, range_quantile
from sp2k.analysis.uncertainty.indicators import indicator_bootstrap
from sp2k.analysis.uncertainty.jurors import juror_bootstrap, juror_jackknife
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


def test_a_juror_is_left_out_by_the_declared_way():
    """Median of four: 80 and 82 in the middle; without the juror who gave 90 it is the middle one of three."""
    points = np.array([[80.0, 82, 70, 90], [81, 81, 81, 60]])
    made = Ratings.from_dense(points)
    official = Official(np.array([81.0, 81]), np.zeros(2), np.array([MEDIAN]), np.zeros(2, dtype=int), np.array([1]))

    found = juror_jackknife(made, official)

    assert found.places[3].tolist() == [2, 1]
    assert official.recount(made, np.array([[1, 1, 1, 0]] * 2, dtype=bool)).tolist() == [80, 81]


@pytest.mark.parametrize(("trim", "points"), [(0, 77.0), (1, 76.0), (2, 75.0), (MEDIAN, 75.0), (9, 77.0), (TWO_WAY, 77.0)])
def test_jurors_are_combined_as_declared_and_those_absent_do_not_count(trim, points):
    marks = np.array([[70.0, 78, 75, 87, 75, 0]]).reshape(1, 6, 1)
    given = np.array([[1, 1, 1, 1, 1, 0]], dtype=bool)

    assert combine(marks, given, np.array([trim]))[0, 0] == pytest.approx(points)


def test_aspects_keep_their_weight_when_indicators_are_redrawn():
    """One aspect of one indicator with weight 60 decides alone, however the other aspect is redrawn."""
    marks = np.array([[90.0, 10, 20], [10, 90, 80], [10, 20, 10]])
    made = Ratings.from_dense(np.repeat(marks[:, None, :], 2, axis=1), weight=[60, 20, 20])

    found = indicator_bootstrap(made, seed=1, n_draws=100, aspect=[0, 1, 1])

    assert found.p_first.tolist() == [1, 0, 0]


def sets_of(made: Ratings):
    return place_sets(place_certainty(made, Official.plain(made, 3), seed=1, n_draws=100))


def test_simultaneous_sets_are_tukeys_and_hold_the_true_places_as_often_as_they_say():
    """Coverage over 200 tables of eight entries and four jurors: 95 % +- 3 standard errors; widths by SciPy's Tukey."""
    truth, rng = np.arange(8.0)[::-1], np.random.default_rng(3)
    true_places, held = places(truth), 0
    for _ in range(200):
        points = truth[:, None] + rng.standard_normal((8, 4)) + rng.standard_normal(4)
        found = sets_of(Ratings.from_dense(points))
        held += bool(((found.best <= true_places) & (true_places <= found.worst)).all())

    rest = points - points.mean(axis=0) - points.mean(axis=1)[:, None] + points.mean()
    reach = studentized_range.ppf(0.95, 8, 21) * np.sqrt((rest**2).sum() / 21 / 4)
    gap = points.mean(axis=1)[:, None] - points.mean(axis=1)
    assert (found.best - 1).tolist() == (gap < -reach).sum(axis=1).tolist()
    assert held / 200 >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / 200)


@pytest.mark.parametrize(("n", "df", "published"), [(3, 6, 4.339), (5, 8, 4.886), (10, 20, 5.008), (20, 120, 5.126)])
def test_the_studentised_range_is_that_of_the_tables(n, df, published):
    """Harter (1960), Ann. Math. Stat. 31:1122-1147, table 3: upper 5 % points."""
    assert range_quantile(0.95, n, df) == pytest.approx(published, abs=2e-3)


@pytest.mark.parametrize("n_jurors", [4, 9])
def test_sets_from_jurors_hold_every_plain_place_and_narrow_with_the_noise(n_jurors):
    loud, quiet = (ratings(n_jurors=n_jurors, rest=rest) for rest in (12.0, 1.0))

    wide, narrow = sets_of(loud), sets_of(quiet)

    assert ((wide.best <= wide.plain_places) & (wide.plain_places <= wide.worst)).all()
    assert (narrow.worst - narrow.best).sum() < (wide.worst - wide.best).sum()


def test_a_reason_is_passed_on_by_whoever_asks_next():
    made = split_panels()
    refused = redraw_jurors(made, seed=1)
    certain = place_certainty(made, Official.plain(made, 3), seed=1)

    answers = (juror_bootstrap(refused), certain, place_sets(certain))

    assert all(isinstance(answer, Unavailable) and answer.reason == "disconnected" for answer in answers)

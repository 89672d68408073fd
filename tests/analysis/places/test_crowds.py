"""One crowd, groups, or all alike: what the qualities may come from is told by the marks and not taken for granted."""

from dataclasses import replace

import numpy as np
import pytest

from sp2k.analysis.answers import Unavailable
from sp2k.analysis.official import Official
from sp2k.analysis.places import GivenPlaces, places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.certain_places import MOST_ALIKE, place_certainty
from sp2k.analysis.uncertainty.crowds import Left, is_carried, possible_crowds

NONE = np.zeros(20)


def weighed(totals, fixed=NONE):
    """Crowds of totals whose noise variance is 1, known from 40 free residuals, and how likely all are alike."""
    rng, n = np.random.Generator(np.random.PCG64(1)), len(totals)
    return possible_crowds(np.asarray(totals, dtype=float), fixed[:n], np.arange(n), 1.0, 40, rng)


def crowds_of(totals):
    return weighed(totals)[0]


def spread(n, size):
    drawn = np.sort(np.random.default_rng(3).standard_normal(n))[::-1]
    return size * (drawn - drawn.mean()) / drawn.std()


def test_the_crowds_that_are_kept_make_up_nearly_all_and_the_likeliest_come_first():
    shares = [crowd.share for crowd in crowds_of(spread(12, 3.0))]

    assert 0.9 < sum(shares) <= 1 + 1e-9
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("middles", [(10, 0), (16, 8, 0), (24, 16, 8, 0)], ids=len)
def test_groups_far_apart_are_found_where_they_part(middles):
    groups = np.split(np.arange(5 * len(middles)), len(middles))
    totals = np.concatenate([middle + spread(5, 1.0) for middle in middles])

    likeliest = crowds_of(totals)[0]

    assert [sorted(group.tolist()) for group in likeliest.groups] == [group.tolist() for group in groups]
    assert sum(crowd.share for crowd in crowds_of(totals) if len(crowd.groups) == 1) < 0.1


def test_totals_that_differ_by_no_more_than_noise_may_be_all_alike_and_a_wide_crowd_is_not():
    likeliest, alike = crowds_of(spread(12, 1.0))[0], weighed(spread(12, 1.0))[1]

    assert (len(likeliest.groups), likeliest.is_alike, likeliest.share) == (1, True, alike)
    assert weighed(spread(12, 5.0))[1] < MOST_ALIKE


def test_fixed_points_that_foretell_quality_leave_one_crowd():
    crowds, alike = weighed(spread(12, 5.0), fixed=np.arange(12.0))

    assert ([(len(crowd.groups), crowd.is_alike, crowd.share) for crowd in crowds], alike) == ([(1, False, 1.0)], 0.0)


@pytest.mark.parametrize(("points", "noise", "carried"), [([0, 0, 0, -0.5], 1.0, False), ([0, 4, 8, 12], 1.0, True)], ids=str)
def test_a_finding_of_half_a_point_foretells_nothing_and_an_earlier_score_does(points, noise, carried):
    assert is_carried(np.array(points, dtype=float), noise) is carried


def test_from_four_entries_no_range_is_given_and_from_five_there_is():
    points = 70 + np.random.default_rng(5).standard_normal((5, 9)) * 4
    four, five = (Ratings.from_dense(points[:n]) for n in (4, 5))

    assert isinstance(place_certainty(four, Official.plain(four, 1), seed=1, n_draws=100), Unavailable)
    assert place_certainty(five, Official.plain(five, 1), seed=1, n_draws=100).range90[0].shape == (5,)


def test_regencies_have_crowds_of_their_own_and_one_with_few_entries_gets_nothing_clear():
    rng = np.random.default_rng(7)
    quality = np.concatenate([15 * rng.standard_normal(6), np.zeros(6), [30.0, 0, -30]])
    made = Ratings.from_dense(70 + quality[:, None] + rng.standard_normal((15, 9)))
    scope = np.repeat([0, 1, 2], [6, 6, 3])
    official = replace(Official.plain(made, 1), scope=scope, quota=np.array([1, 1, 1]))

    found = place_certainty(made, official, seed=1, n_draws=400)
    clear = [found.n_clear([entries[np.argmax(official.totals[entries])]], 1) for entries in official.members()]

    assert (clear, found.alike[2]) == ([1, 0, 0], 1.0)


def test_what_is_left_is_what_groups_and_fixed_points_do_not_foretell():
    own, fixed = np.array([5.0, 3, 1, 9, 7, 2]), np.array([2.0, 1, 0, 3, 2, 4])
    columns = np.column_stack([np.ones(6), fixed])
    rest = own - columns @ np.linalg.lstsq(columns, own, rcond=None)[0]

    left = Left.within(np.tile(own, 2), [np.arange(12)], np.tile(fixed, 2))

    assert (left.square, left.free) == (pytest.approx(2 * rest @ rest), 10)


def leading_by_chance():
    """Five jurors, ten entries; all but one nearly alike, and what they differ by is noise."""
    rng = np.random.default_rng(11)
    return Ratings.from_dense(70 + 4 * rng.standard_normal((10, 5)) + 3 * rng.standard_normal(5))


def test_nothing_is_told_apart_while_all_may_be_equally_good_however_far_ahead_one_is():
    made = leading_by_chance()
    found = place_certainty(made, Official.plain(made, 3), seed=1, n_draws=500)
    first, last = found.order[0], found.order[-1]
    sure = replace(found, drawn=np.tile(found.plain_places, (500, 1)))

    assert found.may_be_alike(first)
    assert (sure.ahead(first, last), sure.are_told_apart(first, last), sure.n_clear(sure.order[:3], 3)) == (1.0, False, 0)
    assert replace(sure, alike=np.zeros(1)).are_told_apart(first, last)
    assert replace(sure, alike=np.zeros(1)).n_clear(sure.order[:3], 3) == 3


def test_equals_have_the_same_range():
    points = 70 + np.array([12.0, 12, 12, 6, 3, 0])[:, None] + np.random.default_rng(2).standard_normal((6, 5))
    points[1], points[2] = points[0][::-1], np.roll(points[0], 2)
    made = Ratings.from_dense(points)

    best, worst = place_certainty(made, Official.plain(made, 2), seed=1, n_draws=500).range90

    assert (len(set(best[:3].tolist())), len(set(worst[:3].tolist()))) == (1, 1)


def test_equal_when_rounded_as_the_rules_do_is_equal_here_as_well():
    points = 70 + np.array([12.0, 6, 6, 3, 1, 0])[:, None] + np.random.default_rng(2).standard_normal((6, 5))
    points[1] += 76.001 - points[1].mean()
    points[2] = points[1][::-1] + 0.003
    made = Ratings.from_dense(points)
    official = Official.plain(made, 2)
    rounded = replace(official, given=GivenPlaces(places(official.totals.round(2)), 2))

    apart, equal = (place_certainty(made, each, seed=1, n_draws=500).within for each in (official, rounded))

    assert (rounded.given.places[1], rounded.given.places[2]) == (2, 2)
    assert (equal[1] == equal[2], apart[1] == apart[2]) == (True, False)

"""One crowd, two groups, or all alike: what the qualities may come from is told by the marks and not taken for granted."""

from dataclasses import replace

import numpy as np
import pytest

from sp2k.analysis.official import Official
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.uncertainty.certain_places import MOST_ALIKE, place_certainty
from sp2k.analysis.uncertainty.crowds import Left, possible_crowds

EVERYBODY = [np.arange(12)]
NONE = np.zeros(12)


def crowds_of(totals, scopes=EVERYBODY):
    """Of totals whose noise variance is 1, known from 40 free residuals."""
    rng = np.random.Generator(np.random.PCG64(1))
    return possible_crowds(np.asarray(totals, dtype=float), NONE[: len(totals)], scopes, 1.0, 40, rng)


def spread(n, size):
    drawn = np.sort(np.random.default_rng(3).standard_normal(n))[::-1]
    return size * (drawn - drawn.mean()) / drawn.std()


def test_shares_of_all_crowds_add_up_to_one():
    assert sum(crowd.share for crowd in crowds_of(spread(12, 3.0))) == pytest.approx(1)


def test_two_groups_far_apart_are_found_where_they_part():
    totals = np.concatenate([10 + spread(5, 1.0), spread(7, 1.0)])

    likeliest = max(crowds_of(totals), key=lambda crowd: crowd.share)

    assert [group.tolist() for group in likeliest.groups] == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9, 10, 11]]
    assert sum(crowd.share for crowd in crowds_of(totals) if len(crowd.groups) == 1) < 0.1


def test_totals_that_differ_by_no_more_than_noise_may_be_all_alike_and_a_wide_crowd_is_not():
    one, alike = crowds_of(spread(12, 1.0))[:2]

    assert (one.is_alike, alike.is_alike) == (False, True)
    assert alike.share > one.share
    assert crowds_of(spread(12, 5.0))[1].share < MOST_ALIKE


def test_where_places_are_each_regencys_own_nobody_is_parted_in_two_groups():
    scopes = [np.arange(0, 12, 2), np.arange(1, 12, 2)]

    found = crowds_of(spread(12, 2.0), scopes)

    assert [(crowd.groups, crowd.is_alike) for crowd in found] == [(scopes, False), (scopes, True)]


def test_from_three_entries_one_crowd_is_taken_for_granted():
    assert [crowd.share for crowd in crowds_of([3.0, 1, 0], [np.arange(3)])] == [1.0]


def test_what_is_left_is_what_groups_and_fixed_points_do_not_foretell():
    own, fixed = np.array([5.0, 3, 1, 9, 7, 2]), np.array([2.0, 1, 0, 3, 2, 4])
    columns = np.column_stack([np.ones(6), fixed])
    rest = own - columns @ np.linalg.lstsq(columns, own, rcond=None)[0]

    left = Left.within(np.tile(own, 2), np.tile(fixed, 2), [np.arange(12)])

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

    assert found.may_be_alike
    assert (sure.ahead(first, last), sure.are_told_apart(first, last), sure.n_clear(sure.order[:3], 3)) == (1.0, False, 0)
    assert replace(sure, alike=0.0).are_told_apart(first, last)
    assert replace(sure, alike=0.0).n_clear(sure.order[:3], 3) == 3


def test_equals_have_the_same_range():
    points = 70 + np.array([12.0, 12, 12, 6, 3, 0])[:, None] + np.random.default_rng(2).standard_normal((6, 5))
    points[1], points[2] = points[0][::-1], np.roll(points[0], 2)
    made = Ratings.from_dense(points)

    best, worst = place_certainty(made, Official.plain(made, 2), seed=1, n_draws=500).range90

    assert (len(set(best[:3].tolist())), len(set(worst[:3].tolist()))) == (1, 1)

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sp2k.tally.places import CutTie, MissingTotal, Placed, Standing, competition_places, cut_at, place_standings


def standing(code, total, *chain) -> Standing:
    return Standing(code, Fraction(total), tuple(map(Fraction, chain)))


def test_equal_totals_share_the_better_place():
    assert competition_places([Fraction(80), Fraction(90), Fraction(80), Fraction(70)]) == [2, 1, 2, 4]


def test_a_third_and_its_decimals_are_not_equal():
    assert competition_places([Fraction("0.333333333333333333"), Fraction(1, 3)]) == [2, 1]


def test_sums_that_floats_tell_apart_share_a_place():
    # 0.1 + 0.2 is 0.30000000000000004 in binary: statistics of an Olympic result were once broken by such a sum.
    assert competition_places([Fraction("0.1") + Fraction("0.2"), Fraction("0.3")]) == [1, 1]


def test_a_missing_total_has_no_place():
    with pytest.raises(MissingTotal) as refused:
        competition_places([Fraction(1), None, Fraction(2), None])

    assert refused.value.positions == [1, 3]


def test_the_chain_separates_link_by_link_and_each_entry_knows_its_last_link():
    placed = place_standings(
        [standing("a", 90, 40, 7), standing("b", 90, 40, 9), standing("c", 90, 41, 1), standing("d", 95, 0, 0)]
    )

    assert placed == [
        Placed("d", 1, None, ("d",)),
        Placed("c", 2, 0, ("c",)),
        Placed("b", 3, 1, ("b",)),
        Placed("a", 4, 1, ("a",)),
    ]


def test_who_is_separated_from_some_and_equal_to_another_keeps_both_facts():
    placed = place_standings(
        [standing("a", 90, 40), standing("b", 90, 40), standing("c", 90, 41), standing("d", 80, 50)]
    )

    assert placed == [
        Placed("c", 1, 0, ("c",)),
        Placed("a", 2, 0, ("a", "b")),
        Placed("b", 2, 0, ("a", "b")),
        Placed("d", 4, None, ("d",)),
    ]


def test_nobody_is_placed_by_code_when_the_chain_is_exhausted():
    forwards = place_standings([standing("a", 90, 1), standing("b", 90, 1), standing("c", 90, 1)])
    backwards = place_standings([standing("c", 90, 1), standing("b", 90, 1), standing("a", 90, 1)])

    assert forwards == backwards
    assert [entry.place for entry in forwards] == [1, 1, 1]


def test_the_cut_takes_those_within_the_quota():
    placed = place_standings([standing("a", 90), standing("b", 80), standing("c", 70)])

    assert cut_at(placed, 2, scope="semua") == (frozenset("ab"), None)


def test_equals_within_the_cut_go_on_together():
    placed = place_standings([standing("a", 90), standing("b", 80), standing("c", 80), standing("d", 70)])

    assert cut_at(placed, 3, scope="semua") == (frozenset("abc"), None)


def test_equals_across_the_cut_are_a_result_of_their_own_and_none_of_them_goes_on():
    placed = place_standings([standing("a", 90), standing("c", 80), standing("b", 80), standing("d", 80)])

    through, tie = cut_at(placed, 3, scope="35.10")

    assert through == frozenset("a")
    assert tie == CutTie("35.10", 3, 2, ("b", "c", "d"))
    assert tie.seats_left == 2


def test_a_quota_of_nought_lets_nobody_through_and_has_no_tie():
    placed = place_standings([standing("a", 90), standing("b", 90)])

    assert cut_at(placed, 0, scope="35.72") == (frozenset(), None)


def test_a_quota_beyond_the_entries_lets_all_through():
    placed = place_standings([standing("a", 90), standing("b", 90)])

    assert cut_at(placed, 5, scope="semua") == (frozenset("ab"), None)


keys = st.tuples(*[st.integers(0, 3).map(Fraction)] * 3)


@given(st.lists(keys, max_size=9))
def test_a_place_is_one_more_than_the_number_that_is_better(values):
    placed = place_standings(Standing(f"{n:02}", value[0], value[1:]) for n, value in enumerate(values))

    places = {entry.code: entry.place for entry in placed}
    assert places == {f"{n:02}": 1 + sum(other > value for other in values) for n, value in enumerate(values)}


@given(st.lists(keys, max_size=9))
def test_the_link_named_is_the_last_that_separates_an_entry_from_an_equal_of_its_total(values):
    placed = place_standings(Standing(f"{n:02}", value[0], value[1:]) for n, value in enumerate(values))

    for entry in placed:
        own = values[int(entry.code)]
        firsts = [
            next(n for n in range(3) if other[n] != own[n]) for other in values if other != own and other[0] == own[0]
        ]
        assert entry.link == (max(firsts) - 1 if firsts else None)


@given(st.lists(keys, max_size=9), st.integers(0, 9))
def test_a_cut_never_takes_more_than_the_quota_and_never_parts_equals(values, quota):
    placed = place_standings(Standing(f"{n:02}", value[0], value[1:]) for n, value in enumerate(values))

    through, tie = cut_at(placed, quota, scope="semua")

    assert len(through) <= quota
    assert (tie is None) == (len(through) == min(quota, len(values)))
    assert not any(set(entry.sharing) - through for entry in placed if entry.code in through)

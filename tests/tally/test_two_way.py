"""The additive two-way adjustment, alone: effects of jurors by least squares, exactly."""

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sp2k.tally.two_way import NotConnected, juror_effects

JURORS = ["a", "b", "c", "d"]


@st.composite
def designs(draw, is_crossed=False):
    """Points of some entries by some of the jurors, whole numbers and thirds."""
    value = st.fractions(0, 100, max_denominator=3)
    entries = [f"e{n}" for n in range(draw(st.integers(1, 6)))]
    panel = st.just(JURORS) if is_crossed else st.lists(st.sampled_from(JURORS), min_size=1, unique=True)
    return {entry: {juror: draw(value) for juror in draw(panel)} for entry in entries}


def adjusted(points) -> dict[str, Fraction]:
    effects = juror_effects(points)
    return {entry: sum(row[j] - effects[j] for j in row) / len(row) for entry, row in points.items()}


def connected(points):
    try:
        return juror_effects(points)
    except NotConnected:
        assume(False)


@given(designs())
@settings(deadline=None, max_examples=150)
def test_what_the_model_leaves_over_adds_up_to_nought_for_each_juror_and_each_entry(points):
    effects, levels = connected(points), adjusted(points)

    rest = {(e, j): value - levels[e] - effects[j] for e, row in points.items() for j, value in row.items()}

    assert {sum(r for (e, _), r in rest.items() if e == entry) for entry in points} == {0}
    assert {sum(r for (_, j), r in rest.items() if j == juror) for juror in effects} == {0}
    assert sum(effects.values()) == 0


@given(designs(is_crossed=True))
@settings(deadline=None, max_examples=60)
def test_where_everybody_judged_everybody_it_is_the_plain_mean_exactly(points):
    assert adjusted(points) == {entry: sum(row.values()) / len(row) for entry, row in points.items()}


@given(designs(), st.sampled_from(JURORS), st.fractions(-20, 20, max_denominator=5))
@settings(deadline=None, max_examples=100)
def test_one_juror_s_mildness_moves_every_entry_alike(points, juror, mildness):
    effects = connected(points)
    assume(juror in effects)
    milder = {
        entry: {j: value + (mildness if j == juror else 0) for j, value in row.items()} for entry, row in points.items()
    }

    moved = {adjusted(milder)[entry] - level for entry, level in adjusted(points).items()}

    assert moved == {mildness / len(effects)}


def test_points_made_of_a_level_and_a_strictness_give_both_back():
    level, strictness = {"e1": 80, "e2": 75, "e3": 60}, {"a": -3, "b": 1, "c": 2}
    judged = {"e1": "ab", "e2": "bc", "e3": "c"}
    points = {e: {j: Fraction(level[e] + strictness[j]) for j in panel} for e, panel in judged.items()}

    assert juror_effects(points) == strictness
    assert adjusted(points) == level


def test_the_order_in_which_points_come_changes_nothing():
    points = {"e1": {"a": Fraction(1), "b": Fraction(2)}, "e2": {"b": Fraction(5), "c": Fraction(9)}}
    turned = {entry: dict(reversed(row.items())) for entry, row in reversed(points.items())}

    assert list(juror_effects(points).items()) == list(juror_effects(turned).items())


def test_one_juror_alone_has_no_effect():
    assert juror_effects({"e1": {"a": Fraction(70)}, "e2": {"a": Fraction(90)}}) == {"a": 0}


def test_panels_without_a_common_juror_are_refused_with_their_parts():
    points = {
        "e1": {"a": Fraction(1), "b": Fraction(2)},
        "e2": {"b": Fraction(1)},
        "e3": {"c": Fraction(1), "d": Fraction(1)},
    }

    with pytest.raises(NotConnected) as error:
        juror_effects(points)

    assert error.value.groups == [(("a", "b"), ("e1", "e2")), (("c", "d"), ("e3",))]


def test_forty_jurors_in_a_ring_are_solved_exactly():
    jurors = [f"j{n:02}" for n in range(40)]
    pairs = zip(jurors, [*jurors[1:], jurors[0]], strict=True)
    points = {f"e{n}": {a: Fraction(50 + n), b: Fraction(50 + n * n % 7)} for n, (a, b) in enumerate(pairs)}

    effects = juror_effects(points)

    assert sum(effects.values()) == 0
    assert all(re.fullmatch(r"-?[0-9]+(/[0-9]+)?", str(effect)) for effect in effects.values())
    for juror in jurors:
        rest = [
            row[juror] - effects[juror] - sum(row[j] - effects[j] for j in row) / 2
            for row in points.values()
            if juror in row
        ]
        assert sum(rest) == 0

"""Exact numbers: what people type, what is written back, how a half is rounded."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sp2k.tally.numbers import (
    MAX_DIGITS,
    exact,
    exact_text,
    fixed_text,
    number_of,
    over_one_denominator,
    round_half_up,
    sum_exact,
)

# Denominators without 2 and 5 included: 2/3 has no decimal end.
fractions = st.fractions(max_denominator=10**6)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (3, Fraction(3)),
        (-5, Fraction(-5)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Decimal("1E+3"), Fraction(1000)),
        ("12", Fraction(12)),
        ("85,5", Fraction(171, 2)),
        ("85.5", Fraction(171, 2)),
        (" 7\n", Fraction(7)),
        ("-3", Fraction(-3)),
        ("+4", Fraction(4)),
        (",5", Fraction(1, 2)),
        ("-,5", Fraction(-1, 2)),
        ("5,", Fraction(5)),
        ("007", Fraction(7)),
        ("0", Fraction(0)),
        ("87.500", Fraction(175, 2)),
        ("9" * 300, Fraction(10**300 - 1)),
    ],
)
def test_a_number_is_read_with_comma_or_point(typed, number):
    assert number_of(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        None, "", "   ", "abc", "12 desa", "1.000,5", "1,000.5", "1 000", "1e3", "1_000", "½", "٣", "５", "0x10", "NaN",
        "Infinity", "-", ".", ",", "--5", "5%", True, False, [], [3], {}, {"nilai": 3}, Decimal("NaN"),
        Decimal("Infinity"), Decimal("1E+999999"), Decimal("1E-999999"), "9" * (MAX_DIGITS + 2), 10 ** (MAX_DIGITS + 1),
    ],
)  # fmt: skip
def test_anything_else_is_no_number(typed):
    assert number_of(typed) is None


def test_a_float_is_a_fault_of_the_program_and_says_so():
    with pytest.raises(TypeError):
        number_of(0.1)
    with pytest.raises(TypeError):
        exact(0.1)


def test_what_we_wrote_ourselves_is_read_strictly():
    assert [exact("0.50"), exact("1/3"), exact(2), exact(Decimal("2.25"))] == [
        Fraction(1, 2), Fraction(1, 3), Fraction(2), Fraction(9, 4),
    ]  # fmt: skip
    for wrong in ("1,5", " 1", "1/0", "", "1e3", "1.", Decimal("NaN")):
        with pytest.raises(ValueError):
            exact(wrong)
    with pytest.raises(TypeError):
        exact(True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(2), "2"),
        (Fraction(1, 4), "0.25"),
        (Fraction(-7, 40), "-0.175"),
        (Fraction(0), "0"),
        (Fraction(2, 3), "2/3"),
        (Fraction(-1, 60), "-1/60"),
        (Fraction(1, 2**10), "0.0009765625"),
        (Fraction(10**30), "1" + "0" * 30),
    ],
)
def test_points_end_as_decimals_or_stay_ratios(value, text):
    assert exact_text(value) == text


def test_even_a_number_of_ten_thousand_digits_is_written():
    assert exact_text(Fraction(10**10_000, 3)) == "1" + "0" * 10_000 + "/3"


@given(fractions)
def test_what_is_written_is_read_back_as_the_same_number(value):
    assert exact(exact_text(value)) == value


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_rounding_agrees_with_the_decimal_module(units, places):
    # One digit more than is kept, so that one value in ten is an exact half.
    value = Decimal(units).scaleb(-places - 1)

    expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)

    assert round_half_up(Fraction(value), places) == Fraction(expected)


@given(fractions, st.integers(0, 6))
def test_rounding_moves_a_value_by_half_a_unit_at_most(value, places):
    assert abs(round_half_up(value, places) - value) <= Fraction(1, 2 * 10**places)


def test_a_half_goes_away_from_zero():
    assert [round_half_up(Fraction(n, 8), 2) for n in (1, -1, 3)] == [
        Fraction(13, 100), Fraction(-13, 100), Fraction(38, 100),
    ]  # fmt: skip


@given(st.lists(fractions))
def test_the_fast_sum_is_the_sum(values):
    numerators, denominator = over_one_denominator(values)

    assert sum_exact(values) == sum(values, Fraction(0))
    assert [Fraction(numerator, denominator) for numerator in numerators] == values


def test_fixed_text_prints_the_declared_decimals_and_never_rounds():
    assert [fixed_text(Fraction(28), 2), fixed_text(Fraction(-1, 4), 2), fixed_text(Fraction(5), 0)] == [
        "28.00", "-0.25", "5",
    ]  # fmt: skip
    with pytest.raises(ValueError):
        fixed_text(Fraction(1, 8), 2)

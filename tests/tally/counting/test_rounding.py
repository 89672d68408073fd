"""Half up, at the declared levels, in the declared order: what is printed is what is placed."""

from decimal import Decimal
from fractions import Fraction

from tests.tally.counting.contest import ROGOJAMPI, TAMAN, TONGAS, Contest


def test_a_half_goes_up_at_every_level():
    contest = Contest([ROGOJAMPI, TAMAN], ["unair"], bulat={"indikator": 2, "aspek": 2, "nilai": 2})
    contest.gives("unair", ROGOJAMPI, N1="0.125").gives("unair", TAMAN, N1="0.124")

    assert contest.totals() == {ROGOJAMPI: "0.13", TAMAN: "0.12"}


def test_a_half_that_binary_numbers_miss_goes_up_too():
    # 2.675 is a little less than 2.675 in binary, so that floats give 2.67.
    contest = Contest([ROGOJAMPI], ["unair"], bulat={"nilai": 2}).gives("unair", ROGOJAMPI, N1="2.675")

    assert contest.totals() == {ROGOJAMPI: "2.68"}


def total_of_three_aspects(**rounding) -> str:
    aspects = {"A": {"A1": 10}, "B": {"B1": 10}, "C": {"C1": 10}}
    contest = Contest([ROGOJAMPI], ["unair", "jpip", "bappeda"], aspects, bulat={"nilai": 2, **rounding})
    contest.gives("unair", ROGOJAMPI, A1=10, B1=10, C1=10)
    contest.gives("jpip", ROGOJAMPI, A1=10, B1=10, C1=10)
    contest.gives("bappeda", ROGOJAMPI, A1=15, B1=15, C1=15)
    return contest.totals()[ROGOJAMPI]


def test_the_order_of_rounding_matters_and_is_the_one_declared():
    # Each mean is 7/6 = 1.1666...; three of them make 3.5 exactly, 3.51 when each aspect is rounded first.
    assert total_of_three_aspects() == "3.51"
    assert total_of_three_aspects(aspek=2) == "3.51"
    assert total_of_three_aspects(aspek=6) == "3.50"
    assert total_of_three_aspects(indikator=1, aspek=6) == "3.60"


def test_a_level_that_is_not_named_is_not_rounded():
    carry = {"cara": "bobot", "tahap": "isian", "bobot": Decimal("0.333"), "bobot_tahap": Decimal("0.667")}
    contest = Contest([ROGOJAMPI], ["unair"], bawaan=carry).gives("unair", ROGOJAMPI, N1=80).carries(ROGOJAMPI, "70.01")

    assert contest.totals() == {ROGOJAMPI: "76.67333"}


def test_entries_that_round_to_the_same_total_are_equals():
    contest = Contest([ROGOJAMPI, TAMAN], ["unair", "jpip", "bappeda"], bulat={"aspek": 6, "nilai": 2})
    contest.gives("unair", ROGOJAMPI, N1=80).gives("jpip", ROGOJAMPI, N1=80).gives("bappeda", ROGOJAMPI, N1="80.001")
    contest.all_give(TAMAN, N1=80)

    assert contest.result_of(ROGOJAMPI).own == Fraction("80.000333")
    assert contest.totals() == {ROGOJAMPI: "80.00", TAMAN: "80.00"}
    assert contest.places() == {ROGOJAMPI: 1, TAMAN: 1}


def test_totals_that_differ_behind_the_declared_decimals_are_parted_when_nothing_is_rounded():
    contest = Contest([ROGOJAMPI, TAMAN, TONGAS], ["unair"], bulat={"aspek": 3})
    contest.gives("unair", ROGOJAMPI, N1="80.001").gives("unair", TAMAN, N1="80").gives("unair", TONGAS, N1="80.002")

    assert contest.places() == {TONGAS: 1, ROGOJAMPI: 2, TAMAN: 3}

"""From indicators to the total: cutting, rounding, weighting, leaving out, in the declared order."""

from fractions import Fraction

import pytest

from sp2k.base.exactyaml import load
from sp2k.tally.instrument import read_instrument
from sp2k.tally.numbers import exact, exact_text
from sp2k.tally.tree import tree_total

RULE = "aturan: {jenis: juri, skala: [0, 100]}"


def tree_of(text: str, points: dict):
    """Return (exact points and rounded points of each aspect, total, left out) as texts."""
    given = {code: None if value is None else exact(value) for code, value in points.items()}
    tree = tree_total(read_instrument(load(text, name="uji")), given)
    aspects = {code: (exact_text(part.points), exact_text(part.rounded)) for code, part in tree.aspects.items()}
    return aspects, exact_text(tree.total), tree.left_out


def two_aspects(extra: str = "", maximum: str = "10") -> str:
    return (
        f"instrumen: uji\n{extra}aspek:\n"
        f"- {{kode: A, maks: {maximum}, indikator: [{{kode: A1, maks: 10, {RULE}}}, {{kode: A2, maks: 10, {RULE}}}]}}\n"
        f"- {{kode: B, maks: 10, indikator: [{{kode: B1, maks: 10, {RULE}}}]}}\n"
    )


def test_aspects_are_rounded_first_and_then_added():
    # 1.005 + 1.005 is 2.01; rounded first it is 1.01 + 1.01.
    aspects, total, _ = tree_of(two_aspects(), {"A1": "0.5", "A2": "0.505", "B1": "1.005"})

    assert aspects == {"A": ("1.005", "1.01"), "B": ("1.005", "1.01")}
    assert total == "2.02"


def test_an_aspect_is_cut_before_it_is_rounded_where_the_instrument_says_so():
    points = {"A1": "9", "A2": "9", "B1": "1"}

    assert tree_of(two_aspects(), points)[1] == "19"
    assert tree_of(two_aspects("plafon_aspek: true\n"), points)[1] == "11"
    assert tree_of(two_aspects("plafon_aspek: true\n", maximum="7.005"), points)[0]["A"] == ("7.005", "7.01")


def test_the_number_of_decimals_is_the_instruments():
    assert tree_of(two_aspects("bulat_aspek: 0\n"), {"A1": "0.5", "A2": "0", "B1": "0.4"})[1] == "1"
    assert tree_of(two_aspects("bulat_aspek: 3\n"), {"A1": "1/3", "A2": "0", "B1": "0"})[1] == "0.333"


def test_weights_make_a_level_the_weighted_mean_of_its_parts():
    text = (
        "instrumen: uji\nmaks: 100\naspek:\n"
        "- {kode: A, maks: 50, bobot: 0.75, indikator: "
        f"[{{kode: A1, maks: 10, bobot: 1/3, {RULE}}}, {{kode: A2, maks: 5, bobot: 2/3, {RULE}}}]}}\n"
        f"- {{kode: B, maks: 10, bobot: 0.25, indikator: [{{kode: B1, maks: 10, {RULE}}}]}}\n"
    )

    aspects, total, _ = tree_of(text, {"A1": "10", "A2": "2.5", "B1": "4"})

    # A: (1/3 x 10/10 + 2/3 x 2.5/5) x 50 = 33.333..; total: (0.75 x 33.33/50 + 0.25 x 4/10) x 100 = 59.995
    assert aspects == {"A": ("100/3", "33.33"), "B": ("4", "4")}
    assert total == "60"


def test_what_is_left_out_scales_its_aspect_to_the_declared_maximum():
    aspects, total, left_out = tree_of(two_aspects(maximum="20"), {"A1": "4", "A2": None, "B1": "1"})

    assert (aspects["A"], total, left_out) == (("8", "8"), "9", ("A2",))


def test_an_indicator_missing_from_the_points_is_left_out_and_listed():
    assert tree_of(two_aspects(maximum="20"), {"A1": "4", "B1": "1"})[2] == ("A2",)


def test_an_aspect_with_nothing_left_leaves_the_total_too():
    # Only B remains: 4 of 10, scaled to the file's maximum of 20.
    aspects, total, left_out = tree_of(two_aspects(), {"B1": "4"})

    assert (aspects["A"], total, left_out) == (("0", "0"), "8", ("A1", "A2"))


def test_what_remains_without_a_maximum_cannot_be_scaled():
    text = (
        "instrumen: uji\naspek:\n"
        f"- {{kode: A, maks: 5, indikator: [{{kode: A1, maks: 0, {RULE}}}, {{kode: A2, maks: 5, {RULE}}}]}}\n"
    )

    assert tree_of(text, {"A1": "0"}) == ({"A": ("0", "0")}, "0", ("A2",))


def test_when_everything_is_left_out_the_total_is_zero_and_all_is_listed():
    assert tree_of(two_aspects(), {}) == ({"A": ("0", "0"), "B": ("0", "0")}, "0", ("A1", "A2", "B1"))


def test_with_weights_the_parts_that_remain_share_the_weight():
    text = (
        "instrumen: uji\naspek:\n- {kode: A, maks: 30, indikator: "
        f"[{{kode: A1, maks: 10, bobot: 0.5, {RULE}}}, {{kode: A2, maks: 10, bobot: 0.3, {RULE}}}, "
        f"{{kode: A3, maks: 10, bobot: 0.2, {RULE}}}]}}\n"
    )

    # (0.5 x 1 + 0.3 x 0.5) / 0.8 x 30 = 24.375
    assert tree_of(text, {"A1": "10", "A2": "5"})[0]["A"] == ("24.375", "24.38")


@pytest.mark.parametrize("points", [{"A1": "-5", "A2": "0", "B1": "1"}])
def test_a_negative_aspect_is_added_as_it_is(points):
    assert tree_of(two_aspects(), points)[:2] == ({"A": ("-5", "-5"), "B": ("1", "1")}, "-4")


def test_the_total_is_a_fraction_and_never_a_float():
    tree = tree_total(
        read_instrument(load(two_aspects(), name="uji")), {"A1": Fraction(1, 3), "A2": Fraction(0), "B1": Fraction(0)}
    )

    assert (type(tree.total), tree.total) == (Fraction, Fraction(33, 100))

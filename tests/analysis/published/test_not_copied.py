"""R irr's `anxiety` (GPL): read where it lies, skipped where it does not."""

import numpy as np
import pytest

from sp2k.analysis.reliability.icc import agreement_limits, icc
from sp2k.analysis.reliability.kendall import kendall_w
from sp2k.analysis.reliability.krippendorff import LEVELS, krippendorff_alpha
from tests.analysis.references import numbers, outside, table

NAME = "irr_anxiety"
FORMS = {"oneway_consistency": "1", "twoway_agreement": "2", "twoway_consistency": "3"}


@pytest.fixture
def anxiety():
    folder = outside(NAME)
    return table(NAME, folder=folder), numbers(NAME, folder)


def check_kendall(points, case):
    found = kendall_w(points)
    told = case["kendall_tiecorr"]
    assert (found.w, found.chi2, found.p_value) == pytest.approx(
        (told["value"], told["statistic"], told["p.value"]), abs=1e-9)
    assert found.w_without_ties == pytest.approx(case["kendall_notie"]["value"], abs=1e-9)


def check_icc(points, case):
    found = icc(points)
    for name, model in FORMS.items():
        for unit, number in (("single", "1"), ("average", "k")):
            told, form = case["icc"][f"{name}_{unit}"], found.forms[f"{model},{number}"]
            assert form.value == pytest.approx(told["value"], abs=1e-9)
            assert (form.f, form.df1) == pytest.approx((told["Fvalue"], told["df1"]), abs=1e-9)
            if (name, unit) != ("twoway_agreement", "average"):
                assert (form.lower, form.upper) == pytest.approx((told["lbound"], told["ubound"]), abs=1e-9)


def test_kendall_w_is_corrected_for_ties_as_irr_does(anxiety):
    check_kendall(*anxiety)


def test_intraclass_correlations_have_the_limits_of_irr(anxiety):
    check_icc(*anxiety)


def test_limits_of_the_mean_agree_when_the_degrees_of_freedom_are_taken_where_irr_takes_them(anxiety):
    """irr takes them at the correlation of the mean; the estimate of one juror is what McGraw & Wong's table asks."""
    points, case = anxiety
    found, told = icc(points), case["icc"]["twoway_agreement_average"]

    limits = agreement_limits(found.squares, 0.95, at=found.forms["2,k"].value)

    k = found.squares.n_jurors
    stepped_up = [k * limit / (1 + (k - 1) * limit) for limit in limits]
    assert stepped_up == pytest.approx([told["lbound"], told["ubound"]], abs=1e-9)


def test_alpha_differs_from_irr_by_its_count_of_pairs_and_by_nothing_else(anxiety):
    """Without empty cells irr 0.84.1 weighs a pair by 1 instead of 1 / (k - 1), so its n is n (k - 1)."""
    points, case = anxiety
    n, k = points.size, points.shape[1]
    for measurement in LEVELS:
        found = krippendorff_alpha(points, measurement)
        factor = (n * (k - 1) - 1) / ((n - 1) * (k - 1))
        assert 1 - (1 - found.value) * factor == pytest.approx(case["kripp"][measurement], abs=1e-9)


@pytest.mark.parametrize("check", [check_kendall, check_icc])
def test_one_input_multiplied_is_noticed(anxiety, check):
    points, case = anxiety
    changed = np.array(points)

    changed[0, 0] *= 1.5

    with pytest.raises(AssertionError):
        check(changed, case)

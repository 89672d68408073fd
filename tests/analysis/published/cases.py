"""The reference cases as functions of their input, so that a changed input can be shown to be noticed.

`CASES` maps a name to (input, check): `check(input)` asserts everything the case fixes, reading the reference numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from sp2k.analysis.places import places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.reliability.cronbach import cronbach
from sp2k.analysis.reliability.icc import icc
from sp2k.analysis.reliability.krippendorff import krippendorff_alpha
from sp2k.analysis.scores import geometric_mean
from sp2k.analysis.severity.reml import crossed_fit
from tests.analysis.published import brennan
from tests.analysis.references import codes, numbers, rows, table

ICC_FORMS = {"ICC1": "1,1", "ICC2": "2,1", "ICC3": "3,1", "ICC1k": "1,k", "ICC2k": "2,k", "ICC3k": "3,k"}


@dataclass(frozen=True)
class Case:
    """A case: what goes in, and what must come out."""

    given: Callable[[], np.ndarray]
    check: Callable[[np.ndarray], None]


def check_shrout_fleiss(points: np.ndarray) -> None:
    """Shrout & Fleiss (1979), tables 2 and 4: six forms to two digits; R psych for forms and limits."""
    case = numbers("shrout_fleiss_1979")
    found = icc(points)
    published = {f"ICC{form.replace(',', '_')}": found.forms[form].value for form in ICC_FORMS.values()}
    squares = {"BMS": found.squares.between, "WMS": found.squares.within, "JMS": found.squares.jurors,
               "EMS": found.squares.residual}
    assert {**published, **squares} == pytest.approx(case["published"], abs=0.0051)
    for row in case["psych"]:
        form = found.forms[ICC_FORMS[row["type"]]]
        assert form.value == pytest.approx(row["ICC"], abs=1e-8)
        assert (form.lower, form.upper) == pytest.approx((row["lower bound"], row["upper bound"]), abs=1e-8)
        assert (form.f, form.df1, form.df2) == pytest.approx((row["F"], row["df1"], row["df2"]), abs=1e-8)
        assert form.p_value == pytest.approx(row["p"], abs=1e-8)


def check_krippendorff(values: np.ndarray) -> None:
    """Krippendorff (2011), example C: four levels of measurement, to three digits."""
    case = numbers("krippendorff_C")
    for measurement, published in case["published"].items():
        found = krippendorff_alpha(values, measurement)
        assert found.value == pytest.approx(published, abs=0.0005)
        assert found.value == pytest.approx(case["irr"][measurement], abs=1e-9)


def check_attitude(marks: np.ndarray) -> None:
    """Chatterjee & Price (1977) by R psych: alpha, alpha if dropped, corrected item-total correlation."""
    case = numbers("attitude_alpha")
    found = cronbach(marks)
    assert found.alpha == pytest.approx(case["total"][0]["raw_alpha"], abs=1e-9)
    assert found.if_dropped == pytest.approx([row["raw_alpha"] for row in case["alpha_drop"]], abs=1e-9)
    assert found.r_drop == pytest.approx([row["r.drop"] for row in case["item_stats"]], abs=1e-9)


def penicillin() -> np.ndarray:
    lines = rows("penicillin")
    wide = np.full((len({line["plate"] for line in lines}), len({line["sample"] for line in lines})), np.nan)
    wide[codes(lines, "plate"), codes(lines, "sample")] = [float(line["diameter"]) for line in lines]
    return wide


def check_penicillin(diameters: np.ndarray) -> None:
    """Bates et al. (2015), sec. 5: plates as entries, samples as jurors."""
    case = numbers("penicillin")
    found = crossed_fit(Ratings.from_dense(diameters).totals)
    published = case["published"]
    assert (found.sd_entry, found.sd_juror, found.sd_residual) == pytest.approx(
        (published["sd_plate"], published["sd_sample"], published["sd_resid"]), abs=5e-5)
    assert found.intercept == pytest.approx(published["intercept"], abs=0.005)
    lme4 = case["lme4"]
    assert found.criterion == pytest.approx(lme4["reml"], abs=1e-4)
    # Minus twice the likelihood: lower is nearer to the optimum than lme4 stopped.
    assert found.criterion <= lme4["reml"]
    assert (found.intercept, found.intercept_se) == pytest.approx((lme4["fixef"], lme4["se"]), abs=5e-5)
    assert found.juror_blup == pytest.approx([row["(Intercept)"] for row in lme4["ranef_sample"]], abs=5e-5)
    assert found.entry_blup == pytest.approx([row["(Intercept)"] for row in lme4["ranef_plate"]], abs=5e-5)


HDI_COLUMNS = ["le_2022", "eys_2022", "mys_2022", "gnipc_2022"]
# UNDP, HDR 2023-24, technical note 1: goalposts, income on a logarithmic scale.
HDI_LOW, HDI_HIGH = np.array([20, 0, 0, np.log(100)]), np.array([85, 18, 15, np.log(75_000)])


def check_hdi(values: np.ndarray) -> None:
    """UNDP (2024): education is a plain mean, the index a geometric one, to three decimals; ranks 1-2-2-4."""
    case, lines = numbers("hdi_2022"), rows("hdi_2022")
    logged = np.column_stack([values[:, :3], np.log(values[:, 3])])
    marks = np.clip((logged - HDI_LOW) / (HDI_HIGH - HDI_LOW), 0, 1)
    dimensions = np.column_stack([marks[:, 0], marks[:, 1:3].mean(axis=1), marks[:, 3]])
    index = geometric_mean(dimensions, np.ones(3))
    published = np.array([float(line["hdi_2022"]) for line in lines])
    assert np.abs(index - published).max() <= case["tolerance"]
    assert np.round(index, 3).tolist() == published.tolist()
    assert places(np.round(index, 3)).tolist() == [float(line["hdi_rank_2022"]) for line in lines]


CASES = {
    "shrout_fleiss_1979": Case(lambda: table("shrout_fleiss_1979"), check_shrout_fleiss),
    "krippendorff_C": Case(lambda: table("krippendorff_C").T, check_krippendorff),
    "attitude": Case(lambda: table("attitude"), check_attitude),
    "penicillin": Case(penicillin, check_penicillin),
    "hdi_2022": Case(lambda: table("hdi_2022", HDI_COLUMNS), check_hdi),
    **{f"brennan_{name}": Case(*brennan.case(name)) for name in brennan.DESIGNS},
}

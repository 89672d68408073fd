"""Brennan (2001) Generalizability Theory, synthetic data sets 1 to 3: T terms, components, coefficients, D study."""

import re
from functools import partial

import numpy as np
import pytest

from sp2k.analysis.reliability.generalizability import g_study
from tests.analysis.references import REFS, codes, numbers, rows

FOLDER = REFS / "brennan_gtheory"
# name: (facets in the order of the effects' names, object of measurement, nesting, fixed facets)
DESIGNS = {
    "design1": (("person", "item"), "person", {}, ()),
    "design1_missing": (("p", "i"), "p", {}, ()),
    "design2": (("person", "item"), "person", {"item": ("person",)}, ()),
    "design3": (("person", "i", "o"), "person", {}, ()),
    "design3_fixed": (("person", "i", "o"), "person", {}, ("i",)),
}
# T terms of data with gaps are printed to four decimals of an uncertain last digit.
T_TOLERANCE, COMPONENT, COEFFICIENT, D_STUDY = 5e-5, 1e-4, 0.005, 0.0015
# One mean square of data set 3 is transcribed as 1.3383 where its own sum of squares over df is 12.05 / 9 = 1.3389.
MEAN_SQUARE = 0.0006


def case(name: str):
    return partial(responses, name), partial(check, name)


def responses(name: str) -> np.ndarray:
    return np.array([float(line["Response"]) for line in rows(name, FOLDER)])


def check(name: str, values: np.ndarray) -> None:
    """Compare everything the case prints."""
    facets, measured, nested, fixed = DESIGNS[name]
    lines, expected = rows(name, FOLDER), numbers(name, FOLDER)["expected"]
    study = g_study(values, {f: codes(lines, f) for f in facets}, object_facet=measured, nested=nested, fixed=fixed)
    for effect, t in expected["t_values_dict"].items():
        found = study.components.mean_t if effect == "mean" else study.components[effect].t
        assert found == pytest.approx(t, abs=T_TOLERANCE)
    for effect, variance in expected["variances_dict"].items():
        assert study.components[effect].variance == pytest.approx(variance, abs=COMPONENT)
    check_squares(study, expected, len(values))
    assert study.now.relative == pytest.approx(expected["rho_dict"][measured], abs=COEFFICIENT)
    assert study.now.absolute == pytest.approx(expected["phi_dict"][measured], abs=COEFFICIENT)
    check_d_study(study, expected.get("d_study_expected", {}), measured)


def check_squares(study, expected: dict, n_values: int) -> None:
    for key, attribute, tolerance in (
        ("ss_values_dict", "ss", COMPONENT), ("ms_values_dict", "ms", MEAN_SQUARE), ("deg_freedom_dict", "df", 0),
    ):
        for effect, value in expected.get(key, {}).items():
            if effect == "Total":
                assert n_values - 1 == value
            else:
                assert getattr(study.components[effect], attribute) == pytest.approx(value, abs=tolerance)


def check_d_study(study, expected: dict, measured: str) -> None:
    for sizes, coefficients in expected.items():
        size = int(re.search(r"item: (\d+)", sizes).group(1))
        found = study.d_study("item", [size]).at(size)
        assert found.relative == pytest.approx(coefficients["rho^2"][measured], abs=D_STUDY)
        assert found.absolute == pytest.approx(coefficients["phi^2"][measured], abs=D_STUDY)

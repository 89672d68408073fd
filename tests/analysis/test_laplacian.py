"""The singular normal equations of the jurors: sizes at which an eigenvalue cut-off inverted what rounding left."""

import numpy as np
import pytest

from sp2k.analysis.official import Official, leniency
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.severity.additive import additive_severity
from sp2k.analysis.severity.laplacian import laplacian_inverse
from sp2k.analysis.severity.outliers import outlier_cells
from sp2k.analysis.severity.reml import reml_severity
from sp2k.analysis.uncertainty.noise import noise_of

SIZES = [(12, 12), (14, 13), (40, 11), (24, 12)]


def equal_jurors(n, k):
    rng = np.random.default_rng(n * k)
    return 70 + 5 * rng.standard_normal((n, 1)) + 4 * rng.standard_normal((n, k))


@pytest.mark.parametrize(("n", "k"), SIZES)
def test_strictness_on_complete_sheets_is_the_difference_of_two_means_at_every_size(n, k):
    points = equal_jurors(n, k)
    made = Ratings.from_dense(points)
    rest = points - points.mean(axis=1, keepdims=True) - points.mean(axis=0) + points.mean()
    apart = points.mean() - points.mean(axis=0)

    found = additive_severity(made)

    assert found.strictness == pytest.approx(apart)
    assert found.strictness.sum() == pytest.approx(0, abs=1e-9)
    assert reml_severity(made).strictness.sum() == pytest.approx(0, abs=1e-9)
    assert leniency(points[:, :, None], made.presence)[:, 0] == pytest.approx(-apart)
    assert found.residual_sd == pytest.approx(np.sqrt((rest**2).sum() / ((n - 1) * (k - 1))))
    assert noise_of(made, Official.plain(made, 1), None).sd == pytest.approx(found.residual_sd)
    assert np.sign(outlier_cells(made).studentised).tolist() == np.sign(rest).tolist()


def test_two_parts_that_share_nobody_are_inverted_apart_and_a_lonely_juror_is_nought():
    part = np.array([[2.0, -1, -1], [-1, 2, -1], [-1, -1, 2]])
    whole = np.zeros((7, 7))
    whole[:3, :3] = whole[3:6, 3:6] = part

    found = laplacian_inverse(whole)

    assert found == pytest.approx(np.linalg.pinv(whole))
    assert found.sum(axis=0) == pytest.approx(np.zeros(7), abs=1e-12)

"""Strictness in points: against the textbook's full design matrices, which this code never builds."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t as student

from sp2k.analysis.official import MEDIAN, Official, combine
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.severity.additive import additive_severity
from sp2k.analysis.severity.order import severity_order
from sp2k.analysis.severity.outliers import outlier_cells
from sp2k.analysis.severity.reml import crossed_fit, reml_severity
from tests.analysis.synthetic import panel, ratings, split_panels


def with_gaps(seed=3, share=0.25) -> Ratings:
    marks = panel(seed=seed)
    absent = np.random.default_rng(seed).random(marks.shape[:2]) < share
    absent[np.arange(12), np.arange(12) % 5] = False
    marks[absent] = np.nan
    return Ratings.from_dense(marks)


def dummies(made: Ratings):
    """Return (rows, cells' points, entry columns, juror columns) of the two-way model, written out in full."""
    entry, juror = np.nonzero(made.totals.given)
    columns = np.zeros((len(entry), made.n_entries + made.n_jurors))
    columns[np.arange(len(entry)), entry] = 1
    columns[np.arange(len(entry)), made.n_entries + juror] = 1
    return columns, made.totals.points[entry, juror], entry, juror


def test_strictness_is_that_of_ordinary_least_squares():
    made = with_gaps()
    columns, points, *_ = dummies(made)
    solution, _, rank, _ = np.linalg.lstsq(columns, points, rcond=None)
    rest = points - columns @ solution
    leniency = solution[made.n_entries :]

    found = additive_severity(made)

    assert found.strictness == pytest.approx(leniency.mean() - leniency)
    assert found.df == len(points) - rank
    assert found.residual_sd == pytest.approx(np.sqrt(rest @ rest / found.df))
    assert found.adjusted == pytest.approx(solution[: made.n_entries] + leniency.mean())


def test_standard_errors_and_limits_are_those_of_the_linear_model():
    made = with_gaps()
    columns, points, *_ = dummies(made)
    contrast = np.zeros((made.n_jurors, columns.shape[1]))
    contrast[:, made.n_entries :] = np.eye(made.n_jurors) - 1 / made.n_jurors

    found = additive_severity(made, level=0.9)

    covariance = contrast @ np.linalg.pinv(columns.T @ columns) @ contrast.T
    se = found.residual_sd * np.sqrt(np.diag(covariance))
    assert found.se == pytest.approx(se)
    assert (found.upper - found.strictness >= student.ppf(1 - 0.1 / 10, found.df) * se - 1e-9).all()


def test_limits_on_complete_sheets_are_the_wider_of_joint_noise_and_the_jurors_own_t():
    points = np.random.default_rng(4).standard_normal((10, 5)) * [1, 1, 1, 1, 6]
    apart = points - points.mean(axis=1, keepdims=True)
    rest = apart - apart.mean(axis=0)
    joint = student.ppf(0.995, 36) * np.sqrt((rest**2).sum() / 36 * 4 / 5 / 10)
    own = student.ppf(0.995, 9) * apart.std(axis=0, ddof=1) / np.sqrt(10)

    found = additive_severity(Ratings.from_dense(points))

    assert found.upper - found.strictness == pytest.approx(np.maximum(joint, own))
    assert ((own > joint).any(), (own < joint).any()) == (True, True)


def order_of(made: Ratings, trim=0):
    trims = np.full(made.n_indicators, trim)
    totals = combine(np.nan_to_num(made.filled), made.presence, trims) @ made.weight
    return severity_order(made, replace(Official.plain(made, 3), totals=totals, trim=trims))


def test_a_crossed_panel_keeps_its_order_and_says_so():
    found = additive_severity(ratings())

    assert found.adjusted == pytest.approx(found.plain)
    assert order_of(ratings()).is_theorem
    assert str(order_of(ratings()).explain()[-1]) == (
        "Semua juri menilai semua peserta dan nilainya rata-rata biasa, jadi keketatan tidak mengubah urutan.")


def test_a_strict_juror_who_missed_the_best_entry_changes_the_order():
    """Points that follow entry + juror exactly but for a little: juror 3 gives 10 less and did not judge entry 2."""
    marks = np.array([80.0, 79, 70, 60])[:, None] - np.array([0, 0, 10]) + np.array([[0, 0.1, 0]] * 2 + [[0.1, 0, 0]] * 2)
    marks[1, 2] = np.nan

    found = order_of(Ratings.from_dense(marks))

    assert [(c.entry, c.plain_place, c.adjusted_place) for c in found.changes] == [(1, 1, 2), (0, 2, 1)]
    assert str(found.explain()[-1]) == (
        "Dihitung ulang menurut aturan dengan keketatan tiap juri dikeluarkan, peserta 1 pindah dari tempat 2 ke 1.")


def test_severity_changes_a_median_even_on_complete_sheets():
    """By median the first is ahead, 81 to 80; with leniencies (+10, 0, -10) taken off it is 71 to 80."""
    marks = np.array([[81.0, 81, 60], [90, 80, 70], [75, 65, 55], [50, 40, 30]])

    found = order_of(Ratings.from_dense(marks), MEDIAN)

    assert not found.is_theorem
    assert [(c.entry, c.adjusted_place) for c in found.changes] == [(0, 2), (1, 1)]


def criterion(made: Ratings, sd: np.ndarray) -> float:
    """Minus twice the restricted likelihood from the full covariance matrix (Searle, Casella & McCulloch 1992, 6.6)."""
    columns, points, *_ = dummies(made)
    entry, juror = columns[:, : made.n_entries], columns[:, made.n_entries :]
    cover = sd[0] ** 2 * entry @ entry.T + sd[1] ** 2 * juror @ juror.T + sd[2] ** 2 * np.eye(len(points))
    inverse, ones = np.linalg.inv(cover), np.ones(len(points))
    information = ones @ inverse @ ones
    left = points - (ones @ inverse @ points) / information
    return (np.linalg.slogdet(cover)[1] + np.log(information) + left @ inverse @ left
            + (len(points) - 1) * np.log(2 * np.pi))


@pytest.mark.parametrize("seed", [3, 4])
def test_the_restricted_criterion_is_the_full_one_and_at_its_lowest(seed):
    made = with_gaps(seed)

    found = crossed_fit(made.totals)

    best = np.array([found.sd_entry, found.sd_juror, found.sd_residual])
    assert found.criterion == pytest.approx(criterion(made, best), abs=1e-8)
    for step in np.vstack([np.eye(3), -np.eye(3)]) * 0.01:
        assert criterion(made, best + step) > found.criterion


def test_predictions_are_those_of_the_mixed_model_equations():
    made = with_gaps()
    columns, points, *_ = dummies(made)

    found = crossed_fit(made.totals)

    ratio = np.repeat([found.sd_residual / found.sd_entry, found.sd_residual / found.sd_juror],
                      [made.n_entries, made.n_jurors]) ** 2
    design = np.column_stack([np.ones(len(points)), columns])
    system = design.T @ design + np.diag([0, *ratio])
    solution = np.linalg.solve(system, design.T @ points)
    assert found.intercept == pytest.approx(solution[0])
    assert found.entry_blup == pytest.approx(solution[1 : 1 + made.n_entries])
    assert found.juror_blup == pytest.approx(solution[1 + made.n_entries :])


def test_random_jurors_are_shrunk_and_entries_are_not():
    """Entries stay fixed (BLUE): the mixed model equations with a penalty on the jurors alone."""
    made = with_gaps()
    fit = crossed_fit(made.totals)
    columns, points, *_ = dummies(made)
    penalty = np.diag([0.0] * made.n_entries + [(fit.sd_residual / fit.sd_juror) ** 2] * made.n_jurors)
    solution = np.linalg.solve(columns.T @ columns + penalty, columns.T @ points)

    found = reml_severity(made)

    assert found.adjusted == pytest.approx(solution[: made.n_entries])
    assert found.strictness == pytest.approx(-solution[made.n_entries :])
    assert np.abs(found.strictness).sum() < np.abs(additive_severity(made).strictness).sum()


def test_panels_that_share_nobody_have_no_strictness():
    for method in (additive_severity, reml_severity, outlier_cells):
        assert method(split_panels()).reason == "disconnected"


def test_a_planted_mark_is_the_one_that_stands_out():
    marks = panel(rest=2.0)
    marks[4, 2] += 20

    found = outlier_cells(Ratings.from_dense(marks))

    assert [(cell.entry, cell.juror) for cell in found.cells] == [(4, 2)]
    assert found.cells[0].points - found.cells[0].expected == pytest.approx(20, abs=3)


def test_a_studentised_residual_is_the_error_of_a_fit_without_the_cell():
    """Cook & Weisberg (1982), sec. 2.2.1: refit without the cell, divide by the error of predicting it."""
    made = with_gaps()
    columns, points, entry, juror = dummies(made)
    keep = np.arange(len(points)) != 7
    solution, _, rank, _ = np.linalg.lstsq(columns[keep], points[keep], rcond=None)
    rest = points[keep] - columns[keep] @ solution
    spread = rest @ rest / (keep.sum() - rank)
    row = columns[7]
    error = np.sqrt(spread * (1 + row @ np.linalg.pinv(columns[keep].T @ columns[keep]) @ row))

    found = outlier_cells(made)

    assert found.studentised[entry[7], juror[7]] == pytest.approx((points[7] - row @ solution) / error)


def test_the_flags_say_how_many_pure_noise_would_show():
    marks = panel(rest=2.0)
    marks[4, 2] += 20

    found = outlier_cells(Ratings.from_dense(marks))

    assert found.expected == pytest.approx(60 * 2 * student.sf(3, 43))
    assert str(found.explain()[0]) == (
        "1 dari 60 nilai juri menyimpang jauh; derau normal yang sama besar pada semua juri saja memunculkan kira-kira 0,3, "
        "derau yang tidak sama besar lebih banyak."
    )


UNEQUAL = {"alike": lambda k: np.ones(k), "in turns": lambda k: np.where(np.arange(k) % 2, 0.6, 1.28),
           "one noisy": lambda k: np.where(np.arange(k), 0.5, 2.5)}  # fmt: skip


@pytest.mark.parametrize("noise", UNEQUAL)
@pytest.mark.parametrize("k", [3, 5, 7, 9])
def test_pure_noise_calls_a_juror_strict_in_one_panel_of_twenty_at_most_however_unequal_it_is(noise, k):
    """600 panels of equal jurors: some juror is flagged in 5 % at most, within 3 standard errors."""
    rng = np.random.default_rng(k)
    size = UNEQUAL[noise](k)

    flagged = sum(
        bool(additive_severity(Ratings.from_dense(rng.standard_normal((10, k)) * size)).clear.size) for _ in range(600)
    )  # fmt: skip

    assert flagged / 600 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 600)

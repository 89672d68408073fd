"""A flat juror, one juror, two, one entry, no connection, all equal: a typed answer each time, never NaN, no warning."""

import warnings
from dataclasses import fields

import numpy as np
import pytest

from sp2k.analysis.answers import Unavailable
from sp2k.analysis.certainty import certainty
from sp2k.analysis.items import analyse_items
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.reasons import REASONS
from sp2k.analysis.reliability.cronbach import cronbach
from sp2k.analysis.reliability.generalizability import panel_study
from sp2k.analysis.reliability.icc import icc
from sp2k.analysis.reliability.kendall import kendall_w
from sp2k.analysis.reliability.krippendorff import krippendorff_alpha
from tests.analysis.synthetic import panel, split_panels
from tests.analysis.walk import is_typed, nan_free


def flat_juror() -> np.ndarray:
    marks = panel()
    marks[:, 2] = 75
    return marks


def partly_unjudged() -> np.ndarray:
    marks = panel()
    marks[4] = np.nan
    return marks


def never_seen_twice() -> np.ndarray:
    """Each of four entries was seen by one juror only, the same one."""
    marks = np.full((4, 2, 3), np.nan)
    marks[:, 0] = panel(n_entries=4, n_jurors=1, n_indicators=3)[:, 0]
    return marks


def additive() -> np.ndarray:
    return 60.0 + 3 * np.arange(5)[:, None, None] + 2 * np.arange(4)[:, None] + np.arange(3)


THIN = {
    "a flat juror": flat_juror,
    "all jurors flat": lambda: np.broadcast_to(np.array([70.0, 75, 80])[:, None], (6, 3, 4)),
    "one juror": lambda: panel(n_jurors=1),
    "two jurors": lambda: panel(n_jurors=2),
    "one entry": lambda: panel(n_entries=1),
    "two entries": lambda: panel(n_entries=2),
    "two entries, two jurors, one indicator": lambda: panel(2, 2, 1),
    "one entry, one juror, one indicator": lambda: panel(1, 1, 1),
    "one indicator": lambda: panel(n_indicators=1),
    "all marks equal": lambda: np.full((6, 4, 3), 80.0),
    "all zero": lambda: np.zeros((6, 4, 3)),
    "panels that share nobody": lambda: split_panels().dense,
    "panels that share one juror": lambda: split_panels(common=1).dense,
    "an entry without marks": partly_unjudged,
    "a juror without marks": never_seen_twice,
    "entries and jurors add up exactly": additive,
}


@pytest.mark.parametrize("case", THIN)
def test_every_answer_is_typed_and_free_of_nan(case):
    made = Ratings.from_dense(THIN[case]())

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = certainty(made, cut=2, seed=1, n_draws=50, urban=np.arange(made.n_entries) % 2 == 0)

        for field in fields(found):
            answer = getattr(found, field.name)
            if field.name not in ("cut", "seed", "input_hash"):
                assert is_typed(answer), field.name
                assert nan_free(answer), field.name
                assert all(str(said) for said in answer.explain()), field.name


EXPECTED = {
    "one juror": {"severity": "one_juror", "icc": "one_juror", "kendall": "one_juror", "alpha": "no_pairs",
                  "jurors": "one_juror", "jackknife": "one_juror", "g_study": "one_juror", "place_sets": "one_juror",
                  "places": "one_juror", "order": "one_juror"},
    "one entry": {"severity": "one_entry", "icc": "one_entry", "kendall": "one_entry", "jurors": "one_entry",
                  "weights": "one_entry", "compensability": "one_entry", "items": "one_entry", "g_study": "one_entry"},
    "all marks equal": {"variance": "all_equal", "icc": "all_equal", "kendall": "all_equal", "alpha": "all_equal",
                        "g_study": "all_equal", "places": "one_juror_parts", "place_sets": "one_juror_parts"},
    "all jurors flat": {"icc": "no_spread", "variance": "no_residual", "kendall": "all_equal",
                        "places": "one_juror_parts"},
    "panels that share nobody": {"severity": "disconnected", "jurors": "disconnected", "places": "disconnected",
                                 "order": "disconnected", "jackknife": "disconnected", "variance": "disconnected"},
    "an entry without marks": {"severity": "unjudged", "jurors": "unjudged", "weights": "empty_cells"},
    "a juror without marks": {"severity": "one_juror", "alpha": "no_pairs"},
    "entries and jurors add up exactly": {"variance": "no_residual", "place_sets": "no_residual"},
    "one indicator": {"weights": "one_weight", "indicators": "one_indicator"},
}


@pytest.mark.parametrize("case", EXPECTED)
def test_the_reason_is_the_one_that_is_true(case):
    found = certainty(Ratings.from_dense(THIN[case]()), cut=2, seed=1, n_draws=50)

    answers = {name: getattr(found, name) for name in EXPECTED[case]}
    assert {name: answer.reason for name, answer in answers.items() if isinstance(answer, Unavailable)} == EXPECTED[case]


def test_a_flat_juror_costs_no_answer():
    """A z-score per juror would divide by his spread of zero."""
    found = certainty(Ratings.from_dense(flat_juror()), cut=3, seed=1, n_draws=50)

    assert not any(isinstance(getattr(found, field.name), Unavailable) for field in fields(found))
    assert found.kendall.w > 0


def test_two_jurors_give_ranges_and_a_reason_why_nothing_is_clear():
    found = certainty(Ratings.from_dense(panel(n_jurors=2)), cut=3, seed=1, n_draws=50)

    assert (found.places.can_say_clear, found.places.can_say_shares) == (False, False)
    assert str(found.places.explain()[-1]).startswith("Jurinya hanya 2: dari dua pendapat tidak satu tempat pun ")


def test_equal_marks_put_everyone_first():
    found = certainty(Ratings.from_dense(np.full((6, 4, 3), 80.0)), cut=2, seed=1, n_draws=50)

    assert found.jurors.p_first.tolist() == [1] * 6
    assert found.winner_change.distance == 0


@pytest.mark.parametrize(("answer", "reason"), [
    (lambda: icc(np.array([[1.0, np.nan], [2, 3]])), "empty_cells"),
    (lambda: kendall_w(np.array([[1.0, np.nan], [2, 3]])), "empty_cells"),
    (lambda: cronbach(np.array([[1.0, np.nan], [2, 3]])), "empty_cells"),
    (lambda: cronbach(np.array([[1.0, -1], [2, -2]])), "flat_total"),
    (lambda: cronbach(np.ones((3, 1))), "one_indicator"),
    (lambda: krippendorff_alpha(np.array([[-1.0, 2], [3, 4]]), "ratio"), "negative_values"),
    (lambda: analyse_items(np.ones((1, 3)), low=np.zeros(3), high=np.ones(3)), "one_entry"),
    (lambda: panel_study(Ratings.from_dense(np.array([[1.0, -1], [-1, 1]]))).now, "no_variance_components"),
])
def test_what_cannot_be_had_says_why(answer, reason):
    assert answer().reason == reason


def test_every_reason_is_a_sentence():
    assert [key for key, text in REASONS.items() if not text.endswith(".") or not text[0].isupper()] == []

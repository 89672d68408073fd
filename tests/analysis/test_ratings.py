"""Marks are checked once and stand in one order, whatever order they came in."""

import numpy as np
import pytest

from sp2k.analysis.ratings import Ratings, RatingsError
from tests.analysis.synthetic import panel, ratings

ROWS = {"entry": [0, 0, 1, 1], "juror": [0, 1, 0, 1], "indicator": [0, 0, 0, 0], "value": [80.0, 82.0, 70.0, 75.0]}


def test_the_order_of_the_rows_leaves_no_trace():
    sorted_rows = Ratings(**ROWS)
    turned = Ratings(**{name: values[::-1] for name, values in ROWS.items()})

    assert turned.dense.tolist() == sorted_rows.dense.tolist() == [[[80], [82]], [[70], [75]]]
    assert turned.input_hash == sorted_rows.input_hash


def test_another_mark_gives_another_hash():
    changed = Ratings(**{**ROWS, "value": [80.0, 82.0, 70.0, 75.5]})

    assert changed.input_hash != Ratings(**ROWS).input_hash


@pytest.mark.parametrize(("change", "said"), [
    ({"value": []}, "belum ada nilai satu pun"),
    ({"value": [80.0, 82.0, float("nan"), 75.0]}, "value: baris 2 bukan bilangan"),
    ({"entry": [0, 0, 1]}, "entry: perlu 4 kode, ada (3,)"),
    ({"juror": [0, -1, 0, 1]}, "juror: kode -1 di bawah nol"),
    ({"juror": [0.5, 1, 0, 1]}, "juror: kode harus bilangan bulat, bukan float64"),
    ({"juror": [0, 0, 0, 1]}, "nilai ganda: peserta 0, juri 0, indikator 0"),
    ({"n_entries": 1}, "n_entries: 1 lebih kecil daripada kode tertinggi, 1"),
    ({"weight": [-1.0]}, "weight: bobot tidak boleh di bawah nol, dan jumlahnya harus lebih dari nol"),
    ({"weight": [1.0, 1.0]}, "weight: perlu 1 bilangan, ada (2,)"),
])
def test_what_is_no_set_of_marks_is_refused_with_the_place(change, said):
    with pytest.raises(RatingsError) as refused:
        Ratings(**{**ROWS, **change})

    assert str(refused.value) == said


def test_the_arrays_cannot_be_changed_afterwards():
    made = Ratings(**ROWS)

    with pytest.raises(ValueError, match="read-only"):
        made.value[0] = 100


def test_a_mark_not_given_is_not_a_zero():
    marks = panel()
    marks[0, 1] = np.nan

    made = Ratings.from_dense(marks)

    assert made.totals.plain[0] == pytest.approx(np.nanmean(marks[0]))
    assert made.panel_marks[0, 0] == pytest.approx(np.nanmean(marks[0, :, 0]))


def test_points_are_the_weighted_sum_of_the_marks():
    weight = np.array([30.0, 20.0, 50.0])
    marks = panel(n_indicators=3)

    made = Ratings.from_dense(marks, weight=weight)

    assert made.totals.points[4, 2] == pytest.approx(30 * marks[4, 2, 0] + 20 * marks[4, 2, 1] + 50 * marks[4, 2, 2])


def test_an_empty_mark_does_no_good_and_no_harm():
    """Marks that follow entry + juror + indicator exactly: the empty one is filled with what would have stood there."""
    marks = 60 + np.arange(4)[:, None, None] + 2 * np.arange(3)[:, None] + 5 * np.arange(5)
    full, gap = marks.astype(float), marks.astype(float)
    gap[2, 1, 3] = np.nan

    filled = Ratings.from_dense(gap)

    assert filled.totals.n_partial == 1
    # The indicator's mean lacks one mark of eleven, so the fill is not exact, but near.
    assert filled.totals.points == pytest.approx(Ratings.from_dense(full).totals.points, abs=0.05)


def test_an_entry_without_marks_is_named_and_not_counted():
    marks = panel()
    marks[3] = np.nan

    why_not = Ratings.from_dense(marks).totals.why_not()

    assert (why_not.reason, why_not.numbers["entries"]) == ("unjudged", (3,))
    assert str(why_not) == "Belum ada nilai untuk peserta 4."


def test_the_dense_table_comes_back_as_it_went_in():
    marks = panel()

    assert (ratings().dense == marks).all()

"""Whether places can be compared is told before the event and after it."""

import numpy as np

from sp2k.analysis.design import check_design, check_plan
from sp2k.analysis.ratings import Ratings
from tests.analysis.synthetic import panel, ratings, split_panels


def plan(*panels: tuple[int, ...], n_jurors: int) -> np.ndarray:
    """One row an entry: who judges it."""
    table = np.zeros((len(panels), n_jurors), dtype=bool)
    for entry, jurors in enumerate(panels):
        table[entry, list(jurors)] = True
    return table


def test_a_crossed_panel_is_green():
    found = check_design(ratings())

    assert (found.is_crossed, found.is_comparable, found.light, found.n_components) == (True, True, "hijau", 1)
    assert [str(said) for said in found.explain()] == ["Semua 5 juri menilai semua 12 peserta."]


def test_two_panels_that_share_nobody_are_red():
    found = check_design(split_panels())

    assert (found.n_components, found.light, found.fewest_common) == (2, "merah", 0)
    assert found.entry_component.tolist() == [0] * 6 + [1] * 6
    assert found.panels == ((3, 4, 5), (0, 1, 2))
    assert "2 kelompok" in str(found.explain()[0])


def test_one_common_juror_connects_and_is_the_one_whose_absence_disconnects():
    found = check_design(split_panels(common=1))

    assert (found.n_components, found.light, found.fewest_common) == (1, "kuning", 1)
    assert found.cut_jurors == (2,)
    assert str(found.explain()[-1]) == "Bila juri 3 berhalangan, sebagian peserta tidak dapat lagi dibandingkan."


def test_two_common_jurors_leave_nobody_indispensable():
    found = check_design(split_panels(common=2))

    assert (found.fewest_common, found.cut_jurors, found.light) == (2, (), "kuning")


def test_the_only_juror_of_an_entry_is_indispensable():
    found = check_plan(plan((0, 1), (0, 1), (1,), n_jurors=2))

    assert found.cut_jurors == (1,)


def test_common_jurors_are_counted_for_each_pair_of_declared_sessions():
    marks = panel(n_entries=9, n_jurors=4)
    marks[:3, 3] = np.nan
    marks[3:6, 0] = np.nan
    marks[6:, :2] = np.nan

    found = check_design(Ratings.from_dense(marks, session=np.repeat([0, 1, 2], 3)))

    assert found.panels == ((0, 1, 2), (1, 2, 3), (2, 3))
    assert found.common_jurors.tolist() == [[3, 2, 1], [2, 3, 2], [1, 2, 2]]
    assert found.fewest_common == 1


def test_who_judged_nobody_and_who_was_judged_by_nobody_are_named():
    found = check_plan(plan((0, 1), (), (0, 1), n_jurors=3))

    assert (found.idle, found.unjudged, found.is_comparable) == ((2,), (1,), False)
    assert found.entry_component.tolist() == [0, -1, 0]


def test_one_juror_alone_is_crossed_and_indispensable():
    found = check_plan(plan((0,), (0,), n_jurors=1))

    assert (found.is_crossed, found.cut_jurors, found.light) == (True, (0,), "hijau")


def test_a_chain_of_panels_is_connected_through_its_links():
    found = check_plan(plan((0, 1), (1, 2), (2, 3), n_jurors=4))

    assert (found.n_components, found.cut_jurors, found.fewest_common) == (1, (1, 2), 0)

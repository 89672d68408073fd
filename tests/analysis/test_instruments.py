"""Indicators to review and what compensation hides."""

import numpy as np
import pytest

from sp2k.analysis.compensability import compensability
from sp2k.analysis.items import Limits, analyse_items

LOW, HIGH = np.zeros(6), np.full(6, 100.0)


def marks(seed=5, n=40) -> np.ndarray:
    """Six indicators of one ability, with noise, well inside the scale."""
    rng = np.random.default_rng(seed)
    return np.clip(60 + 8 * rng.standard_normal((n, 1)) + 6 * rng.standard_normal((n, 6)), 5, 95)


def reasons(changed: np.ndarray, **more) -> dict[int, tuple[str, ...]]:
    found = analyse_items(changed, low=LOW, high=HIGH, **more)
    return {item.indicator: item.reasons for item in found.items if item.reasons}


def test_indicators_that_do_their_work_are_not_on_the_list():
    assert reasons(marks()) == {}


def test_each_fault_is_found_where_it_was_planted():
    planted = marks()
    planted[:, 0] = 50
    planted[:, 1] = 100 - planted[:, 1]
    planted[:25, 2] = 100
    planted[:8, 3] = np.nan

    found = reasons(planted)

    assert found[0] == ("flat",)
    assert found[1][0] == "against"
    assert "ceiling" in found[2]
    assert found[3] == ("missing",)


def test_a_copy_is_redundant_within_its_aspect_only():
    planted = marks()
    planted[:, 5] = planted[:, 4] * 0.9 + 3

    together, apart = reasons(planted), reasons(planted, aspect=np.arange(6))

    assert together == {4: ("redundant",), 5: ("redundant",)}
    assert apart == {}


def test_a_difference_between_city_and_countryside_names_its_direction():
    planted, urban = marks(), np.arange(40) % 2 == 0
    planted[urban, 2] = np.minimum(planted[urban, 2] + 15, 95)

    found = analyse_items(planted, low=LOW, high=HIGH, urban=urban)

    item = found.items[2]
    assert item.reasons == ("urban",)
    assert item.group_difference == pytest.approx(planted[urban, 2].mean() - planted[~urban, 2].mean())
    assert str(item.explain()[0]).startswith("Pada butir 3 rata-rata perkotaan ")


def test_discrimination_is_the_distance_of_the_upper_and_lower_27_percent():
    """Eleven entries: 27 % is 2.97, so three at each end; indicator 0 rises by 5 an entry."""
    rising = np.column_stack([np.arange(11) * 5.0, np.arange(11) * 10.0])

    found = analyse_items(rising, low=np.zeros(2), high=np.full(2, 100.0))

    assert [item.discrimination for item in found.items] == pytest.approx([0.4, 0.8])


def test_entries_that_tie_at_the_edge_of_the_upper_group_all_count():
    tied = np.array([[90.0, 90], [80, 80], [80, 80], [80, 80], [10, 10], [5, 5]])

    turned = analyse_items(tied[::-1], low=np.zeros(2), high=np.full(2, 100.0))

    assert analyse_items(tied, low=np.zeros(2), high=np.full(2, 100.0)).items == turned.items


def test_the_limits_are_the_users():
    strict = Limits(item_total=0.99)

    assert len(reasons(marks(), limits=strict)) == 6


def test_a_weak_indicator_is_not_made_up_for_in_a_geometric_mean():
    """Arithmetic 60, 59, 58; geometric sqrt(20 x 100) = 44.7, 58.99, 58."""
    table = np.array([[20.0, 100], [60, 58], [58, 58]])

    found = compensability(table, more_than=1)

    assert (found.plain_places.tolist(), found.geometric_places.tolist()) == ([1, 2, 3], [3, 1, 2])
    assert found.geometric[0] == pytest.approx(np.sqrt(2000))
    assert found.moved == (0,)
    assert "peserta 1 pindah dari tempat 1 ke 3" in str(found.explain()[0])


def test_a_zero_counts_as_the_floor_and_is_counted():
    found = compensability(np.array([[0.0, 100], [50, 50]]))

    assert (found.n_raised, found.geometric[0]) == (1, pytest.approx(10))

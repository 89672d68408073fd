"""What must hold whatever the marks."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sp2k.analysis.certainty import certainty
from sp2k.analysis.places import places
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.reliability.icc import icc
from sp2k.analysis.reliability.krippendorff import krippendorff_alpha
from sp2k.analysis.severity.additive import additive_severity
from sp2k.analysis.weights.smallest_change import smallest_change, smallest_change_of_top
from tests.analysis.walk import values_in

FEW = settings(max_examples=40, deadline=None)
SIZES = st.tuples(st.integers(2, 7), st.integers(2, 5), st.integers(1, 4))


@st.composite
def tables(draw, gaps=False):
    """Whole marks from 0 to 100; with gaps, each entry keeps at least its first juror."""
    n, j, i = draw(SIZES)
    marks = draw(arrays(np.int64, (n, j, i), elements=st.integers(0, 100))).astype(float)
    if gaps:
        absent = draw(arrays(np.bool_, (n, j)))
        absent[:, 0] = False
        marks[absent] = np.nan
    return marks


@FEW
@given(tables(), st.integers(-20, 20))
def test_jurors_equally_strict_leave_the_order_as_it_is(marks, points):
    made, moved = (Ratings.from_dense(m) for m in (marks, marks + points))

    assert moved.totals.plain_places.tolist() == made.totals.plain_places.tolist()


@FEW
@given(tables(), st.data())
def test_in_a_crossed_panel_no_strictness_changes_the_order(marks, data):
    strictness = np.array(data.draw(st.lists(st.integers(-30, 30), min_size=marks.shape[1], max_size=marks.shape[1])))

    before, after = (additive_severity(Ratings.from_dense(m)) for m in (marks, marks - strictness[:, None]))

    assume(before.is_available)
    assert places(after.adjusted).tolist() == before.plain_places.tolist()


@FEW
@given(tables(gaps=True), st.data())
def test_the_order_of_the_rows_changes_nothing_at_all(marks, data):
    made = Ratings.from_dense(marks)
    order = data.draw(st.permutations(range(len(made.value))))
    turned = Ratings(*(getattr(made, name)[list(order)] for name in ("entry", "juror", "indicator", "value")),
                     *marks.shape)

    first, second = (certainty(r, cut=1, seed=3, n_draws=20) for r in (made, turned))

    assert list(values_in(first)) == list(values_in(second))


@st.composite
def two_and_weights(draw):
    size = draw(st.integers(2, 6))
    marks = draw(arrays(np.int64, (2, size), elements=st.integers(0, 100))).astype(float)
    weight = draw(arrays(np.int64, size, elements=st.integers(1, 50))).astype(float)
    return marks, weight


@settings(max_examples=200, deadline=None)
@given(two_and_weights())
def test_the_smallest_change_really_alters_the_order_and_a_smaller_one_does_not(case):
    marks, weight = case
    scores = marks @ weight
    assume(abs(scores[0] - scores[1]) > 1e-6 * weight.sum())
    found = smallest_change(marks, 0, 1, weight=weight)
    assume(found.is_available)
    gap = (marks[found.ahead] - marks[found.behind]) @ np.column_stack(
        [weight, found.new_weight, weight + 0.999 * found.change, weight + 1.001 * found.change])

    assert gap[0] > 0
    assert abs(gap[1]) <= 1e-7 * weight.sum()
    assert gap[2] > 0 > gap[3]
    assert found.new_weight.min() >= 0


@FEW
@given(two_and_weights(), st.data())
def test_no_shorter_change_of_weights_alters_the_order(case, data):
    marks, weight = case
    found = smallest_change(marks, 0, 1, weight=weight)
    assume(found.is_available and found.distance > 1e-6)
    start = weight / weight.sum()
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    tried = rng.dirichlet(np.ones(len(weight)), size=200)
    towards = tried - start
    length = np.linalg.norm(towards, axis=1, keepdims=True)
    nearer = start + towards * np.minimum(1, 0.999 * found.distance / np.maximum(length, 1e-12))

    assert ((marks[found.ahead] - marks[found.behind]) @ nearer.T > 0).all()


@FEW
@given(tables(), st.integers(1, 3))
def test_the_change_of_the_top_brings_an_outsider_level_with_an_insider(marks, k):
    table = marks.mean(axis=1)
    found = smallest_change_of_top(table, k)
    assume(found.is_available)

    scores = table @ found.new_weight

    now = places(table.mean(axis=1))
    assert now[found.ahead] <= k < now[found.behind]
    assert abs(scores[found.ahead] - scores[found.behind]) < 1e-7


@FEW
@given(tables(), st.integers(1, 9), st.integers(-50, 50))
def test_agreement_does_not_depend_on_the_unit_of_the_marks(marks, factor, shift):
    points = marks[:, :, 0]
    first, second = icc(points), icc(points * factor + shift)

    assert first.is_available == second.is_available
    if first.is_available:
        one, two = ([form.value for form in found.forms.values()] for found in (first, second))
        assert [value is None for value in one] == [value is None for value in two]
        assert np.allclose([v for v in one if v is not None], [v for v in two if v is not None], rtol=1e-6, atol=1e-8)
    alphas = [krippendorff_alpha(values) for values in (points, points * factor + shift)]
    assert not alphas[0].is_available or np.isclose(alphas[0].value, alphas[1].value, atol=1e-9)

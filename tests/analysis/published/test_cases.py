"""Every open reference case is reproduced within its tolerance, and each would notice one changed input."""

import numpy as np
import pytest

from tests.analysis.published.cases import CASES


@pytest.mark.parametrize("name", CASES)
def test_the_published_numbers_are_reproduced(name):
    case = CASES[name]

    case.check(case.given())


@pytest.mark.parametrize("name", CASES)
def test_one_input_multiplied_is_noticed(name):
    case = CASES[name]
    changed = np.array(case.given())
    row, *rest = np.argwhere(~np.isnan(changed) & (changed != 0))[0]

    changed[(row, *rest)] *= 1.5

    with pytest.raises(AssertionError):
        case.check(changed)

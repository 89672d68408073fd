"""The small edition on the morning of its visits, the clock of the pages set to it."""

import pytest

from sp2k.base.clock import start_demonstration_clock
from tests.story.small import FIRST, VISIT_SEATED, duty, entry, holder, play_small
from tests.story.visiting import VISITING


@pytest.fixture
def visiting(db):
    """The morning of the visits: two entries, two visitors each, no finding yet."""
    story = play_small(until=VISIT_SEATED)
    start_demonstration_clock(VISITING)
    return story


@pytest.fixture
def visitor(visiting):
    return holder(visiting, "bappeda", "lapang")


@pytest.fixture
def chair(visiting):
    """The person in the chair's seat, who is also registered as chair of the jury."""
    person = holder(visiting, "akademisi", "lapang")
    person.memberships.create(role="K", region_id="65")
    return holder(visiting, "akademisi", "lapang")


@pytest.fixture
def own(visiting):
    return duty(visiting, FIRST, "bappeda", "lapang")


@pytest.fixture
def visit(visiting):
    """The participation of Tanjung Palas in the visit."""
    return entry(visiting, "lapang", FIRST)

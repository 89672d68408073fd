"""What a visit's findings add to an entry is told from the frozen marks, and who did not go through holds no title."""

import pytest

from sp2k.results.models import FrozenTally, Placement
from sp2k.results.ties.groups import can_hold_title, holders_by_title
from sp2k.results.turnout.findings import findings_by_entry
from tests.story import small
from tests.story.small import FIRST

pytestmark = pytest.mark.django_db


@pytest.fixture
def tally():
    small.play_small(small.VISIT_FROZEN)
    return FrozenTally.objects.get(stage__code="lapang")


def test_the_findings_of_an_entry_are_summed_exactly_and_an_entry_without_any_has_none(tally):
    assert findings_by_entry(tally) == {}

    tally.sheets += f"{FIRST},akademisi,temuan:A1,tidak\n{FIRST},akademisi,temuan:B1,lebih\n"

    assert findings_by_entry(tally) == {FIRST: "-0.5"}


def test_who_did_not_go_through_holds_no_title_while_a_tie_at_the_cut_is_open(tally):
    assert [len(rows) for _title, rows in holders_by_title(tally)] == [1, 1]

    assert not can_hold_title(Placement(place=1, is_through=False, note="kabupaten tidak ikut"))
    assert can_hold_title(Placement(place=1, is_through=False, decided_by=Placement.TIED_AT_CUT))

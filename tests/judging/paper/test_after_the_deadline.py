"""A paper that its juror confirmed after the deadline counts until the lock, and the minutes say so."""

from datetime import timedelta

import pytest

from sp2k.judging import actions
from sp2k.publication.issued.lots_and_late_sheets import late_sheets_told
from tests.judging.paper.story import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def test_a_paper_confirmed_between_the_deadline_and_the_lock_is_told_in_the_minutes(office):
    paper, before = office.typed_alike(), late_sheets_told(office.stage)
    office.now = office.stage.closes_at + timedelta(minutes=20)

    actions.confirm_paper(paper, by=office.juror(), now=office.now)

    assert before == []
    [told] = late_sheets_told(office.stage)
    said = "sebelum tahap dikunci. Kertas yang dikonfirmasi sebelum penguncian dihitung tanpa koreksi."
    assert told.startswith("Lembar kertas kursi ") and told.endswith(said)
    assert "dikonfirmasi jurinya pada 5 Juni 2024" in told


def test_a_paper_confirmed_in_time_is_not_among_the_late_ones(office):
    actions.confirm_paper(office.typed_alike(), by=office.juror(), now=office.now)

    assert late_sheets_told(office.stage) == []

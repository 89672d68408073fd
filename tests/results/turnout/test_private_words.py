"""What a juror wrote of a conflict of interest is for three readers: what is printed says only that there was one."""

from dataclasses import asdict

import pytest
from django.template.loader import render_to_string

from sp2k.judging.actions import declare_conflict, record_attendance, void_sheet
from sp2k.judging.minutes.visit import visit_minutes
from sp2k.judging.queries.visits import panel_entry
from sp2k.publication.issued.minutes import MinutesFacts, minutes_text
from sp2k.publication.issued.tables import turnout_csv
from sp2k.results.actions import freeze_tally, lock_stage
from sp2k.results.turnout.page import recorded_absences, turnouts_shown
from sp2k.results.turnout.reading import turnouts_of
from sp2k.results.turnout.wording import attendance_of_record
from tests.story import small
from tests.story.small import SECOND, at

pytestmark = pytest.mark.django_db
WORDS, NOTED = "Adik ipar saya camat di sana.", "Kerabat camat."
VISITED, LOCKED = at("2024-06-21 16.00"), at("2024-06-21 16.30")


@pytest.fixture
def story():
    """One of the jury declares a conflict with SECOND at the visit, in words of his own."""
    story = small.play_small(VISITED)
    duty = small.duty(story, SECOND, "bappeda", "lapang")
    void_sheet(duty.standing_sheets[-1], reason="Keliru", by=story.bureau[0], now=VISITED)
    declare_conflict(duty.seat, duty.participation, reason=WORDS, by=duty.seat.holder, now=VISITED)
    return story


def test_no_document_and_no_page_of_the_count_prints_what_a_juror_wrote_of_a_conflict(story):
    stage, bureau = small.stage(story, "lapang"), story.bureau[0]
    said = [recorded_absences(stage), asdict(visit_minutes(panel_entry(small.entry(story, "lapang", SECOND))))]
    lock_stage(stage, by=bureau, now=LOCKED)
    freeze_tally(small.stage(story, "lapang"), by=bureau, now=LOCKED)

    stage = small.stage(story, "lapang")
    facts = MinutesFacts("1", LOCKED.date(), "Tanjung Selor")
    said += [
        asdict(minutes_text(stage, facts, today=LOCKED.date())), attendance_of_record(turnouts_of(story.edition)),
        render_to_string("results/_turnout.html", {"turnouts": turnouts_shown(story.edition)}), turnout_csv(story.edition),
    ]  # fmt: skip

    assert [WORDS.rstrip(".") in str(one) for one in said] == [False] * 6
    assert ["benturan kepentingan" in str(one) for one in said] == [True] * 6


def test_a_reason_that_the_bureau_wrote_where_it_is_told_so_is_printed(story):
    duty = small.duty(story, SECOND, "akademisi", "lapang")
    void_sheet(duty.standing_sheets[-1], reason="Keliru", by=story.bureau[0], now=VISITED)
    record_attendance([duty], "benturan", reason=NOTED, by=story.bureau[0], now=VISITED)

    said = recorded_absences(small.stage(story, "lapang"))

    assert [NOTED in one for one in said] == [True, False]

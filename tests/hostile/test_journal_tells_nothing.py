"""The journal can be read by anybody one day: until the result is public no line holds a name, a mark, a note or a place."""

import json
import re

from sp2k.accounts.models import User
from sp2k.entries.sealing import Sending
from sp2k.journal.models import Line
from sp2k.judging.actions import (
    declare_conflict,
    keep_late_sheet,
    note_presentation_claim,
    record_attendance,
    record_sheet,
)
from sp2k.regions.models import Region
from sp2k.results.models import Placement
from tests.story.small import (
    DECREE_ISSUED,
    FIRST,
    JURY_SEATED,
    SECOND,
    THIRD,
    at,
    duty,
    entry,
    holder,
    play_small,
    seat,
)

MORNING, EVENING = at("2024-06-04 10.00"), at("2024-06-05 16.30")
SECRET = "Rahasia keluarga besar"
A_MARK = re.compile(r"-?\d{1,3}[.,]\d+\Z")


def texts(value):
    """Every text within a line's body, whatever it lies in."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


def is_mark(text: str) -> bool:
    """Whether a text is a number with decimals; the code of a regency only looks like one."""
    return bool(A_MARK.match(text)) and not Region.objects.filter(code=text).exists()


def bodies() -> list[dict]:
    return [json.loads(line)["body"] for line in Line.objects.values_list("canonical", flat=True)]


def test_a_whole_edition_up_to_its_decree_names_nobody_and_tells_no_total(db):
    play_small(DECREE_ISSUED)
    names = set(User.objects.values_list("name", flat=True)) | set(User.objects.values_list("username", flat=True))
    totals = set(Placement.objects.exclude(total="").values_list("total", flat=True))
    said = [text for body in bodies() for text in texts(body)]

    assert len(said) > 50 and totals
    assert [text for text in said if any(name in text for name in names)] == []
    assert [text for text in said if text in totals or is_mark(text)] == []


def test_what_jurors_write_and_do_stays_behind_its_commitment(db):
    story = play_small(JURY_SEATED)
    marks = {"K1": "87,5", "I1": "80,5", "I2": "75,5"}
    first, juror = story.bureau[0], holder(story, "dpmd")
    record_sheet(duty(story, FIRST, "dpmd"), marks, by=juror, now=MORNING, note=SECRET)
    record_sheet(duty(story, FIRST, "dpmd"), marks, by=juror, now=MORNING, reason=SECRET, sending=Sending(base_rev=1))
    record_attendance([duty(story, SECOND, "dpmd")], "absen", by=first, now=MORNING, reason=SECRET)
    declare_conflict(seat(story, "dpmd"), entry(story, "presentasi", THIRD), reason=SECRET, by=juror, now=MORNING)
    note_presentation_claim(entry(story, "presentasi", FIRST), SECRET, by=first, now=MORNING, place=SECRET)
    late = {"now": EVENING, "sending": Sending(), "note": SECRET}
    keep_late_sheet(duty(story, FIRST, "bappeda"), marks, by=holder(story, "bappeda"), **late)

    said = [text for body in bodies() for text in texts(body)]

    assert [text for text in said if SECRET in text or is_mark(text)] == []

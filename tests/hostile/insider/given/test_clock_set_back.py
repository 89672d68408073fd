"""The server's clock set back for a minute, so that what comes late is taken as in time."""

import pytest

from sp2k.base.refusals import NAMES_ARE_TOLD, Refused
from sp2k.entries.sealing import Sending
from sp2k.journal.models import Line
from sp2k.judging.actions import note_presentation_claim, send_sheet
from sp2k.judging.models import Sheet
from tests.hostile.insider.given.test_given_again import found
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.story.small import FIRST, SHEETS_IN, THIRD, at, duty, entry, play_small

pytestmark = pytest.mark.django_db

BEST, BEFORE_THE_END, AFTER_IT = {"K1": "100", "I1": "100", "I2": "100"}, at("2024-06-05 15.30"), at("2024-06-05 16.30")


def note_claim(story, now, claim="Klaim"):
    note_presentation_claim(entry(story, "presentasi", FIRST), claim, place="Kantor", by=story.bureau[0], now=now)


def noted_after_the_end(*, is_sample=False):
    """An edition in whose journal a line stands that is younger than the end of its stage."""
    story = play_small(SHEETS_IN, is_sample=is_sample)
    note_claim(story, AFTER_IT)
    return story


def send(story, now):
    own = duty(story, THIRD, "dpmd")
    return send_sheet(own, BEST, reason="Salah hitung.", by=own.seat.holder, now=now, sending=Sending(base_rev=1))


def test_a_sheet_is_not_taken_while_the_clock_is_behind_the_last_line():
    story = noted_after_the_end()
    before = Sheet.objects.count()

    with pytest.raises(Refused, match="jadi mundur: baris terbaru .* pada 5 Juni 2024, 16.30 WITA"):
        send(story, BEFORE_THE_END)

    assert (Sheet.objects.count(), faults(story)) == (before, [])


def test_when_another_acted_is_not_told_to_everybody():
    story, told = noted_after_the_end(), NAMES_ARE_TOLD.set(False)
    try:
        with pytest.raises(Refused, match="pada waktu sesudah itu") as refused:
            send(story, BEFORE_THE_END)
    finally:
        NAMES_ARE_TOLD.reset(told)

    assert "16.30" not in str(refused.value)


def test_an_act_a_few_minutes_behind_the_last_line_is_taken():
    story = play_small(SHEETS_IN, is_sample=False)
    note_claim(story, at("2024-06-05 15.34"))

    assert isinstance(send(story, BEFORE_THE_END), Sheet)
    assert faults(story) == []


def test_a_clock_that_creeps_back_a_few_minutes_at_a_time_is_told_by_the_newest_line():
    story = play_small(SHEETS_IN, is_sample=False)
    note_claim(story, at("2024-06-05 15.38"))
    note_claim(story, at("2024-06-05 15.34"), "Klaim lain")

    with pytest.raises(Refused, match="jadi mundur"):
        send(story, BEFORE_THE_END)


def test_a_sheet_older_than_the_lines_before_it_is_found():
    story = noted_after_the_end()
    last = Line.objects.filter(chain=story.edition.chain_id).order_by("-seq").first()
    other = "UPDATE journal_line SET at = '{}' WHERE id = {}"

    sql(other.format("2024-06-05 07:00:00", last.pk))
    send(story, BEFORE_THE_END)
    sql(other.format("2024-06-05 08:30:00", last.pk))

    assert found(story, "Tindakan sheet.", "jam server mundur", f"baris jurnal {last.seq + 1}")


def test_a_demonstration_is_played_in_its_own_time():
    story = noted_after_the_end(is_sample=True)

    assert isinstance(send(story, BEFORE_THE_END), Sheet)
    assert faults(story) == []

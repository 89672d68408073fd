"""A regency for which two of the bureau answered: both are named; where nobody can be ranked, that is said."""

import pytest

from sp2k.base import clock
from sp2k.entries.models import Participation
from sp2k.results.actions import answer_for_silent
from sp2k.results.freezing import count_stage
from tests.entries.pages import browser, words
from tests.results.test_taking_back import LATE, PLACE, proposed, took_back
from tests.story.small import BULUNGAN, NOMINATIONS_OPEN, person, play_small, stage
from tests.story.unchanged import refused


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOMINATIONS_OPEN)
    return play_small(NOMINATIONS_OPEN)


def test_an_answer_and_a_ranking_by_two_of_the_bureau_name_both(story, monkeypatch):
    answer_for_silent(proposed(story), by=story.bureau[1], now=LATE)
    monkeypatch.setattr(clock, "now", lambda: LATE)

    page = words(browser(person(story, "R", BULUNGAN)).get(f"{PLACE}{BULUNGAN}/"))

    one, two = (user.name for user in story.bureau)
    assert f"Dijawab penyelenggara provinsi menggantikan kabupaten/kota: diusulkan {one}, dilaksanakan {two}." in page
    assert f"17.00 WITA oleh penyelenggara provinsi, diusulkan {one} dan dilaksanakan {two}. Garis ganda" in page


def test_of_a_regency_without_a_participant_it_is_said_plainly_that_nobody_is_ranked(story):
    Participation.objects.filter(stage__code="seleksi", entry__region__code__startswith=BULUNGAN).delete()

    said = "Tidak ada kecamatan Kabupaten Bulungan yang masuk tahap Seleksi, jadi tidak ada yang diperingkat."
    with refused(said):
        count_stage(stage(story, "seleksi"), scope=BULUNGAN)


def test_after_the_deadline_the_bureaus_answer_is_not_the_regencys_to_take_back(story, monkeypatch):
    answer = answer_for_silent(proposed(story, is_declining=True), by=story.bureau[1], now=LATE)
    monkeypatch.setattr(clock, "now", lambda: LATE)
    why = (
        "Jawaban Kabupaten Bulungan ini diberikan penyelenggara provinsi, dan batas tahap Seleksi sudah lewat; "
        "kabupaten/kota tidak menariknya sendiri. Minta penyelenggara provinsi menariknya, dengan alasannya."
    )

    page = words(browser(person(story, "R", BULUNGAN)).get(f"{PLACE}{BULUNGAN}/tarik-jawaban/{answer.pk}/"))
    assert why in page and "Yang ditarik tetap tersimpan" not in page
    with refused(why):
        took_back(story, answer, now=LATE)
    assert took_back(story, answer, by=story.bureau[0], now=LATE).is_withdrawn_by_bureau

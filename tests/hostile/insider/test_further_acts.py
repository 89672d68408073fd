"""An insider with the database, and the second act on a row: who took it back or answered it, and when."""

import pytest

from sp2k.results.actions import propose_result, return_result, take_back_answer
from sp2k.results.models import Nomination
from tests.hostile.insider.test_lesser_things import OTHER_ACT, last
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.results.test_taking_back import nominated, took_back
from tests.story.small import NOMINATIONS_OPEN, TITLES_GIVEN, play_small

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change", ["withdrawn_at = '2024-01-01 00:00:00'", "withdrawn_by_id = (SELECT min(id) FROM accounts_user)"]
)
def test_who_took_an_answer_back_and_when_is_held(change):
    story = play_small(until=NOMINATIONS_OPEN)
    took_back(story, nominated(story), take_back_answer)
    assert (faults(story), Nomination.every.count()) == ([], 1)

    sql(f"UPDATE results_nomination SET {change}")

    line = last("nominee.revoke")
    assert faults(story) == [f"Penarikan kembali: Jawaban Kabupaten Bulungan: {OTHER_ACT} (baris jurnal {line})."]


def test_who_answered_a_returned_result_and_when_is_held():
    story = play_small(until=TITLES_GIVEN)
    return_result(story.edition, "Periksa lagi.", by=story.leader, now=TITLES_GIVEN)
    propose_result(story.edition, "Sudah diperiksa.", by=story.bureau[0], now=TITLES_GIVEN)
    assert faults(story) == []

    sql("UPDATE editions_returnedresult SET answered_at = '2024-01-01 00:00:00'")

    line = last("result.propose")
    assert faults(story) == [f"Jawaban atas pengembalian ke-1: {OTHER_ACT} (baris jurnal {line})."]

"""What a stage that lacks nothing stands on: all, a part, or nothing; nothing is never said to be all."""

import pytest

from sp2k.base import clock
from sp2k.results.queries import StageProgress, arrivals_in_words, is_whole
from tests.entries.pages import words
from tests.story import small
from tests.story.small import at


@pytest.mark.parametrize(
    ("n", "of", "said", "whole"),
    [
        (666, 666, "Semua yang ditunggu tahap ini sudah masuk (666).", True),
        (8, 666, "8 dari 666 sudah masuk. Yang tidak masuk tidak dinilai.", False),
        (0, 666, "Belum ada satu pun yang masuk (0 dari 666). Yang tidak masuk tidak dinilai.", False),
        (0, 0, "Tahap ini tidak menunggu apa pun, dan tidak ada yang masuk.", False),
    ],
)
def test_all_is_said_of_all_alone(n, of, said, whole):
    progress = StageProgress(None, of, n, of, None)

    assert (arrivals_in_words(progress), is_whole(progress)) == (said, whole)


def test_a_stage_in_which_nobody_sent_anything_does_not_read_as_complete(db, client, monkeypatch):
    silent = small.EDITION.replace("  sumber: poin\n", "  sumber: poin\n  bila_tanpa_lembar: tidak_dinilai\n", 1)
    story = small.play_small(small.FORMS_OPEN, source=silent)
    client.force_login(story.bureau[0])
    monkeypatch.setattr(clock, "now", lambda *_: at("2024-04-20 09.00"))

    page, desk = (words(client.get(address)) for address in ("/tahap/kaltara-2024-uji/isian/", "/meja/"))

    assert "Belum ada satu pun yang masuk (0 dari 9)." in page
    assert "Kunci tahap Pengisian" in desk and "Belum ada satu pun yang masuk (0 dari 9)." in desk
    assert "Semua yang ditunggu" not in page + desk

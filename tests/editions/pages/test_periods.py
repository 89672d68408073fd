"""A stage that was locked before its deadline ended then: no page tells of a longer period, and what follows need not wait."""

import pytest

from sp2k.base import clock
from sp2k.editions.actions import propose_move
from tests.entries.pages import words
from tests.story import small
from tests.story.locking import told_as_locked
from tests.story.small import at
from tests.story.unchanged import refused

pytestmark = pytest.mark.django_db
CODE = "kaltara-2024-uji"


def locked_early(story, code: str, when: str) -> None:
    told_as_locked(small.stage(story, code), at=at(when), by=story.bureau[0])


def test_the_public_page_tells_until_when_the_jury_really_judged(client, monkeypatch):
    story = small.play_small()
    monkeypatch.setattr(clock, "now", lambda *_: at("2024-08-01 08.00"))
    assert "Tiga kecamatan dinilai juri, dijadwalkan pada 4–5 Juni 2024." in words(client.get(f"/hasil/{CODE}/"))

    locked_early(story, "presentasi", "2024-06-04 17.00")

    assert "Tiga kecamatan dinilai juri, dijadwalkan pada 4 Juni 2024." in words(client.get(f"/hasil/{CODE}/"))
    said = "4 Juni 2024, 08.00 WITA – 5 Juni 2024, 16.00 WITA dikunci lebih awal, 4 Juni 2024, 17.00 WITA"
    assert said in words(client.get(f"/edisi/{CODE}/"))
    assert "Presentasi dikunci lebih awal, 4 Juni 2024, 17.00 WITA" in words(client.get(f"/edisi/{CODE}/kalender/"))
    file = client.get(f"/edisi/{CODE}/kalender/kalender.ics").content.decode().replace("\r\n ", "")
    assert r"Batas 5 Juni 2024\, 16.00 WITA\; dikunci lebih awal\, 4 Juni 2024\, 17.00 WITA." in file


def test_after_an_early_lock_the_announcement_may_come_from_the_lock_on(monkeypatch):
    story = small.play_small(small.VISIT_SEATED)
    now = at("2024-06-20 12.00")
    monkeypatch.setattr(clock, "now", lambda *_: now)
    locked_early(story, "lapang", "2024-06-20 10.00")
    asked = {"opens_at": None, "checks_until": None, "reason": "Semua sudah dinilai.", "by": story.bureau[0]}

    with refused("Pengumuman 20 Juni 2024, 09.00 WITA mendahului akhir tahap Tinjau lapang, 20 Juni 2024, 10.00 WITA."):
        propose_move(story.edition, None, closes_at=at("2024-06-20 09.00"), now=at("2024-06-19 12.00"), **asked)

    assert propose_move(story.edition, None, closes_at=at("2024-06-21 09.00"), now=now, **asked).is_waiting

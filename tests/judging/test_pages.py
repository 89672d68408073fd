"""Every page of the jury's room opens to whom the table lets in, and to nobody else."""

import pytest

from tests.judging.rooms import at_hour, room, somebody
from tests.story.small import JURY_SEATED, play_small

OPEN = {  # page: who may open it
    "panel/": "BK",
    "panel/dpmd/": "BK",
    "panel/daftar/": "BK",
    "panel/daftar.xlsx": "BK",
    "benturan/": "BK",
    "benturan/saya/": "KJ",
    "benturan/saya/65.01.01/": "KJ",
    "jadwal/": "BKJCR",
    "jadwal/jadwal.xlsx": "BKJCR",
    "jadwal/undian/": "B",
    "jadwal/tukar/": "B",
    "jadwal/sesi/": "B",
    "kehadiran/": "BK",
    "kemajuan/": "BK",
    "tahap:penugasan/": "BK",
    "tahap:penugasan/aturan/": "B",
    "tahap:penugasan/aturan/?cara=semua": "B",
    "tahap:penugasan/berkas/": "B",
    "tahap:penugasan/templat.xlsx": "B",
    "tahap:pengingat/": "B",
}


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, JURY_SEATED)
    return play_small(until=JURY_SEATED)


@pytest.mark.parametrize("page", OPEN)
def test_a_page_opens_to_whom_the_table_names_and_hides_from_all_others(judging, client, page):
    answers = {}
    for letter in "BKJCRG":
        client.force_login(somebody(judging, letter))
        answers[letter] = client.get(room(page)).status_code

    assert answers == {letter: 200 if letter in OPEN[page] else 404 for letter in "BKJCRG"}

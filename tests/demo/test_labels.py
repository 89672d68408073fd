"""What the demonstration writes says that it is a sample, first of all; titles stand in full as decreed."""

import re

import pytest

from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.demo.load import STANDS_AT
from sp2k.results.models import FrozenTally
from sp2k.results.stages.downloads import FILES, file_of
from tests.house.project import ROOT, SOURCE, files, place
from tests.story.small import DECREE_ISSUED, play_small

SHORTENED = re.compile(r"(?<!Juara )(?<!\| )\bHarapan (?:[IV]+|\d)\b")  # `Juara Harapan I | Harapan I` declares a short form
TEXTS = [*files(".yaml", ".html", ".typ", ".po", under=SOURCE), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("README*.md")]


@pytest.mark.parametrize("name", [name for name in FILES if name != "hitung.xlsx"])
def test_every_file_of_a_count_of_samples_begins_by_saying_so(db, name):
    play_small(until=DECREE_ISSUED)

    assert {file_of(tally, name).splitlines()[0] for tally in FrozenTally.objects.all()} == {
        "# Data contoh: nilai sintetis, bukan nilai resmi."
    }


def test_on_a_demonstration_also_the_record_of_acts_outside_editions_says_so(client, db):
    story = play_small(until=DECREE_ISSUED)
    clock.start_demonstration_clock(STANDS_AT)
    client.force_login(User.objects.get(pk=story.bureau[0].pk))

    table = client.get("/catatan/luar-edisi/tabel.csv").content.decode()

    assert table.splitlines()[0] == "# Data contoh: catatan tindakan. Isi dibuat untuk peragaan, bukan data resmi."


def shortened(text: str) -> list[str]:
    return [line for line in text.splitlines() if SHORTENED.search(line) and "pendek" not in line]


def test_no_text_of_ours_shortens_a_title():
    found = {place(path): lines for path in TEXTS if (lines := shortened(path.read_text("utf-8")))}

    assert found == {}
    assert shortened("Juara Harapan I\nHarapan II Pamekasan") == ["Harapan II Pamekasan"]

"""An entry of which every juror is recorded away cannot be counted: that is said before the lock, with the ways on."""

import pytest

from sp2k.base.refusals import Refused
from sp2k.judging.actions import record_attendance, void_sheet
from sp2k.results.actions import lock_stage
from sp2k.results.closing import missing_things
from sp2k.results.stages.cures import cure_of, ways_of
from tests.story.small import JURY_LOCKED, SHEETS_IN, THIRD, duty, play_small, stage

pytestmark = pytest.mark.django_db
SEATS = ("akademisi", "bappeda", "dpmd")


@pytest.fixture
def deserted():
    """Everyone who should judge the third kecamatan is away."""
    story = play_small(until=SHEETS_IN)
    for seat in SEATS:
        own = duty(story, THIRD, seat)
        for sheet in own.standing_sheets:
            void_sheet(sheet, reason="Tertukar.", by=story.bureau[0], now=SHEETS_IN)
        record_attendance([duty(story, THIRD, seat)], "absen", reason="Sakit.", by=story.bureau[0], now=SHEETS_IN)
    return story


def test_a_stage_is_not_locked_while_an_entry_has_no_sheet_and_none_is_awaited(deserted):
    said = (
        "Tahap Presentasi belum dapat ditutup: 1 peserta tanpa satu lembar pun, karena semua jurinya tercatat tidak menilai "
        "(Kecamatan Tarakan Barat, Kota Tarakan). Kosong tidak dihitung nol. Jalan keluarnya: catatan kehadiran yang keliru "
        "dibatalkan, juri pengganti didudukkan, batas tahap dipindahkan, atau edisi ditutup tanpa hasil."
    )

    with pytest.raises(Refused) as refused:
        lock_stage(stage(deserted, "presentasi"), by=deserted.bureau[0], now=JURY_LOCKED)

    assert refused.value.sentence == said


def test_each_way_on_has_its_page(deserted):
    here = stage(deserted, "presentasi")
    missing = missing_things(here)

    assert [cure_of(thing, here) for thing in missing] == ["/juri/kaltara-2024-uji/presentasi/kehadiran/"]
    assert [address for _what, address in ways_of(missing, here)] == [
        "/juri/kaltara-2024-uji/presentasi/kehadiran/", "/juri/kaltara-2024-uji/presentasi/panel/",
        "/edisi/kaltara-2024-uji/kalender/presentasi/pindah/", "/edisi/kaltara-2024-uji/tutup/",
    ]  # fmt: skip


def test_one_juror_who_is_back_is_enough(deserted):
    record_attendance([duty(deserted, THIRD, "dpmd")], "", by=deserted.bureau[0], now=SHEETS_IN)

    assert [thing.kind for thing in missing_things(stage(deserted, "presentasi"))] == ["lembar"]

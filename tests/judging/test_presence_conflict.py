"""A conflict that was declared is not noted over with an absence."""

import pytest

from sp2k.judging.actions import declare_conflict, record_attendance
from tests.story.small import FIRST, JURY_SEATED, duty, entry, play_small, seat
from tests.story.unchanged import refused

pytestmark = pytest.mark.django_db


def test_an_absence_does_not_take_the_place_of_a_declared_conflict():
    story = play_small(until=JURY_SEATED)
    own = seat(story, "bappeda")
    declare_conflict(own, entry(story, "presentasi", FIRST), reason="Kerabat.", by=own.holder, now=JURY_SEATED)

    with refused("Bappeda Provinsi Kalimantan Utara mempunyai benturan kepentingan dengan Kecamatan Tanjung Palas, Kabupaten "
                 "Bulungan; catatannya tetap."):  # fmt: skip
        record_attendance([duty(story, FIRST, "bappeda")], "absen", reason="Sakit.", by=story.bureau[0], now=JURY_SEATED)

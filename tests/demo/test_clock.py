"""The clocks: the demonstration's shows the stored instant, runs on, rests and moves forward; all else reads true time."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.utils import timezone

from sp2k.base import clock
from sp2k.base.models import DemonstrationClock
from sp2k.base.refusals import Refused
from sp2k.demo import commands
from sp2k.demo.load import STANDS_AT, resume_clock
from sp2k.desk.tasks.situation import situations_of
from sp2k.editions.models import Edition
from sp2k.journal import actions as journal
from tests.entries.pages import words
from tests.story import small
from tests.story.small import at

SAMPLE, REAL = (SimpleNamespace(edition=SimpleNamespace(is_sample=is_sample)) for is_sample in (True, False))


def test_a_server_without_sample_data_shows_true_time(db):
    before = timezone.now()

    assert before <= clock.now() <= clock.now_of(SAMPLE) <= clock.now_of(REAL) <= clock.shown() <= timezone.now()


def test_sample_data_reads_the_demonstrations_time_and_everything_else_true_time(db):
    clock.start_demonstration_clock(STANDS_AT)
    before = timezone.now()

    assert timedelta(0) <= clock.now_of(SAMPLE) - STANDS_AT < timedelta(minutes=1)
    assert before <= clock.now() <= clock.now_of(REAL) <= timezone.now()


def test_the_clock_runs_on_from_the_stored_instant(db):
    clock.start_demonstration_clock(STANDS_AT)
    DemonstrationClock.objects.update(started_at=timezone.now() - timedelta(minutes=7))

    assert timedelta(minutes=7) <= clock.shown() - STANDS_AT < timedelta(minutes=8)


def test_a_week_without_a_server_does_not_pass_on_the_clock(db):
    clock.start_demonstration_clock(STANDS_AT)
    DemonstrationClock.objects.update(started_at=timezone.now() - timedelta(days=7))

    resume_clock()

    assert timedelta(0) <= clock.shown() - STANDS_AT < timedelta(minutes=1)


def test_an_act_in_true_time_does_not_carry_the_demonstrations_clock_along(db):
    story = small.play_small(small.FORMS_OPEN)
    Edition.objects.update(is_sample=False)
    clock.start_demonstration_clock(STANDS_AT)
    journal.append(story.edition.chain_id, "holidays.set", {"days": []}, by=story.bureau[0], now=timezone.now())

    resume_clock()

    assert timedelta(0) <= clock.shown() - STANDS_AT < timedelta(minutes=1)


def test_a_line_later_than_the_clock_can_have_shown_does_not_carry_it_along(db):
    story = small.play_small(small.FORMS_OPEN)
    clock.start_demonstration_clock(STANDS_AT)
    DemonstrationClock.objects.update(started_at=timezone.now() - timedelta(hours=2))
    act = {"days": []}
    journal.append(story.edition.chain_id, "holidays.set", act, by=story.bureau[0], now=STANDS_AT + timedelta(hours=1))
    journal.append(story.edition.chain_id, "holidays.set", act, by=story.bureau[0], now=timezone.now())

    resume_clock()

    assert timedelta(hours=1) <= clock.shown() - STANDS_AT < timedelta(hours=1, minutes=1)


def test_an_edition_that_is_no_sample_stands_at_true_time_on_the_same_desk(db):
    story = small.play_small(small.FORMS_OPEN)
    clock.start_demonstration_clock(at("2024-03-05 09.00"))
    user = story.bureau[0]

    def moment(is_sample):
        Edition.objects.update(is_sample=is_sample)
        editions = Edition.objects.select_related("region").prefetch_related("stages__edition", "returns")
        return situations_of(editions, user=user, now=clock.clocks())[0].now

    assert timedelta(0) <= moment(True) - at("2024-03-05 09.00") < timedelta(minutes=1)
    assert moment(False) - timezone.now() < timedelta(0) < moment(False) - at("2026-01-01 00.00")


@pytest.mark.parametrize(("is_sample", "said"), [(True, "Sedang berlangsung"), (False, "Lewat batas, belum dikunci")])
def test_the_page_of_a_stage_goes_by_the_time_of_its_edition(db, client, is_sample, said):
    story = small.play_small(small.FORMS_OPEN, is_sample=is_sample)
    clock.start_demonstration_clock(at("2024-03-05 09.00"))
    client.force_login(story.bureau[0])

    assert said in words(client.get("/tahap/kaltara-2024-uji/isian/"))


def test_the_demonstrations_clock_moves_forward_and_never_back(db):
    clock.start_demonstration_clock(STANDS_AT)
    clock.move_demonstration_clock(STANDS_AT + timedelta(days=3), zone="Asia/Jakarta")

    with pytest.raises(Refused) as refused:
        clock.move_demonstration_clock(STANDS_AT, zone="Asia/Jakarta")

    assert refused.value.sentence == (
        "Jam contoh menunjukkan 3 November 2023, 10.00 WIB dan hanya dapat dimajukan. Tulis waktu sesudahnya, atau muat ulang "
        "datanya pada 31 Oktober 2023, 10.00 WIB dengan `sp2k demo --reset --at '2023-10-31 10.00'`; yang Anda kerjakan di "
        "peragaan ini hilang."
    )
    assert timedelta(0) <= clock.shown() - STANDS_AT - timedelta(days=3) < timedelta(minutes=1)


def test_demo_with_an_hour_moves_the_loaded_data_forward_and_says_so(db, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    (tmp_path / "demo-logins.txt").write_text("provinsi")
    clock.start_demonstration_clock(STANDS_AT)

    told = CliRunner().invoke(commands.demo, ["--no-serve", "--at", "2023-11-02 08.00"])

    assert (told.exit_code, "Jam contoh dimajukan ke 2 November 2023, 08.00 WIB." in told.output) == (0, True)
    back = CliRunner().invoke(commands.demo, ["--no-serve", "--at", "2023-10-01 08.00"])
    assert isinstance(back.exception, Refused) and "hanya dapat dimajukan" in back.exception.sentence

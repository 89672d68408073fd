"""What is said of a deadline before it, in its last minute, and after it; filling and checking are two deadlines."""

from datetime import timedelta

import pytest

from sp2k.base import clock
from sp2k.base.clock import has_passed
from sp2k.desk.coming import coming
from sp2k.desk.tasks.situation import situations_of
from sp2k.desk.tasks.task import deadline_in_words
from sp2k.desk.timeline import timeline
from sp2k.editions.calendar_file import icalendar
from sp2k.editions.models import Edition
from sp2k.editions.queries.calendar import calendar_of
from sp2k.results.reminding.lateness import waited_for
from sp2k.results.stages.page import STATES, state_of
from tests.story import small
from tests.story.small import at, person, stage

CLOSES, CHECKED = at("2024-04-05 16.00"), at("2024-04-19 16.00")
MINUTE = timedelta(minutes=1)
BEFORE, LAST, AFTER = CLOSES - MINUTE, CLOSES + timedelta(seconds=59), CLOSES + MINUTE
LAST_CHECK, OVER = CHECKED + timedelta(seconds=59), CHECKED + MINUTE
MOMENTS = [BEFORE, LAST, AFTER, LAST_CHECK, OVER]


@pytest.fixture
def story(db):
    return small.play_small(small.FORMS_OPEN)


def here_of(story, user, now):
    rows = Edition.objects.filter(pk=story.edition.pk).select_related("region")
    editions = rows.prefetch_related("stages__edition", "returns")
    return situations_of(editions, user=user, now=now)


def said_at_each(say) -> list[str]:
    return [say(moment) for moment in MOMENTS]


def test_a_deadline_holds_to_the_end_of_its_minute():
    assert [has_passed(CLOSES, now) for now in (BEFORE, CLOSES, LAST, AFTER)] == [False, False, False, True]


def test_a_task_is_late_after_the_last_minute_and_not_in_it():
    assert [deadline_in_words(CLOSES, now=now, zone="Asia/Makassar")[0] for now in (BEFORE, LAST, AFTER)] == [
        "Sampai 16.00 WITA", "Sampai 16.00 WITA", "Terlambat",
    ]  # fmt: skip


def test_a_refusal_names_the_deadline_that_has_passed_and_none_that_has_not(story):
    filling = stage(story, "isian")
    still = "Tahap Pengisian masih dibuka sampai 5 April 2024, 16.00 WITA."
    passed = "Batas waktu tahap Pengisian sudah lewat: 5 April 2024, 16.00 WITA."
    assert said_at_each(filling.opening_in_words) == [still, still, passed, passed, passed]

    checking = "Tahap Pengisian masih dibuka sampai 19 April 2024, 16.00 WITA."
    ended = "Batas verifikasi tahap Pengisian sudah lewat: 19 April 2024, 16.00 WITA."
    assert said_at_each(lambda now: filling.opening_in_words(now, checks=True)) == [checking] * 4 + [ended]


def test_the_state_of_a_stage_tells_filling_and_checking_apart(story):
    filling = stage(story, "isian")

    said = said_at_each(lambda now: str(STATES[state_of(filling, now, is_frozen=False)]))

    checks = "Pengisian ditutup, verifikasi berlangsung"
    assert said == ["Sedang berlangsung", "Sedang berlangsung", checks, checks, "Lewat batas, belum dikunci"]


def test_the_line_of_steps_says_late_only_when_both_deadlines_have_passed(story):
    bureau = story.bureau[0]

    said = said_at_each(lambda now: timeline(here_of(story, bureau, now)[0]).steps[0].words)

    checks = "verifikasi sampai 19 April 2024, 16.00 WITA"
    assert said == ["sedang berlangsung", "sedang berlangsung", checks, checks, "lewat batas, belum dikunci"]


def test_a_draft_whose_dates_have_passed_waits_for_its_rules_and_is_not_called_late(story):
    Edition.objects.filter(pk=story.edition.pk).update(rules_locked_at=None, rules_hash="")

    for user in (person(story, "C", "65.01.01"), person(story, "R", "65.01")):
        steps = timeline(here_of(story, user, at("2025-09-01 09.00"))[0]).steps
        assert {step.words for step in steps[:-1]} == {"belum dimulai: aturan belum dikunci"}


def test_a_desk_tells_the_hour_as_it_is_where_its_edition_is(story, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda *_: BEFORE)
    client.force_login(person(story, "R", "65.01"))

    page = client.get("/meja/").content.decode()

    assert '<p class="eyebrow">Jumat, 5 April 2024, 15.59 WITA</p>' in page


def test_what_comes_names_both_deadlines_while_both_are_ahead(story):
    camat = person(story, "C", "65.01.01")

    said = said_at_each(lambda now: coming(here_of(story, camat, now), user=camat)[0])

    both = ("PKU Kalimantan Utara 2024: tahap Pengisian berlangsung sampai 5 April 2024, 16.00 WITA. "
            "Verifikasi isian sampai 19 April 2024, 16.00 WITA.")  # fmt: skip
    checks = ("PKU Kalimantan Utara 2024: tahap Pengisian ditutup 5 April 2024, 16.00 WITA. "
              "Verifikasi isian sampai 19 April 2024, 16.00 WITA.")  # fmt: skip
    over = "PKU Kalimantan Utara 2024: tahap Pengisian lewat batas dan menunggu dikunci."
    assert said == [both, both, checks, checks, over]


def test_a_reminder_asks_for_what_can_still_be_done(story):
    filling = stage(story, "isian")

    said = said_at_each(lambda now: next(row for row in waited_for(filling, now=now)).text.splitlines()[1])

    ahead = ("Batasnya 5 April 2024, 16.00 WITA, dan verifikasinya sampai 19 April 2024, 16.00 WITA. Mohon dilengkapi lewat "
             "SP2K sebelum itu. Terima kasih.")  # fmt: skip
    checks = ("Pengisian sudah ditutup 5 April 2024, 16.00 WITA. Mohon verifikasinya diselesaikan sebelum 19 April 2024, "
              "16.00 WITA. Terima kasih.")  # fmt: skip
    over = ("Batasnya, 19 April 2024, 16.00 WITA, sudah lewat dan SP2K tidak menerimanya lagi. Mohon segera menghubungi "
            "kami. Terima kasih.")  # fmt: skip
    assert [text.partition("). ")[2] for text in said] == [ahead, ahead, checks, checks, over]


def test_after_its_deadline_a_juror_is_told_that_a_sheet_can_still_be_sent_as_late(db):
    story = small.play_small(small.JURY_SEATED)
    presenting = stage(story, "presentasi")

    before, after = (waited_for(presenting, now=at(when))[0].text for when in ("2024-06-05 16.00", "2024-06-05 16.01"))

    assert "Batasnya 5 Juni 2024, 16.00 WITA. Mohon dilengkapi lewat SP2K sebelum itu." in before
    assert "sudah lewat. Lembar masih dapat dikirim lewat SP2K; ia tercatat terlambat" in after
    assert "sebelum itu" not in after


def test_filling_and_checking_are_two_events_each_with_its_name_and_date(story):
    bars = calendar_of(story.edition, now=AFTER).bars[:2]

    assert [(bar.name, bar.is_past, [(what, when) for what, when, _why in bar.dates]) for bar in bars] == [
        ("Pengisian", True, [("Dibuka", at("2024-03-04 08.00")), ("Batas akhir", CLOSES)]),
        ("Verifikasi isian (Pengisian)", False, [("Batas verifikasi", CHECKED)]),
    ]
    lines = icalendar(story.edition, now=BEFORE).replace("\r\n ", "").splitlines()
    assert [line for line in lines if "isian" in line.lower() or line.startswith("DTEND")][:6] == [
        "UID:isian@kaltara-2024-uji.sp2k", "DTEND:20240405T080000Z", f"SUMMARY:Data contoh: Pengisian\\, {story.edition}",
        "UID:isian-verifikasi@kaltara-2024-uji.sp2k", "DTEND:20240419T080000Z",
        f"SUMMARY:Data contoh: Verifikasi isian (Pengisian)\\, {story.edition}",
    ]  # fmt: skip
    assert max(len(line.encode()) for line in icalendar(story.edition, now=BEFORE).split("\r\n")) <= 75

"""What people do wrong at the thin chain: each gets one clear sentence, and nothing is changed."""

from zoneinfo import ZoneInfo

import pytest

from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.editions.actions import lock_rules
from sp2k.entries.actions import submit_form
from sp2k.entries.claims import Claims
from sp2k.entries.models import Form
from sp2k.judging.actions import record_sheet
from sp2k.judging.models import Mark, Sheet
from sp2k.results.actions import advance, freeze_tally, lock_stage, nominate, rank_regency
from tests.story.small import (
    BULUNGAN,
    FIRST,
    FORMS_OPEN,
    JURY_FROZEN,
    JURY_LOCKED,
    JURY_SEATED,
    NOMINATIONS_OPEN,
    SECOND,
    SHEETS_IN,
    at,
    desk,
    duty,
    entry,
    holder,
    person,
    play_small,
    stage,
)
from tests.story.unchanged import refused

MORNING = at("2024-06-04 09.00")


def typed(mark, **others):
    return {"K1": mark, "I1": "80", "I2": "80"} | others


@pytest.fixture
def judging(db):
    """The morning of the presentations: three entries, three jurors, no sheet yet."""
    return play_small(until=JURY_SEATED)


NO_MARKS = [
    ("87.500", "Nilai K1: angka 87.500 dapat dibaca sebagai 87500 atau 87,5. Bila maksudnya 87,5, tulis 87,5."),
    ("-1", "Nilai K1 harus antara 0 dan 100. Anda menulis -1."),
    ("101", "Nilai K1 harus antara 0 dan 100. Anda menulis 101."),
    ("100,1", "Nilai K1 harus antara 0 dan 100. Anda menulis 100,1."),
    ("", "Lembar belum dapat disegel: K1 masih kosong. Kosong bukan nol."),
    ("   ", "Lembar belum dapat disegel: K1 masih kosong. Kosong bukan nol."),
    (None, "Lembar belum dapat disegel: K1 masih kosong. Kosong bukan nol."),
    ("bagus", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "bagus".'),
    ("8o", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "8o".'),
    ("87,5,5", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "87,5,5".'),
    ("1e2", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "1e2".'),
    ("٨٧", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "٨٧".'),
    ("NaN", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "NaN".'),
    (True, 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "True".'),
    ("87,55", "Nilai K1 paling banyak 1 angka di belakang koma. Anda menulis 87,55."),
]


class TestMarks:
    def test_marks_are_taken_with_comma_or_point_and_zero_is_a_mark(self, judging):
        own, chair, kept = duty(judging, FIRST, "akademisi"), holder(judging, "akademisi"), {}
        for mark in ("87,5", "87.5", " 87,5 ", "0", 0, "100", "100,0"):
            sheet = record_sheet(own, typed(mark), by=chair, now=MORNING, reason="Dibetulkan.")
            kept[mark] = f"{sheet.marks.get(indicator='K1').value.normalize():f}"

        assert kept == {
            "87,5": "87.5", "87.5": "87.5", " 87,5 ": "87.5", "0": "0", 0: "0", "100": "100", "100,0": "100"
        }  # fmt: skip

    def test_a_mark_that_cannot_be_meant_is_refused(self, judging, subtests):
        own, chair = duty(judging, FIRST, "akademisi"), holder(judging, "akademisi")
        for mark, sentence in NO_MARKS:
            with subtests.test(mark), refused(sentence, BadInput):
                record_sheet(own, typed(mark), by=chair, now=MORNING)

    def test_an_indicator_that_is_not_on_the_sheet_is_refused(self, judging):
        chair, own = holder(judging, "akademisi"), duty(judging, FIRST, "akademisi")

        with refused("Indikator K9 tidak ada pada lembar ini. Muat ulang halaman lembar.", BadInput):
            record_sheet(own, typed("80", K9="80"), by=chair, now=MORNING)

    def test_a_sheet_with_two_marks_missing_names_both(self, judging):
        chair, own = holder(judging, "akademisi"), duty(judging, FIRST, "akademisi")

        with refused("Lembar belum dapat disegel: I1 dan I2 masih kosong. Kosong bukan nol.", BadInput):
            record_sheet(own, {"K1": "80"}, by=chair, now=MORNING)

    def test_a_mark_as_fine_as_an_instrument_may_ask_is_kept_whole(self, db):
        story = play_small(until=at("2024-06-19 07.59"))
        visitor, own = holder(story, "bappeda", "lapang"), duty(story, FIRST, "bappeda", "lapang")

        record_sheet(own, {"L1": "87,123456"}, by=visitor, now=at("2024-06-19 09.00"))

        assert str(Mark.objects.get(indicator="L1").value) == "87.123456"


class TestDeadline:
    def test_the_last_minute_belongs_to_the_juror(self, judging):
        record_sheet(
            duty(judging, FIRST, "dpmd"), typed("80"), by=holder(judging, "dpmd"), now=at("2024-06-05 16.00.59")
        )

        assert Sheet.objects.count() == 1

    def test_a_sheet_after_the_deadline_is_refused(self, judging, subtests):
        juror, own = holder(judging, "dpmd"), duty(judging, FIRST, "dpmd")

        for late in ("2024-06-05 16.01", "2024-06-05 23.59", "2024-06-06 08.00"):
            with (
                subtests.test(late),
                refused("Batas waktu tahap Presentasi sudah lewat: 5 Juni 2024, 16.00 WITA.", NotAllowed),
            ):
                record_sheet(own, typed("80"), by=juror, now=at(late))

    def test_a_sheet_before_the_stage_opens_is_refused(self, judging):
        juror, own = holder(judging, "dpmd"), duty(judging, FIRST, "dpmd")

        with refused("Tahap Presentasi baru dibuka pada 4 Juni 2024, 08.00 WITA.", NotAllowed):
            record_sheet(own, typed("80"), by=juror, now=at("2024-06-04 07.59.59"))

    def test_a_form_is_taken_to_the_last_minute_and_not_after(self, db):
        story = play_small(until=FORMS_OPEN)
        operator = person(story, "C", BULUNGAN)
        submit_form(entry(story, "isian", FIRST), Claims({}), by=operator, now=at("2024-04-05 16.00.59"))
        other = entry(story, "isian", "65.01.02")

        with refused("Batas waktu tahap Pengisian sudah lewat: 5 April 2024, 16.00 WITA.", NotAllowed):
            submit_form(other, Claims({}), by=operator, now=at("2024-04-05 16.01"))
        assert Form.objects.count() == 1

    def test_the_clock_of_another_zone_gives_nobody_an_hour(self, judging):
        """15.30 in Jakarta is half past four in Tarakan."""
        juror, own = holder(judging, "dpmd"), duty(judging, FIRST, "dpmd")
        half_past_three = at("2024-06-05 15.30").replace(tzinfo=ZoneInfo("Asia/Jakarta"))

        with refused("Batas waktu tahap Presentasi sudah lewat: 5 Juni 2024, 16.00 WITA.", NotAllowed):
            record_sheet(own, typed("80"), by=juror, now=half_past_three)


class TestNomination:
    def test_a_kecamatan_of_another_regency_cannot_be_nominated(self, db):
        story = play_small(until=NOMINATIONS_OPEN)
        own, organiser = desk(story, BULUNGAN), person(story, "R", BULUNGAN)
        rank_regency(own, by=organiser, now=NOMINATIONS_OPEN)
        foreign = entry(story, "seleksi", SECOND)

        with refused(
            "Kecamatan Sesayap, Kabupaten Tana Tidung bukan kecamatan di Kabupaten Bulungan. Pilih kecamatan sendiri."
        ):
            nominate(own, foreign, minutes_number="BA-1", by=organiser, now=NOMINATIONS_OPEN)


class TestClosing:
    def test_a_stage_with_sheets_missing_cannot_be_closed(self, judging):
        presentation = stage(judging, "presentasi")
        for code in ("akademisi", "bappeda"):
            record_sheet(duty(judging, FIRST, code), typed("80"), by=holder(judging, code), now=MORNING)

        with refused(
            "Tahap Presentasi belum dapat ditutup: 7 lembar juri belum masuk (DPMD Provinsi Kalimantan Utara → "
            "Kecamatan Tanjung Palas, Kabupaten Bulungan; Universitas Borneo Tarakan → Kecamatan Sesayap, Kabupaten "
            "Tana Tidung; Bappeda Provinsi Kalimantan Utara → Kecamatan Sesayap, Kabupaten Tana Tidung; dan 4 "
            "lainnya). Kosong tidak dihitung nol."
        ):
            lock_stage(presentation, by=judging.bureau[0], now=SHEETS_IN)

    def test_rules_are_locked_once(self, db):
        story = play_small(until=FORMS_OPEN)

        with refused("Aturan edisi ini sudah dikunci.", NotAllowed):
            lock_rules(story.edition, by=story.bureau[0], now=FORMS_OPEN)

    def test_a_stage_is_locked_once(self, db):
        story = play_small(until=JURY_LOCKED)
        presentation = stage(story, "presentasi")

        with refused("Tahap Presentasi sudah dikunci pada 5 Juni 2024, 17.00 WITA.", NotAllowed):
            lock_stage(presentation, by=story.bureau[1], now=JURY_LOCKED)

    def test_a_count_is_frozen_once(self, db):
        story = play_small(until=JURY_FROZEN)
        presentation = stage(story, "presentasi")

        with refused("Hitungan tahap Presentasi sudah dibekukan. Hitungan yang beku tidak diulang."):
            freeze_tally(presentation, by=story.bureau[1], now=JURY_FROZEN)

    def test_a_tie_across_the_cut_stops_the_advance(self, db):
        level = {FIRST: 90, SECOND: 75, "65.71.01": 75}
        story = play_small(until=JURY_FROZEN, told={"presentasi": level})
        presentation = stage(story, "presentasi")

        with refused(
            "Seri di batas lolos tahap Presentasi: Kecamatan Sesayap, Kabupaten Tana Tidung (75,00); Kecamatan Tarakan "
            "Barat, Kota Tarakan (75,00). Aturan pemutus seri sudah habis, jadi tidak ada yang maju sebelum seri itu "
            "diputus: rapat pleno dengan berita acara, diusulkan penyelenggara dan diputus ketua panel."
        ):
            advance(presentation, by=story.bureau[0], now=JURY_FROZEN)


def test_a_refusal_is_one_of_ours_and_can_be_caught_as_one():
    """Whoever shows a refusal needs one type only."""
    assert issubclass(BadInput, Refused) and issubclass(NotAllowed, Refused)

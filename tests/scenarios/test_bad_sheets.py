"""A jury's room: sheets sent twice, changed, forbidden; jurors who are away, in conflict, or replaced."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.base.refusals import BadInput, NotAllowed
from sp2k.entries.sealing import Sending
from sp2k.judging.actions import (
    assign_jurors,
    declare_conflict,
    record_attendance,
    record_sheet,
    seat_person,
    set_up_panel,
)
from sp2k.judging.models import Assignment, Conflict, Sheet
from sp2k.judging.queries import latest_sheets
from sp2k.results.actions import freeze_tally, lock_stage
from tests.story.small import (
    FIRST,
    JURY_SEATED,
    SECOND,
    THIRD,
    VISIT_SEATED,
    at,
    duty,
    entry,
    holder,
    play_small,
    seat,
    stage,
)
from tests.story.unchanged import refused

MORNING, EVENING = at("2024-06-04 09.00"), at("2024-06-05 17.00")
EIGHTY = {"K1": "80", "I1": "80", "I2": "80"}
SEATS = ("akademisi", "bappeda", "dpmd")
PALAS = "Kecamatan Tanjung Palas, Kabupaten Bulungan"
OLD_CAMAT = "Pernah menjadi camat di sana."


@pytest.fixture
def judging(db):
    """The morning of the presentations: three entries, three jurors, no sheet yet."""
    return play_small(until=JURY_SEATED)


@pytest.fixture
def newcomer(judging):
    return create_user("juri-baru", "Juri Baru", roles=[("J", "65")])


def give(story, code, seat_code, marks=EIGHTY, **said):
    return record_sheet(
        duty(story, code, seat_code), marks, by=holder(story, seat_code), **{"now": MORNING} | said
    )  # fmt: skip


def give_the_rest(story):
    """Every duty that still awaits its sheet gets eighty throughout."""
    for waiting in Assignment.objects.filter(sheets=None).exclude(attendance__in=Assignment.AWAY):
        record_sheet(waiting, EIGHTY, by=waiting.seat.holder, now=MORNING)


def total_of(story, code):
    """Lock, freeze, and return an entry's total and its note."""
    presentation = lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=EVENING)
    tally = freeze_tally(presentation, by=story.bureau[0], now=EVENING)
    placement = tally.placements.get(participation__entry__region=code)
    return placement.total, placement.note


class TestSentTwice:
    def test_the_same_sending_twice_is_one_sheet_also_after_closing(self, judging):
        sending = Sending()
        first = give(judging, FIRST, "dpmd", sending=sending)

        again = give(judging, FIRST, "dpmd", sending=sending)
        late = give(judging, FIRST, "dpmd", sending=sending, now=at("2024-06-09 09.00"))

        assert (again.pk, late.pk, Sheet.objects.count()) == (first.pk, first.pk, 1)
        assert judging.edition.chain.lines.filter(type="sheet.submit").count() == 1

    def test_a_sheet_resent_after_the_lock_is_still_known(self, judging):
        sending = Sending()
        first = give(judging, FIRST, "dpmd", sending=sending)
        give_the_rest(judging)
        lock_stage(stage(judging, "presentasi"), by=judging.bureau[0], now=EVENING)

        assert give(judging, FIRST, "dpmd", sending=sending, now=EVENING).pk == first.pk

    def test_the_same_number_with_other_content_is_refused(self, judging, subtests):
        sending = Sending()
        give(judging, FIRST, "dpmd", sending=sending)
        sentence = "Nomor kiriman ini sudah dipakai untuk isi yang berbeda. Muat ulang halaman, lalu kirim lagi."

        for other in ({"marks": EIGHTY | {"K1": "81"}}, {"note": "Lain."}, {"reason": "Lain."}):
            with subtests.test(str(other)), refused(sentence):
                give(judging, FIRST, "dpmd", sending=sending, **other)
        with refused(sentence):
            give(judging, SECOND, "dpmd", sending=sending)

    def test_the_number_of_another_account_is_refused(self, judging):
        sending = Sending()
        give(judging, FIRST, "dpmd", sending=sending)
        own, stranger = duty(judging, FIRST, "dpmd"), holder(judging, "bappeda")

        with refused("Kiriman ini dibuat dengan akun lain. Kirim dengan akun yang mengisinya.", NotAllowed):
            record_sheet(own, EIGHTY, by=stranger, now=MORNING, sending=sending)


class TestRevision:
    def test_a_sheet_is_changed_with_a_reason_and_the_first_one_stays(self, judging):
        give(judging, FIRST, "dpmd")

        give(judging, FIRST, "dpmd", EIGHTY | {"K1": "90"}, reason="Salah baca rubrik.")

        marks = [str(sheet.marks.get(indicator="K1").value.normalize()) for sheet in Sheet.objects.order_by("revision")]
        assert marks == ["8E+1", "9E+1"]
        assert [sheet.revision for sheet in latest_sheets(stage(judging, "presentasi"))] == [2]

    def test_a_change_without_a_reason_is_refused(self, judging):
        give(judging, FIRST, "dpmd")

        with refused("Lembar ini sudah diterima. Tulis alasan perubahan sebelum mengirim lagi.", BadInput):
            give(judging, FIRST, "dpmd", EIGHTY | {"K1": "90"}, reason="  ")

    def test_two_devices_of_one_juror_do_not_overwrite_each_other(self, judging):
        """The second device believes its sheet to be the first: it is told of a conflict, not asked for a reason."""
        give(judging, FIRST, "dpmd", sending=Sending(base_rev=0))

        with refused(
            "Lembar ini berubah di tempat lain: yang tersimpan revisi 1, kiriman ini mengubah revisi 0. Muat ulang, "
            "pilih yang berlaku, lalu kirim lagi."
        ):
            give(judging, FIRST, "dpmd", EIGHTY | {"K1": "90"}, sending=Sending(base_rev=0))

    def test_invisible_writing_in_a_note_or_reason_is_refused(self, judging):
        turned = "bagus\u202esugab"

        with refused(
            "Catatan memuat tanda yang tidak terlihat (U+202E), huruf ke-6. Hapus atau ketik ulang bagian itu.",
            BadInput,
        ):
            give(judging, FIRST, "dpmd", note=turned)
        with refused(
            "Alasan perubahan memuat tanda yang tidak terlihat (U+0007), huruf ke-1. Hapus atau ketik ulang bagian itu.",
            BadInput,
        ):
            give(judging, FIRST, "dpmd", reason="\x07")

    def test_a_note_of_two_lines_from_a_browser_is_kept(self, judging):
        sheet = give(judging, FIRST, "dpmd", note="Paparan jelas.\r\nAngka\tberdasar. ")

        assert sheet.note == "Paparan jelas.\nAngka berdasar."


class TestStaleSight:
    def test_a_sheet_by_a_page_opened_before_the_lock_is_refused(self, judging):
        """What was fetched before the lock does not decide: the act looks again."""
        give_the_rest(judging)
        seen_before = Assignment.objects.select_related("participation__stage__edition", "seat__stage").get(
            pk=duty(judging, FIRST, "dpmd").pk
        )
        lock_stage(stage(judging, "presentasi"), by=judging.bureau[0], now=at("2024-06-05 16.05"))
        juror = holder(judging, "dpmd")

        with refused("Tahap Presentasi sudah dikunci pada 5 Juni 2024, 16.05 WITA.", NotAllowed):
            record_sheet(seen_before, EIGHTY, by=juror, now=at("2024-06-05 16.30"), reason="Terlambat melihat.")

    def test_a_sheet_by_a_page_opened_before_an_absence_is_refused(self, judging):
        seen_before = duty(judging, FIRST, "dpmd")
        record_attendance([duty(judging, FIRST, "dpmd")], "absen", by=judging.bureau[0], now=MORNING, reason="Sakit.")
        juror = holder(judging, "dpmd")

        with refused(
            f"DPMD Provinsi Kalimantan Utara tercatat juri absen pada {PALAS}. Minta sekretariat membetulkan kehadiran "
            "lebih dahulu."
        ):
            record_sheet(seen_before, EIGHTY, by=juror, now=MORNING)


class TestAway:
    def test_an_absent_juror_is_no_zero(self, judging):
        """By hand: K1 (90 + 81) / 2 = 85.5; I1 (80 + 77) / 2 = 78.5; I2 (70 + 75) / 2 = 72.5; aspects 85.5 and 75.5;
        0.6 x 85.5 + 0.4 x 75.5 = 81.5. A zero for the absent one would give 54.33."""
        give(judging, FIRST, "akademisi", {"K1": "90", "I1": "80", "I2": "70"})
        give(judging, FIRST, "dpmd", {"K1": "81", "I1": "77", "I2": "75"})
        away = [duty(judging, FIRST, "bappeda")]
        record_attendance(away, "absen", by=judging.bureau[0], now=MORNING, reason="Sakit, surat dokter.")
        give_the_rest(judging)

        assert total_of(judging, FIRST) == ("81.50", "absen: bappeda; rata-rata dari 2 penilai yang ada")

    def test_an_absence_needs_a_reason(self, judging):
        own = duty(judging, FIRST, "bappeda")

        with refused(f"Tulis alasan Bappeda Provinsi Kalimantan Utara tidak menilai {PALAS}.", BadInput):
            record_attendance([own], "absen", by=judging.bureau[0], now=MORNING)

    def test_who_has_given_a_sheet_was_there(self, judging):
        give(judging, FIRST, "bappeda")
        own = duty(judging, FIRST, "bappeda")

        with refused(
            f"Lembar Bappeda Provinsi Kalimantan Utara → {PALAS} sudah diterima; juri yang sudah menilai tidak dapat "
            "dinyatakan absen."
        ):
            record_attendance([own], "absen", by=judging.bureau[0], now=MORNING, reason="Sakit.")

    def test_an_unknown_attendance_is_refused(self, judging):
        own = duty(judging, FIRST, "bappeda")

        with refused('Kehadiran "cuti" tidak dikenal. Pilih hadir, absen, atau benturan.', BadInput):
            record_attendance([own], "cuti", by=judging.bureau[0], now=MORNING)

    def test_an_entry_that_nobody_judged_keeps_the_stage_open(self, judging):
        """Locked without a single sheet it could never be counted, and never be opened again."""
        away = [duty(judging, FIRST, code) for code in SEATS]
        record_attendance(away, "absen", by=judging.bureau[0], now=MORNING, reason="Longsor.")
        give_the_rest(judging)
        presentation = stage(judging, "presentasi")

        with refused(
            "Tahap Presentasi belum dapat ditutup: 1 peserta tanpa satu lembar pun, karena semua jurinya tercatat tidak "
            f"menilai ({PALAS}). Kosong tidak dihitung nol. Jalan keluarnya: catatan kehadiran yang keliru dibatalkan, juri "
            "pengganti didudukkan, batas tahap dipindahkan, atau edisi ditutup tanpa hasil."
        ):
            lock_stage(presentation, by=judging.bureau[0], now=EVENING)


class TestConflict:
    def test_a_juror_in_conflict_is_left_out_of_the_mean(self, judging):
        """The same marks as for the absent juror, the same total; the note says which of the two it was."""
        bappeda, entered = holder(judging, "bappeda"), entry(judging, "presentasi", FIRST)
        declare_conflict(seat(judging, "bappeda"), entered, reason=OLD_CAMAT, by=bappeda, now=MORNING)
        give(judging, FIRST, "akademisi", {"K1": "90", "I1": "80", "I2": "70"})
        give(judging, FIRST, "dpmd", {"K1": "81", "I1": "77", "I2": "75"})
        own = duty(judging, FIRST, "bappeda")

        with refused("Anda tidak menilai peserta ini karena ada benturan kepentingan yang tercatat.", NotAllowed):
            record_sheet(own, EIGHTY, by=bappeda, now=MORNING)
        give_the_rest(judging)
        assert total_of(judging, FIRST) == ("81.50", "benturan: bappeda; rata-rata dari 2 penilai yang ada")

    def test_a_conflict_needs_words_an_own_seat_and_an_entry_of_the_stage(self, judging):
        chair, own, entered = (
            holder(judging, "akademisi"),
            seat(judging, "akademisi"),
            entry(judging, "presentasi", FIRST),
        )
        elsewhere = entry(judging, "isian", FIRST)

        with refused("Tulis penjelasan benturan kepentingan, misalnya: pernah menjadi camat di sana.", BadInput):
            declare_conflict(own, entered, reason=" ", by=chair, now=MORNING)
        with refused("Ini bukan tugas penilaian Anda.", NotAllowed):
            declare_conflict(seat(judging, "dpmd"), entered, reason=OLD_CAMAT, by=chair, now=MORNING)
        with refused(f"{PALAS} bukan peserta tahap Presentasi."):
            declare_conflict(own, elsewhere, reason=OLD_CAMAT, by=chair, now=MORNING)

    def test_a_conflict_is_recorded_once(self, judging):
        chair, own, entered = (
            holder(judging, "akademisi"),
            seat(judging, "akademisi"),
            entry(judging, "presentasi", FIRST),
        )
        declare_conflict(own, entered, reason=OLD_CAMAT, by=chair, now=MORNING)

        with refused(f"Benturan kepentingan Anda dengan {PALAS} sudah tercatat."):
            declare_conflict(own, entered, reason="Lagi.", by=chair, now=MORNING)

    def test_the_secretariat_cannot_call_a_juror_in_conflict_present(self, judging):
        chair, entered = holder(judging, "akademisi"), entry(judging, "presentasi", FIRST)
        declare_conflict(seat(judging, "akademisi"), entered, reason=OLD_CAMAT, by=chair, now=MORNING)
        own = duty(judging, FIRST, "akademisi")

        with refused(f"Universitas Borneo Tarakan mempunyai benturan kepentingan dengan {PALAS}; catatannya tetap."):
            record_attendance([own], "hadir", by=judging.bureau[0], now=MORNING)

    def test_a_conflict_holds_at_the_visit_too(self, db):
        story = play_small(until=at("2024-06-06 09.00"))  # after the advance, before the visit's panel is made
        own, entered = seat(story, "akademisi"), entry(story, "presentasi", FIRST)
        chair = own.holder
        declare_conflict(own, entered, reason=OLD_CAMAT, by=chair, now=at("2024-06-06 09.00"))
        visit = stage(story, "lapang")
        for place in set_up_panel(visit, by=story.bureau[0], now=at("2024-06-12 16.00")):
            juror = story.crew.juror(place.position)
            seat_person(place, juror, by=story.bureau[0], now=at("2024-06-12 16.00"))
        assign_jurors(visit, by=story.bureau[0], now=at("2024-06-12 16.00"))

        assert duty(story, FIRST, "akademisi", "lapang").attendance == Assignment.Attendance.RECUSED
        assert duty(story, SECOND, "akademisi", "lapang").attendance == Assignment.Attendance.AWAITED
        with refused("Anda tidak menilai peserta ini karena ada benturan kepentingan yang tercatat.", NotAllowed):
            record_sheet(duty(story, FIRST, "akademisi", "lapang"), {"L1": "80"}, by=chair, now=VISIT_SEATED)
        assert duty(story, FIRST, "akademisi").attendance == Assignment.Attendance.PRESENT  # what was judged stays


class TestSeats:
    def test_a_newcomer_writes_the_rest_and_the_predecessors_sheets_stay(self, judging, newcomer):
        leaver, place = holder(judging, "dpmd"), seat(judging, "dpmd")
        give(judging, FIRST, "dpmd", EIGHTY | {"K1": "95"})
        seat_person(place, newcomer, by=judging.bureau[0], now=MORNING, reason="Pindah tugas.")

        give(judging, SECOND, "dpmd")
        with refused("Ini bukan tugas penilaian Anda.", NotAllowed):
            record_sheet(duty(judging, THIRD, "dpmd"), EIGHTY, by=leaver, now=MORNING)
        with refused(
            f"Lembar {PALAS} sudah diberikan {leaver.name} dari kursi ini. Lembar pendahulu tetap berlaku; "
            "perbaikannya lewat koreksi."
        ):
            give(judging, FIRST, "dpmd", reason="Menurut saya lain.")
        give_the_rest(judging)
        # By hand: K1 (95 + 80 + 80) / 3 = 85; 0.6 x 85 + 0.4 x 80 = 83.
        assert total_of(judging, FIRST) == ("83.00", "")

    def test_the_conflict_was_the_leavers_not_the_seats(self, judging, newcomer):
        leaver, place, entered = holder(judging, "dpmd"), seat(judging, "dpmd"), entry(judging, "presentasi", FIRST)
        declare_conflict(place, entered, reason=OLD_CAMAT, by=leaver, now=MORNING)

        seat_person(place, newcomer, by=judging.bureau[0], now=MORNING, reason="Pindah tugas.")

        assert give(judging, FIRST, "dpmd").by == newcomer
        assert Conflict.objects.count() == 1

    def test_a_newcomer_with_a_conflict_of_his_own_is_recused_at_once(self, judging, newcomer):
        leaver, place, entered = holder(judging, "dpmd"), seat(judging, "dpmd"), entry(judging, "presentasi", FIRST)
        declare_conflict(place, entered, reason=OLD_CAMAT, by=leaver, now=MORNING)
        seat_person(place, newcomer, by=judging.bureau[0], now=MORNING, reason="Pindah tugas.")

        seat_person(place, leaver, by=judging.bureau[0], now=MORNING, reason="Kembali bertugas.")

        assert duty(judging, FIRST, "dpmd").attendance == Assignment.Attendance.RECUSED
        assert duty(judging, SECOND, "dpmd").attendance == Assignment.Attendance.AWAITED

    def test_who_may_not_sit_is_told_why(self, judging, newcomer, subtests):
        place, chair = seat(judging, "dpmd"), holder(judging, "akademisi")
        gone = create_user("juri-lama", "Juri Lama", roles=[("J", "65")])
        gone.is_active = False
        gone.save()
        neighbour = create_user("juri-tetangga", "Juri Tetangga", roles=[("J", "64")])
        sitting = place.holder
        cases = [
            (sitting, "Alasan.", f"{sitting.name} sudah menduduki kursi DPMD Provinsi Kalimantan Utara."),
            (chair, "Alasan.", f"{chair.name} sudah menduduki kursi lain pada tahap Presentasi."),
            (gone, "Alasan.", "Juri Lama belum memegang peran juri di Kalimantan Utara. Beri peran lebih dahulu."),
            (
                neighbour, "Alasan.",
                "Juri Tetangga belum memegang peran juri di Kalimantan Utara. Beri peran lebih dahulu.",
            ),
        ]  # fmt: skip
        for who, reason, sentence in cases:
            with subtests.test(who.name), refused(sentence):
                seat_person(place, who, by=judging.bureau[0], now=MORNING, reason=reason)
        with refused(f"Tulis alasan penggantian {sitting.name} pada kursi DPMD Provinsi Kalimantan Utara.", BadInput):
            seat_person(place, newcomer, by=judging.bureau[0], now=MORNING)

    def test_panels_are_made_once_and_only_where_declared(self, judging):
        presentation, filling = stage(judging, "presentasi"), stage(judging, "isian")

        with refused("Kursi juri tahap Presentasi sudah ditetapkan."):
            set_up_panel(presentation, by=judging.bureau[0], now=MORNING)
        with refused("Berkas edisi tidak menyatakan kursi juri untuk tahap Pengisian."):
            set_up_panel(filling, by=judging.bureau[0], now=MORNING)
        with refused("Penugasan juri tahap Presentasi sudah ditetapkan."):
            assign_jurors(presentation, by=judging.bureau[0], now=MORNING)

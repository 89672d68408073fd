"""A sheet sealed after its stage had ended is kept, called late, and counts for nothing until others decide."""

import uuid

import pytest

from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.entries.sealing import Sending, is_sealed_as
from sp2k.journal.canonical import parse
from sp2k.judging.actions import declare_conflict, record_sheet, send_sheet
from sp2k.judging.contents import filled_sheet
from sp2k.judging.models import Assignment, LateSheet, Sheet, SheetDraft
from sp2k.judging.queries import latest_sheets
from sp2k.results.actions import lock_stage
from tests.judging.sheets.phone import EIGHTY, address_of, at_hour, fresh, phone_of, words
from tests.story.locking import told_as_locked
from tests.story.small import FIRST, JURY_SEATED, LONG_AFTER, SECOND, at, duty, entry, holder, play_small, seat, stage
from tests.story.unchanged import refused

MARKS = {"K1": "80", "I1": "80", "I2": "80"}
IN_TIME, TOO_LATE, EVENING = at("2024-06-05 16.00.59"), at("2024-06-05 16.01"), at("2024-06-05 17.30")
LATE = "Lembar Anda disimpan dan ditandai terlambat; hubungi sekretariat."


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, at("2024-06-05 15.00"))
    return play_small(until=JURY_SEATED)


@pytest.fixture
def locked(judging, monkeypatch):
    """Everyone but DPMD's sheet of the first entry; DPMD was recorded as present late, so the bureau voided and locked."""
    for waiting in Assignment.objects.all():
        record_sheet(waiting, MARKS, by=waiting.seat.holder, now=at("2024-06-04 09.00"))
    lock_stage(stage(judging, "presentasi"), by=judging.bureau[0], now=EVENING)
    at_hour(monkeypatch, EVENING)
    return judging


def send(story, *, now, sending=None, code=FIRST, marks=MARKS, **said):
    return send_sheet(
        duty(story, code, "dpmd"),
        marks,
        by=holder(story, "dpmd"),
        now=now,
        sending=sending or Sending(base_rev=0),
        **said,
    )


def test_the_last_minute_is_in_time_and_the_next_is_late(judging):
    assert isinstance(send(judging, now=IN_TIME), Sheet)
    assert isinstance(send(judging, now=TOO_LATE, code=SECOND), LateSheet)


def test_a_late_sheet_is_kept_whole_and_counts_for_nothing(judging):
    late = send(judging, now=TOO_LATE, marks=MARKS | {"K1": "87,5"}, note="Sinyal hilang.")

    assert (late.marks, late.note, late.by, late.at) == (
        {"K1": "87.5", "I1": "80", "I2": "80"}, "Sinyal hilang.", holder(judging, "dpmd"), TOO_LATE,
    )  # fmt: skip
    assert (late.decision, Sheet.objects.count(), latest_sheets(stage(judging, "presentasi")).count()) == ("", 0, 0)


def test_the_journal_holds_its_commitment_and_nothing_else(judging):
    late = send(judging, now=TOO_LATE)

    line = judging.edition.chain.lines.get(type="sheet.late")
    assert parse(line.canonical.encode())["body"] == {"stage": "presentasi", "c": late.commitment}
    assert is_sealed_as(filled_sheet(late.assignment, MARKS, {}, note="", reason="").content(late.assignment), late)


def test_the_same_late_sending_twice_is_one_late_sheet(judging):
    sending = Sending(base_rev=0)
    first = send(judging, now=TOO_LATE, sending=sending)

    again = send(judging, now=EVENING, sending=sending)

    assert (again.pk, LateSheet.objects.count()) == (first.pk, 1)
    assert judging.edition.chain.lines.filter(type="sheet.late").count() == 1
    with refused("Nomor kiriman ini sudah dipakai untuk isi yang berbeda. Muat ulang halaman, lalu kirim lagi."):
        send(judging, now=EVENING, sending=sending, marks=MARKS | {"K1": "81"})


def test_a_sheet_received_in_time_and_sent_again_after_the_end_is_not_late(judging):
    sending = Sending(base_rev=0)
    first = send(judging, now=IN_TIME, sending=sending)

    again = send(judging, now=EVENING, sending=sending)

    assert (again, LateSheet.objects.count()) == (first, 0)


def test_a_late_sheet_stays_late_when_the_stage_is_opened_again(judging):
    sending = Sending(base_rev=0)
    late = send(judging, now=TOO_LATE, sending=sending)
    type(late.assignment.stage).objects.filter(code="presentasi").update(closes_at=at("2024-06-06 16.00"))

    assert send(judging, now=at("2024-06-06 09.00"), sending=sending) == late
    assert isinstance(send(judging, now=at("2024-06-06 09.00")), Sheet)


@pytest.mark.parametrize("marks", [{}, {"K1": "80"}, MARKS | {"K1": "105"}, MARKS | {"K9": "80"}])
def test_what_is_no_sheet_in_time_is_none_late(judging, marks):
    with pytest.raises(BadInput):
        send(judging, now=TOO_LATE, marks=marks)

    assert LateSheet.objects.count() == 0


def test_whoever_may_not_judge_is_not_taken_late_either(judging):
    own, stranger = duty(judging, FIRST, "dpmd"), holder(judging, "bappeda")
    with refused("Ini bukan tugas penilaian Anda.", NotAllowed):
        send_sheet(own, MARKS, by=stranger, now=TOO_LATE, sending=Sending())
    declare_conflict(
        seat(judging, "dpmd"), entry(judging, "presentasi", FIRST), reason="Adik camat.", by=holder(judging, "dpmd"),
        now=at("2024-06-05 15.00"),
    )  # fmt: skip
    with refused("Anda tidak menilai peserta ini karena ada benturan kepentingan yang tercatat.", NotAllowed):
        send(judging, now=TOO_LATE)


def test_before_the_stage_opens_nothing_is_late(judging):
    with refused("Tahap Presentasi baru dibuka pada 4 Juni 2024, 08.00 WITA.", NotAllowed):
        send(judging, now=at("2024-06-04 07.59"))


def test_after_the_announcement_no_late_sheet_is_taken(db):
    story = play_small(until=LONG_AFTER)

    with pytest.raises(Refused, match="Hasil edisi ini sudah diterbitkan."):
        send(story, now=LONG_AFTER, reason="Terlupa.")


def test_the_page_warns_before_and_says_after_what_happens_to_a_late_sheet(judging, monkeypatch):
    phone, address = phone_of(judging, "dpmd"), address_of(judging, FIRST, "dpmd")
    at_hour(monkeypatch, TOO_LATE)

    said = words(phone.open(address))
    assert (
        "Batas waktu tahap Presentasi sudah lewat: 5 Juni 2024, 16.00 WITA. Lembar yang Anda segel sekarang disimpan dan "
        "ditandai terlambat; dihitung hanya bila dua orang lain memutuskannya."
    ) in said
    answer = phone.press(address_of(judging, FIRST, "dpmd", "segel/"), **EIGHTY)

    again = phone.press(address_of(judging, FIRST, "dpmd", "segel/"), **EIGHTY)
    assert (answer.status_code, again.status_code, again["Location"]) == (302, 302, answer["Location"])
    assert (LateSheet.objects.count(), SheetDraft.objects.count()) == (1, 0)
    said = words(phone.open(answer["Location"]))
    assert f"{LATE} Diterima 5 Juni 2024, 16.01 WITA." in said and "K1 Kinerja 80" in said
    assert "Lembar diterima server pukul" not in said and "Ubah dengan alasan" not in said
    assert "Tanjung Palas Kabupaten Bulungan Terlambat" in words(phone.open("/juri/lembar/"))


def test_a_form_opened_before_the_lock_and_sealed_after_it_is_kept_as_late(judging, monkeypatch):
    phone, address = phone_of(judging, "dpmd"), address_of(judging, FIRST, "dpmd")
    phone.open(address)
    for waiting in Assignment.objects.exclude(pk=duty(judging, FIRST, "dpmd").pk):
        record_sheet(waiting, MARKS, by=waiting.seat.holder, now=at("2024-06-05 15.00"))
    _lock_without(judging, FIRST)
    at_hour(monkeypatch, at("2024-06-05 15.40"))

    answer = phone.press(address_of(judging, FIRST, "dpmd", "segel/"), **EIGHTY)

    assert (answer.status_code, LateSheet.objects.count()) == (302, 1)
    assert LATE in words(phone.open(answer["Location"]))


def test_a_change_after_the_lock_is_late_and_the_sheet_that_counts_stays(locked):
    phone = phone_of(locked, "dpmd")
    typed = fresh() | {"base_rev": "1", "op_id": str(uuid.uuid4())} | EIGHTY | {"nilai_K1": "90"}

    without = phone.client.post(address_of(locked, FIRST, "dpmd", "segel/"), typed)
    answer = phone.client.post(address_of(locked, FIRST, "dpmd", "segel/"), typed | {"perubahan": "Salah baca."})

    assert (without.status_code, answer.status_code) == (422, 302)
    said = words(phone.open(answer["Location"]))
    assert f"{LATE} Diterima 5 Juni 2024, 17.30 WITA. Yang berlaku tetap lembar di bawah ini." in said
    assert "K1 Kinerja 80" in said and LateSheet.objects.get().base_rev == 1


def _lock_without(story, code):
    """Lock the stage as the bureau does when a juror is recorded as present elsewhere and the sheet is still missing."""
    told_as_locked(stage(story, "presentasi"), at=at("2024-06-05 15.30"), by=story.bureau[0])

"""Attendance by taps, progress without marks, and reminders that are written down."""

import re
from datetime import timedelta

import pytest

from sp2k.base.refusals import BadInput
from sp2k.judging.actions import draw_order, record_attendance, record_sheet, remind, set_session
from sp2k.judging.models import Assignment, Reminder
from sp2k.judging.queries.presence import session_now
from tests.judging.rooms import at_hour, chair, room, somebody, words
from tests.story.locking import told_as_locked
from tests.story.small import (
    FIRST,
    FORMS_OPEN,
    JURY_SEATED,
    NOMINATIONS_OPEN,
    SECOND,
    THIRD,
    at,
    duty,
    holder,
    play_small,
    stage,
)
from tests.story.unchanged import refused

MORNING = at("2024-06-04 09.00")
SHEET = {"K1": "80", "I1": "80", "I2": "80"}
PRESENT, AWAITED, ABSENT = (Assignment.Attendance[name] for name in ("PRESENT", "AWAITED", "ABSENT"))


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, MORNING)
    return play_small(until=JURY_SEATED)


@pytest.fixture
def sitting(judging):
    """Two sessions, the order drawn."""
    for day, name in (("04", "Hari pertama"), ("05", "Hari kedua")):
        said = {"name": name, "starts_at": at(f"2024-06-{day} 08.30"), "minutes": 30, "capacity": 2}
        set_session(stage(judging, "presentasi"), **said, by=judging.bureau[0], now=JURY_SEATED)
    draw_order(stage(judging, "presentasi"), "481516", by=judging.bureau[0], now=JURY_SEATED)
    return judging


def states(story, seat_code):
    return [duty(story, code, seat_code).attendance for code in (FIRST, SECOND, THIRD)]


def marked(story):
    return story.edition.chain.lines.filter(type="attendance.record").count()


class TestAttendance:
    def test_one_tap_and_a_double_click_record_once(self, judging, client):
        client.force_login(chair(judging))
        for _ in range(2):
            client.post(room("kehadiran/"), {"hadir": duty(judging, FIRST, "dpmd").pk})

        assert (states(judging, "dpmd"), marked(judging)) == ([PRESENT, AWAITED, AWAITED], 1)

    def test_a_tap_is_undone_until_a_sheet_is_given(self, judging, client):
        own = duty(judging, FIRST, "dpmd")
        client.force_login(judging.bureau[0])
        client.post(room("kehadiran/"), {"hadir": own.pk})
        client.post(room("kehadiran/"), {"batal": own.pk})
        assert states(judging, "dpmd") == [AWAITED] * 3

        client.post(room("kehadiran/"), {"hadir": own.pk})
        record_sheet(own, SHEET, by=holder(judging, "dpmd"), now=MORNING)

        with refused(
            "Lembar DPMD Provinsi Kalimantan Utara → Kecamatan Tanjung Palas, Kabupaten Bulungan sudah diterima; "
            "kehadiran juri yang sudah menilai tidak dibatalkan."
        ):
            record_attendance([own], AWAITED, by=judging.bureau[0], now=MORNING)

    def test_a_juror_is_present_for_a_whole_session_with_one_tap(self, sitting, client):
        client.force_login(sitting.bureau[0])

        client.post(room("kehadiran/?sesi=1"), {"kursi": "dpmd", "sesi": "1"})

        assert sorted(states(sitting, "dpmd")) == [AWAITED, PRESENT, PRESENT]
        assert "2 hadir, 0 menunggu, 0 tidak menilai" in words(client.get(room("kehadiran/?sesi=1")))

    def test_an_absence_has_a_reason_and_is_not_a_zero(self, judging, client):
        own = duty(judging, FIRST, "dpmd")
        client.force_login(judging.bureau[0])
        empty = client.post(room(f"kehadiran/tidak-menilai/{own.pk}/"), {"state": "absen", "reason": ""})
        assert (empty.status_code, states(judging, "dpmd")) == (422, [AWAITED] * 3)

        client.post(room(f"kehadiran/tidak-menilai/{own.pk}/"), {"state": "absen", "reason": "Dipanggil rapat Sekda."})

        assert states(judging, "dpmd") == [ABSENT, AWAITED, AWAITED]
        assert "Dipanggil rapat Sekda." in words(client.get(room("kehadiran/")))

    def test_a_juror_is_absent_for_a_whole_session_with_one_reason(self, sitting, client):
        client.force_login(sitting.bureau[0])

        said = {"state": "absen", "reason": "Sakit."}
        answer = client.post(room("kehadiran/tidak-menilai/1/dpmd/?sesi=1"), said)

        assert answer["Location"] == room("kehadiran/?sesi=1")
        assert sorted(states(sitting, "dpmd")) == [AWAITED, ABSENT, ABSENT]

    def test_a_duty_of_another_stage_or_none_is_not_found(self, judging, client):
        client.force_login(judging.bureau[0])
        for said in ({"hadir": "999999"}, {"hadir": "x"}, {}):
            assert client.post(room("kehadiran/"), said).status_code == 404

    def test_after_the_lock_the_page_says_why_it_is_closed(self, judging, client):
        told_as_locked(stage(judging, "presentasi"), at=MORNING, by=judging.bureau[0])
        client.force_login(judging.bureau[0])

        assert client.post(room("kehadiran/"), {"hadir": duty(judging, FIRST, "dpmd").pk}).status_code == 403
        assert states(judging, "dpmd") == [AWAITED] * 3

    def test_the_session_that_runs_is_shown_first(self, sitting):
        sessions = list(stage(sitting, "presentasi").sessions.all())
        moments = ["2024-06-04 07.00", "2024-06-04 09.00", "2024-06-04 12.00", "2024-06-05 18.00"]

        shown = [session_now(sessions, asked="", now=at(moment)).name for moment in moments]

        assert shown == ["Hari pertama", "Hari pertama", "Hari kedua", "Hari kedua"]
        assert session_now(sessions, asked="semua", now=MORNING) is None

    def test_once_all_sessions_are_over_the_first_that_still_waits_for_a_sheet_is_shown(self, sitting, client, monkeypatch):
        at_hour(monkeypatch, at("2024-06-05 18.00"))
        client.force_login(sitting.bureau[0])

        waiting = words(client.get(room("kehadiran/")))

        assert "Sekaligus untuk Hari pertama" in waiting


class TestProgress:
    def test_marks_leave_no_trace_in_order_count_or_words(self, judging, client):
        client.force_login(judging.bureau[0])
        pages = []
        for marks in (SHEET, dict.fromkeys(SHEET, "99,5")):
            for code in (FIRST, SECOND, THIRD):
                given = duty(judging, code, "dpmd").sheets.exists()
                said = {"reason": "Salah baca."} if given else {}
                record_sheet(duty(judging, code, "dpmd"), marks, by=holder(judging, "dpmd"), now=MORNING, **said)
            pages.append([client.get(room(page)).content for page in ("kemajuan/", "panel/", "tahap:penugasan/")])
            pages[-1] = [re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page) for page in pages[-1]]

        assert pages[0] == pages[1]
        assert "3 dari 3 lembar" in words(client.get(room("kemajuan/")))

    def test_a_draft_is_not_seen(self, judging, client):
        client.force_login(judging.bureau[0])
        before = words(client.get(room("kemajuan/")))
        duty(judging, FIRST, "dpmd").drafts.create(
            by=holder(judging, "dpmd"), op_id="7b0c2f7e-6f0e-4a43-9d1a-3c0c6a7b9a10", device_nonce="0" * 32,
            marks={"K1": "80"}, updated_at=MORNING,
        )  # fmt: skip

        assert words(client.get(room("kemajuan/"))) == before

    def test_a_chair_in_conflict_sees_of_that_entry_only_that_it_is_closed(self, judging, client):
        user = chair(judging)
        client.force_login(user)
        client.post(room(f"benturan/saya/{FIRST}/"), {"reason": "Adik saya camat di sana."})

        rows = client.get(room("kemajuan/")).context["rows"]

        [row] = [row for row in rows if row.participation.region_code == FIRST]
        assert [cell.state for cell in row.cells] == ["benturan", "tertutup", "tertutup"]


class TestReminders:
    def test_a_juror_is_reminded_by_a_text_that_names_what_is_missing(self, judging, client):
        juror = holder(judging, "dpmd")
        juror.phone = "0812-3456-789"
        juror.save()
        client.force_login(judging.bureau[0])

        answer = client.post(room(f"tahap:pengingat/{juror.pk}/ingatkan/"), follow=True)

        kept = Reminder.objects.get()
        assert (kept.user, kept.by, kept.at) == (juror, judging.bureau[0], MORNING)
        assert kept.text.startswith(
            f"Yth. {juror.name},\nPresentasi, Penilaian Kecamatan Uji 2024: 3 lembar belum masuk ("
        )
        assert b'href="https://wa.me/628123456789?text=Yth.%20' in answer.content
        assert "4 Juni 2024, 09.00 WITA oleh Biro-Satu 65" in words(client.get(room("tahap:pengingat/")))

    def test_not_twice_within_an_hour(self, judging, client, monkeypatch):
        juror = holder(judging, "dpmd")
        client.force_login(judging.bureau[0])
        for minutes in (0, 0, 59, 61):
            at_hour(monkeypatch, MORNING + timedelta(minutes=minutes))
            client.post(room(f"tahap:pengingat/{juror.pk}/ingatkan/"))

        assert [row.at for row in Reminder.objects.order_by("at")] == [MORNING, MORNING + timedelta(minutes=61)]

    def test_who_has_handed_in_everything_is_not_reminded(self, judging, client):
        juror = holder(judging, "dpmd")
        for code in (FIRST, SECOND, THIRD):
            record_sheet(duty(judging, code, "dpmd"), SHEET, by=juror, now=MORNING)
        client.force_login(judging.bureau[0])

        assert client.post(room(f"tahap:pengingat/{juror.pk}/ingatkan/")).status_code == 404
        assert juror.name not in words(client.get(room("tahap:pengingat/")))

    def test_an_empty_text_is_no_reminder(self, judging):
        with refused("Tulis isi pengingat.", BadInput):
            remind(stage(judging, "presentasi"), holder(judging, "dpmd"), " ", by=judging.bureau[0], now=MORNING)

    @pytest.mark.parametrize(
        ("code", "moment", "said"),
        [
            ("isian", FORMS_OPEN, "3 isian belum diterima verifikator"),
            ("seleksi", NOMINATIONS_OPEN, "calon atau alasan tidak ikut belum dikirim"),
        ],
    )
    def test_regencies_are_reminded_of_forms_and_of_their_answer(self, db, client, monkeypatch, code, moment, said):
        at_hour(monkeypatch, moment)
        story = play_small(until=moment)
        organiser = somebody(story, "R")
        client.force_login(story.bureau[0])
        page = words(client.get(room("tahap:pengingat/", code)))
        assert (page.count(said), "Kabupaten Bulungan" in page) == (3, True)

        client.post(room(f"tahap:pengingat/{organiser.pk}/ingatkan/", code))

        assert said in Reminder.objects.get(user=organiser).text

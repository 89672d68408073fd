"""The calendar's pages: moved alone or by two, over a holiday only when it is meant, and told to everyone."""

import io
import re
from datetime import date, timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.models import User
from sp2k.base.refusals import Refused
from sp2k.editions.actions import Paper, give_approval, lock_rules, move_stage, open_edition, set_holidays
from sp2k.editions.calendar_file import icalendar
from sp2k.editions.models import Approval, Edition, Move, Stage
from sp2k.editions.queries import rules_hash_of
from sp2k.entries.models import Entry, Participation
from sp2k.journal.queries import replay
from sp2k.regions.models import Region
from sp2k.results.models import Award, FrozenTally, Placement
from sp2k.results.opening import opened_edition
from tests.editions.conftest import NOW as AT
from tests.editions.conftest import edition_text
from tests.story.locking import told_as_locked


def blank_pdf() -> bytes:
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(content)
    return content.getvalue()


PDF = blank_pdf()


@pytest.fixture(autouse=True)
def at_the_time(monkeypatch):
    monkeypatch.setattr("sp2k.base.clock.now", lambda: AT)


def said(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def locked(text, people):
    edition = open_edition(text, name="a.yaml", by=people["biro"], now=AT)
    give_approval(edition, "kunci_aturan", edition.code, role="B", by=people["biro2"], now=AT)
    return lock_rules(edition, by=people["biro"], now=AT)


@pytest.fixture
def alone(instruments, people):
    """An edition in which one of the bureau may move a date."""
    return locked(edition_text("jatim-2022"), people)


@pytest.fixture
def by_two(instruments, people):
    """An edition in which two must agree to a move."""
    text = edition_text("jatim-2022").replace("persetujuan:\n", "persetujuan:\n  jadwal: [{peran: B, orang: 2}]\n")
    return locked(text, people)


@pytest.fixture
def biro(client, people):
    client.force_login(people["biro"])
    return client


DATES = {
    "opens_at": "2022-11-16T08:00",
    "closes_at": "2022-11-28T16:00",
    "reason": "Gempa di Jember",
}


def moved(client, **changed):
    return client.post("/edisi/jatim-2022/kalender/lapang/pindah/", DATES | changed, follow=True)


def closes_at():
    return Stage.objects.get(edition__code="jatim-2022", code="lapang").closes_at.date()


class TestMoving:
    def test_one_moves_a_stage_and_everyone_reads_why(self, biro, alone, client):
        moved(biro)
        client.logout()

        page = said(client.get("/edisi/jatim-2022/kalender/"))

        assert closes_at() == date(2022, 11, 28)
        assert "Alasan: Gempa di Jember" in page
        assert "Semula: 16 November 2022, 08.00 WIB – 25 November 2022, 16.00 WIB" in page

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"reason": " "}, "Isian ini belum diisi."),
            ({"closes_at": "2022-11-26T16:00"}, "Tanggal baru jatuh pada 26 November 2022 (hari Sabtu)."),
            ({"closes_at": "2022-05-30T16:00", "opens_at": "2022-05-16T08:00"}, "sudah lewat"),
            ({"closes_at": "2022-12-29T16:00"}, "Pindahkan pengumuman lebih dahulu."),
            ({"opens_at": "2022-11-04T08:00"}, "tahap Presentasi baru berakhir 4 November 2022, 16.00 WIB."),
            ({"closes_at": "besok"}, "Tulis tanggal dan jam, misalnya"),
            ({"reason": "a\u202eb"}, "memuat tanda yang tidak terlihat (U+202E)"),
        ],
    )
    def test_what_makes_no_sense_is_refused_beside_what_was_typed(self, biro, alone, changed, sentence):
        page = moved(biro, **changed)

        assert (page.status_code, sentence in said(page)) == (422, True)
        assert (closes_at(), Move.objects.count()) == (date(2022, 11, 25), 0)

    def test_a_holiday_is_moved_onto_only_when_it_is_meant_and_that_is_told(self, biro, alone, people):
        set_holidays(alone, [(date(2022, 11, 28), "Hari Uji")], by=people["biro"], now=AT)

        refused = moved(biro)
        moved(biro, despite_closed_day="on")

        assert "Tanggal baru jatuh pada 28 November 2022 (hari libur: Hari Uji)." in said(refused)
        assert closes_at() == date(2022, 11, 28)
        assert replay("jatim-2022").entries[-1]["body"]["closed_day"] == ["2022-11-28"]
        assert "Sengaja tetap pada hari libur atau akhir pekan." in said(biro.get("/edisi/jatim-2022/kalender/"))

    def test_the_action_itself_refuses_a_weekend(self, alone, people):
        lapang = alone.stages.get(code="lapang")
        closes = lapang.closes_at.replace(day=27)

        with pytest.raises(Refused):
            move_stage(lapang, opens_at=lapang.opens_at, closes_at=closes, reason="x", by=people["biro"], now=AT)

    def test_where_two_must_agree_the_move_waits_for_the_second(self, client, by_two, people):
        client.force_login(people["biro"])
        asked = moved(client)
        before = closes_at()
        client.force_login(people["biro2"])
        waiting = said(client.get("/edisi/persetujuan/"))
        address = f"/edisi/jatim-2022/kalender/usul/{Move.objects.get().pk}/"
        shown = said(client.get(address))
        client.post(f"{address}jawab/", {"answer": "agree"})

        assert "menunggu persetujuan orang kedua" in said(asked)
        assert (before, closes_at()) == (date(2022, 11, 25), date(2022, 11, 28))
        assert "Memindahkan jadwal: Tinjau lapang" in waiting
        assert "25 November 2022, 16.00 WIB" in shown and "28 November 2022, 16.00 WIB" in shown
        assert Move.objects.get().done_at == AT

    def test_a_box_ticked_without_need_says_nothing_of_closed_days(self, client, by_two, people):
        client.force_login(people["biro"])
        moved(client, despite_closed_day="on")
        working_day = said(client.get(f"/edisi/jatim-2022/kalender/usul/{Move.objects.get().pk}/"))
        client.post(f"/edisi/jatim-2022/kalender/usul/{Move.objects.get().pk}/jawab/", {"answer": "withdraw"})
        moved(client, closes_at="2022-11-26T16:00", despite_closed_day="on")
        saturday = said(client.get(f"/edisi/jatim-2022/kalender/usul/{Move.objects.get(withdrawn_at=None).pk}/"))

        sentence = "Ada tanggalnya yang memang sengaja jatuh pada hari libur atau akhir pekan."
        assert (sentence in working_day, sentence in saturday) == (False, True)

    def test_who_proposed_is_not_the_second(self, client, by_two, people):
        client.force_login(people["biro"])
        moved(client)
        shown = said(client.get(f"/edisi/jatim-2022/kalender/usul/{Move.objects.get().pk}/"))
        assert "Persetujuan belum lengkap: kurang 1 orang Penyelenggara provinsi." in shown
        assert "Setujui dan pindahkan" not in shown

        page = client.post(
            f"/edisi/jatim-2022/kalender/usul/{Move.objects.get().pk}/jawab/", {"answer": "agree"}, follow=True
        )

        assert "Persetujuan belum lengkap: kurang 1 orang Penyelenggara provinsi." in said(page)
        assert closes_at() == date(2022, 11, 25)

    def test_a_second_proposal_waits_until_the_first_is_answered(self, client, by_two, people):
        client.force_login(people["biro"])
        moved(client)
        refused = moved(client, closes_at="2022-11-29T16:00")
        client.post(f"/edisi/jatim-2022/kalender/usul/{Move.objects.get().pk}/jawab/", {"answer": "withdraw"})
        moved(client, closes_at="2022-11-29T16:00")

        assert "Masih ada usul pemindahan yang menunggu persetujuan." in said(refused)
        assert [move.is_waiting for move in Move.objects.order_by("pk")] == [False, True]

    def test_the_announcement_moves_too_once_a_second_person_agrees(self, biro, alone, people):
        told = {"closes_at": "2022-12-29T10:00", "reason": "Gubernur berhalangan"}

        biro.post("/edisi/jatim-2022/kalender/pengumuman/pindah/", told)
        assert Edition.objects.get().announced_at.date() == date(2022, 12, 28)  # the embargo is never one person's to move
        biro.force_login(people["biro2"])
        biro.post(f"/edisi/jatim-2022/kalender/usul/{Move.objects.get().pk}/jawab/", {"answer": "agree"})

        assert Edition.objects.get().announced_at.date() == date(2022, 12, 29)
        assert rules_hash_of(Edition.objects.get()) == alone.rules_hash

    def test_a_drafts_dates_are_changed_in_its_text(self, biro, instruments, people):
        open_edition(edition_text("jatim-2022"), name="a.yaml", by=people["biro"], now=AT)

        answer = biro.get("/edisi/jatim-2022/kalender/lapang/pindah/")

        assert answer.url == "/edisi/jatim-2022/susun/jadwal/"


class TestHolidays:
    def test_holidays_change_after_the_lock_and_no_rule_does(self, biro, alone):
        page = biro.get("/edisi/jatim-2022/kalender/libur/")
        told = {field.name: field.value() or "" for field in page.context["form"]}
        told |= {"day-0": "2022-07-20", "name-0": 'Libur "uji" عيد'}

        biro.post("/edisi/jatim-2022/kalender/libur/", told)

        edition = Edition.objects.get()
        assert {"tanggal": "2022-07-20", "nama": 'Libur "uji" عيد'} in edition.rules["libur"]
        assert rules_hash_of(edition) == alone.rules_hash
        assert replay("jatim-2022").entries[-1]["type"] == "holidays.set"

    def test_half_a_row_and_a_day_twice_are_refused(self, biro, alone):
        half = biro.post("/edisi/jatim-2022/kalender/libur/", {"day-0": "2022-07-20"})
        twice = biro.post(
            "/edisi/jatim-2022/kalender/libur/",
            {"day-0": "2022-07-20", "name-0": "A", "day-1": "2022-07-20", "name-1": "B"},
        )

        assert "Tulis tanggal dan namanya, atau kosongkan keduanya." in said(half)
        assert "20 Juli 2022 tertulis dua kali: A dan B. Hapus salah satu." in said(twice)


def a_title(edition):
    """One title given: from then on the result is there to be said yes to."""
    last, region = edition.stages.last(), Region.objects.filter(level="kecamatan", code__startswith="35").first()
    by = User.objects.first()
    entry = Entry.objects.create(edition=edition, region=region, name=region.name, regency_name="Kabupaten")
    row = Participation.objects.create(stage=last, entry=entry, entered_at=AT)
    tally = FrozenTally.objects.create(stage=last, n_sheets=1, frozen_at=AT, by=by)
    placement = Placement.objects.create(tally=tally, participation=row, place=1, total="90.00", is_through=True)
    Award.objects.create(edition=edition, position=1, title="Terbaik I", placement=placement, entry=entry)


class TestPaper:
    @pytest.fixture
    def at_the_end(self, alone):
        for stage in alone.stages.all():
            told_as_locked(stage, at=AT, by=User.objects.first())
        a_title(alone)
        return alone

    ADDRESS = "/edisi/jatim-2022/persetujuan/surat/?act=hasil&subject=jatim-2022&role=G"

    def sent(self, client, number="130/77", scan=PDF):
        told = {"number": number, "dated": "2022-05-30"}
        if scan is not None:
            told["scan"] = SimpleUploadedFile("surat.pdf", scan)
        return client.post(self.ADDRESS, told, follow=True)

    def test_two_of_the_bureau_record_the_leaders_paper(self, client, at_the_end, people):
        client.force_login(people["biro"])
        first = said(self.sent(client))
        client.force_login(people["biro2"])
        second = said(self.sent(client, scan=None))
        scan = client.get(f"/edisi/jatim-2022/persetujuan/surat/{Approval.objects.last().pk}/")

        assert "surat 130/77 baru dicatat 1 dari 2 orang Penyelenggara provinsi" in first
        assert "Persetujuan lengkap." in second
        assert (scan.headers["Content-Type"], scan.headers["Content-Disposition"][:10]) == (
            "application/pdf",
            "attachment",
        )
        assert scan.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"

    def test_another_number_needs_its_own_scan(self, client, at_the_end, people):
        client.force_login(people["biro"])
        self.sent(client)
        client.force_login(people["biro2"])

        page = self.sent(client, number="130/78", scan=None)

        assert (page.status_code, "Lampirkan pindaian surat persetujuan." in said(page)) == (422, True)

    def test_who_recorded_another_number_records_it_again_and_the_journal_keeps_both(self, client, at_the_end, people):
        client.force_login(people["biro"])
        self.sent(client)
        assert "Keliru? Catat lagi" in said(client.get("/edisi/jatim-2022/persetujuan/"))
        client.force_login(people["biro2"])
        differs = said(self.sent(client, number="130/78"))
        assert "nomor atau tanggalnya berbeda: yang keliru mencatat suratnya lagi" in differs
        assert client.get(self.ADDRESS).status_code == 200

        assert "Persetujuan lengkap." in said(self.sent(client, scan=None))

        papers = Approval.objects.filter(act="hasil").values_list("by", "paper_number")
        assert set(papers) == {(people["biro"].pk, "130/77"), (people["biro2"].pk, "130/77")}
        told = [entry["body"]["paper"][0] for entry in replay("jatim-2022").entries if "paper" in entry["body"]]
        assert told == ["130/77", "130/78", "130/77"]
        faults = opened_edition(Edition.objects.get(code="jatim-2022")).faults
        assert [fault for fault in faults if "Persetujuan" in str(fault)] == []
        with pytest.raises(Refused, match=r"Surat 130/77 sudah dicatat 2 orang dan berlaku"):
            give_approval(at_the_end, "hasil", "jatim-2022", role="G", by=people["biro2"], now=AT,
                          paper=Paper("130/79", date(2022, 5, 30), PDF))  # fmt: skip

    @pytest.mark.parametrize(("scan", "sentence"), [(b"", "kosong (0 bita)"), (b"MZ\x90\x00\x03", "bukan PDF")])
    def test_a_scan_that_is_none_is_refused(self, client, at_the_end, people, scan, sentence):
        client.force_login(people["biro"])

        page = self.sent(client, scan=scan)

        assert (page.status_code, sentence in said(page)) == (422, True)

    def test_the_leader_says_yes_by_account_when_it_is_due(self, client, at_the_end, people):
        client.force_login(people["sekda"])
        waiting = said(client.get("/edisi/persetujuan/"))
        told = {"act": "hasil", "subject": "jatim-2022", "role": "G"}

        client.post("/edisi/jatim-2022/persetujuan/beri/", told)

        assert "Menetapkan hasil: SP2K Jawa Timur 2022" in waiting
        assert (Approval.objects.get(act="hasil").by, Approval.objects.get(act="hasil").role) == (people["sekda"], "G")

    def test_nothing_is_approved_before_it_is_due_or_for_another_subject(self, client, alone, people):
        client.force_login(people["sekda"])
        early = {"act": "hasil", "subject": "jatim-2022", "role": "G"}

        assert client.post("/edisi/jatim-2022/persetujuan/beri/", early).status_code == 404
        assert client.post("/edisi/jatim-2022/persetujuan/beri/", early | {"subject": "lain"}).status_code == 404


def test_the_file_for_a_phone_holds_every_stage_and_folds_long_lines(client, alone):
    lines = client.get("/edisi/jatim-2022/kalender/kalender.ics").content.decode().split("\r\n")

    assert (lines[0], lines[-2], lines.count("BEGIN:VEVENT")) == ("BEGIN:VCALENDAR", "END:VCALENDAR", 6)
    assert "DTSTART:20220701T010000Z" in lines
    assert max(len(line.encode()) for line in lines) <= 75


def test_a_calendar_is_read_back_as_it_was_meant_whatever_a_name_holds(alone):
    nasty = "Lomba; \\ bagian, \"dua\" 👍 " + "é" * 80
    edition = Edition.objects.get(code="jatim-2022")
    edition.short_name = edition.name = nasty

    text, again = icalendar(edition, now=AT), icalendar(edition, now=AT + timedelta(days=9))

    lines = text.replace("\r\n ", "").split("\r\n")
    values = [line.partition(":")[2] for line in lines if line.startswith("SUMMARY")]
    read = [re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value) for value in values]
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert len(read) == 6 and all(nasty in value for value in read)
    for begins in ("UID:", "DTSTAMP:", "DTSTART:", "DTEND:"):
        assert sum(line.startswith(begins) for line in lines) == 6
    uids = [line for line in lines if line.startswith("UID:")]
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert len(set(uids)) == 6 and uids == [line for line in again.split("\r\n") if line.startswith("UID:")]
    assert all(re.fullmatch(r"(DTSTAMP|DTSTART|DTEND):\d{8}T\d{6}Z", line) for line in lines if line.startswith("DT"))


def test_the_pages_ask_as_often_for_ten_editions_as_for_two(client, instruments, people):
    client.force_login(people["biro"])

    def questions(path):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    def more(n):
        text = edition_text("jatim-2022").replace("edisi: jatim-2022", f"edisi: jatim-{n}")
        open_edition(text, name="a.yaml", by=people["biro"], now=AT)

    more(1), more(2)
    few = [questions(path) for path in ("/edisi/", "/edisi/persetujuan/")]
    for n in range(3, 8):
        more(n)
    many = [questions(path) for path in ("/edisi/", "/edisi/persetujuan/")]

    assert many == few

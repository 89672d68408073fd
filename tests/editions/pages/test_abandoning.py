"""Leaving an edition: closed without result by two of the bureau; off every list of work, readable in the archive."""

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.accounts.policy import POLICY, not_abandoned
from sp2k.base import clock
from sp2k.base.refusals import BadInput, NotAllowed
from sp2k.editions.actions.abandoning import abandon_edition, propose_abandonment, withdraw_abandonment
from sp2k.editions.models import Edition
from sp2k.editions.queries.acts import acts_waiting_for
from sp2k.entries.sealing import Sending
from sp2k.journal.models import Line
from sp2k.journal.queries import replay
from sp2k.judging.actions import record_sheet
from sp2k.results.actions import lock_stage
from tests.entries.pages import words
from tests.story.small import (
    FIRST,
    JURY_SEATED,
    TITLES_GIVEN,
    at,
    duty,
    holder,
    other_bureau,
    person,
    play_small,
    stage,
)
from tests.story.unchanged import refused

NOW, REASON = at("2024-06-04 09.00"), "Anggaran ditarik; penilaian diulang tahun depan."
MARKS = dict.fromkeys(("K1", "I1", "I2"), "80")
CODE = "kaltara-2024-uji"
LEFT = "Edisi ini sudah ditutup tanpa hasil; tidak ada yang dapat dilakukan lagi."


@pytest.fixture
def story(db):
    return play_small(until=JURY_SEATED)


def left(story) -> Edition:
    proposal = propose_abandonment(story.edition, REASON, by=story.bureau[0], now=NOW)
    return abandon_edition(proposal, by=story.bureau[1], now=NOW)


def test_two_of_the_bureau_close_an_edition_with_a_reason_and_its_journal_says_so(story):
    edition = left(story)

    assert (edition.abandoned_at, edition.abandoned_reason) == (NOW, REASON)
    lines = Line.objects.filter(type__contains="abandon").order_by("seq")
    assert [line.type for line in lines] == ["abandon.propose", "edition.abandon"]
    assert all(REASON in line.canonical for line in lines)
    assert replay(CODE).is_intact


class TestWhatIsRefused:
    def test_one_person_alone(self, story):
        proposal = propose_abandonment(story.edition, REASON, by=story.bureau[0], now=NOW)

        with refused(
            "Anda yang mengusulkan penutupan ini. Orang kedua dari penyelenggara yang menyetujuinya.", NotAllowed
        ):
            abandon_edition(proposal, by=story.bureau[0], now=NOW)

    def test_without_a_reason_twice_or_by_a_stranger(self, story):
        with refused(
            "Tulis alasan edisi ditutup tanpa hasil. Alasannya dibaca semua yang terlibat.", BadInput
        ):
            propose_abandonment(story.edition, " ", by=story.bureau[0], now=NOW)
        proposal = propose_abandonment(story.edition, REASON, by=story.bureau[0], now=NOW)
        with refused("Penutupan edisi ini sudah diusulkan dan menunggu orang kedua."):
            propose_abandonment(story.edition, REASON, by=story.bureau[1], now=NOW)
        neighbour = other_bureau()
        with refused("Wilayah ini di luar kewenangan Anda.", NotAllowed):
            abandon_edition(proposal, by=neighbour, now=NOW)

    def test_closing_what_is_closed(self, story):
        proposal = propose_abandonment(story.edition, REASON, by=story.bureau[0], now=NOW)
        abandon_edition(proposal, by=story.bureau[1], now=NOW)

        with refused(LEFT, NotAllowed):
            abandon_edition(proposal, by=story.bureau[1], now=NOW)
        with refused(LEFT, NotAllowed):
            propose_abandonment(story.edition, REASON, by=story.bureau[0], now=NOW)

    def test_after_the_result_is_public(self, db):
        story = play_small()

        with refused("Hasil edisi ini sudah diterbitkan.", NotAllowed):
            propose_abandonment(story.edition, REASON, by=story.bureau[0], now=TITLES_GIVEN)

    def test_a_draft_which_is_voided_instead(self, story):
        Edition.objects.update(rules_locked_at=None, rules_hash="")

        with refused("Aturan edisi ini belum dikunci. Kunci aturan lebih dahulu.", NotAllowed):
            propose_abandonment(story.edition, REASON, by=story.bureau[0], now=NOW)

    def test_a_proposal_that_was_taken_back(self, story):
        proposal = propose_abandonment(story.edition, REASON, by=story.bureau[0], now=NOW)
        withdraw_abandonment(proposal, by=story.bureau[0], now=NOW)

        with refused("Usul penutupan ini sudah dilaksanakan atau ditarik. Muat ulang halaman."):
            abandon_edition(proposal, by=story.bureau[1], now=NOW)

    def test_every_act_of_the_edition_asks_first_whether_it_was_left(self):
        free = ("edition.open", "region.", "officeholder.", "people.", "role.", "account.", "factor.")
        reads = (".read", ".export", "visit.follow", "jurors.name")
        asks = {action for action, rule in POLICY.items() if rule.state[:1] == (not_abandoned,)}

        assert set(POLICY) - asks == {a for a in POLICY if a.startswith(free) or a.endswith(reads)}

    def test_acts_of_bureau_and_jurors(self, story):
        left(story)

        with refused(LEFT, NotAllowed):
            lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=NOW)
        assert not stage(story, "presentasi").is_open(NOW)
        sealed = duty(story, FIRST, "bappeda")
        with refused(LEFT, NotAllowed):
            record_sheet(sealed, MARKS, by=holder(story, "bappeda"), now=NOW, sending=Sending())


@pytest.fixture
def clocked(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


class TestDesks:
    def people(self, story):
        juror = holder(story, "bappeda")
        regency = "65.01"
        watcher = create_user("pengawas-uji", "Pengawas", roles=[("I", "65")])
        people = [story.bureau[0], juror, person(story, "R", regency), person(story, "V", regency), watcher, story.leader]
        return [*people, create_user("camat-uji", "Camat", roles=[("C", FIRST)])]

    def test_everyone_concerned_is_told_and_nothing_is_left_to_do(self, client, story, clocked):
        people = self.people(story)
        left(story)
        for one in people:
            client.force_login(one)

            page = client.get("/meja/")

            assert f"Alasan: {REASON}" in page.content.decode(), one
            assert (page.context["home"].tasks, page.context["home"].first, page.context["home"].late) == ([], None, None)
            assert not acts_waiting_for(one, now=NOW)

    def test_the_second_person_finds_it_on_the_desk_and_closes_it_by_buttons(self, client, story, clocked):
        first, second = story.bureau
        client.force_login(first)
        address = reverse("editions:abandon", args=[CODE])
        shown = client.get(address).context["preview"].mark
        assert client.post(address, {"reason": REASON, "shown": shown}).status_code == 302
        client.force_login(second)
        assert "Periksa usul penutupan edisi tanpa hasil" in client.get("/meja/").content.decode()
        address = reverse("editions:abandon-yes", args=[CODE])
        shown = client.get(address).context["preview"].mark

        assert client.post(address, {"shown": shown}).status_code == 302

        assert Edition.objects.get().is_abandoned

    def test_a_second_press_says_that_it_was_done_or_taken_back(self, client, story, clocked):
        proposal = propose_abandonment(story.edition, REASON, by=story.bureau[0], now=NOW)
        client.force_login(story.bureau[1])
        address = reverse("editions:abandon-yes", args=[CODE])
        shown = client.get(address).context["preview"].mark
        withdraw_abandonment(proposal, by=story.bureau[0], now=NOW)

        withdrawn = words(client.post(address, {"shown": shown}, follow=True))
        left(story)
        done = words(client.post(address, {"shown": shown}, follow=True))

        assert "Ini sudah dilakukan: usul penutupannya sudah ditarik." in withdrawn
        assert "Ini sudah dilakukan: edisi sudah ditutup tanpa hasil." in done

    def test_pages_of_a_closed_edition_say_that_nothing_goes_on(self, client, story, clocked, monkeypatch):
        left(story)
        monkeypatch.setattr(clock, "now", lambda: at("2024-06-30 09.00"))
        client.force_login(story.bureau[0])

        of_stage = words(client.get(f"/tahap/{CODE}/presentasi/"))
        approvals = words(client.get(f"/edisi/{CODE}/persetujuan/"))
        edition, calendar = (words(client.get(f"/edisi/{CODE}/{page}")) for page in ("", "kalender/"))

        assert "Tidak diteruskan: edisi ditutup tanpa hasil" in of_stage
        for past in ("ewat batas", "Yang kurang sebelum dikunci", "Kunci tahap", "kurang 1 orang"):
            assert past not in of_stage + approvals + edition
        assert "tidak diteruskan: edisi ditutup tanpa hasil" in approvals and "belum waktunya" not in approvals + edition
        assert "Pengumuman tidak ada: ditutup tanpa hasil" in edition
        assert "Edisi ini ditutup tanpa hasil pada 4 Juni 2024, 09.00 WITA." in calendar

    @pytest.mark.parametrize("name", ["judging:duties", "judging:visits", "judging:papers", "judging:stages"])
    def test_lists_of_work_of_a_juror_are_empty(self, client, story, clocked, name):
        juror = holder(story, "bappeda")
        left(story)
        client.force_login(juror)

        assert "Presentasi" not in client.get(reverse(name)).content.decode()

    def test_lists_of_work_of_offices_are_empty(self, client, story, clocked):
        left(story)
        client.force_login(story.bureau[0])
        for name in ("results:stages", "publication:decisions", "results:certainties"):
            assert CODE not in client.get(reverse(name)).content.decode(), name
        found = client.get("/meja/cari/", {"q": "Tanjung Palas"}).content.decode()
        assert "PKU" not in found

    def test_it_stays_readable_with_its_reason(self, client, story, clocked):
        left(story)
        for address in (reverse("editions:editions"), reverse("editions:edition", args=[CODE])):
            assert REASON in client.get(address).content.decode()
        client.force_login(holder(story, "bappeda"))
        own = duty(story, FIRST, "bappeda")
        sheet = client.get(reverse("judging:sheet", args=[own.pk]))
        assert (sheet.status_code, "ditutup tanpa hasil" in sheet.content.decode()) == (403, True)


def test_the_calendar_of_a_closed_edition_announces_nothing_and_holds_no_stage_to_come(story, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda *_: NOW)
    left(story)

    page = words(client.get(f"/edisi/{CODE}/kalender/"))
    file = client.get(f"/edisi/{CODE}/kalender/kalender.ics").content.decode().replace("\r\n ", "")

    assert ("Presentasi" in page, "Diumumkan" in page, "Tinjau lapang" in page) == (True, False, False)
    assert [line for line in file.split("\r\n") if line.startswith("UID")] == [
        f"UID:{code}@{CODE}.sp2k" for code in ("isian", "isian-verifikasi", "seleksi", "presentasi")
    ]
    said = r"Batas 5 Juni 2024\, 16.00 WITA\; edisi ditutup tanpa hasil\, 4 Juni 2024\, 09.00 WITA."
    assert said in file

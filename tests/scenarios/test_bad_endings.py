"""Advancing, titles, the decision, the decree and the announcement: in this order, with these people, once."""

from datetime import date

import pytest

from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.editions.actions import Paper, give_approval
from sp2k.journal.queries import replay
from sp2k.publication.actions import issue_decree, publish
from sp2k.results.actions import advance, decide_result, freeze_tally, give_titles, lock_stage
from sp2k.results.models import Award
from tests.story.small import (
    DECREE_ISSUED,
    FIRST,
    JURY_FROZEN,
    JURY_LOCKED,
    JURY_SEATED,
    SECOND,
    TITLES_GIVEN,
    VISIT_FROZEN,
    VISIT_SEATED,
    at,
    play_small,
    stage,
)
from tests.story.unchanged import refused

ANNOUNCED = at("2024-07-10 10.00")
SIGNED = date(2024, 6, 28)
NUMBER = "188.44/K.1/2024"


class TestOrder:
    def test_a_stage_is_counted_after_its_lock_only(self, db):
        story = play_small(until=JURY_SEATED)
        presentation = stage(story, "presentasi")

        with refused("Tahap ini belum dikunci. Kunci tahap lebih dahulu.", NotAllowed):
            freeze_tally(presentation, by=story.bureau[0], now=JURY_SEATED)
        with refused("Tahap ini belum dikunci. Kunci tahap lebih dahulu.", NotAllowed):
            advance(presentation, by=story.bureau[0], now=JURY_SEATED)

    def test_a_stage_cannot_be_locked_before_it_opens(self, db):
        story = play_small(until=JURY_SEATED)
        visit = stage(story, "lapang")

        with refused("Tahap Tinjau lapang baru dibuka pada 19 Juni 2024, 08.00 WITA."):
            lock_stage(visit, by=story.bureau[0], now=JURY_SEATED)

    def test_nobody_advances_by_a_count_that_is_not_frozen(self, db):
        story = play_small(until=JURY_LOCKED)
        presentation = stage(story, "presentasi")

        with refused("Hitungan tahap Presentasi belum dibekukan. Bekukan hitungan lebih dahulu."):
            advance(presentation, by=story.bureau[0], now=JURY_LOCKED)

    def test_those_who_advanced_advance_once(self, db):
        story = play_small(until=VISIT_SEATED)
        presentation = stage(story, "presentasi")

        with refused("Yang lolos dari tahap Presentasi sudah masuk tahap Tinjau lapang."):
            advance(presentation, by=story.bureau[0], now=VISIT_SEATED)

    def test_from_the_last_stage_nobody_advances(self, db):
        story = play_small(until=VISIT_FROZEN)
        visit = stage(story, "lapang")

        with refused("Tinjau lapang adalah tahap terakhir. Langkah berikutnya: beri gelar."):
            advance(visit, by=story.bureau[0], now=VISIT_FROZEN)

    def test_titles_come_after_the_last_count_and_once(self, db):
        story = play_small(until=JURY_FROZEN)
        with refused("Tahap ini belum dikunci. Kunci tahap lebih dahulu.", NotAllowed):
            give_titles(story.edition, by=story.bureau[0], now=JURY_FROZEN)

    def test_titles_are_given_once(self, db):
        story = play_small(until=TITLES_GIVEN)

        with refused("Gelar edisi ini sudah diberikan."):
            give_titles(story.edition, by=story.bureau[0], now=TITLES_GIVEN)
        assert list(Award.objects.values_list("title", "entry__region")) == [("Juara I", FIRST), ("Juara II", SECOND)]

    def test_a_shared_first_place_is_nobodys_title(self, db):
        level = {"presentasi": {FIRST: 90, SECOND: 90, "65.71.01": 70}, "lapang": {FIRST: 80, SECOND: 80}}
        story = play_small(until=VISIT_FROZEN, told=level)

        with refused(
            "Tempat 1 (Juara I) dihuni Kecamatan Tanjung Palas, Kabupaten Bulungan dan Kecamatan Sesayap, Kabupaten Tana "
            "Tidung dengan nilai sama, dan aturan seri sudah habis. Gelar tidak diberikan sebelum seri itu diputus: rapat "
            "pleno dengan berita acara, diusulkan penyelenggara dan diputus ketua panel."
        ):
            give_titles(story.edition, by=story.bureau[0], now=TITLES_GIVEN)

    def test_a_result_is_decided_after_the_titles(self, db):
        story = play_small(until=VISIT_FROZEN)

        with refused("Gelar belum diberikan. Beri gelar lebih dahulu, baru tetapkan hasil."):
            decide_result(story.edition, by=story.bureau[0], now=VISIT_FROZEN)


class TestDecision:
    @pytest.fixture
    def titled(self, db):
        return play_small(until=TITLES_GIVEN)

    def decide(self, story, by=0):
        return decide_result(story.edition, by=story.bureau[by], now=TITLES_GIVEN)

    def approve(self, story, by, *, paper=None, at=TITLES_GIVEN):
        return give_approval(story.edition, "hasil", story.edition.code, role="G", by=by, now=at, paper=paper)

    def test_without_the_leaders_yes_nothing_is_decided(self, titled):
        with refused(
            "Persetujuan belum lengkap: kurang 1 orang Pimpinan, atau suratnya dicatat 2 orang Penyelenggara provinsi."
        ):
            self.decide(titled)

    def test_one_person_recording_the_paper_twice_is_one_person(self, titled):
        letter = Paper("130/7", date(2024, 6, 24), b"%PDF surat")
        first = self.approve(titled, titled.bureau[0], paper=letter)

        assert self.approve(titled, titled.bureau[0], paper=letter) == first
        with refused(
            "Persetujuan belum lengkap: kurang 1 orang Pimpinan, atau suratnya dicatat 2 orang Penyelenggara provinsi "
            "(surat 130/7 baru dicatat 1 dari 2 orang Penyelenggara provinsi)."
        ):
            self.decide(titled)
        self.approve(titled, titled.bureau[1], paper=letter)
        assert self.decide(titled).edition == titled.edition

    def test_a_result_is_decided_once(self, db):
        story = play_small(until=DECREE_ISSUED)

        with refused("Hasil edisi ini sudah ditetapkan."):
            decide_result(story.edition, by=story.bureau[1], now=DECREE_ISSUED)

    def test_a_decree_needs_a_decision(self, titled):
        with refused("Hasil edisi ini belum ditetapkan. Tetapkan hasil lebih dahulu, baru buat keputusan."):
            issue_decree(titled.edition, number=NUMBER, signed_on=SIGNED, by=titled.bureau[0], now=ANNOUNCED)

    def test_a_decree_has_a_number_and_a_date_that_can_be(self, titled):
        self.approve(titled, titled.leader)
        self.decide(titled)
        say = {"by": titled.bureau[0], "now": at("2024-06-28 17.00")}

        with refused("Tulis nomor keputusan, misalnya 188/966/KPTS/013/2022.", BadInput):
            issue_decree(titled.edition, number="  ", signed_on=SIGNED, **say)
        with refused("Tanggal keputusan, 29 Juni 2024, belum tiba. Periksa tanggalnya.", BadInput):
            issue_decree(titled.edition, number=NUMBER, signed_on=date(2024, 6, 29), **say)
        with refused(
            "Tanggal keputusan, 24 Juni 2024, mendahului penetapan hasil, 25 Juni 2024, 09.00 WITA. "
            "Periksa tanggalnya.",
            BadInput,
        ):
            issue_decree(titled.edition, number=NUMBER, signed_on=date(2024, 6, 24), **say)
        with refused(
            "Nomor keputusan memuat tanda yang tidak terlihat (U+202E), huruf ke-5. Hapus atau ketik ulang bagian itu.",
            BadInput,
        ):
            issue_decree(titled.edition, number="188/\u202e44", signed_on=SIGNED, **say)

    def test_a_decree_is_issued_once(self, db):
        story = play_small(until=DECREE_ISSUED)

        with refused("Keputusan edisi ini sudah dibuat dengan nomor 188.44/K.1/2024."):
            issue_decree(story.edition, number="2", signed_on=SIGNED, by=story.bureau[0], now=DECREE_ISSUED)


class TestAnnouncement:
    @pytest.fixture
    def decreed(self, db):
        return play_small(until=DECREE_ISSUED)

    def approve(self, story, by):
        return give_approval(story.edition, "terbit", story.edition.code, role="B", by=by, now=DECREE_ISSUED)

    def test_nothing_is_announced_before_its_instant(self, decreed):
        self.approve(decreed, decreed.bureau[0])

        with refused("Hasil baru boleh diumumkan pada 10 Juli 2024, 10.00 WITA."):
            publish(decreed.edition, by=decreed.bureau[1], now=at("2024-07-10 09.59.59"))
        assert publish(decreed.edition, by=decreed.bureau[1], now=ANNOUNCED).published_at == ANNOUNCED

    def test_one_person_is_not_two_however_often_he_says_yes(self, decreed):
        self.approve(decreed, decreed.bureau[1])
        self.approve(decreed, decreed.bureau[1])

        with refused("Persetujuan belum lengkap: kurang 1 orang Penyelenggara provinsi."):
            publish(decreed.edition, by=decreed.bureau[1], now=ANNOUNCED)

    def test_nothing_is_announced_without_a_decree(self, db):
        story = play_small(until=TITLES_GIVEN)
        self.approve(story, story.bureau[0])

        with refused("Keputusan belum dibuat. Hasil diumumkan bersama keputusannya."):
            publish(story.edition, by=story.bureau[1], now=ANNOUNCED)

    def test_a_result_that_is_no_longer_what_was_decided_is_not_announced(self, decreed):
        """Somebody with the database open swaps two titles after the decision."""
        self.approve(decreed, decreed.bureau[0])
        first, second = Award.objects.order_by("position")
        Award.objects.filter(pk=first.pk).update(title="Juara II")
        Award.objects.filter(pk=second.pk).update(title="Juara I")

        with pytest.raises(Refused, match="Gelar PKU Kalimantan Utara 2024: isinya tidak lagi sama dengan yang dicatat"):
            publish(decreed.edition, by=decreed.bureau[1], now=ANNOUNCED)

    def test_what_is_announced_stays_as_it_is(self, db):
        story = play_small()
        after = at("2024-07-11 09.00")
        sentence = "Hasil edisi ini sudah diterbitkan."

        with refused(sentence, NotAllowed):
            publish(story.edition, by=story.bureau[0], now=after)
        with refused(sentence, NotAllowed):
            issue_decree(story.edition, number="2", signed_on=SIGNED, by=story.bureau[0], now=after)
        with refused(sentence, NotAllowed):
            decide_result(story.edition, by=story.bureau[0], now=after)
        with refused(sentence, NotAllowed):
            self.approve(story, story.bureau[0])
        assert replay(story.edition.chain_id).is_intact

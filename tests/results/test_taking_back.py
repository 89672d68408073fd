"""A regency's ranking and answer are taken back with a reason until the lock; a silent regency is answered for by two."""

import json

import pytest

from sp2k.base import clock
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.editions.actions import move_stage
from sp2k.journal.models import Line
from sp2k.publication.checking.status import edition_status
from sp2k.results.actions import (
    answer_for_silent,
    correct_minutes_number,
    decline,
    lock_stage,
    nominate,
    propose_silent_answer,
    rank_regency,
    take_back_answer,
    take_back_ranking,
    withdraw_silent_answer,
)
from sp2k.results.bridge import rules_of_stage
from sp2k.results.closing import what_is_missing
from sp2k.results.models import FrozenTally, Nomination, SilentAnswer
from sp2k.results.queries import edition_progress
from sp2k.results.regencies.minutes import minutes
from sp2k.results.regencies.page import RegencyPage
from tests.entries.pages import browser, words
from tests.story.small import (
    BULUNGAN,
    EDITION,
    FIRST,
    NOMINATIONS_OPEN,
    TANA_TIDUNG,
    TARAKAN,
    at,
    desk,
    entry,
    person,
    play_small,
    stage,
)
from tests.story.unchanged import refused

PLACE = "/tahap/kaltara-2024-uji/seleksi/kabupaten/"
LATE = at("2024-05-10 17.00")
PALAS = "Kecamatan Tanjung Palas, Kabupaten Bulungan"


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOMINATIONS_OPEN)
    return play_small(NOMINATIONS_OPEN)


def nominated(story, regency=BULUNGAN, code=FIRST):
    organiser = person(story, "R", regency)
    rank_regency(desk(story, regency), by=organiser, now=NOMINATIONS_OPEN)
    return nominate(
        desk(story, regency), entry(story, "seleksi", code), minutes_number="BA-1", by=organiser, now=NOMINATIONS_OPEN
    )


def declined(story, regency=BULUNGAN):
    return decline(desk(story, regency), reason="Camat berganti.", by=person(story, "R", regency), now=NOMINATIONS_OPEN)


def took_back(story, row, act=take_back_answer, *, by=None, now=NOMINATIONS_OPEN):
    return act(row, reason="Salah pilih.", by=by or person(story, "R", BULUNGAN), now=now)


def bodies(kind) -> list[dict]:
    return [json.loads(line.canonical)["body"] for line in Line.objects.filter(type=kind).order_by("seq")]


def answers_told(story) -> tuple[int, int]:
    """How many answers the rows tell, and how many the journal."""
    of_rows = next(row.n_sheets for row in edition_progress(story.edition) if row.stage.code == "seleksi")
    return of_rows, next(row["lembar"] for row in edition_status(story.edition)["tahap"] if row["kode"] == "seleksi")


class TestTakingBack:
    def test_a_nomination_taken_back_stays_with_its_reason_and_counts_nowhere(self, story):
        first = nominated(story)
        assert answers_told(story) == (1, 1)

        took_back(story, first)

        kept = Nomination.every.get()
        assert (Nomination.objects.count(), kept.minutes_number, kept.withdrawn_reason) == (0, "BA-1", "Salah pilih.")
        assert answers_told(story) == (0, 0)
        assert "3 kabupaten/kota belum mengajukan calon" in what_is_missing(stage(story, "seleksi"))[0]
        assert bodies("nominee.revoke") == [
            {"stage": "seleksi", "regency": BULUNGAN, "entry": FIRST, "reason": "Salah pilih.", "by_bureau": False,
             "last": True},
        ]  # fmt: skip

    def test_the_line_of_a_nomination_holds_the_number_of_its_minutes(self, story):
        nominated(story)

        assert bodies("nominee.set") == [{"stage": "seleksi", "regency": BULUNGAN, "entry": FIRST, "minutes": "BA-1"}]

    def test_after_a_refusal_is_taken_back_the_regency_nominates_and_its_quota_is_its_own_again(self, story):
        took_back(story, declined(story))

        nominated(story)

        assert [str(row.participation.entry) for row in Nomination.objects.all()] == [PALAS]
        assert "kecuali" not in rules_of_stage(stage(story, "seleksi"))["kuota"]
        assert answers_told(story) == (1, 1)

    def test_a_ranking_taken_back_is_counted_anew_and_the_page_and_files_show_the_new_one(self, story):
        organiser = person(story, "R", BULUNGAN)
        old = rank_regency(desk(story, BULUNGAN), by=organiser, now=NOMINATIONS_OPEN)
        took_back(story, old, take_back_ranking)
        client = browser(organiser)

        assert client.get(f"{PLACE}{BULUNGAN}/peringkat.csv").status_code == 404
        new = rank_regency(desk(story, BULUNGAN), by=organiser, now=at("2024-04-23 08.00"))

        assert (FrozenTally.every.filter(scope=BULUNGAN).count(), FrozenTally.objects.get(scope=BULUNGAN)) == (2, new)
        page = words(client.get(f"{PLACE}{BULUNGAN}/"))
        assert "ditetapkan 23 April 2024, 08.00 WITA" in page
        assert "Alasan kabupaten/kota: Salah pilih." in page
        assert bodies("ranking.revoke")[0]["input"] == old.input_hash

    def test_taking_back_twice_is_refused(self, story):
        answer = nominated(story)
        took_back(story, answer)

        with refused("Jawaban Kabupaten Bulungan sudah ditarik kembali pada 22 April 2024, 08.00 WITA."):
            took_back(story, answer)

    def test_a_ranking_with_a_nominee_is_not_taken_back(self, story):
        tally = nominated(story).participation.placements.get(tally__scope=BULUNGAN).tally

        with refused(f"Calon {PALAS} diajukan berdasarkan peringkat ini. Tarik kembali calonnya lebih dahulu, lalu "
                     "peringkatnya."):  # fmt: skip
            took_back(story, tally, take_back_ranking)

    def test_after_the_lock_nothing_is_taken_back(self, story):
        answer = nominated(story)
        declined(story, TANA_TIDUNG)
        declined(story, TARAKAN)
        lock_stage(stage(story, "seleksi"), by=story.bureau[0], now=LATE)

        with refused("Tahap Seleksi sudah dikunci pada 10 Mei 2024, 17.00 WITA.", NotAllowed):
            took_back(story, answer, now=at("2024-05-10 18.00"))

    def test_a_neighbour_takes_nothing_back_and_a_reason_is_needed(self, story):
        answer, neighbour = nominated(story), person(story, "R", TANA_TIDUNG)

        with refused("Wilayah ini di luar kewenangan Anda.", NotAllowed):
            took_back(story, answer, by=neighbour)
        with refused("Tulis alasan penarikan kembali. Alasannya ditulis dalam jurnal edisi.", BadInput):
            take_back_answer(answer, reason="  ", by=person(story, "R", BULUNGAN), now=NOMINATIONS_OPEN)

    def test_the_count_of_a_stage_is_no_ranking_to_take_back(self, story):
        whole, organiser = FrozenTally.objects.get(stage__code="isian", scope=""), person(story, "R", BULUNGAN)

        with refused("Hitungan tahap Pengisian bukan peringkat satu kabupaten/kota, jadi tidak ditarik kembali."):
            took_back(story, whole, take_back_ranking, by=organiser)

    def test_who_declined_does_not_rank(self, story):
        declined(story)

        with refused("Kabupaten Bulungan sudah menyatakan tidak ikut, jadi tidak ada calon yang dicari dengan peringkat. "
                     "Tarik kembali pernyataan itu lebih dahulu."):  # fmt: skip
            rank_regency(desk(story, BULUNGAN), by=person(story, "R", BULUNGAN), now=NOMINATIONS_OPEN)

    def test_the_page_says_what_follows_and_takes_it_back_once(self, story):
        answer, client = nominated(story), browser(person(story, "R", BULUNGAN))
        address = f"{PLACE}{BULUNGAN}/tarik-jawaban/{answer.pk}/"

        assert "Kabupaten Bulungan tidak mempunyai calon lagi sampai jawaban baru diberikan." in words(client.get(address))
        assert client.post(address, {"reason": ""}).status_code == 422
        client.post(address, {"reason": "Salah pilih."})
        again = client.post(address, {"reason": "Salah pilih."})

        assert (again.status_code, Nomination.objects.count()) == (422, 0)
        assert "tidak dapat ditarik dua kali" in words(again)

    def test_after_the_deadline_the_page_says_who_may_answer_then(self, story, monkeypatch):
        answer = nominated(story)
        monkeypatch.setattr(clock, "now", lambda: LATE)

        page = words(browser(person(story, "R", BULUNGAN)).get(f"{PLACE}{BULUNGAN}/tarik-jawaban/{answer.pk}/"))

        assert "jawaban baru hanya dapat diberikan penyelenggara provinsi, oleh dua orang" in page

    def test_the_bureau_takes_back_from_its_list_and_its_reason_is_called_its_own(self, story):
        answer, bureau = nominated(story), browser(story.bureau[0])
        address = f"{PLACE}{BULUNGAN}/tarik-jawaban/{answer.pk}/"

        assert address in bureau.get(PLACE).content.decode()
        bureau.post(address, {"reason": "Berita acara tanpa tanda tangan."})

        assert "Alasan penyelenggara provinsi: Berita acara tanpa tanda tangan." in words(
            browser(person(story, "R", BULUNGAN)).get(f"{PLACE}{BULUNGAN}/")
        )
        assert "Penyelenggara provinsi menarik kembali jawaban Kabupaten Bulungan" in words(
            browser(person(story, "R", BULUNGAN)).get("/meja/")
        )


class TestMinutesNumber:
    def test_the_number_is_mended_with_old_and_new_in_the_journal(self, story):
        answer, organiser = nominated(story), person(story, "R", BULUNGAN)

        correct_minutes_number(answer, "BA-2", reason="Salah ketik.", by=organiser, now=NOMINATIONS_OPEN)

        assert Nomination.objects.get().minutes_number == "BA-2"
        assert bodies("minutes.correct") == [
            {"stage": "seleksi", "regency": BULUNGAN, "from": "BA-1", "to": "BA-2", "reason": "Salah ketik.",
             "by_bureau": False},
        ]  # fmt: skip

    def test_a_number_is_mended_with_a_reason_to_another_number_of_a_standing_nominee(self, story):
        answer, organiser = nominated(story), person(story, "R", BULUNGAN)
        say = {"reason": "Salah ketik.", "by": organiser, "now": NOMINATIONS_OPEN}

        with refused("Nomor berita acara sudah BA-1; tidak ada yang diperbaiki.", BadInput):
            correct_minutes_number(answer, "BA-1", **say)
        with refused("Tulis nomor berita acara yang benar.", BadInput):
            correct_minutes_number(answer, " ", **say)
        with refused("Tulis alasan perbaikan nomor berita acara.", BadInput):
            correct_minutes_number(answer, "BA-2", **(say | {"reason": ""}))
        took_back(story, answer)
        with refused("Kabupaten Bulungan tidak mempunyai calon yang berlaku, jadi tidak ada nomor yang diperbaiki."):
            correct_minutes_number(answer, "BA-2", **say)

    def test_the_page_mends_it(self, story):
        answer, client = nominated(story), browser(person(story, "R", BULUNGAN))

        page = client.post(f"{PLACE}{BULUNGAN}/nomor-berita-acara/{answer.pk}/", {"number": "BA-9", "reason": "Keliru."},
                           follow=True)  # fmt: skip

        assert "dengan berita acara nomor BA-9" in words(page)


def proposed(story, *, is_declining=False, regency=BULUNGAN, reason="Tidak menjawab tiga surat."):
    say = {"reason": reason, "by": story.bureau[0], "now": LATE}
    return propose_silent_answer(desk(story, regency), is_declining=is_declining, **say)


class TestSilence:
    def test_two_of_the_bureau_nominate_by_the_rules_and_the_province_can_close(self, story):
        declined(story, TANA_TIDUNG)
        declined(story, TARAKAN)

        answer = answer_for_silent(proposed(story), by=story.bureau[1], now=LATE)

        assert (str(answer.participation.entry), answer.is_by_bureau, answer.reason_of_bureau) == (
            PALAS, True, "Tidak menjawab tiga surat.",
        )  # fmt: skip
        assert bodies("nominee.set") == [
            {"stage": "seleksi", "regency": BULUNGAN, "entry": FIRST, "minutes": "", "by_bureau": True,
             "reason": "Tidak menjawab tiga surat."},
        ]  # fmt: skip
        assert bodies("regency.rank")[0]["by_bureau"] is True
        assert answers_told(story) == (3, 3)
        lock_stage(stage(story, "seleksi"), by=story.bureau[0], now=LATE)

    def test_the_bureau_answers_that_it_takes_no_part_and_everyone_reads_whose_reason_it_is(self, story, monkeypatch):
        answer_for_silent(proposed(story, is_declining=True), by=story.bureau[1], now=LATE)
        monkeypatch.setattr(clock, "now", lambda: LATE)

        of_list = words(browser(story.bureau[0]).get(PLACE))
        of_regency = words(browser(person(story, "R", BULUNGAN)).get(f"{PLACE}{BULUNGAN}/"))

        assert "tidak ikut menurut penyelenggara provinsi: Tidak menjawab tiga surat." in of_list
        assert "Alasan penyelenggara provinsi: Tidak menjawab tiga surat." in of_regency
        for role in "RC":
            desk_page = words(browser(person(story, role, BULUNGAN)).get("/meja/"))
            assert "Penyelenggara provinsi menjawab bagi Kabupaten Bulungan" in desk_page
            assert "Alasan penyelenggara provinsi: Tidak menjawab tiga surat." in desk_page
        assert "menjawab bagi" not in words(browser(person(story, "R", TANA_TIDUNG)).get("/meja/"))

    def test_the_minutes_say_who_answered_and_by_whose_reason(self, story):
        nominated(story)
        assert minutes(RegencyPage(desk(story, BULUNGAN)))["closing"] == (
            f"Berdasarkan peringkat itu, Kabupaten Bulungan mengajukan {PALAS}."
        )
        took_back(story, Nomination.objects.get())
        answer_for_silent(proposed(story), by=story.bureau[1], now=LATE)
        assert minutes(RegencyPage(desk(story, BULUNGAN)))["closing"] == (
            f"Penyelenggara provinsi mengajukan {PALAS} menggantikan Kabupaten Bulungan. Menurut penyelenggara provinsi: "
            "Tidak menjawab tiga surat."
        )

    def test_one_person_is_not_two(self, story):
        proposal = proposed(story)

        with refused("Usul ini Anda sendiri yang membuatnya. Orang kedua dari penyelenggara provinsi yang melaksanakannya."):
            answer_for_silent(proposal, by=story.bureau[0], now=LATE)

    def test_before_the_deadline_a_regency_answers_itself(self, story):
        with refused("Batas waktu tahap ini belum lewat; kabupaten/kota masih dapat menjawab sendiri.", NotAllowed):
            propose_silent_answer(desk(story, BULUNGAN), is_declining=True, reason="Diam.", by=story.bureau[0],
                                  now=at("2024-05-10 15.59"))  # fmt: skip

    def test_who_has_answered_meanwhile_is_not_answered_for(self, story):
        proposal = proposed(story)
        declined(story)

        with refused("Kabupaten Bulungan sudah menyatakan tidak ikut."):
            answer_for_silent(proposal, by=story.bureau[1], now=LATE)
        with refused("Kabupaten Bulungan sudah menyatakan tidak ikut."):
            proposed(story)

    def test_a_proposal_waits_once_and_is_done_or_withdrawn_once(self, story):
        proposal = proposed(story)

        with refused("Sudah ada usul jawaban bagi Kabupaten Bulungan yang menunggu orang kedua. Laksanakan atau tarik usul "
                     "itu lebih dahulu."):  # fmt: skip
            proposed(story, is_declining=True)
        withdraw_silent_answer(proposal, by=story.bureau[1], now=LATE)
        with refused("Usul jawaban ini sudah dilaksanakan atau ditarik. Muat ulang halaman."):
            answer_for_silent(proposal, by=story.bureau[1], now=LATE)

    def test_a_proposal_of_before_a_moved_deadline_lapses_and_is_proposed_anew(self, story):
        proposal = proposed(story)
        moved, later = {"closes_at": at("2024-05-20 16.00"), "now": at("2024-05-12 09.00")}, at("2024-05-21 09.00")
        move_stage(stage(story, "seleksi"), opens_at=NOMINATIONS_OPEN, reason="Banjir.", by=story.bureau[0], **moved)

        with refused("Usul jawaban ini gugur: batas waktu tahapnya dipindahkan sesudah diusulkan. Usulkan lagi."):
            answer_for_silent(SilentAnswer.objects.get(), by=story.bureau[1], now=later)

        say = {"reason": "Tetap diam.", "by": story.bureau[0], "now": later}
        anew = propose_silent_answer(desk(story, BULUNGAN), is_declining=True, **say)
        assert SilentAnswer.objects.get(pk=proposal.pk).withdrawn_at == later
        assert answer_for_silent(anew, by=story.bureau[1], now=later).is_by_bureau

    def test_the_rules_and_a_reason_bind_the_bureau_too(self, db):
        story = play_small(NOMINATIONS_OPEN, source=EDITION.replace("  boleh_tidak_ikut: true\n", ""))

        with refused("Aturan edisi mewajibkan setiap kabupaten/kota mengajukan calon pada tahap Seleksi."):
            proposed(story, is_declining=True)
        with refused("Tulis alasan menjawab menggantikan Kabupaten Bulungan. Alasannya dibaca kabupaten/kota itu.", BadInput):
            proposed(story, reason=" ")

    def test_equals_at_the_top_are_not_chosen_between_by_the_bureau_either(self, db):
        story = play_small(NOMINATIONS_OPEN, evidence={"65.04.01": 1})
        equal = "Kecamatan Tanjung Palas, Kabupaten Bulungan; Kecamatan Tanjung Palas Barat, Kabupaten Bulungan; Kecamatan " \
                "Tanjung Palas Utara, Kabupaten Bulungan"  # fmt: skip

        with refused(
            f"{equal} seri di batas kuota, dan aturan pemutus seri sudah habis; penyelenggara tidak memilih. Pindahkan batas "
            "tahap Seleksi di Kalender, supaya Kabupaten Bulungan menetapkan peringkatnya, lalu rapat pleno dengan berita "
            "acara, diusulkan Kabupaten Bulungan dan diputus verifikatornya. Yang dapat dijawab menggantikannya: tidak ikut."
        ):
            proposed(story)
        assert answer_for_silent(proposed(story, is_declining=True), by=story.bureau[1], now=LATE).participation is None
        assert not FrozenTally.every.filter(scope=BULUNGAN).exists()
        assert not Nomination.every.exclude(participation=None).exists()

    def test_a_ranking_that_ended_in_a_tie_is_ruled_where_it_was_made(self, db):
        story = play_small(NOMINATIONS_OPEN, evidence={"65.04.01": 1})
        rank_regency(desk(story, BULUNGAN), by=person(story, "R", BULUNGAN), now=NOMINATIONS_OPEN)

        with pytest.raises(Refused) as said:
            proposed(story)

        assert (
            "Serinya diputus dengan rapat pleno dengan berita acara, diusulkan Kabupaten Bulungan dan diputus verifikatornya."
        ) in said.value.sentence

    def test_an_answer_of_the_bureau_that_it_takes_back_is_told_as_the_bureaus(self, story, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: LATE)
        answer = answer_for_silent(proposed(story), by=story.bureau[1], now=LATE)
        regency, taker = person(story, "R", BULUNGAN), story.bureau[1]
        take_back_answer(answer, reason="Kabupaten menjawab lewat surat.", by=taker, now=LATE)
        bureau = browser(story.bureau[0])

        said = f"jawaban penyelenggara provinsi ditarik {taker.name}, "
        assert said in words(bureau.get(PLACE))
        assert f"belum menjawab lagi; {said}" in words(bureau.get("/meja/"))
        own = words(browser(regency).get(f"{PLACE}{BULUNGAN}/"))
        assert "(jawaban penyelenggara provinsi, menggantikan kabupaten/kota), ditarik" in own
        page = words(bureau.get(f"{PLACE}{BULUNGAN}/jawab/"))
        assert f"Jawaban penyelenggara provinsi bagi Kabupaten Bulungan ditarik {taker.name}, " in page
        assert "tidak menjawab sampai" not in page

    def test_the_page_shows_whom_the_rules_send_before_anybody_acts(self, story, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: LATE)
        first, second = (browser(user) for user in story.bureau)
        address = f"{PLACE}{BULUNGAN}/jawab/"

        assert f"Calonnya: {PALAS}." in words(first.get(address))
        assert "Usul dicatat." in words(first.post(address, {"answer": "calon", "reason": "Diam."}, follow=True))
        assert "Laksanakan jawaban ini" not in words(first.get(address))
        assert "Laksanakan jawaban bagi Kabupaten Bulungan" in words(second.get("/meja/"))
        proposal = stage(story, "seleksi").silent_answers.get()
        done = second.post(f"{address}{proposal.pk}/laksanakan/", follow=True)

        assert "Jawaban bagi Kabupaten Bulungan dicatat." in words(done)
        assert "menurut penyelenggara provinsi: Diam." in words(done)
        assert browser(person(story, "R", BULUNGAN)).get(address).status_code == 404

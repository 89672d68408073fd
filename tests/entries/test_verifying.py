"""The verifier: every claim beside its evidence, points that follow from what is refused, and nothing typed is lost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.entries.actions import submit_form
from sp2k.entries.claims import Claims
from sp2k.entries.models import CheckDraft, Finding, Form, Verification
from tests.entries.pages import PLACE, browser, camat, file, hidden, pdf, text, words
from tests.story.small import BULUNGAN, FIRST, FORMS_OPEN, TANA_TIDUNG, at, entry, person, play_small

CHECK = f"{PLACE}periksa/"
REFUSED = {"tolak:A1:monografi": "on", "catatan:A1": "Halaman 3 buram"}
KEPT = {"A1": {"tolak": ["monografi"], "catatan": "Halaman 3 buram", "diperiksa": True}}


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: FORMS_OPEN)
    return play_small(FORMS_OPEN)


@pytest.fixture
def form(story):
    """A form that was sent: evidence for A1 and one of two in B1, an amount and a choice."""
    form = camat(story)
    form.open("A")
    form.type({"isian:A2:layanan": "12", "isian:A3:loket": "ada", "berkas:A1:monografi": file()})
    form.open("B")
    form.type({"berkas:B1:hasil": file("hasil.pdf")}, "B")
    form.send()
    return form


@pytest.fixture
def verifier(story, form):
    return person(story, "V", BULUNGAN)


class Check:
    """The verifier's pages in one browser; `base` is what the page open in it was made from."""

    def __init__(self, user, revision=1):
        self.client, self.base, self.revision = browser(user), {}, str(revision)

    def open(self, aspect="A"):
        page = self.client.get(f"{CHECK}aspek/{aspect}/")
        self.base[aspect], self.revision = hidden(text(page), "dasar"), hidden(text(page), "revisi")
        return page

    def find(self, values, aspect="A", *, then="simpan"):
        data = {"dasar": self.base[aspect], "revisi": self.revision, "lanjut": then} | values
        page = self.client.post(f"{CHECK}aspek/{aspect}/", data, follow=True)
        if found := re.search(r'name="dasar" value="([^"]*)"', text(page)):
            self.base[aspect] = found[1]
        return page

    def autosave(self, values, aspect="A"):
        data = {"dasar": self.base[aspect], "revisi": self.revision} | values
        answer = self.client.post(f"{CHECK}aspek/{aspect}/simpan/", data)
        self.base[aspect] = answer.json().get("dasar", self.base[aspect])
        return answer

    def summary(self):
        return self.client.get(f"{CHECK}putusan/")

    def decide(self, decision, *, seen=None, **given):
        data = {"revisi": self.revision, "dilihat": seen or hidden(text(self.summary()), "dilihat"), "unseen": "on"}
        return self.client.post(f"{CHECK}putusan/", data | {"putusan": decision} | given, follow=True)


@pytest.fixture
def check(verifier):
    """The verifier with aspect A open."""
    check = Check(verifier)
    check.open()
    return check


def test_the_queue_holds_the_forms_of_the_own_regency_with_their_state(story, verifier):
    page = words(browser(verifier).get("/isian/antrean/"))

    assert "0 dari 3 diterima" in page
    assert "Tanjung Palas Kabupaten Bulungan 1 4 Maret 2024, 09.00 WITA Dikirim" in page
    assert "Tana Tidung" not in page


def test_the_queue_is_narrowed_to_what_waits(story, verifier):
    waiting = words(browser(verifier).get("/isian/antrean/?status=dikirim"))
    accepted = words(browser(verifier).get("/isian/antrean/?status=diterima"))

    assert ("1–1 dari 1" in waiting, "Tanjung Palas Barat" in waiting) == (True, False)
    assert "Tidak ada isian yang cocok dengan saringan ini." in accepted


def test_the_door_leads_to_the_first_aspect_with_something_unseen_and_then_to_the_summary(check):
    assert check.client.get(CHECK).headers["Location"] == f"{CHECK}aspek/A/"

    check.find({}, then="selesai")
    assert check.client.get(CHECK).headers["Location"] == f"{CHECK}aspek/B/"

    check.open("B")
    page = check.find({}, "B", then="selesai")
    assert page.redirect_chain == [(f"{CHECK}putusan/", 302)]
    assert check.client.get(CHECK).headers["Location"] == f"{CHECK}putusan/"


def test_the_aspects_say_how_much_is_checked_of_what_was_claimed(check):
    check.find({"diperiksa:A2": "on"})

    page = text(check.open())

    assert "A Pelayanan 1/3 B Inovasi 0/1" in words(check.open())
    assert "Aspek A: 1 dari 3 indikator diperiksa" in page
    assert "Aspek B: 0 dari 1 indikator diperiksa" in page
    assert "Belum diperiksa (2)" in page


def test_what_is_ticked_is_kept_and_counted_and_nothing_is_decided(check, verifier):
    page = check.find(REFUSED)

    assert "40,00 poin dari klaim 60,00 poin pada aspek ini" in words(page)
    assert "0 , klaim 20 dari 20 poin" in words(page)
    assert 'name="tolak:A1:monografi" checked' in text(page)
    assert 'value="Halaman 3 buram"' in text(page)
    assert CheckDraft.objects.get(by=verifier).checks == KEPT
    assert not Verification.objects.exists()


def test_it_is_kept_while_working_with_the_points_that_follow(check):
    answer = check.autosave(REFUSED)

    assert answer.json()["says"] == "Tersimpan 09.00 WITA · 1 dari 3 diperiksa · 65,00 poin setelah temuan"
    assert 'name="tolak:A1:monografi" checked' in text(check.open())


def test_what_the_kecamatan_sees_is_no_finding_before_it_is_sent(check, form):
    check.find(REFUSED)

    seen = [words(form.client.get(PLACE)), words(form.open("A")), words(form.check())]

    assert [("Halaman 3 buram" in page, "tidak diterima" in page) for page in seen] == [(False, False)] * 3


def test_an_accepted_form_gives_the_points_of_what_was_not_refused_and_the_camat_reads_why(form, check):
    check.find(REFUSED)
    page = check.decide("terima")

    assert "Isian Kecamatan Tanjung Palas, Kabupaten Bulungan diterima." in words(page)
    assert {row.indicator: (row.accepted, row.points, row.note) for row in Finding.objects.all()} == {
        "A1": ([], "0", "Halaman 3 buram"), "A2": ([], "20", ""), "A3": ([], "20", ""), "B1": (["hasil"], "25", ""),
    }  # fmt: skip
    own = words(form.client.get(PLACE))
    assert "Poin verifikasi 65,00" in own
    assert "bukti.pdf tidak diterima Catatan verifikator: Halaman 3 buram 20 / 20 0" in own


def test_the_summary_says_what_was_found_and_what_was_not_looked_at(check):
    check.find(REFUSED | {"diperiksa:A2": "on"})

    page = words(check.summary())

    assert "Poin klaim 85,00 dari 100 Poin setelah temuan 65,00 Diperiksa 2 dari 4 indikator yang diisi" in page
    assert "1 indikator dengan temuan" in page
    assert "A1 Monografi bukti.pdf Halaman 3 buram 0 dari klaim 20" in page
    assert "2 indikator belum ditandai diperiksa A. Pelayanan: 1 B. Inovasi: 1" in page


def test_a_form_is_not_accepted_unseen_unless_that_is_said(check):
    page = check.decide("terima", unseen="")

    assert (page.status_code, Verification.objects.count()) == (422, 0)
    assert "Masih ada yang belum ditandai diperiksa." in words(page)

    check.decide("terima")
    assert Verification.objects.get().decision == "diterima"


def test_where_all_was_looked_at_nothing_more_is_asked(check):
    check.find({}, then="selesai")
    check.open("B")
    check.find({}, "B", then="selesai")

    check.decide("terima", unseen="")

    assert Verification.objects.get().decision == "diterima"


def test_a_form_goes_back_only_with_a_reason_and_with_what_was_found(form, check):
    check.find(REFUSED)
    page = check.decide("kembalikan")

    assert page.status_code == 422
    assert "Tulis alasan pengembalian. Kecamatan perlu tahu apa yang harus diperbaiki." in words(page)
    assert CheckDraft.objects.get().checks == KEPT

    check.decide("kembalikan", reason="Monografi belum ditandatangani")

    own = words(form.open("A"))
    assert "Dikembalikan verifikator. Monografi belum ditandatangani" in own
    assert "Dari verifikator: Bukti tidak diterima: bukti.pdf. Halaman 3 buram" in own
    assert "Dikembalikan" in words(form.client.get("/isian/"))
    assert [(row.indicator, row.accepted, row.note) for row in Finding.objects.all()] == [("A1", [], "Halaman 3 buram")]


def test_the_words_of_a_return_are_kept_while_they_are_written(check):
    answer = check.client.post(f"{CHECK}putusan/simpan/", {"reason": "Monografi belum lengkap"})

    assert answer.json() == {"says": "Tersimpan 09.00 WITA"}
    assert "Monografi belum lengkap</textarea>" in text(check.summary())


def test_a_returned_form_is_mended_and_sent_again_without_another_reason(form, check):
    check.decide("kembalikan", reason="Monografi belum ditandatangani")
    form.open("A")
    form.type({"isian:A2:layanan": "9", "isian:A3:loket": "ada", "bukti:A1:monografi": "bukti.pdf"})
    form.send()

    second = Form.objects.get(revision=2)

    assert second.reason == "Diperbaiki setelah dikembalikan verifikator."
    assert second.answers.get(indicator="A1").documents == {"monografi": "bukti.pdf"}


def test_of_a_mended_form_only_what_changed_is_looked_at_again(form, check, verifier):
    check.find(REFUSED, then="selesai")
    check.decide("kembalikan", reason="Layanan tidak cocok dengan lampirannya")
    form.open("A")
    form.type({"isian:A2:layanan": "9", "isian:A3:loket": "ada", "bukti:A1:monografi": "bukti.pdf"})
    form.send()

    page = check.open()

    assert "2 indikator tidak berubah sejak revisi yang Anda periksa; temuan Anda dibawa serta." in words(page)
    assert "Belum diperiksa (1) A2 Layanan yang dibuka" in words(page)
    assert 'name="tolak:A1:monografi" checked' in text(page)
    check.find({"diperiksa:A3": "on", "diperiksa:A2": "on"})
    assert sorted(CheckDraft.objects.get(form__revision=2).checks) == ["A2", "A3"]


def test_another_file_under_the_same_name_is_looked_at_again(form, check):
    check.find({}, then="selesai")
    check.decide("kembalikan", reason="Monografi buram")
    form.open("A")
    form.client.post(f"{PLACE}bukti/hapus/", {"nama": "bukti.pdf"})
    form.open("A")
    form.type({"isian:A2:layanan": "12", "isian:A3:loket": "ada", "berkas:A1:monografi": file(content=pdf("Baru"))})
    form.send()

    assert "Belum diperiksa (1) A1 Monografi" in words(check.open())


def test_a_form_changed_under_the_verifiers_eyes_is_not_accepted_unseen(form, check):
    form.open("A")
    form.type({"isian:A2:layanan": "9", "isian:A3:loket": "ada"})
    form.send(reason="Salah hitung")

    page, kept = check.decide("terima"), check.find(REFUSED)

    assert (page.status_code, kept.status_code, Verification.objects.count(), CheckDraft.objects.count()) == (422, 422, 0, 0)
    for refused in (page, kept):
        assert "Kecamatan mengirim revisi baru sejak halaman ini dibuka. Periksa revisi itu di bawah." in words(refused)


def test_two_verifiers_of_a_regency_keep_apart_what_they_find(check, verifier):
    other = create_user("verifikator-kedua", "Sri Wahyuni", roles=[("V", BULUNGAN)])
    second = Check(other)
    check.find(REFUSED)

    page = second.open()
    second.find({"catatan:A1": "Jelas"})

    assert ("Halaman 3 buram" in text(page), 'name="tolak:A1:monografi" checked' in text(page)) == (False, False)
    assert f"{verifier.name} juga memeriksa isian ini, terakhir 4 Maret 2024, 09.00 WITA." in words(page)
    assert CheckDraft.objects.get(by=verifier).checks == KEPT
    assert CheckDraft.objects.get(by=other).checks == {"A1": {"tolak": [], "catatan": "Jelas", "diperiksa": True}}


def test_two_verifiers_decide_once(check):
    second = Check(create_user("verifikator-kedua", "Sri Wahyuni", roles=[("V", BULUNGAN)]))
    second.open()
    second.find({"catatan:A2": "Lampirkan daftar"})
    seen = hidden(text(second.summary()), "dilihat")
    check.decide("terima")

    page = second.decide("kembalikan", seen=seen, reason="Terlambat")

    assert (page.status_code, Verification.objects.count()) == (422, 1)
    assert "revisi 1, sudah diterima. Muat ulang halaman untuk melihat putusannya." in words(page)
    assert second.autosave({"catatan:A2": "Lain"}).status_code == 422
    assert CheckDraft.objects.get(by__name="Sri Wahyuni").checks["A2"]["catatan"] == "Lampirkan daftar"


def test_two_windows_of_one_verifier_do_not_overwrite_each_other_unseen(check, verifier):
    other = Check(verifier)
    other.open()
    check.find(REFUSED)

    page = other.find({"catatan:A1": "Terbaca"})

    assert page.status_code == 422
    assert "Anda menyimpan temuan lain untuk aspek ini di jendela lain pukul 09.00 WITA." in words(page)
    assert "Tersimpan dari jendela lain: tidak diterima: bukti.pdf; catatan: Halaman 3 buram" in words(page)
    assert 'value="Terbaca"' in text(page)
    assert CheckDraft.objects.get().checks == KEPT

    other.find({"catatan:A1": "Terbaca"})
    assert CheckDraft.objects.get().checks["A1"]["catatan"] == "Terbaca"


def test_a_decision_rests_on_the_findings_that_the_summary_showed(check):
    seen = hidden(text(check.summary()), "dilihat")
    check.find(REFUSED)

    page = check.decide("terima", seen=seen)

    assert (page.status_code, Verification.objects.count()) == (422, 0)
    assert "Temuan berubah sejak ringkasan ini dibuka." in words(page)


def test_hidden_marks_in_a_note_are_refused_and_what_was_typed_stays(check):
    page = check.find({"catatan:A1": "Halaman\u202e 3", "tolak:A1:monografi": "on"})

    assert page.status_code == 422
    assert "Catatan A1 memuat tanda yang tidak terlihat (U+202E)" in words(page)
    assert 'name="tolak:A1:monografi" checked' in text(page)
    assert not CheckDraft.objects.exists()


def test_after_the_verifiers_own_deadline_nothing_is_kept_or_decided(check, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2024-04-19 16.01"))

    page, kept = check.decide("terima"), check.autosave(REFUSED)

    assert (page.status_code, kept.status_code, Verification.objects.count(), CheckDraft.objects.count()) == (422, 422, 0, 0)
    assert "Batas verifikasi tahap Pengisian sudah lewat" in words(page)


def test_only_a_verifier_of_the_regency_has_the_pages(story, form):
    users = [person(story, "R", BULUNGAN), person(story, "V", TANA_TIDUNG), person(story, "C", BULUNGAN), story.bureau[0]]
    paths = [CHECK, f"{CHECK}aspek/A/", f"{CHECK}putusan/"]
    acts = [*paths[1:], f"{CHECK}aspek/A/simpan/", f"{CHECK}putusan/simpan/"]

    assert [[browser(user).get(path).status_code for user in users] for path in paths] == [[404, 404, 404, 403]] * 3
    assert [[browser(user).post(act, {"revisi": "1"}).status_code for user in users] for act in acts] == [
        [404, 404, 404, 403]
    ] * 4
    assert not CheckDraft.objects.exists()


def test_a_verifier_who_is_also_camat_does_not_verify_the_own_form(story, check, verifier):
    verifier.memberships.create(role="C", region_id=FIRST)

    page = Check(verifier).decide("terima")

    assert "Anda tidak dapat memverifikasi isian kecamatan Anda sendiri." in words(page)
    assert not Verification.objects.exists()


def test_an_aspect_that_is_not_there_is_not_found(check):
    assert check.client.get(f"{CHECK}aspek/Z/").status_code == 404


def test_the_pages_cost_the_same_with_one_answer_as_with_many(story, form, check):
    def cost() -> list[int]:
        costs = []
        for path in (f"{CHECK}aspek/A/", f"{CHECK}putusan/"):
            with CaptureQueriesContext(connection) as queries:
                assert check.client.get(path).status_code == 200
            costs.append(len(queries))
        return costs

    many = cost()
    lean = Claims({"A2": {"isian": {"layanan": "1"}, "bukti": {}}})
    operator = person(story, "C", BULUNGAN)
    submit_form(entry(story, "isian", FIRST), lean, by=operator, now=FORMS_OPEN, reason="Diringkas")

    assert cost() == many

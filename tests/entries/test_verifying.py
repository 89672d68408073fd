"""The verifier: every claim beside its evidence, points that follow from what is refused, and nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.base import clock
from sp2k.entries.actions import submit_form
from sp2k.entries.claims import Claims
from sp2k.entries.models import Finding, Form, Verification
from tests.entries.pages import PLACE, browser, camat, file, text, words
from tests.story.small import BULUNGAN, FIRST, FORMS_OPEN, TANA_TIDUNG, at, entry, person, play_small

CHECK = f"{PLACE}periksa/"
REFUSED = {"tolak:A1:monografi": "on", "catatan:A1": "Halaman 3 buram"}


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
    return browser(person(story, "V", BULUNGAN))


def decide(client, decision, **given):
    return client.post(CHECK, {"putusan": decision, "revisi": "1"} | given, follow=True)


def test_the_queue_holds_the_forms_of_the_own_regency_with_their_state(story, verifier):
    page = words(verifier.get("/isian/antrean/"))

    assert "0 dari 3 diterima" in page
    assert "Tanjung Palas Kabupaten Bulungan 1 4 Maret 2024, 09.00 WITA Dikirim" in page
    assert "Tana Tidung" not in page


def test_the_queue_is_narrowed_to_what_waits(story, verifier):
    waiting = words(verifier.get("/isian/antrean/?status=dikirim"))
    accepted = words(verifier.get("/isian/antrean/?status=diterima"))

    assert ("1–1 dari 1" in waiting, "Tanjung Palas Barat" in waiting) == (True, False)
    assert "Tidak ada isian yang cocok dengan saringan ini." in accepted


def test_points_are_counted_again_with_what_is_ticked_and_nothing_is_decided(story, verifier):
    page = decide(verifier, "hitung", **REFUSED)

    assert "Poin klaim 85,00 dari 100 Poin setelah temuan 65,00" in words(page)
    assert "0 , klaim 20 dari 20 poin" in words(page)
    assert 'name="tolak:A1:monografi" checked' in text(page)
    assert 'value="Halaman 3 buram"' in text(page)
    assert not Verification.objects.exists()


def test_an_accepted_form_gives_the_points_of_what_was_not_refused_and_the_camat_reads_why(story, form, verifier):
    page = decide(verifier, "terima", **REFUSED)

    assert "Isian Kecamatan Tanjung Palas, Kabupaten Bulungan diterima." in words(page)
    assert {row.indicator: (row.accepted, row.points, row.note) for row in Finding.objects.all()} == {
        "A1": ([], "0", "Halaman 3 buram"), "A2": ([], "20", ""), "A3": ([], "20", ""), "B1": (["hasil"], "25", ""),
    }  # fmt: skip
    own = words(form.client.get(PLACE))
    assert "Poin verifikasi 65,00" in own
    assert "bukti.pdf tidak diterima Catatan verifikator: Halaman 3 buram 20 / 20 0" in own


def test_a_form_goes_back_only_with_a_reason_and_all_that_was_typed_stays(story, form, verifier):
    page = decide(verifier, "kembalikan", **REFUSED)

    assert page.status_code == 422
    assert "Tulis alasan pengembalian. Kecamatan perlu tahu apa yang harus diperbaiki." in words(page)
    assert ('name="tolak:A1:monografi" checked' in text(page), 'value="Halaman 3 buram"' in text(page)) == (True, True)

    decide(verifier, "kembalikan", reason="Monografi belum ditandatangani")

    assert "Dikembalikan verifikator. Monografi belum ditandatangani" in words(form.open("A"))
    assert "Dikembalikan" in words(form.client.get("/isian/"))


def test_a_returned_form_is_mended_and_sent_again_without_another_reason(story, form, verifier):
    decide(verifier, "kembalikan", reason="Monografi belum ditandatangani")
    form.open("A")
    form.type({"isian:A2:layanan": "9", "isian:A3:loket": "ada", "bukti:A1:monografi": "bukti.pdf"})
    form.send()

    second = Form.objects.get(revision=2)

    assert second.reason == "Diperbaiki setelah dikembalikan: Monografi belum ditandatangani"
    assert second.answers.get(indicator="A1").documents == {"monografi": "bukti.pdf"}


def test_a_form_changed_under_the_verifiers_eyes_is_not_accepted_unseen(story, form, verifier):
    form.open("A")
    form.type({"isian:A2:layanan": "9", "isian:A3:loket": "ada"})
    form.send(reason="Salah hitung")

    page = decide(verifier, "terima")

    assert (page.status_code, Verification.objects.count()) == (422, 0)
    assert "Kecamatan mengirim revisi baru sejak halaman ini dibuka. Periksa revisi itu di bawah." in words(page)


def test_two_verifiers_decide_once(story, verifier):
    decide(verifier, "terima")

    page = decide(verifier, "kembalikan", reason="Terlambat")

    assert (page.status_code, Verification.objects.count()) == (422, 1)
    assert "revisi 1 sudah diterima. Muat ulang halaman untuk melihat putusannya." in words(page)


def test_after_the_verifiers_own_deadline_nothing_is_decided(story, verifier, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2024-04-19 16.01"))

    page = decide(verifier, "terima")

    assert (page.status_code, Verification.objects.count()) == (422, 0)
    assert "Batas waktu tahap Pengisian sudah lewat" in words(page)


def test_only_a_verifier_of_the_regency_has_the_page(story, form):
    users = [person(story, "R", BULUNGAN), person(story, "V", TANA_TIDUNG), person(story, "C", BULUNGAN), story.bureau[0]]

    assert [browser(user).get(CHECK).status_code for user in users] == [404, 404, 404, 403]
    assert [browser(user).post(CHECK, {"putusan": "terima"}).status_code for user in users] == [404, 404, 404, 403]
    assert not Verification.objects.exists()


def test_a_verifier_who_is_also_camat_does_not_verify_the_own_form(story, form):
    both = person(story, "V", BULUNGAN)
    both.memberships.create(role="C", region_id=FIRST)

    page = decide(browser(both), "terima")

    assert "Anda tidak dapat memverifikasi isian kecamatan Anda sendiri." in words(page)
    assert not Verification.objects.exists()


def test_the_page_costs_the_same_with_one_answer_as_with_many(story, form, verifier):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert verifier.get(CHECK).status_code == 200
        return len(queries)

    many = cost()
    lean = Claims({"A2": {"isian": {"layanan": "1"}, "bukti": {}}})
    operator = person(story, "C", BULUNGAN)
    submit_form(entry(story, "isian", FIRST), lean, by=operator, now=FORMS_OPEN, reason="Diringkas")

    assert cost() == many

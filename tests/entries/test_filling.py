"""A kecamatan fills in its form: nothing typed is lost, what cannot be read is said, what is sent is what was checked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import Membership
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.entries.models import Form as Form_
from sp2k.entries.models import FormDraft
from tests.entries.pages import PDF, PLACE, Form, browser, camat, file, pdf, text, words
from tests.story.small import BULUNGAN, FIRST, FORMS_OPEN, TANA_TIDUNG, at, entry, person, play_small


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: FORMS_OPEN)
    return play_small(FORMS_OPEN)


@pytest.fixture
def form(story) -> Form:
    form = camat(story)
    form.open("A")
    return form


WHOLE = {"isian:A2:layanan": "12", "isian:A3:loket": "ada"}


def draft(story) -> dict:
    return FormDraft.objects.get(participation=entry(story, "isian", FIRST)).answers


def test_what_was_typed_is_kept_and_sent_as_it_was_checked(story, form):
    page = form.type(WHOLE | {"berkas:A1:monografi": file()}, then="periksa")

    assert "1 indikator belum lengkap" in words(page)
    assert "Nilainya paling banyak 40 poin." in words(page)
    assert "60,00 dari 100, bila semua bukti diterima" in words(page)

    page = form.send(page)

    sent = Form_.objects.get(participation=entry(story, "isian", FIRST))
    assert (sent.revision, sent.reason) == (1, "")
    assert {row.indicator: (row.values, row.documents) for row in sent.answers.all()} == {
        "A1": ({}, {"monografi": "bukti.pdf"}), "A2": ({"layanan": "12"}, {}), "A3": ({"loket": "ada"}, {}),
    }  # fmt: skip
    assert read_blob(sent.evidence.get().blob) == PDF
    assert not FormDraft.objects.exists()
    assert "Isian terkirim sebagai revisi 1 dan menunggu verifikator." in words(page)


def test_a_number_that_reads_two_ways_is_kept_as_typed_and_both_readings_are_said_beside_it(story, form):
    page = form.type({"isian:A2:layanan": "87.500"})

    assert draft(story)["A2"] == {"isian": {"layanan": "87.500"}, "bukti": {}}
    assert "87.500 dapat dibaca dua cara. Tulis 87500 (ribuan tanpa titik) atau 87,500 (desimal dengan koma)." in words(page)
    assert 'value="87.500" autocomplete="off" aria-invalid="true" aria-describedby="i-A2-layanan-e"' in text(page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-3", "Indikator A2: jumlah tidak boleh negatif. Anda menulis -3."),
        ("9" * 20, "Indikator A2: jumlah paling panjang 15 angka. Anda menulis 99999999999999999999."),
        ("dua belas", 'Indikator A2: jumlah harus angka, misalnya 12 atau 12,5. Anda menulis "dua belas".'),
    ],
)
def test_what_is_no_amount_is_kept_said_and_cannot_be_sent(story, form, typed, said):
    assert said in words(form.type({"isian:A2:layanan": typed}))

    page = form.send()

    assert (page.status_code, said in words(page)) == (422, True)
    assert not Form_.objects.exists()
    assert draft(story)["A2"]["isian"] == {"layanan": typed}


def test_a_form_half_filled_is_found_again_another_day_in_another_browser(story, form):
    form.type({"isian:A2:layanan": "12"})

    page = camat(story).open("A")

    assert 'name="isian:A2:layanan" value="12"' in text(page)
    assert "1 dari 4 indikator lengkap" in words(page)


def test_autosave_keeps_the_draft_and_says_when(story, form):
    answer = form.autosave({"isian:A2:layanan": "12"})

    assert answer.json()["says"] == "Tersimpan 09.00 WITA"
    assert draft(story)["A2"]["isian"] == {"layanan": "12"}
    assert form.autosave({"isian:A2:layanan": "-1"}).json()["says"] == "Tersimpan 09.00 WITA · 1 isian perlu diperbaiki"


def test_two_people_in_two_tabs_do_not_overwrite_each_other_silently(story, form):
    other = camat(story)
    other.open("A")
    form.type({"isian:A2:layanan": "12"})

    page = other.type({"isian:A2:layanan": "7", "isian:A3:loket": "belum"}, follow=False)

    assert page.status_code == 422
    assert "Aspek ini juga diubah di tempat lain" in words(page)
    assert "Tersimpan dari tempat lain: 12" in words(page)
    assert 'name="isian:A2:layanan" value="7"' in text(page)
    assert draft(story)["A2"]["isian"] == {"layanan": "12"}

    other.type({"isian:A2:layanan": "7", "isian:A3:loket": "belum"})

    assert draft(story)["A2"]["isian"] == {"layanan": "7"}


def test_a_stale_tab_cannot_autosave_over_what_came_after_it(story, form):
    other = camat(story)
    other.open("A")
    form.type({"isian:A2:layanan": "12"})

    answer = other.autosave({"isian:A2:layanan": "7"})

    assert answer.status_code == 422
    assert answer.json()["says"].startswith("Aspek ini juga diubah di tempat lain oleh Operator Kabupaten Bulungan")
    assert draft(story)["A2"]["isian"] == {"layanan": "12"}


def test_two_people_on_two_aspects_do_not_disturb_each_other(story, form):
    other = camat(story)
    other.open("B")
    form.type({"isian:A2:layanan": "12"})

    assert other.type({"berkas:B1:hasil": file()}, "B").status_code == 200

    assert draft(story) == {
        "A2": {"isian": {"layanan": "12"}, "bukti": {}}, "B1": {"isian": {}, "bukti": {"hasil": "bukti.pdf"}},
    }  # fmt: skip


def test_a_file_of_a_page_that_came_too_late_is_kept_all_the_same(story, form):
    other = camat(story)
    other.open("A")
    form.type({"isian:A2:layanan": "12"})

    page = other.type({"berkas:A1:monografi": file("monografi.pdf")}, follow=False)

    assert page.status_code == 422
    assert '<option value="monografi.pdf" selected>' in text(page)
    assert "A1" not in draft(story)


def test_a_camat_replaced_in_the_middle_of_filling_finds_everything_with_the_kecamatan(story, form):
    form.type(WHOLE | {"berkas:A1:monografi": file()})
    Membership.objects.filter(role="C").delete()
    successor = Form(create_user("camat-baru", "Camat Baru", roles=[("C", FIRST)]))

    page = successor.open("A")

    assert 'name="isian:A2:layanan" value="12"' in text(page)
    assert "bukti.pdf" in words(page)
    assert successor.send().status_code == 200
    assert form.client.get(PLACE).status_code == 404


def test_the_form_is_sent_once_however_often_the_button_is_pressed(story, form):
    form.type(WHOLE)
    page = form.check()

    form.send(page)
    again = form.send(page)

    assert Form_.objects.count() == 1
    assert "Isian terkirim sebagai revisi 1 dan menunggu verifikator." in words(again)


def test_what_changed_after_the_check_is_not_sent_unseen(story, form):
    form.type(WHOLE)
    page = form.check()
    form.type({"isian:A2:layanan": "3", "isian:A3:loket": "belum"})

    answer = form.send(page)

    assert "Isian berubah sejak Anda memeriksanya." in words(answer)
    assert not Form_.objects.exists()
    assert form.send(answer).status_code == 200
    assert Form_.objects.count() == 1


def test_a_form_sent_again_needs_its_reason_and_becomes_a_revision(story, form):
    form.type(WHOLE)
    form.send()
    form.open("A")
    form.type({"isian:A2:layanan": "11", "isian:A3:loket": "ada"})

    assert "Tulis alasan perubahan sebelum mengirim lagi." in words(form.send())

    form.send(reason="Satu layanan ditutup bulan ini")

    first, second = Form_.objects.order_by("revision")
    assert (second.reason, second.answers.get(indicator="A2").values) == ("Satu layanan ditutup bulan ini", {"layanan": "11"})
    assert first.answers.get(indicator="A2").values == {"layanan": "12"}


def test_after_the_deadline_the_page_is_read_only_and_what_is_sent_is_kept_on_the_page(story, form, monkeypatch):
    form.type(WHOLE)
    monkeypatch.setattr(clock, "now", lambda: at("2024-04-05 16.01"))

    page = form.open("A")
    late = form.type({"isian:A2:layanan": "3"}, follow=False)

    assert "Batas waktu tahap Pengisian sudah lewat: 5 April 2024, 16.00 WITA." in words(page)
    assert (late.status_code, 'name="isian:A2:layanan" value="3"' in text(late)) == (422, True)
    assert draft(story)["A2"]["isian"] == {"layanan": "12"}


def test_the_last_minute_still_counts(story, form, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2024-04-05 16.00.59"))
    form.type(WHOLE)

    assert "Isian terkirim sebagai revisi 1 dan menunggu verifikator." in words(form.send())


@pytest.mark.parametrize("address", ["isi/A/", "kirim/", "bukti/", "isi/"])
def test_a_draft_is_seen_by_its_own_kecamatan_alone(story, form, address):
    form.type(WHOLE)
    others = [person(story, role, BULUNGAN) for role in "VR"] + [person(story, "C", TANA_TIDUNG), story.bureau[0]]

    assert [browser(user).get(PLACE + address).status_code for user in others] == [404] * 4


def test_a_page_costs_as_many_queries_with_four_answers_as_with_none(story, form):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            form.client.get(f"{PLACE}isi/A/")
        return len(queries)

    form.type({"isian:A2:layanan": "1"})
    few = cost()
    form.type(WHOLE | {"berkas:A1:monografi": file()})
    form.open("B")
    form.type({"berkas:B1:hasil": file("b.pdf", pdf("b")), "berkas:B1:gagasan": file("c.pdf", pdf("c"))}, "B")

    assert cost() == few

"""Voiding by its pages: found, read, given a reason, gone; for those who may, and only before the lock."""

import pytest
from django.urls import reverse

from sp2k.base import clock
from sp2k.entries.actions import return_form
from sp2k.entries.models import Evidence, Form, Verification
from sp2k.entries.queries import latest_forms
from sp2k.judging.actions import record_visit_finding
from sp2k.judging.models import Sheet
from tests.story import small
from tests.story.locking import told_as_locked
from tests.story.small import BULUNGAN, FIRST, TARAKAN, at

pytestmark = pytest.mark.django_db
CHECKS = at("2024-04-19 15.30")


@pytest.fixture
def stand_at(monkeypatch):
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


def ask(client, user, stage, *more, **data):
    client.force_login(user)
    name = "void" if more else "voidable"
    address = reverse(f"results:{name}", args=["kaltara-2024-uji", stage, *more])
    return client.post(address, data, follow=True) if data else client.get(address)


def test_the_bureau_voids_a_sheet_by_its_page_and_never_sees_a_mark(client, stand_at):
    story = small.play_small(small.SHEETS_IN)
    stand_at(at("2024-06-05 16.30"))
    bureau, sheet = story.bureau[0], small.duty(story, FIRST, "bappeda").standing_sheets[-1]

    listed = ask(client, bureau, "presentasi").content.decode()
    page = ask(client, bureau, "presentasi", "lembar", sheet.pk).content.decode()
    empty = ask(client, bureau, "presentasi", "lembar", sheet.pk, reason=" ")
    done = ask(client, bureau, "presentasi", "lembar", sheet.pk, reason="Salah peserta").content.decode()

    assert listed.count("Lembar juri: ") == 9
    assert "Lembar tetap disimpan, tetapi tidak dihitung." in page
    assert not any(mark in listed + page for mark in (">90<", "90,0", ">80<", ">70<"))
    assert empty.status_code == 422
    assert "Batalkan lembar: selesai. Alasannya disimpan." in done
    assert done.count("Lembar juri: ") == 8
    assert Sheet.objects.get(pk=sheet.pk).voided_reason == "Salah peserta"


def test_who_may_not_void_finds_no_page(client, stand_at):
    story = small.play_small(small.SHEETS_IN)
    stand_at(at("2024-06-05 16.30"))
    sheet = small.duty(story, FIRST, "bappeda").standing_sheets[-1]

    for user in (sheet.by, story.leader, small.person(story, "R", BULUNGAN), small.other_bureau()):
        assert ask(client, user, "presentasi", "lembar", sheet.pk).status_code == 404
        assert ask(client, user, "presentasi").status_code == 404
        assert ask(client, user, "presentasi", "lembar", sheet.pk, reason="x").status_code == 404
    assert Sheet.objects.get(pk=sheet.pk).voided_at is None
    assert ask(client, story.bureau[0], "presentasi", "rahasia", sheet.pk).status_code == 404
    assert ask(client, story.bureau[0], "isian", "lembar", sheet.pk).status_code == 404


def test_a_regency_voids_its_own_verifications_and_no_others(client, stand_at):
    story = small.play_small(at("2024-04-19 15.00"))
    stand_at(CHECKS)
    organiser = small.person(story, "R", BULUNGAN)
    own = Verification.objects.get(form__participation__entry__region=FIRST)
    other = Verification.objects.filter(form__participation__entry__region__code__startswith=TARAKAN).first()

    listed = ask(client, organiser, "isian").content.decode()
    ask(client, organiser, "isian", "putusan", own.pk, reason="Salah buka")

    assert (listed.count("Isian: "), "Tarakan" in listed) == (3, False)
    assert ask(client, organiser, "isian", "putusan", other.pk).status_code == 404
    own.refresh_from_db()
    assert own.voided_reason == "Salah buka"


def test_a_regency_reaches_its_list_from_the_list_of_its_kecamatan_until_the_lock(client, stand_at):
    story = small.play_small(at("2024-04-19 15.00"))
    stand_at(CHECKS)
    link = 'href="/tahap/kaltara-2024-uji/isian/pembatalan/"'

    def participants(user):
        client.force_login(user)
        return client.get("/isian/peserta/kaltara-2024-uji/").content.decode()

    assert link in participants(small.person(story, "R", BULUNGAN))
    assert link not in participants(small.person(story, "V", BULUNGAN))
    told_as_locked(small.stage(story, "isian"), at=CHECKS, by=story.bureau[0])
    assert link not in participants(small.person(story, "R", BULUNGAN))


def test_a_kecamatan_voids_its_form_before_acceptance_and_erases_its_file(client, stand_at):
    story = small.play_small(small.FORMS_IN)
    stand_at(small.FORMS_IN)
    operator = small.person(story, "C", BULUNGAN)
    form = latest_forms(small.stage(story, "isian")).get(participation__entry__region=FIRST)

    page = ask(client, operator, "isian", "isian", form.pk).content.decode()
    assert "Hapus berkas" in page
    evidence = Evidence.objects.filter(form=form).first()
    shared = ask(client, operator, "isian", "berkas", evidence.pk, reason="Keliru").content.decode()
    assert "sama dengan berkas yang dipakai di tempat lain" in shared
    ask(client, operator, "isian", "isian", form.pk, reason="Tahun lalu")

    assert Form.objects.get(pk=form.pk).voided_reason == "Tahun lalu"


def test_after_acceptance_the_page_says_whom_to_ask(client, stand_at):
    story = small.play_small(at("2024-04-19 15.00"))
    stand_at(CHECKS)
    form = latest_forms(small.stage(story, "isian")).get(participation__entry__region=FIRST)

    answer = ask(client, small.person(story, "C", BULUNGAN), "isian", "isian", form.pk)

    assert (answer.status_code, "Minta kabupaten/kota atau biro membatalkannya." in answer.content.decode()) == (200, True)


def test_after_the_lock_the_list_says_so_and_offers_nothing(client, stand_at):
    story = small.play_small(small.JURY_LOCKED)
    stand_at(small.JURY_LOCKED)
    sheet = small.duty(story, FIRST, "bappeda").standing_sheets[-1]

    listed = ask(client, story.bureau[0], "presentasi").content.decode()
    answer = ask(client, story.bureau[0], "presentasi", "lembar", sheet.pk, reason="Terlambat")

    assert "tidak ada lagi yang dapat dibatalkan" in listed and ">Batalkan<" not in listed
    assert "sudah dikunci" in answer.content.decode()
    assert Sheet.objects.get(pk=sheet.pk).voided_at is None


def test_a_returned_form_can_be_voided_by_its_kecamatan(client, stand_at):
    story = small.play_small(small.FORMS_IN)
    stand_at(small.FORMS_IN)
    form = latest_forms(small.stage(story, "isian")).get(participation__entry__region=FIRST)
    return_form(form, reason="Kurang", by=small.person(story, "V", BULUNGAN), now=small.FORMS_IN)

    ask(client, small.person(story, "C", BULUNGAN), "isian", "isian", form.pk, reason="Salah berkas")

    assert Form.objects.get(pk=form.pk).is_voided


def test_the_list_of_a_province_asks_a_fixed_number_of_questions(client, jatim_2023, django_assert_max_num_queries):
    client.force_login(small.User.objects.filter(memberships__role="B", memberships__region="35").first())

    with django_assert_max_num_queries(27):  # names, rules and persons are held against the journal
        html = client.get(reverse("results:voidable", args=["jatim-2023", "isian"]) + "?halaman=semua").content.decode()

    assert html.count("Isian: ") == 666


def test_the_bureau_voids_a_finding_by_its_page_and_never_reads_its_verdict(client, stand_at):
    story = small.play_small(until=at("2024-06-21 16.00"))
    stand_at(at("2024-06-21 17.00"))
    own, finder = small.duty(story, FIRST, "bappeda", "lapang"), small.holder(story, "bappeda", "lapang")
    row = record_visit_finding(own, "A1", "lebih", note="Dua monografi.", by=finder, now=at("2024-06-21 15.59"))

    page = ask(client, story.bureau[0], "lapang", "temuan", row.pk).content.decode()
    ask(client, story.bureau[0], "lapang", "temuan", row.pk, reason="Salah kecamatan")
    again = ask(client, story.bureau[0], "lapang", "temuan", row.pk, reason="Salah kecamatan").content.decode()

    named = "Temuan A1 di Kecamatan Tanjung Palas, Kabupaten Bulungan, revisi 1"
    assert f'<p class="lede">{named}</p>' in page
    assert [text for text in (page, again) if "lebih" in text or "Dua monografi" in text] == []

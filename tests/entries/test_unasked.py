"""What does not apply to a kecamatan: said with its reason on form and verification, never asked, never missing."""

import pytest

from sp2k.base import clock
from sp2k.base.refusals import BadInput
from sp2k.entries.actions import submit_form
from sp2k.entries.claims import Claims
from sp2k.entries.models import Entry, Finding, Form
from sp2k.judging.queries.claims import visit_claims
from tests.entries.pages import Form as FormPages
from tests.entries.pages import browser, camat, file, hidden, text, words
from tests.story.small import FORMS_OPEN, SHEET, TARAKAN, THIRD, VISIT, entry, form_with, person, play_small

CITY = f"/isian/kaltara-2024-uji/isian/{THIRD}/"
CHECK = f"{CITY}periksa/"
SENTENCE = "Hanya untuk kecamatan yang mempunyai desa. Keluar dari nilai dan dari maksimum."


@pytest.fixture
def story(db, monkeypatch):
    """Filling is open; A1 is asked only of kecamatan with desa."""
    monkeypatch.setattr(clock, "now", lambda: FORMS_OPEN)
    return play_small(FORMS_OPEN, instruments=(form_with("keluarkan"), SHEET, VISIT))


@pytest.fixture
def city(story):
    """The form of a kecamatan of the kota."""
    return FormPages(person(story, "C", TARAKAN), CITY)


@pytest.fixture
def sent(city):
    city.open("A")
    city.type({"isian:A2:layanan": "12", "isian:A3:loket": "ada"})
    city.send()
    return city


def test_a_city_is_told_why_an_indicator_is_not_asked_and_nothing_is_asked_of_it(city):
    page = city.open("A")

    assert f"A1 Monografi maks. 20 poin Tidak berlaku (t.b.) {SENTENCE}" in words(page)
    assert ("berkas:A1:monografi" in text(page), "isian:A2:layanan" in text(page)) == (False, True)
    assert "Belum lengkap (2)" in words(page)
    assert "0 dari 3 indikator lengkap" in words(page)


def test_a_kabupaten_is_asked_for_it_and_told_nothing(story):
    page = camat(story).open("A")

    assert ("berkas:A1:monografi" in text(page), "t.b." in words(page)) == (True, False)
    assert "0 dari 4 indikator lengkap" in words(page)


@pytest.mark.parametrize(
    ("otherwise", "effect"), [("nol", "Bernilai 0."), ("penuh", "Bernilai penuh, 20 poin.")]
)
def test_what_the_rules_make_of_it_is_said(db, monkeypatch, otherwise, effect):
    monkeypatch.setattr(clock, "now", lambda: FORMS_OPEN)
    story = play_small(FORMS_OPEN, instruments=(form_with(otherwise), SHEET, VISIT))

    page = FormPages(person(story, "C", TARAKAN), CITY).open("A")

    assert f"Hanya untuk kecamatan yang mempunyai desa. {effect}" in words(page)


def test_it_is_not_missing_before_the_form_is_sent_and_costs_no_points(city):
    city.open("A")
    city.type({"isian:A2:layanan": "12", "isian:A3:loket": "ada"})

    page = words(city.check())

    assert "Indikator lengkap 2 dari 3" in page
    # A2 and A3 give all of their 40, scaled to the 60 of the aspect; B gives none of its 40
    assert "Poin klaim 60,00 dari 100" in page
    assert "1 indikator belum lengkap" in page


def test_a_file_sent_for_it_all_the_same_is_not_claimed(city):
    city.open("A")
    city.type({"isian:A2:layanan": "12", "berkas:A1:monografi": file(), "isian:A1:monografi": "1"})
    city.send()

    assert list(Form.objects.get().answers.values_list("indicator", flat=True)) == ["A2"]


def test_a_claim_for_it_is_refused_wherever_it_comes_from(story):
    claims = Claims({"A1": {"isian": {}, "bukti": {}}})

    with pytest.raises(BadInput, match="Indikator A1 tidak berlaku bagi Kecamatan Tarakan"):
        submit_form(entry(story, "isian", THIRD), claims, by=person(story, "C", TARAKAN), now=FORMS_OPEN)


def test_the_verifier_sees_why_and_has_nothing_to_check_of_it(story, sent):
    client = browser(person(story, "V", TARAKAN))

    page = client.get(f"{CHECK}aspek/A/")

    assert f"A1 Monografi Tidak berlaku (t.b.) {SENTENCE}" in words(page)
    assert ("diperiksa:A1" in text(page), "diperiksa:A2" in text(page)) == (False, True)
    assert "Aspek A: 0 dari 2 indikator diperiksa" in text(page)
    summary = words(client.get(f"{CHECK}putusan/"))
    assert "Diperiksa 0 dari 2 indikator yang diisi Kosong 1 indikator tanpa jawaban" in summary


def test_an_accepted_form_says_that_it_does_not_apply_and_counts_without_it(story, sent):
    client = browser(person(story, "V", TARAKAN))
    seen = hidden(text(client.get(f"{CHECK}putusan/")), "dilihat")
    client.post(f"{CHECK}putusan/", {"putusan": "terima", "revisi": "1", "dilihat": seen, "unseen": "on"})

    page = words(sent.client.get(CITY))

    assert Finding.objects.get(indicator="A1").points == ""
    assert "Poin verifikasi 60,00" in page
    assert f"A1 Monografi tidak berlaku (t.b.): {SENTENCE} t.b. t.b. / 20 t.b." in page


def test_what_does_not_apply_is_no_claim_to_be_visited(story, sent):
    client = browser(person(story, "V", TARAKAN))
    seen = hidden(text(client.get(f"{CHECK}putusan/")), "dilihat")
    client.post(f"{CHECK}putusan/", {"putusan": "terima", "revisi": "1", "dilihat": seen, "unseen": "on"})

    assert [claim.code for claim in visit_claims(entry(story, "isian", THIRD))] == ["A2", "A3"]


def test_an_entry_keeps_what_it_was_when_it_entered(story):
    region = Entry.objects.get(region=THIRD).region
    type(region).objects.filter(pk=region.parent_id).update(level="kabupaten")

    assert Entry.objects.get(region=THIRD).traits == ["kota"]

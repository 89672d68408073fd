"""Files and words that pages give out are those that were sealed: a row pointed elsewhere, an instrument in other words."""

import pytest

from sp2k.base.blobs import store_blob
from sp2k.base.clock import start_demonstration_clock
from sp2k.entries.models import Evidence, Form
from sp2k.journal.opening import keep_verdict, last_checks
from sp2k.publication.checking.opening import opened_publication
from sp2k.publication.models import Decree, Minutes
from tests.hostile.insider.given.test_given_again import JURY
from tests.hostile.insider.test_sealed_things import sql
from tests.judging.paper.story import Office, page_of
from tests.story.small import (
    BULUNGAN,
    FIRST,
    FORMS_IN,
    FORMS_OPEN,
    LONG_AFTER,
    at,
    duty,
    holder,
    person,
    play_small,
)

pytestmark = pytest.mark.django_db

FORGED = b"%PDF-1.4 palsu\n"


def forged_blob(now) -> str:
    return store_blob(FORGED, content_type="application/pdf", now=now).sha256


def test_evidence_pointed_at_another_file_is_not_given_out(client):
    story = play_small(until=FORMS_IN)
    start_demonstration_clock(FORMS_IN)
    client.force_login(person(story, "V", BULUNGAN))
    evidence = Evidence.objects.filter(form__participation__entry__region=FIRST).first()
    assert client.get(f"/isian/bukti/{evidence.pk}/").status_code == 200

    sql(f"UPDATE entries_evidence SET blob_id = '{forged_blob(FORMS_IN)}' WHERE id = {evidence.pk}")

    page = client.get(f"/isian/bukti/{evidence.pk}/")
    assert (page.status_code, FORGED in page.content) == (422, False)
    assert "Beri tahu biro penyelenggara" in page.content.decode()


def test_a_decree_pointed_at_another_file_is_not_given_out(client):
    play_small()
    start_demonstration_clock(LONG_AFTER)
    address = "/hasil/kaltara-2024-uji/keputusan.pdf"
    assert client.get(address).status_code == 200

    sql(f"UPDATE publication_decree SET document_id = '{forged_blob(LONG_AFTER)}' WHERE id = {Decree.objects.get().pk}")

    page = client.get(address)
    assert (page.status_code, FORGED in page.content) == (422, False)


def test_whoever_may_not_know_of_it_is_not_told_which_thing_was_changed(client):
    story = play_small(until=FORMS_IN)
    start_demonstration_clock(FORMS_IN)
    form = Form.objects.get(participation__entry__region=FIRST)
    other = Form.objects.exclude(participation__entry__region__code__startswith=BULUNGAN).first()
    sql(f"UPDATE entries_form SET reason = 'palsu' WHERE id = {other.pk}")
    address = f"/tahap/{story.edition.code}/isian/pembatalan/isian/{form.pk}/"

    pages = []
    for who in (person(story, "C", BULUNGAN), story.bureau[0]):
        client.force_login(who)
        pages.append(client.post(address, {"reason": "keliru"}).content.decode())

    camats, bureaus = pages
    assert "tidak lagi sama dengan yang dicatat jurnal" in camats
    assert other.participation.entry.name not in camats
    assert other.participation.entry.name in bureaus


TITLES = "UPDATE instruments_instrument SET source = replace(source, '{}', '{}') WHERE code = '{}'"


def test_a_juror_is_not_shown_a_sheet_in_other_words_than_those_locked(client):
    story = play_small(until=JURY)
    start_demonstration_clock(at("2024-06-04 09.00"))
    client.force_login(holder(story, "dpmd"))
    address = f"/juri/lembar/{duty(story, FIRST, 'dpmd').pk}/"
    assert client.get(address).status_code == 200

    sql(TITLES.format("judul: Kinerja", "judul: Lain", "juri-uji"))

    page = client.get(address)
    assert page.status_code == 422
    assert "Beri tahu biro penyelenggara" in page.content.decode()
    assert "sp2k edition status" not in page.content.decode()


@pytest.mark.parametrize("part", ["", "isi/A/", "kirim/"])
def test_a_kecamatan_is_not_shown_a_form_in_other_words_than_those_locked(client, part):
    story = play_small(until=FORMS_OPEN)
    start_demonstration_clock(FORMS_OPEN)
    client.force_login(person(story, "C", BULUNGAN))
    address = f"/isian/{story.edition.code}/isian/{FIRST}/{part}"
    assert client.get(address).status_code == 200

    sql(TITLES.format("judul: Monografi", "judul: Palsu", "isian-uji"))

    page = client.get(address)
    assert (page.status_code, "Palsu" in page.content.decode()) == (422, False)


def test_the_public_stage_page_does_not_show_an_instrument_in_other_words(client):
    play_small()
    start_demonstration_clock(LONG_AFTER)
    address = "/hasil/kaltara-2024-uji/tahap/presentasi/"
    assert client.get(address).status_code == 200

    sql(TITLES.format("nama: Kinerja", "nama: Palsu", "juri-uji"))

    assert client.get(address).status_code == 422


def test_a_verdict_that_was_changed_says_so_of_itself():
    story = play_small()
    keep_verdict(opened_publication(story.edition), now=LONG_AFTER)
    assert last_checks([story.edition.chain_id])[story.edition.chain_id].is_whole

    sql("UPDATE journal_chaincheck SET n_opened = n_opened + 1")

    [fault] = last_checks([story.edition.chain_id])[story.edition.chain_id].faults
    assert fault["apa"] == "Putusan pemeriksaan terakhir"


def test_minutes_pointed_at_another_file_are_not_given_out(client):
    story = play_small()
    start_demonstration_clock(LONG_AFTER)
    client.force_login(story.bureau[0])
    row = Minutes.objects.select_related("stage").first()
    address = f"/keputusan/{story.edition.code}/berita-acara/{row.stage.code}/{row.revision}.pdf"
    assert client.get(address).status_code == 200

    sql(f"UPDATE publication_minutes SET document_id = '{forged_blob(LONG_AFTER)}' WHERE id = {row.pk}")

    assert client.get(address).status_code == 422


def test_deadlines_and_names_on_the_pages_of_a_kecamatan_and_a_juror_are_those_that_were_locked(client):
    story = play_small(until=JURY)
    start_demonstration_clock(at("2024-06-04 09.00"))
    pages = {person(story, "C", BULUNGAN): "/isian/", holder(story, "dpmd"): f"/juri/lembar/{duty(story, FIRST, 'dpmd').pk}/"}
    for user, address in pages.items():
        client.force_login(user)
        assert client.get(address).status_code == 200

    sql(f"UPDATE entries_entry SET name = 'Palsu' WHERE region_id = '{FIRST}'")

    for user, address in pages.items():
        client.force_login(user)
        assert client.get(address).status_code == 422


def test_a_juror_is_not_told_of_another_jurors_paper(client):
    office = Office()
    start_demonstration_clock(office.now)
    mine, other = office.typed_alike(), office.paper(seat="dpmd")
    office.types(other, office.first)
    sql(f"UPDATE judging_papertyping SET note = 'palsu' WHERE paper_id = {other.pk}")
    address, pages = page_of(mine), []
    for who in (office.juror(), office.first):
        client.force_login(who)
        pages.append(client.get(address).content.decode())

    assert "tidak lagi sama dengan yang dicatat jurnal" in pages[0]
    assert other.assignment.seat.institution not in pages[0] and "sp2k edition status" not in pages[0]
    assert "sp2k edition status" in pages[1]

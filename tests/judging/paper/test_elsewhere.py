"""Where else paper shows: the juror's own list, what is missing before the lock, the way to a fresh link."""

import re

import pytest

from sp2k.base.clock import start_demonstration_clock
from sp2k.judging import actions
from sp2k.results.closing import what_is_missing
from tests.judging.paper.story import Office, page_of, words
from tests.story.small import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def as_person(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def test_the_juror_is_told_on_the_list_of_his_sheets_that_a_paper_waits_and_afterwards_that_it_was_one(office, as_person):
    paper = office.typed_alike()
    client = as_person(office.juror())

    before = words(client.get("/juri/lembar/"))
    actions.confirm_paper(paper, by=office.juror(), now=office.now)
    after = words(client.get("/juri/lembar/"))

    assert ("Kertas Anda menunggu konfirmasi" in before, "Kertas Anda menunggu konfirmasi" in after) == (True, False)
    assert ("Dari kertas" in before, "Dari kertas" in after) == (False, True)
    assert "Dari kertas" in words(client.get(f"/juri/lembar/{paper.assignment_id}/"))


def test_nobody_else_is_told_that_a_paper_waits(office, as_person):
    office.typed_alike()

    assert "menunggu konfirmasi" not in words(as_person(office.juror("dpmd")).get("/juri/lembar/"))


def test_what_is_missing_before_the_lock_names_papers_not_yet_confirmed(office):
    paper = office.typed_alike()
    before = what_is_missing(office.stage)
    actions.confirm_paper(paper, by=office.juror(), now=office.now)

    duty = "Bappeda Provinsi Kalimantan Utara → Kecamatan Tanjung Palas, Kabupaten Bulungan"
    assert before[1:] == [f"1 lembar kertas belum selesai diketik atau dikonfirmasi juri ({duty})"]
    assert len(what_is_missing(office.stage)) == 1


def test_the_bureau_is_led_to_a_fresh_way_in_for_a_juror_who_cannot_sign_in(office, as_person):
    paper = office.typed_alike()

    page = as_person(office.first).get(page_of(paper)).content.decode()

    assert f'href="/akun/orang/{office.juror().pk}/"' in page and "dihitung belum ada" in page
    assert as_person(office.first).get(f"/akun/orang/{office.juror().pk}/").status_code == 200


def test_the_desks_of_juror_and_bureau_lead_to_the_papers_that_wait(office, as_person):
    office.typed_alike()
    juror = words(as_person(office.juror()).get("/meja/"))
    start_demonstration_clock(at("2024-06-05 16.30"))  # past the deadline, not locked
    bureau = as_person(office.first).get("/meja/").content.decode()

    assert "Konfirmasi 1 lembar kertas" in juror
    assert "1 lembar kertas belum selesai diketik atau dikonfirmasi juri" in bureau and 'href="/juri/kertas/"' in bureau


def test_the_jurys_room_has_a_door_to_its_papers(office, as_person):
    room = as_person(office.first).get("/juri/kaltara-2024-uji/presentasi/panel/")
    doors = [link for link in re.findall(r'href="([^"]+)"', room.content.decode()) if link.startswith("/juri/kertas/")]

    assert doors == [f"/juri/kertas/?tahap={office.stage.pk}"]
    assert as_person(office.first).get(doors[0]).status_code == 200

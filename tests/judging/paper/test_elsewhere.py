"""Where else paper shows: the juror's own list, what is missing before the lock, the way to a fresh link."""

import pytest

from sp2k.judging import actions
from sp2k.results.closing import what_is_missing
from tests.judging.paper.story import Office, page_of, words

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
    assert before[1:] == [f"1 di antaranya tertulis di kertas, belum dikonfirmasi juri ({duty})"]
    assert len(what_is_missing(office.stage)) == 1


def test_the_bureau_is_led_to_a_fresh_way_in_for_a_juror_who_cannot_sign_in(office, as_person):
    paper = office.typed_alike()

    page = as_person(office.first).get(page_of(paper)).content.decode()

    assert f'href="/akun/orang/{office.juror().pk}/"' in page and "dihitung belum ada" in page
    assert as_person(office.first).get(f"/akun/orang/{office.juror().pk}/").status_code == 200

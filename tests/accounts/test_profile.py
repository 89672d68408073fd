"""The own account: what one changes, when sessions end, and that a late form loses nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sp2k.accounts.models import User
from sp2k.accounts.views.door import BEGUN
from tests.accounts.conftest import PASSWORD, told

PROFILE = {"name": "Ani, S.Sos.", "institution": "", "phone": "", "language": "id", "theme": "terang"}
NEW = "lontar-garam-perahu"


def signed_in(name="ani"):
    client = Client()
    client.post("/akun/masuk/", {"username": name, "password": PASSWORD})
    return client


def test_name_institution_phone_language_and_theme_are_one_s_own(as_):
    client = as_("ani")
    client.post("/akun/saya/", PROFILE | {"phone": "+62 812 345 678 90", "language": "en", "theme": "dark"})
    ani = User.objects.get(username="ani")
    page = client.get("/akun/saya/").content.decode()

    assert (ani.name, ani.phone, ani.language, ani.theme) == ("Ani, S.Sos.", "6281234567890", "en", "dark")
    assert '<html lang="en" data-theme="dark">' in page
    assert told("account.edit") and "S.Sos." not in told("account.edit")[0]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"language": "de"}, {"theme": "neon"}, {"phone": "abc"}, {"name": "x" * 121}]
)
def test_what_cannot_be_is_refused_beside_its_field(as_, wrong):
    answer = as_("ani").post("/akun/saya/", PROFILE | wrong)

    assert answer.status_code == 422 and list(answer.context["form"].errors) == list(wrong)


def test_a_visitor_s_browser_remembers_the_language_and_public_pages_carry_no_token(client, db):
    page = client.get("/").content.decode()
    answer = client.post("/akun/bahasa/pengunjung/", {"bahasa": "en", "next": "/"})

    assert '<html lang="id">' in page and "csrfmiddlewaretoken" not in page
    assert answer.url == "/" and '<html lang="en">' in client.get("/").content.decode()
    assert client.post("/akun/bahasa/pengunjung/", {"bahasa": "de", "next": "//jahat.test/"}).url == "/"
    assert '<html lang="en">' in client.get("/").content.decode()


def test_the_switch_of_whoever_is_signed_in_is_kept_with_the_account(office):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="ani"))
    refused = strict.post("/akun/bahasa/", {"bahasa": "en"})
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get("/meja/").content.decode())[1]
    taken = strict.post("/akun/bahasa/", {"bahasa": "en", "next": "/meja/", "csrfmiddlewaretoken": token})

    assert (refused.status_code, taken.url) == (403, "/meja/")
    assert User.objects.get(username="ani").language == "en"


def test_the_language_of_one_reader_is_not_that_of_the_next(client, office, as_):
    User.objects.filter(username="ani").update(language="en")
    as_("ani").get("/meja/")

    assert '<html lang="id">' in Client().get("/").content.decode()


def test_changing_the_password_keeps_this_device_and_ends_the_others(office):
    here, there = signed_in(), signed_in()
    wrong = here.post("/akun/saya/sandi/", {"old": "salah", "password": NEW, "again": NEW})
    right = here.post("/akun/saya/sandi/", {"old": PASSWORD, "password": NEW, "again": NEW})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert (here.get("/meja/").status_code, there.get("/meja/").status_code) == (200, 302)
    assert User.objects.get(username="ani").check_password(NEW) and len(told("password.change")) == 1


def test_leaving_everywhere_ends_every_session_this_one_too(office):
    here, there = signed_in(), signed_in()
    here.post("/akun/saya/keluar-semua/")

    assert (here.get("/meja/").status_code, there.get("/meja/").status_code) == (302, 302)


def test_a_session_ends_after_hours_without_a_step_and_after_a_day_s_work(office, settings):
    for key, hours in (("seen", 4), ("in", 12)):
        client = signed_in()
        session = client.session
        begun = session[BEGUN]
        long_ago = int((timezone.now() - timedelta(hours=hours, minutes=1)).timestamp())
        session[BEGUN] = {**begun, key: long_ago}
        session.save()

        assert client.get("/meja/").status_code == 302


def test_a_session_is_not_written_at_every_step(office):
    client = signed_in()
    before = client.session[BEGUN]
    client.get("/meja/")

    assert client.session[BEGUN] == before


def test_one_sees_the_tries_at_the_own_name_and_nobody_else_s(office):
    Client().post("/akun/masuk/", {"username": "ani", "password": "salah-salah-salah"})
    Client().post("/akun/masuk/", {"username": "kania", "password": "salah-salah-salah"})
    client = signed_in()

    assert [tried.succeeded for tried in client.get("/akun/saya/").context["sign_ins"]] == [True, False]


def late_form(client, **more):
    """A form that is sent after the session was ended elsewhere."""
    User.objects.filter(username="ani").update(session_epoch=7)
    sent = {"name": "Ani\nBaru", "note": '"kutip" <b>', "role": "J"}
    return client.post("/akun/orang/baru/", sent, headers={"Referer": "http://testserver/akun/orang/baru/"}, **more)


def carried(page) -> dict:
    field = re.search(r'name="isian_tadi" value="([^"]+)"', page.content.decode())
    return {"isian_tadi": field[1], "next": page.context["next"]}


def test_a_form_sent_after_the_session_ended_is_carried_over_signing_in(office):
    client = signed_in()
    asked = late_form(client)
    back = client.post("/akun/masuk/", {"username": "ani", "password": PASSWORD} | carried(asked))
    text = back.content.decode()

    assert asked.status_code == 401 and "Yang Anda ketik tidak hilang" in asked.content.decode()
    assert back.status_code == 200 and 'action="/akun/orang/baru/"' in text
    assert '<textarea name="name" hidden>Ani\nBaru</textarea>' in text
    assert '<textarea name="note" hidden>&quot;kutip&quot; &lt;b&gt;</textarea>' in text
    assert 'href="/akun/orang/baru/"' in text
    assert client.get("/meja/").status_code == 200


def test_a_wrong_password_in_between_loses_nothing(office):
    client = signed_in()
    wrong = client.post("/akun/masuk/", {"username": "ani", "password": "salah"} | carried(late_form(client)))
    back = client.post("/akun/masuk/", {"username": "ani", "password": PASSWORD} | carried(wrong))

    assert wrong.status_code == 422 and "Ani\nBaru" in back.content.decode()


def test_what_was_not_carried_by_us_is_not_sent_on(office):
    forged = {"isian_tadi": "eyJ0byI6Ii9ha3VuLyJ9:1u:x", "next": "/meja/"}
    answer = Client().post("/akun/masuk/", {"username": "ani", "password": PASSWORD} | forged)

    assert (answer.status_code, answer.url) == (302, "/meja/")


def test_passwords_are_not_carried(office):
    client = signed_in()
    User.objects.filter(username="ani").update(session_epoch=7)
    answer = client.post("/akun/saya/sandi/", {"old": PASSWORD, "password": NEW, "again": NEW})

    assert answer.status_code == 302 and answer.url.startswith("/akun/masuk/?next=")


def test_an_autosave_after_the_session_ended_is_told_so(office):
    answer = late_form(signed_in(), HTTP_ACCEPT="application/json")

    assert (answer.status_code, list(answer.json())) == (401, ["says"])


def test_a_button_without_fields_leads_back_to_its_page(office):
    client = signed_in()
    User.objects.filter(username="ani").update(session_epoch=7)
    answer = client.post("/akun/orang/surat/", headers={"Referer": "http://testserver/akun/orang/?peran=J"})

    assert answer.url == "/akun/masuk/?next=/akun/orang/%3Fperan%3DJ"

"""The door: who comes in, what is told to whom, where one lands."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from sp2k.accounts.models import User
from sp2k.base.clock import start_demonstration_clock

pytestmark = pytest.mark.django_db
DOOR = "/akun/masuk/"
NO_MATCH = "Nama pengguna atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."


@pytest.fixture
def retno():
    return User.objects.create_user("retno", "Retno", "sawah-pinang-jala")


def test_the_right_password_leads_to_the_desk(client, retno):
    answer = client.post(DOOR, {"username": "retno", "password": "sawah-pinang-jala"})

    assert (answer.status_code, answer.url) == (302, "/meja/")
    assert client.get("/meja/").context["user"] == retno


def test_wrong_name_wrong_password_and_closed_account_get_the_same_answer(client, retno):
    User.objects.create_user("budi", "Budi")  # no password was ever set
    User.objects.filter(pk=User.objects.create_user("sari", "Sari", "sawah-pinang-jala").pk).update(is_active=False)

    pages = []
    for name, password in [("retno", "salah"), ("tidakada", "salah"), ("budi", "salah"), ("sari", "sawah-pinang-jala")]:
        answer = client.post(DOOR, {"username": name, "password": password})
        assert answer.status_code == 422
        pages.append(answer.context["form"].non_field_errors())

    assert pages == [[NO_MATCH]] * 4


def test_an_empty_form_names_both_fields(client):
    errors = client.post(DOOR, {}).context["form"].errors

    assert errors == {"username": ["Tulis nama pengguna Anda."], "password": ["Tulis kata sandi Anda."]}


def test_after_signing_in_one_goes_on_to_the_page_that_was_asked_for(client, retno):
    asked = client.get("/meja/")
    answer = client.post(DOOR, {"username": "retno", "password": "sawah-pinang-jala", "next": "/hasil/jatim-2022/"})

    assert (asked.status_code, asked.url) == (302, "/akun/masuk/?next=/meja/")
    assert answer.url == "/hasil/jatim-2022/"


@pytest.mark.parametrize("elsewhere", ["https://jahat.test/", "//jahat.test/", "javascript:alert(1)", "\\\\jahat.test"])
def test_nobody_is_led_away_from_the_site(client, retno, elsewhere):
    answer = client.post(DOOR, {"username": "retno", "password": "sawah-pinang-jala", "next": elsewhere})

    assert answer.url == "/meja/"


def test_a_session_ends_only_by_a_form_that_is_ours(client, retno):
    client.force_login(retno)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(retno)

    by_link, foreign = client.get("/akun/keluar/"), strict.post("/akun/keluar/")
    ended = client.post("/akun/keluar/")

    assert (by_link.status_code, foreign.status_code) == (405, 403)
    assert "Kiriman tidak dapat dipastikan asalnya" in foreign.content.decode()
    assert (ended.status_code, ended.url) == (302, "/")
    assert client.get("/meja/").status_code == 302
    assert strict.get("/meja/").status_code == 200


def test_only_a_demonstration_lists_its_logins_and_never_a_password(client, retno):
    User.objects.create_user("camat", "Camat tanpa kata sandi")
    before = client.get(DOOR)

    start_demonstration_clock(datetime(2023, 10, 31, 3, 0, tzinfo=UTC))
    after = client.get(DOOR)

    assert before.context["logins"] == []
    assert [login.username for login in after.context["logins"]] == ["retno"]
    assert "sawah-pinang-jala" not in after.content.decode()


def test_the_door_is_kept_by_no_cache(client):
    assert "no-store" in client.get(DOOR).headers["Cache-Control"]

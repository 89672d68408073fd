"""Guessing at the door is slowed down, and never keeps out the person whose name it is."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.test import Client
from django.utils import timezone

from sp2k.accounts.actions import create_user
from sp2k.accounts.keys.tokens import keyed_hash
from sp2k.accounts.models import KnownDevice, SignInAttempt, User
from sp2k.accounts.queries.door import name_key
from sp2k.accounts.views.devices import COOKIE, SALT
from tests.accounts.conftest import PASSWORD

DOOR = "/akun/masuk/"


def tries(name, password="salah-salah-salah", *, client=None, address="10.0.0.1", **more):
    return (client or Client()).post(DOOR, {"username": name, "password": password}, REMOTE_ADDR=address, **more)


def said(answer):
    return answer.context["form"].non_field_errors()


def test_the_last_tries_are_counted_down_before_a_pause_of_fifteen_minutes(office):
    sentences = [said(tries("ani"))[0] for _ in range(5)]

    assert sentences == [
        "Nama pengguna atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.",
        "Nama pengguna atau kata sandi tidak cocok. Tersisa 3 percobaan sebelum jeda 15 menit.",
        "Nama pengguna atau kata sandi tidak cocok. Tersisa 2 percobaan sebelum jeda 15 menit.",
        "Nama pengguna atau kata sandi tidak cocok. Tersisa 1 percobaan sebelum jeda 15 menit.",
        "Nama pengguna atau kata sandi tidak cocok. Jeda 15 menit dimulai.",
    ]


def test_in_a_pause_even_the_right_password_waits_and_the_answer_says_how_long(office):
    for _ in range(5):
        tries("ani")

    answer = tries("ani", PASSWORD)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert said(answer)[0].startswith("Terlalu banyak percobaan. Coba lagi pukul ")
    assert SignInAttempt.objects.count() == 5  # a try in a pause is not kept, so the pause ends


def test_a_pause_ends_by_itself(office):
    for _ in range(5):
        tries("ani")
    SignInAttempt.objects.update(at=timezone.now() - timedelta(minutes=15, seconds=1))

    assert tries("ani", PASSWORD).status_code == 302


def test_a_name_that_does_not_exist_is_answered_exactly_as_one_that_does(office):
    real = [said(tries("ani")) for _ in range(6)]
    invented = [said(tries("tidakada")) for _ in range(6)]

    assert [sentence[0][:40] for sentence in real] == [sentence[0][:40] for sentence in invented]


def test_guesses_from_elsewhere_do_not_keep_a_juror_out(office):
    for _ in range(6):
        tries("ani", address="203.0.113.9")

    assert tries("ani", PASSWORD, address="10.0.0.1").status_code == 302


def test_guesses_from_many_places_pause_strangers_but_not_an_address_or_a_device_that_was_in_before(office):
    phone = Client()
    assert tries("ani", PASSWORD, client=phone, address="10.0.0.7").status_code == 302
    phone.post("/akun/keluar/")
    for n in range(30):
        tries("ani", address=f"203.0.113.{n}")

    assert tries("ani", PASSWORD, address="198.51.100.4").status_code == 429  # a stranger's address
    assert tries("ani", PASSWORD, address="10.0.0.7").status_code == 302  # the address, without the device's cookie
    assert tries("ani", PASSWORD, client=phone, address="198.51.100.4").status_code == 302  # the device, from elsewhere


def test_a_guesser_in_the_same_hall_does_not_keep_out_a_phone_that_was_in_before(office):
    phone = Client()
    tries("ani", PASSWORD, client=phone)
    phone.post("/akun/keluar/")
    for _ in range(6):
        tries("ani")  # same address, another device

    assert tries("ani", PASSWORD).status_code == 429
    assert tries("ani", PASSWORD, client=phone).status_code == 302


def test_the_cookie_of_a_device_speaks_only_for_names_that_were_in_on_it(office):
    own = Client()
    tries("kania", PASSWORD, client=own)
    own.post("/akun/keluar/")
    for _ in range(5):
        tries("ani", client=own)

    assert tries("ani", PASSWORD).status_code == 429  # counted for the address, not for the device


def fails_at(names, address):
    """Strangers' wrong tries at many names from one address, written as the door writes them."""
    for name in names:
        SignInAttempt.objects.create(
            name_hash=name_key(name), address_hash=_address(address), at=timezone.now(), succeeded=False
        )


def test_one_address_at_which_many_names_fail_is_slowed_down(office):
    fails_at([f"nama-{n}" for n in range(200)], "10.0.0.1")

    assert tries("ani", PASSWORD).status_code == 429
    assert tries("ani", PASSWORD, address="10.0.0.2").status_code == 302


def test_many_tries_at_a_few_names_do_not_slow_down_the_others_at_their_address(office):
    fails_at([f"nama-{n % 30}" for n in range(600)], "10.0.0.1")

    assert tries("ani", PASSWORD).status_code == 302


def test_an_address_where_a_known_device_was_in_is_never_slowed_down_for_the_many_names_that_fail_there(office):
    tries("kania", PASSWORD)
    fails_at([f"nama-{n}" for n in range(200)], "10.0.0.1")

    assert tries("ani", PASSWORD).status_code == 302


@pytest.fixture
def hall(office) -> list[str]:
    """Thirty jurors, none of whom has signed in anywhere, in one hall: one network address for all."""
    names = [f"juri-{n:02}" for n in range(30)]
    for name in names:
        create_user(name, name, roles=[("J", "65")])
    User.objects.filter(username__in=names).update(password=make_password(PASSWORD))
    return names


def test_sixty_wrong_tries_of_strangers_in_the_hall_keep_none_of_thirty_jurors_with_new_phones_out(hall):
    wrong = [tries(name).status_code for name in hall for _ in range(2)]
    invented = [tries(f"orang-{n}").status_code for n in range(60)]

    answers = [tries(name, PASSWORD).status_code for name in hall]

    assert wrong + invented == [422] * 120
    assert answers == [302] * 30


def test_strangers_who_spend_a_name_s_tries_everywhere_do_not_keep_its_known_device_out(office):
    phone = Client()
    tries("ani", PASSWORD, client=phone)
    phone.post("/akun/keluar/")
    for n in range(60):
        tries("ani", address=f"203.0.113.{n}")
        tries("ani", address="10.0.0.1")

    assert tries("ani", PASSWORD, client=Client()).status_code == 429
    assert tries("ani", PASSWORD, client=phone).status_code == 302


def test_wrong_tries_on_a_known_device_are_its_own_and_not_the_strangers(office):
    phone = Client()
    tries("ani", PASSWORD, client=phone, address="10.0.0.9")
    phone.post("/akun/keluar/")
    for _ in range(5):
        tries("ani", client=phone, address="10.0.0.9")
    for n in range(4):
        for _ in range(4):
            tries("ani", address=f"203.0.113.{n}")

    assert tries("ani", PASSWORD, client=phone, address="10.0.0.9").status_code == 429
    assert tries("ani", PASSWORD, address="198.51.100.4").status_code == 302  # 16 strangers' tries; with the phone's 21


def test_a_cookie_of_a_device_that_the_database_does_not_know_is_a_stranger_s(office):
    forged = Client()
    forged.cookies[COOKIE] = signing.dumps({"nonce": "buatan"}, salt=SALT)
    for _ in range(5):
        tries("ani")

    assert tries("ani", PASSWORD, client=forged).status_code == 429


@pytest.mark.parametrize("forget", ["expired", "left everywhere"])
def test_a_device_is_known_for_a_time_and_until_its_owner_leaves_everywhere(office, forget):
    phone = Client()
    tries("ani", PASSWORD, client=phone, address="10.0.0.9")
    if forget == "expired":
        KnownDevice.objects.update(expires_at=timezone.now())
        phone.post("/akun/keluar/")
    else:
        phone.post("/akun/saya/keluar-semua/")
    for _ in range(5):
        tries("ani")

    assert tries("ani", PASSWORD, client=phone).status_code == 429


def _address(text):
    return keyed_hash("address", text)


@pytest.mark.parametrize(("proxies", "seen"), [(0, 429), (1, 302)])
def test_a_forwarded_address_counts_only_when_it_comes_from_a_proxy_of_ours(office, settings, proxies, seen):
    settings.PROXIES = proxies
    for n in range(5):
        tries("ani", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}, 203.0.113.9")

    assert tries("ani", PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.4").status_code == seen


def test_neither_name_nor_address_is_kept_readable(office):
    tries("ani")

    row = SignInAttempt.objects.get()
    assert (len(row.name_hash), len(row.address_hash)) == (64, 64)
    assert "ani" not in row.name_hash and "10.0.0.1" not in row.address_hash


def test_signing_in_begins_a_new_session(office):
    client = Client()
    client.cookies["sesi"] = "dipasangkanpenyerang0123456789ab"

    tries("ani", PASSWORD, client=client)

    assert client.cookies["sesi"].value != "dipasangkanpenyerang0123456789ab"
    assert client.get("/meja/").status_code == 200

"""A way in without mail: made by whoever looks after the person, told once, used once."""

import logging
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from sp2k.accounts.actions.invitations import invite
from sp2k.accounts.actions.people import Details, add_person, close_account
from sp2k.accounts.models import Invitation, User
from sp2k.base import clock
from sp2k.base.refusals import NotAllowed
from tests.accounts.conftest import PASSWORD, told

NEW = "lontar-garam-perahu"


@pytest.fixture
def newcomer(office) -> User:
    details = Details("Budi Santoso, S.Sos.", "Bappeda", "6281234567890")
    return add_person("budi", details, role="J", region="65", by=office["retno"], now=clock.now())


@pytest.fixture
def given(office, newcomer):
    return invite(newcomer, by=office["retno"], now=clock.now())


def opens(client, token):
    return client.get(f"/akun/undangan/{token}/", follow=True)


def sets(client, password=NEW, again=None):
    return client.post("/akun/undangan/", {"password": password, "again": password if again is None else again})


def test_whoever_opens_the_link_sets_a_password_and_is_in(client, given):
    page = opens(client, given.token)
    answer = sets(client)

    assert "Undangan untuk Budi Santoso, S.Sos.: buat kata sandi Anda sendiri." in page.content.decode()
    assert (answer.status_code, answer.url) == (302, "/meja/")
    assert client.get("/meja/").status_code == 200
    assert User.objects.get(username="budi").check_password(NEW)


def test_the_page_after_inviting_shows_link_code_and_text_and_the_letter_is_a_pdf(as_, newcomer):
    client = as_("retno")
    page = client.post(f"/akun/orang/{newcomer.pk}/undang/")
    text = page.content.decode()
    fresh = page.context["told"]
    pdf = client.post(f"/akun/orang/{newcomer.pk}/undang/surat/", {"token": fresh.token, "code": fresh.code})

    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    assert f"http://testserver/akun/undangan/{fresh.token}/" in text and fresh.code in text
    assert 'href="https://wa.me/6281234567890?text=' in text and '<svg class="qr"' in text
    assert pdf.content.startswith(b"%PDF-") and pdf.headers["Content-Type"] == "application/pdf"


def test_only_hashes_are_kept_in_any_table(as_, newcomer):
    page = as_("retno").post(f"/akun/orang/{newcomer.pk}/undang/")
    fresh, row = page.context["told"], Invitation.objects.get()

    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    kept = [row.token_hash, row.code_hash, *sessions, *told("account.invite")]
    assert not any(fresh.token in text or fresh.code in text for text in kept)
    assert re.fullmatch(r"[0-9a-f]{64}", row.token_hash) and re.fullmatch(r"[0-9a-f]{64}", row.code_hash)


def test_the_letter_is_printed_only_for_whoever_holds_link_and_code_of_that_person(as_, newcomer, given, office):
    client = as_("retno")
    sent = {"token": given.token, "code": given.code}

    assert client.post(f"/akun/orang/{newcomer.pk}/undang/surat/", sent | {"code": "AAAA-AAAA"}).status_code == 404
    assert client.post(f"/akun/orang/{office['ani'].pk}/undang/surat/", sent).status_code == 404
    assert client.post(f"/akun/orang/{newcomer.pk}/undang/surat/", sent).status_code == 200


def test_a_link_is_used_once(client, given):
    opens(client, given.token)
    sets(client)
    again = opens(Client(), given.token)

    assert again.status_code == 410
    assert "Tautan ini sudah dipakai pada " in again.content.decode()


def test_of_two_browsers_with_the_link_open_only_the_first_sets_the_password(given):
    first, second = Client(), Client()
    opens(first, given.token), opens(second, given.token)
    sets(first)

    assert sets(second, "lain-lain-lain-lain").status_code == 410
    assert User.objects.get(username="budi").check_password(NEW)


def test_a_newer_link_withdraws_the_older(client, office, newcomer, given):
    invite(newcomer, by=office["retno"], now=clock.now())
    page = opens(client, given.token)

    assert page.status_code == 410
    assert "Tautan ini ditarik pada " in page.content.decode()
    assert sets(client).status_code == 410


def test_a_link_that_ran_out_a_closed_account_and_an_unknown_link_each_say_so(client, office, newcomer, given):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "Tautan ini hanya berlaku sampai " in opens(client, given.token).content.decode()

    close_account(newcomer, by=office["retno"], now=clock.now())
    assert "ditarik" in opens(client, given.token).content.decode()

    unknown = opens(Client(), "x" * 43)
    assert unknown.status_code == 410 and "Tautan ini tidak dikenal atau terpotong." in unknown.content.decode()


def test_opening_a_link_uses_nothing_up_and_takes_the_token_out_of_the_address(client, given, caplog):
    with caplog.at_level(logging.DEBUG):
        page = opens(client, given.token)
        sets(client, "pendek")

    assert page.redirect_chain == [("/akun/undangan/", 302)]
    assert Invitation.objects.get().used_at is None and Session.objects.count() == 0
    assert given.token not in caplog.text and given.token not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_a_forged_proof_opens_nothing(client, given):
    client.cookies["undangan"] = str(given.invitation.pk)

    assert client.get("/akun/undangan/").status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "fields"),
    [
        ("pendek", None, ["password"]),
        ("1q2w3e4r5t6y", None, ["password"]),
        (NEW, NEW + "x", ["again"]),
        ("a" * 129, None, ["password", "again"]),
    ],
)
def test_a_weak_or_differing_password_is_refused_and_the_link_stays_open(client, given, password, again, fields):
    opens(client, given.token)
    answer = sets(client, password, again)

    assert answer.status_code == 422 and list(answer.context["form"].errors) == fields
    assert Invitation.objects.get().used_at is None


def test_the_letter_s_code_opens_the_same_way_however_it_is_typed(client, given):
    code = given.code.replace("-", " ").lower()
    answer = client.post("/akun/kode/", {"username": " BUDI ", "code": code}, follow=True)

    assert answer.redirect_chain == [("/akun/undangan/", 302)]
    assert sets(client).status_code == 302


def test_a_wrong_code_and_a_wrong_name_get_the_same_answer_and_are_counted(client, given):
    wrong = [client.post("/akun/kode/", {"username": "budi", "code": "AAAA-AAAA"}) for _ in range(5)]
    nobody = [Client().post("/akun/kode/", {"username": "tidakada", "code": given.code}) for _ in range(5)]
    paused = client.post("/akun/kode/", {"username": "budi", "code": given.code})

    pairs = [(answer.status_code, answer.context["form"].non_field_errors()) for answer in wrong]
    assert pairs == [(answer.status_code, answer.context["form"].non_field_errors()) for answer in nobody]
    assert paused.status_code == 429


def test_a_reset_ends_sessions_and_the_old_password_at_once(as_, office):
    juror = Client()
    juror.post("/akun/masuk/", {"username": "ani", "password": PASSWORD})
    assert juror.get("/meja/").status_code == 200

    page = as_("retno").post(f"/akun/orang/{office['ani'].pk}/undang/")

    assert page.context["told"].invitation.purpose == Invitation.Purpose.RESET
    assert juror.get("/meja/").status_code == 302
    assert Client().post("/akun/masuk/", {"username": "ani", "password": PASSWORD}).status_code == 422
    assert timedelta(hours=23) < page.context["told"].invitation.expires_at - timezone.now() <= timedelta(hours=24)


def test_nobody_invites_beyond_the_own_roles_or_region_or_oneself(office):
    beyond = [("retno", "wahyu"), ("retno", "vera"), ("rini", "ani"), ("rini", "jauh"), ("camat", "rini"), ("ani", "kania"),
              ("tetangga", "ani"), ("tono", "ani"), ("retno", "retno"), ("retno", "tono")]  # fmt: skip
    for by, whom in beyond:
        with pytest.raises(NotAllowed):
            invite(office[whom], by=office[by], now=clock.now())

    assert Invitation.objects.count() == 0


def test_the_journal_tells_of_an_invitation_without_a_name(office, newcomer, given, client):
    opens(client, given.token)
    sets(client)

    assert len(told("account.create")) == len(told("account.invite")) == len(told("invitation.use")) == 1
    assert f'"person":{newcomer.pk}' in told("account.invite")[0] and "Budi" not in "".join(told("account.invite"))


def test_letters_for_everyone_without_an_invitation_are_made_in_one_go(as_, office, newcomer):
    client = as_("retno")
    pdf = client.post("/akun/orang/surat/")
    nobody_left = client.post("/akun/orang/surat/")

    assert pdf.content.startswith(b"%PDF-")
    assert [invitation.user for invitation in Invitation.objects.all()] == [newcomer]
    assert (nobody_left.status_code, nobody_left.url) == (302, "/akun/orang/")

"""The second factor: set by the person, asked at the door, taken once, declared by editions."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from sp2k.accounts.actions.factor import declare_second_factor
from sp2k.accounts.actions.invitations import invite
from sp2k.accounts.keys.totp import secret_of, step_of
from sp2k.accounts.models import RecoveryCode, SecondFactorRule, SignInAttempt, User
from sp2k.base import clock
from sp2k.base.clock import start_demonstration_clock
from sp2k.editions.actions import open_edition
from tests.accounts.conftest import PASSWORD, told
from tests.story.small import EDITION, play_small
from tests.story.told import LONG_BEFORE

SETUP, DOOR, CODE_DOOR = "/akun/saya/faktor-kedua/", "/akun/masuk/", "/akun/masuk/kode/"


def totp(name: str) -> pyotp.TOTP:
    return pyotp.TOTP(secret_of(User.objects.get(username=name).totp_seed))


@pytest.fixture
def with_factor(as_):
    """Retno with a second factor, and the recovery codes; the code of this half minute is spent."""
    client = as_("retno")
    client.post(f"{SETUP}mulai/")
    page = client.post(SETUP, {"code": totp("retno").now()})
    return page.context["codes"]


def half_in(client=None, name="retno"):
    client = client or Client()
    client.post(DOOR, {"username": name, "password": PASSWORD})
    return client


def fresh_code():
    """The next code: the present one was spent."""
    return totp("retno").at(timezone.now() + timedelta(seconds=30))


def test_it_is_set_with_qr_typed_key_and_a_first_code(as_):
    client = as_("retno")
    client.post(f"{SETUP}mulai/")
    page = client.get(SETUP)
    secret = secret_of(User.objects.get(username="retno").totp_seed)

    wrong = client.post(SETUP, {"code": "000000" if totp("retno").now() != "000000" else "000001"})
    right = client.post(SETUP, {"code": totp("retno").now()})

    assert '<svg class="qr"' in page.content.decode() and page.context["secret"].replace(" ", "") == secret
    assert wrong.status_code == 422 and len(right.context["codes"]) == 10
    assert User.objects.get(username="retno").has_second_factor
    assert client.get("/meja/").status_code == 200  # this session stays, others ended


def test_opening_the_page_makes_no_key(as_):
    as_("retno").get(SETUP)

    assert User.objects.get(username="retno").totp_seed == ""


def test_the_password_alone_leads_only_to_the_code(with_factor):
    client = half_in()

    assert client.get("/meja/").status_code == 302
    answer = client.post(CODE_DOOR, {"code": fresh_code(), "next": "/akun/orang/"})
    assert (answer.status_code, answer.url) == (302, "/akun/orang/")
    assert client.get("/meja/").status_code == 200


def test_a_code_is_taken_once(with_factor):
    code = fresh_code()
    half_in().post(CODE_DOOR, {"code": code})
    again = half_in()

    assert again.post(CODE_DOOR, {"code": code}).status_code == 422
    assert again.get("/meja/").status_code == 302


def test_a_code_before_the_last_taken_is_refused_too():
    secret, now = pyotp.random_base32(), datetime(2024, 1, 1, tzinfo=UTC)
    step = int(now.timestamp()) // 30

    assert step_of(secret, pyotp.TOTP(secret).generate_otp(step), now=now, after=0) == step
    assert step_of(secret, pyotp.TOTP(secret).generate_otp(step - 1), now=now, after=step) is None
    assert step_of(secret, pyotp.TOTP(secret).generate_otp(step - 2), now=now, after=0) is None


def test_a_recovery_code_opens_once_and_only_its_hash_is_kept(with_factor):
    first = with_factor[0]

    assert half_in().post(CODE_DOOR, {"code": first.lower()}).status_code == 302
    assert half_in().post(CODE_DOOR, {"code": first}).status_code == 422
    assert not RecoveryCode.objects.filter(code_hash__contains=first.replace("-", "")).exists()


def test_guessing_codes_is_slowed_down(with_factor):
    client = half_in()
    for _ in range(5):
        client.post(CODE_DOOR, {"code": "ABCDEFGHJK"})

    assert client.post(CODE_DOOR, {"code": fresh_code()}).status_code == 429


def test_without_the_password_no_code_is_asked(with_factor):
    answer = Client().post(CODE_DOOR, {"code": fresh_code()})

    assert (answer.status_code, answer.url) == (302, "/akun/masuk/")


def test_a_half_way_ends_when_the_password_is_changed_meanwhile(with_factor):
    client = half_in()
    user = User.objects.get(username="retno")
    user.set_password("lain-lain-lain-lain")
    user.save()

    assert client.post(CODE_DOOR, {"code": fresh_code()}).url == "/akun/masuk/"


def test_a_reset_does_not_go_round_the_second_factor(office, with_factor):
    given = invite(office["retno"], by=office["tono"], now=clock.now())
    client = Client()
    client.get(f"/akun/undangan/{given.token}/")
    asked = client.post("/akun/undangan/", {"password": "lontar-garam-perahu", "again": "lontar-garam-perahu"})

    assert asked.status_code == 200 and client.get("/meja/").status_code == 302
    assert client.post(CODE_DOOR, {"code": fresh_code()}).status_code == 302
    assert client.get("/meja/").status_code == 200


def test_it_is_taken_off_with_password_and_code_only(as_, with_factor):
    client = as_("retno")

    assert client.post(SETUP, {"password": "salah", "code": fresh_code()}).status_code == 422
    assert client.post(SETUP, {"password": PASSWORD, "code": "ABCDEFGHJK"}).status_code == 422
    assert client.post(SETUP, {"password": PASSWORD, "code": fresh_code()}).status_code == 302
    assert not User.objects.get(username="retno").has_second_factor and RecoveryCode.objects.count() == 0
    assert client.get("/meja/").status_code == 200


def test_only_bureau_and_administrator_take_off_that_of_others(client, as_, office):
    User.objects.filter(username__in=["ani", "retno"]).update(totp_seed="X", totp_confirmed_at=timezone.now())

    def removes(by, whom):
        return as_(by).post(f"/akun/orang/{office[whom].pk}/faktor-kedua/lepas/").status_code

    assert removes("rini", "ani") == 404 and removes("wahyu", "retno") == 404
    assert User.objects.filter(totp_confirmed_at__isnull=False).count() == 2
    assert removes("wahyu", "ani") == 302 and removes("tono", "retno") == 302
    assert User.objects.filter(totp_confirmed_at__isnull=False).count() == 0 and len(told("factor.remove")) == 2


def test_whoever_an_edition_asks_sets_it_before_anything_else(as_):
    declare_second_factor("uji-2024", "65", ["B", "R"])

    for name in ("retno", "rini"):
        client = as_(name)
        assert client.get("/meja/").url == SETUP and client.post("/akun/orang/impor/").url == SETUP
        assert client.get("/akun/saya/").status_code == client.get(SETUP).status_code == 200
        assert client.get("/").status_code == 200
        assert client.post("/akun/keluar/").url == "/"
    for name in ("ani", "tetangga"):  # another role, and the same role over another province
        assert as_(name).get("/meja/").status_code == 200


def test_whoever_has_set_it_is_not_held_up(as_, with_factor):
    declare_second_factor("uji-2024", "65", ["B"])

    assert as_("retno").get("/meja/").status_code == 200


def test_on_demonstration_data_it_is_off_and_the_page_says_so(as_, with_factor):
    declare_second_factor("uji-2024", "65", ["B"])
    start_demonstration_clock(datetime(2023, 10, 31, 3, 0, tzinfo=UTC))

    assert half_in().get("/meja/").status_code == 200
    assert as_("wahyu").get("/meja/").status_code == 200
    assert "Mati pada data peragaan" in as_("wahyu").get("/akun/saya/").content.decode()
    assert "Faktor kedua mati pada data peragaan." in Client().get(DOOR).content.decode()
    as_("wahyu").post(f"{SETUP}mulai/")
    assert User.objects.get(username="wahyu").totp_seed == ""


@pytest.mark.parametrize(
    ("written", "kept"), [("", ["BT"]), ("faktor_kedua: [B, T, J]\n", ["BJT"]), ("faktor_kedua: []\n", [])]
)
def test_a_real_edition_writes_what_it_declares_and_a_sample_nothing(db, written, kept):
    told_story = play_small(LONG_BEFORE)
    assert SecondFactorRule.objects.count() == 0

    text = EDITION.replace("kaltara-2024-uji", "kaltara-2024-nyata") + written
    open_edition(text, name="uji.yaml", by=told_story.bureau[0], now=LONG_BEFORE)

    assert [rule.roles for rule in SecondFactorRule.objects.all()] == kept


def test_the_factor_and_its_codes_stand_in_no_journal_line_and_no_attempt(with_factor):
    secret = secret_of(User.objects.get(username="retno").totp_seed)
    lines = "".join(told("factor.begin") + told("factor.set"))

    assert lines and secret not in lines and not any(code in lines for code in with_factor)
    assert SignInAttempt.objects.count() == 0


def test_the_database_alone_gives_no_code(with_factor, settings):
    seed = User.objects.get(username="retno").totp_seed
    known = secret_of(seed)

    settings.SECRET_KEY = "kunci server lain"

    assert seed not in known and secret_of(seed) != known
    client = half_in()
    assert (
        client.post(CODE_DOOR, {"code": pyotp.TOTP(known).at(timezone.now() + timedelta(seconds=30))}).status_code
        != 302
    )

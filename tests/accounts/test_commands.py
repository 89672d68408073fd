"""On the server: the first account, the forgotten administrator, people in bulk; each is told in the journal."""

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from sp2k.accounts.commands import create, import_, reset
from sp2k.accounts.models import User
from sp2k.base.refusals import Refused
from sp2k.journal.models import Line
from sp2k.journal.queries import replay
from tests.accounts.conftest import PASSWORD, told, workbook
from tests.accounts.test_lists import BUDI


def says(command, *arguments):
    answer = CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def test_the_first_account_is_made_with_a_password_that_opens(office):
    said = says(create, "baru", "--nama", "Orang Baru", "--peran", "B:65")
    password = said.strip().rpartition(" ")[2]

    assert Client().post("/akun/masuk/", {"username": "baru", "password": password}).status_code == 302
    line = Line.objects.filter(type="account.create").latest("seq")
    assert told("account.create") == [line.canonical]
    assert '"roles":["B:65"]' in told("account.create")[0] and "Orang Baru" not in told("account.create")[0]
    assert line.actor == "server"


def test_a_reset_ends_sessions_and_takes_the_second_factor_off_only_when_told(office):
    client = Client()
    client.post("/akun/masuk/", {"username": "tono", "password": PASSWORD})
    User.objects.filter(username="tono").update(totp_confirmed_at=timezone.now(), totp_seed="X")

    says(reset, "tono")
    kept = User.objects.get(username="tono")
    says(reset, "tono", "--faktor-kedua")
    gone = User.objects.get(username="tono")

    assert client.get("/meja/").status_code == 302
    assert (kept.has_second_factor, gone.has_second_factor) == (True, False)
    assert len(told("password.reset")) == 2 and len(told("factor.remove")) == 1
    with pytest.raises(Refused):
        says(reset, "tidakada")


def test_a_list_is_looked_at_then_taken_in_with_the_rights_of_whoever_brings_it(office, tmp_path):
    path = tmp_path / "orang.xlsx"
    path.write_bytes(workbook([BUDI]).getvalue())

    looked = says(import_, path, "--oleh", "retno", "--periksa")
    assert "Baris 2 budi: baru." in looked and not User.objects.filter(username="budi").exists()
    with pytest.raises(Refused):
        says(import_, path, "--oleh", "rini")
    assert says(import_, path, "--oleh", "retno").endswith("Selesai: 1 baris baru, 0 berubah, 0 tetap.\n")
    assert says(import_, path, "--oleh", "retno").endswith("Selesai: 0 baris baru, 0 berubah, 1 tetap.\n")


def test_the_chain_of_accounts_holds(office):
    says(create, "baru", "--nama", "Orang Baru", "--peran", "B:65")
    says(reset, "baru")

    replayed = replay("akun.instalasi")
    assert (replayed.is_intact, replayed.size) == (True, len(office) + 2)

"""Whatever breaks has a code; under it the whole trace stands on stderr, and nothing that was typed."""

import re

import pytest
from click.testing import CliRunner
from django.http import HttpRequest
from django.test import Client, RequestFactory

from sp2k.accounts.commands import create
from sp2k.accounts.models import User
from sp2k.base.faults.step import Step, answering
from sp2k.base.faults.trace import note_fault
from sp2k.config.cli import COMMANDS, Table

DOOR = "/akun/masuk/"
HEAD = re.compile(r"GALAT [0-9A-HJKMNP-TV-Z]{6} \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d (.*)")


def broken(monkeypatch, error: Exception) -> Client:
    """Let the page of the door break with `error`."""

    def breaks(*_args, **_options):
        raise error

    monkeypatch.setattr("sp2k.accounts.views.door.SignInForm", breaks)
    return Client(raise_request_exception=False)


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_a_broken_page_shows_the_code_under_which_the_whole_trace_stands(db, monkeypatch, noted):
    client = broken(monkeypatch, AttributeError("'Seat' object has no attribute 'holder'"))
    person = User.objects.create_user("retno", "Retno Wulandari")
    client.force_login(person)

    page = client.post(DOOR, {"username": "Ani Lestari", "password": "sawah-pinang-jala"})

    head, *trace = noted.getvalue().splitlines()
    code = head.split()[1]
    assert page.status_code == 500
    assert f'kode <b class="num">{code}</b>' in page.content.decode()
    assert HEAD.fullmatch(head)[1] == f"POST /akun/masuk/ akun={person.pk}"
    assert trace[0] == f"{code} | Traceback (most recent call last):"
    assert trace[-1] == f"{code} | builtins.AttributeError: 'Seat' object has no attribute 'holder'"
    assert any('door.py", line' in line for line in trace)
    assert {line[:9] for line in trace} == {f"{code} | "}


def test_a_script_is_told_the_code_in_a_sentence(db, monkeypatch, noted):
    client = broken(monkeypatch, AttributeError("x"))

    answer = client.post(DOOR, {"username": "a"}, headers={"Accept": "application/json"})

    code = noted.getvalue().split()[1]
    says = f"Permintaan Anda tidak dapat diselesaikan. Bila berulang, beri tahu administrator kode {code}."
    assert (answer.status_code, answer.json()) == (500, {"says": says})


def test_nothing_typed_and_no_name_stands_in_the_trace(db, monkeypatch, noted):
    client = broken(monkeypatch, ValueError("Ani Lestari typed 87,5"))

    client.post(f"{DOOR}?next=/rahasia/", {"username": "Ani Lestari", "password": "sawah-pinang-jala"})

    said = noted.getvalue()
    assert said.splitlines()[-1][9:] == "builtins.ValueError: (isi pesan tidak dicatat: dapat memuat ketikan)"
    for typed in ("Ani", "87,5", "sawah", "rahasia"):
        assert typed not in said.replace("raise error", "")


def test_no_line_of_the_log_can_be_forged(noted):
    forged = "\nGALAT AAAAAA 2026-01-01T00:00:00+07:00 GET / akun=1\r\x1b[2J\u2028GALAT BBBBBB"
    request = RequestFactory().get("/x")
    request.path = request.path_info = f"/meja/{forged}"

    with answering(Step(request)):
        code = note_fault(raised(OSError(5, forged)))

    head, *trace = noted.getvalue().splitlines()
    assert HEAD.fullmatch(head)
    assert [line[:5] for line in noted.getvalue().splitlines()].count("GALAT") == 1
    assert {line[:9] for line in trace} == {f"{code} | "}
    assert len([line for line in trace if "AAAAAA" in line]) == 1


def test_the_token_of_an_invitation_is_not_written(noted):
    request = RequestFactory().get("/akun/undangan/kunci-yang-membuka/?next=/meja/")

    with answering(Step(request)):
        note_fault(raised(TypeError("x")))

    assert HEAD.fullmatch(noted.getvalue().splitlines()[0])[1] == "GET /akun/undangan/*/ akun=-"


def test_a_chain_of_faults_is_told_from_its_beginning(noted):
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError as error:
            raise TypeError("second") from error
    except TypeError as error:
        note_fault(error)

    told = [line[9:] for line in noted.getvalue().splitlines()[1:]]
    assert told.index("builtins.OSError: [Errno 28] No space left on device") < told.index("Sesudah itu:")
    assert told[-1] == "builtins.TypeError: second"


def test_one_request_has_one_code_however_much_breaks(noted):
    with answering(Step(RequestFactory().get("/"))):
        first, second = note_fault(raised(TypeError("x"))), note_fault(raised(TypeError("y")))
    other = note_fault(raised(TypeError("z")))

    assert first == second != other


def test_a_page_that_is_not_there_has_no_code_and_leaves_no_trace(client, db, noted):
    answer = client.get("/tidak-ada/")

    assert (answer.status_code, noted.getvalue()) == (404, "")
    assert "kode" not in answer.content.decode()


def test_a_command_that_breaks_says_its_code_and_not_what_was_typed(monkeypatch):
    def breaks(*_args, **_options):
        raise error

    error = ValueError("Ani Lestari")
    monkeypatch.setattr(create, "callback", breaks)
    table = Table(COMMANDS, name="sp2k")

    said = CliRunner().invoke(table, ["user", "create", "ani", "--nama", "Ani Lestari", "--peran", "B:65"])

    head, *trace, sentence = said.output.splitlines()
    code = head.split()[1]
    assert said.exit_code == 1
    assert sentence == f"Salah: Perintah ini tidak selesai. Beri tahu administrator kode {code}."
    assert HEAD.fullmatch(head)[1] == "perintah: sp2k user create"
    assert "Ani" not in said.output
    assert trace[-1] == f"{code} | builtins.ValueError: (isi pesan tidak dicatat: dapat memuat ketikan)"


@pytest.mark.parametrize("request_", [HttpRequest()])
def test_a_request_without_method_or_person_is_noted_all_the_same(request_, noted):
    with answering(Step(request_)):
        note_fault(raised(TypeError("x")))

    assert HEAD.fullmatch(noted.getvalue().splitlines()[0])[1] == "-  akun=-"

"""A storage that takes nothing: a sentence with 503, what was typed is kept, nothing half done, signing in works."""

import re
import resource
import uuid
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from sp2k.accounts.models import SignInAttempt, User
from sp2k.accounts.sessions import CARRIED
from sp2k.accounts.unwritten import _TRIES
from sp2k.base.faults import whole_files
from sp2k.base.faults.storage import FULL, CannotStore, cannot_store
from sp2k.base.pages.broken import unavailable
from sp2k.journal.heads import heads_in_file, heads_path, keep_head
from sp2k.judging.models import Sheet, SheetDraft
from tests.faults.unwritable import read_only
from tests.judging.sheets.phone import EIGHTY, address_of, at_hour, phone_of
from tests.story.small import JURY_SEATED, at, play_small
from tests.story.unchanged import everything

DOOR = "/akun/masuk/"
PASSWORD = "sawah-pinang-jala"
KEPT = "Tidak ada yang hilang: yang sudah tersimpan tetap ada; kiriman ini belum tersimpan, isinya masih di halaman ini."


@pytest.fixture
def judging(db, monkeypatch):
    """The morning of the presentations."""
    at_hour(monkeypatch, at("2024-06-04 09.41"))
    return play_small(until=JURY_SEATED)


@pytest.fixture
def retno(transactional_db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _TRIES.clear()
    return User.objects.create_user("retno", "Retno", PASSWORD)


def said(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def enter(client, password=PASSWORD):
    return client.post(DOOR, {"username": "retno", "password": password})


def test_a_sheet_that_finds_no_room_comes_back_as_typed_and_is_received_once_there_is_room(judging, noted):
    phone = phone_of(judging, "dpmd")
    phone.open(address_of(judging, "65.01.01", "dpmd"))
    seal = address_of(judging, "65.01.01", "dpmd", "segel/")
    before = everything()

    with read_only():
        refused = phone.press(seal, **EIGHTY | {"catatan": "Gagasan baik."})
    code = noted.getvalue().split()[1]
    unchanged = everything()
    received = phone.press(seal, **EIGHTY | {"catatan": "Gagasan baik."})

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "120")
    assert (
        f"Server sedang hanya dapat membaca, tidak dapat menyimpan. {KEPT} Tunggu 2 menit, lalu kirim lagi; "
        f"bila tetap begini, beri tahu administrator kode {code}."
    ) in said(refused)
    assert 'value="80"' in refused.content.decode() and "Gagasan baik." in refused.content.decode()
    assert unchanged == before
    assert (received.status_code, Sheet.objects.count(), SheetDraft.objects.count()) == (302, 1, 0)


def test_a_draft_that_finds_no_room_is_a_503_to_the_script_which_tries_again(judging):
    phone = phone_of(judging, "dpmd")
    phone.open(address_of(judging, "65.01.01", "dpmd"))

    with read_only():
        answer = phone.type(address_of(judging, "65.01.01", "dpmd", "draf/"), nilai_K1="80")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    assert answer.json()["says"].startswith("Server sedang hanya dapat membaca")


LEAVE = "/akun/saya/keluar-semua/"


def test_a_button_without_a_form_is_offered_again_with_all_that_was_sent(client, retno):
    client.force_login(retno)
    typed = {"dari": '<b>"satu"</b>', "baris": "\nkedua"}

    with read_only():
        page = client.post(LEAVE, typed)

    text = page.content.decode()
    assert (page.status_code, page.headers["Retry-After"]) == (503, "120")
    assert f'<form method="post" action="{LEAVE}"' in text
    shown = re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', text, re.S)
    assert {name: unescape(value) for name, value in shown} == typed
    assert KEPT in said(page)
    assert "Kirim lagi" in text


def test_a_file_is_named_as_to_be_chosen_again(client, retno):
    client.force_login(retno)

    with read_only():
        page = client.post(LEAVE, {"dari": "x", "berkas": SimpleUploadedFile("daftar & <x>.csv", b"a,b")}).content.decode()

    assert "Pilih lagi berkasnya: daftar &amp; &lt;x&gt;.csv" in page
    assert '<input type="file" name="berkas"' in page
    assert 'enctype="multipart/form-data"' in page


def refusal() -> CannotStore:
    return cannot_store(FULL, OSError(28, "No space left on device"))


def test_what_another_site_sent_is_not_offered_again(db):
    forged = RequestFactory(enforce_csrf_checks=True).post("/edisi/x/kunci/", {"yakin": "ya"})
    forged._dont_enforce_csrf_checks = False

    page = unavailable(forged, refusal())

    assert page.status_code == 503
    assert "<form" not in page.content.decode()


@pytest.mark.parametrize("typed", [{"password": "sawah"}, {"old": "sawah"}, {"code": "sawah"}, {"token": "sawah"}])
def test_what_opens_an_account_is_never_written_into_a_page(db, typed):
    request = RequestFactory().post("/akun/saya/sandi/", typed | {"name": "Ani"})

    page = unavailable(request, refusal()).content.decode()

    assert "sawah" not in page and "<form" not in page
    assert "Kembali dengan tombol Kembali peramban, lalu kirim lagi dari halaman itu." in page


def test_signing_in_works_while_nothing_can_be_written(client, retno):
    with read_only():
        entered = enter(client)
        desk = client.get("/meja/")

    assert (entered.status_code, entered.url) == (302, "/meja/")
    assert (desk.status_code, desk.context["user"]) == (200, retno)
    assert client.cookies["sesi"].value.startswith(CARRIED)
    assert Session.objects.count() == SignInAttempt.objects.count() == 0


def test_a_session_goes_back_into_the_database_once_it_takes_it(client, retno):
    with read_only():
        enter(client)
    session = client.session
    session["kata"] = "x"
    session.save()

    assert not session.session_key.startswith(CARRIED)
    assert Session.objects.get().get_decoded() == dict(session.items())


def test_a_carried_session_cannot_be_made_up_and_ends(client, retno, settings, monkeypatch):
    with read_only():
        enter(client)
    honest = client.cookies["sesi"].value
    client.cookies["sesi"] = honest[:-3] + "AAA"
    assert client.get("/meja/").status_code == 302

    client.cookies["sesi"] = honest
    monkeypatch.setattr("sp2k.accounts.sessions.CARRIED_FOR", -1)
    assert client.get("/meja/").status_code == 302


def test_a_carried_session_ends_with_the_password(client, retno):
    with read_only():
        enter(client)
    retno.set_password("kelapa-teluk-gajah")
    retno.save()

    assert client.get("/meja/").status_code == 302


def test_guessing_is_counted_while_it_cannot_be_written(client, retno):
    with read_only():
        answers = [enter(client, "salah").status_code for _ in range(6)]
        right = enter(client)

    assert answers == [422] * 5 + [429]
    assert right.status_code == 429


def test_a_session_that_could_not_be_ended_is_said_to_live_on(client, retno):
    enter(client)

    with read_only():
        answer = client.post("/akun/keluar/")

    assert answer.status_code == 503
    assert "server sedang tidak dapat mencatatnya" in said(answer)
    assert client.cookies["sesi"].value == ""


def test_pages_are_read_while_nothing_can_be_written(judging):
    phone = phone_of(judging, "dpmd")

    with read_only():
        answer = phone.open(address_of(judging, "65.01.01", "dpmd"))

    assert answer.status_code == 200


def test_a_stored_file_leaves_nothing_half_written_behind(data_folder, monkeypatch):
    """The write itself meets a full disk: /dev/full takes no byte."""
    folder = data_folder / f"penuh-{uuid.uuid4().hex}"
    with pytest.raises(OSError, match="No space left"), open("/dev/full", "wb", buffering=0) as full_disk:
        monkeypatch.setattr(whole_files.os, "fsync", lambda _fd: full_disk.write(b"x"))
        whole_files.write_whole(folder / "berkas", b"isi")

    assert list(folder.iterdir()) == []


def test_a_head_that_finds_no_room_leaves_no_half_line_and_stops_nothing(tmp_path, settings, noted):
    settings.DATA_DIR = tmp_path
    told = {"at": at("2024-06-04 09.41")}
    keep_head("rantai", size=1, head="a" * 64, **told)
    whole = heads_path().stat().st_size
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (whole + 20, old[1]))  # twenty bytes more, then no room
    try:
        keep_head("rantai", size=2, head="b" * 64, **told)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    keep_head("rantai", size=3, head="c" * 64, **told)

    assert [head.size for head in heads_in_file("rantai")] == [1, 3]
    assert "builtins.OSError: [Errno 28] No space left on device" in noted.getvalue()

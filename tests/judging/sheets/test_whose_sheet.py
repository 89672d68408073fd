"""A sheet is its juror's alone: not found by others, not offered in a conflict, handed over with the seat."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.judging.actions import declare_conflict, record_attendance, seat_person
from sp2k.judging.models import Sheet, SheetDraft
from tests.judging.sheets.phone import EIGHTY, Phone, address_of, at_hour, body, fresh, phone_of, sealed, words
from tests.story.small import FIRST, JURY_SEATED, SECOND, at, duty, entry, play_small, seat
from tests.story.unchanged import everything

MORNING = at("2024-06-04 09.41")


@pytest.fixture
def judging(db, monkeypatch):
    """The morning of the presentations: three entries, three jurors, no sheet yet."""
    at_hour(monkeypatch, MORNING)
    return play_small(until=JURY_SEATED)


@pytest.fixture
def phone(judging):
    return phone_of(judging, "dpmd")


def test_another_jurors_sheet_is_not_found_just_as_one_that_does_not_exist(judging, phone, subtests):
    """Chair, bureau and inspectorate meet the same: the sheet's page is its juror's alone."""
    sealed(judging, phone_of(judging, "bappeda"), seat_code="bappeda")
    others, none = duty(judging, FIRST, "bappeda").pk, 999_999_999
    persons = (phone, phone_of(judging, "akademisi"), Phone(judging.bureau[0]))
    before = everything()

    for person in persons:
        for rest in ("", "ubah/", "versi/", "revisi/1/"):
            with subtests.test(f"{person.user} {rest}"):
                seen = [person.open(f"/juri/lembar/{number}/{rest}") for number in (others, none)]
                assert {answer.status_code for answer in seen} == {404}
                assert body(seen[0]) == body(seen[1])
        for rest in ("segel/", "draf/", "versi/"):
            with subtests.test(f"{person.user} POST {rest}"):
                seen = [
                    person.client.post(f"/juri/lembar/{number}/{rest}", fresh() | EIGHTY) for number in (others, none)
                ]
                assert {answer.status_code for answer in seen} == {404}
                assert body(seen[0]) == body(seen[1])
    assert everything() == before


def test_nobody_opens_a_sheet_without_signing_in(judging, client):
    for rest in ("", "ubah/", "versi/", "revisi/1/"):
        answer = client.get(address_of(judging, FIRST, "dpmd", rest))
        assert (answer.status_code, answer["Location"].startswith("/akun/masuk/")) == (302, True)


def test_a_juror_in_conflict_is_told_why_there_is_no_sheet(judging, phone):
    declare_conflict(
        seat(judging, "dpmd"), entry(judging, "presentasi", FIRST), reason="Adik kandung camat.", by=phone.user,
        now=MORNING,
    )  # fmt: skip

    answer = phone.open(address_of(judging, FIRST, "dpmd"))
    sent = phone.client.post(address_of(judging, FIRST, "dpmd", "segel/"), fresh() | EIGHTY)
    kept = phone.client.post(
        address_of(judging, FIRST, "dpmd", "draf/"), fresh() | EIGHTY, headers={"Accept": "application/json"}
    )

    sentence = "Anda tidak menilai peserta ini karena ada benturan kepentingan yang tercatat."
    assert (answer.status_code, sent.status_code, kept.status_code) == (403, 403, 403)
    assert sentence in words(answer) and sentence in words(sent) and kept.json() == {"says": sentence}
    assert 'name="nilai_K1"' not in answer.content.decode()
    assert (Sheet.objects.count(), SheetDraft.objects.count()) == (0, 0)
    assert "Tanjung Palas Kabupaten Bulungan Benturan kepentingan" in words(phone.open("/juri/lembar/"))


def test_an_absent_juror_is_told_whom_to_ask(judging, phone):
    record_attendance([duty(judging, FIRST, "dpmd")], "absen", by=judging.bureau[0], now=MORNING, reason="Sakit.")

    answer = phone.open(address_of(judging, FIRST, "dpmd"))

    assert answer.status_code == 403
    assert "tercatat juri absen pada Kecamatan Tanjung Palas, Kabupaten Bulungan. Minta sekretariat" in words(answer)


def test_a_newcomer_sees_what_remains_and_the_predecessor_reads_his_own(judging, phone):
    sealed(judging, phone)
    newcomer = create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
    seat_person(seat(judging, "dpmd"), newcomer, by=judging.bureau[0], now=MORNING, reason="Pindah tugas.")
    arrived = Phone(newcomer)

    remaining = words(arrived.open("/juri/lembar/"))
    assert ("Tanjung Palas" in remaining, "0 dari 2" in remaining) == (False, True)
    assert arrived.open(address_of(judging, FIRST, "dpmd")).status_code == 404
    kept = words(phone.open("/juri/lembar/"))
    assert ("Sesayap" in kept, "1 dari 1 Tanjung Palas Kabupaten Bulungan Diterima server, no. 1" in kept) == (
        False,
        True,
    )
    said = words(phone.open(address_of(judging, FIRST, "dpmd")))
    assert "K1 Kinerja 80" in said
    assert "Ubah dengan alasan Ini bukan tugas penilaian Anda." in said
    assert sealed(judging, arrived, code=SECOND).status_code == 302

"""Until the lock a juror learns nothing of another: neither name, mark, count, order nor the size of a page."""

import re
from contextlib import contextmanager
from html import unescape
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.urls import get_resolver

from sp2k.entries.sealing import Sending
from sp2k.judging.actions import declare_conflict, record_attendance, record_sheet
from sp2k.judging.actions.drafts import Copy, Typed, keep_draft
from sp2k.judging.models import Assignment
from tests.judging.sheets.phone import EIGHTY, Phone, address_of, at_hour, body, phone_of
from tests.story.small import FIRST, JURY_SEATED, SECOND, THIRD, at, duty, entry, holder, play_small, seat

MORNING, LATER = at("2024-06-04 09.41"), at("2024-06-05 16.30")
MARKS = {"K1": "91,5", "I1": "92", "I2": "93"}
LINK = re.compile(r'href="([^"]*)"')
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}|(?:[0-9a-f]{4} ){15}[0-9a-f]{4}")


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, MORNING)
    return play_small(until=JURY_SEATED)


def pages_of(story, juror: str) -> list[str]:
    """Every page that a juror's own rows lead to, filters included, and what stands around them."""
    own = [address_of(story, code, juror) for code in (FIRST, SECOND, THIRD)]
    stage_pages = ["/juri/lembar/tahap/kaltara-2024-uji/presentasi/", "/tahap/kaltara-2024-uji/presentasi/yakin/"]
    lists = ["/juri/lembar/", "/juri/lembar/?saring=belum", "/meja/", "/", "/hasil/", "/tahap/yakin/", *stage_pages]
    return lists + [address + rest for address in own for rest in ("", "ubah/", "versi/", "revisi/1/", "revisi/2/")]


def seen_by(phone: Phone, story, juror: str) -> dict[str, tuple[int, str]]:
    """What a juror sees at every page: the status and the bytes, own codes drawn by chance made equal."""
    seen = {}
    for address in pages_of(story, juror):
        answer = phone.client.get(address)
        seen[address] = (answer.status_code, answer.headers.get("Location", ""), CODE.sub("#", body(answer)))
    return seen


def crawled(phone: Phone) -> dict[str, tuple[int, str]]:
    """Every page that links lead to from a juror's desk and list, whoever's page it is."""
    ahead, seen = ["/meja/", "/juri/lembar/", "/juri/lembar/?saring=belum"], {}
    while ahead:
        address = ahead.pop(0)
        if address in seen:
            continue
        answer = phone.client.get(address)
        text = CODE.sub("#", body(answer)) if answer.headers["Content-Type"].startswith("text/html") else ""
        seen[address] = (answer.status_code, text)
        links = [unescape(link).partition("#")[0] for link in LINK.findall(text)]
        ahead += [urljoin(address, link) for link in links if not link.startswith(("http", "mailto", "/static/"))]
        assert len(seen) < 400
    return seen


def a_draft(story, code, juror):
    typed = Typed(dict.fromkeys(MARKS, "88"), {}, "Catatan rahasia.", "")
    keep_draft(
        duty(story, code, juror), typed, Copy("a" * 32), Sending(base_rev=0), by=holder(story, juror), now=MORNING
    )


def a_sheet(story, code, juror, **said):
    own = duty(story, code, juror)
    record_sheet(own, MARKS, by=holder(story, juror), now=MORNING, note="Catatan rahasia.", **said)


def absent(story, code, juror):
    record_attendance([duty(story, code, juror)], "absen", by=story.bureau[0], now=MORNING, reason="Sakit rahasia.")


def in_conflict(story, code, juror):
    declare_conflict(
        seat(story, juror),
        entry(story, "presentasi", code),
        reason="Adik rahasia.",
        by=holder(story, juror),
        now=MORNING,
    )


def everything_at_once(story, _code, juror):
    a_sheet(story, FIRST, juror)
    a_sheet(story, FIRST, juror, reason="Salah baca.")
    a_draft(story, SECOND, juror)
    absent(story, THIRD, juror)


ACTS = {
    "has sent a sheet": a_sheet, "keeps a draft": a_draft, "is absent": absent, "is in conflict": in_conflict,
    "has done all of it": everything_at_once,
}  # fmt: skip


def own_work(story):
    """What juror A does: one sheet sent, one changed, one in draft, one untouched."""
    phone = phone_of(story, "dpmd")
    for code, typed in ((FIRST, EIGHTY), (SECOND, EIGHTY)):
        phone.open(address_of(story, code, "dpmd"))
        phone.press(address_of(story, code, "dpmd", "segel/"), **typed)
    phone.open(address_of(story, FIRST, "dpmd", "ubah/"))
    phone.press(address_of(story, FIRST, "dpmd", "segel/"), **EIGHTY | {"nilai_K1": "81"}, perubahan="Salah hitung.")
    phone.open(address_of(story, THIRD, "dpmd"))
    phone.type(address_of(story, THIRD, "dpmd", "draf/"), nilai_K1="70")
    return phone


@contextmanager
def as_if():
    """What is done inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def seen_with(story, before=None, after=None, juror="bappeda"):
    """What A sees at the end, when B acts before A's own work, or after it."""
    with as_if():
        if before:
            before(story, FIRST, juror)
        phone = own_work(story)
        if after:
            after(story, FIRST, juror)
        return seen_by(phone, story, "dpmd")


@pytest.mark.parametrize("act", ACTS)
def test_every_page_of_a_juror_is_the_same_bytes_whatever_another_does(judging, act):
    alone = seen_with(judging)

    assert seen_with(judging, before=ACTS[act]) == alone
    assert seen_with(judging, after=ACTS[act]) == alone


def test_every_page_that_links_lead_a_juror_to_is_the_same_bytes_whatever_another_does(judging):
    def crawl(before=None, after=None):
        with as_if():
            if before:
                before(judging, FIRST, "bappeda")
            phone = own_work(judging)
            if after:
                after(judging, FIRST, "bappeda")
            return crawled(phone)

    alone = crawl()

    assert len(alone) > 20
    assert crawl(before=everything_at_once) == alone
    assert crawl(after=everything_at_once) == alone


def test_also_when_the_other_is_the_chair(judging):
    assert seen_with(judging, before=everything_at_once, juror="akademisi") == seen_with(judging)


def test_also_past_the_deadline_until_the_lock(judging, monkeypatch):
    def with_act(act):
        with as_if():
            phone = own_work(judging)
            if act:
                act(judging, FIRST, "bappeda")
            with monkeypatch.context() as later:
                at_hour(later, LATER)
                return seen_by(phone, judging, "dpmd")

    assert with_act(everything_at_once) == with_act(None)


def test_the_answers_to_sending_and_saving_are_the_same_too(judging):
    def answers(act):
        with as_if():
            if act:
                act(judging, FIRST, "bappeda")
            phone, address = phone_of(judging, "dpmd"), address_of(judging, FIRST, "dpmd")
            phone.open(address)
            kept = phone.type(address + "draf/", nilai_K1="80")
            refused = phone.press(address + "segel/", nilai_K1="80")
            sent = phone.press(address + "segel/", **EIGHTY)
            return kept.content, body(refused), sent.status_code, sent["Location"]

    assert answers(everything_at_once) == answers(None)


def test_the_comparison_would_see_a_leak(judging):
    """The pages are the juror's own and full: his own next act changes them."""
    alone = seen_with(judging)
    with as_if():
        phone = own_work(judging)
        phone.open(address_of(judging, THIRD, "dpmd"))
        phone.press(address_of(judging, THIRD, "dpmd", "segel/"), **EIGHTY)
        after = seen_by(phone, judging, "dpmd")

    assert {address for address in after if after[address] != alone[address]} >= {"/juri/lembar/"}
    assert [status for status, _where, _text in alone.values()].count(200) >= 10


def test_no_page_that_a_juror_opens_holds_another_jurors_name_institution_mark_or_note(judging):
    with as_if():
        for juror in ("bappeda", "akademisi"):
            everything_at_once(judging, FIRST, juror)
        phone = own_work(judging)
        text = "\n".join(page for _status, _where, page in seen_by(phone, judging, "dpmd").values())

    for word in ("rahasia", "91,5", "Universitas Borneo", "Bappeda", holder(judging, "bappeda").name):
        assert word not in text, word


def test_before_the_lock_the_chair_reads_no_mark_of_another(judging):
    for juror in ("bappeda", "dpmd"):
        everything_at_once(judging, FIRST, juror)
    chair = phone_of(judging, "akademisi")
    chair.user.memberships.create(role="K", region_id="65")

    seen = seen_by(chair, judging, "akademisi")

    text = "\n".join(page for _status, _where, page in seen.values())
    assert ("91,5" in text, "rahasia" in text) == (False, False)
    assert seen["/juri/lembar/tahap/kaltara-2024-uji/presentasi/"][0] == 403


def test_numbers_of_rows_stand_in_no_address_of_the_sheets(judging):
    """An address that named a row of a sheet would tell how many sheets there are."""
    patterns = [
        pattern.pattern._route
        for part in get_resolver().url_patterns
        if getattr(part, "namespace", "") == "judging"
        for pattern in part.url_patterns
        if pattern.pattern._route.startswith("lembar/")
    ]

    names = {name for route in patterns for name in re.findall(r"<\w+:(\w+)>", route)}
    assert names == {"duty", "number", "edition", "code"}
    assert Assignment.objects.count() == 9

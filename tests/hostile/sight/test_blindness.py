"""Before a lock a mark leaves no trace: pages, files, lengths and orders are the same whatever the marks are.

The very same rows are given other marks, notes and reasons; whoever did not write them must be answered byte for byte alike.
"""

import io
import re
import zipfile
from decimal import Decimal
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.db.models import Q

from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.entries.sealing import Sending
from sp2k.judging.actions import (
    attach_scan,
    confirm_paper,
    keep_late_sheet,
    print_papers,
    record_sheet,
    type_paper,
    void_sheet,
)
from sp2k.judging.actions.drafts import Copy, Typed, keep_draft
from sp2k.judging.models import LateSheet, Mark, PaperSheet, PaperTyping, Sheet, SheetDraft, VisitFinding
from sp2k.judging.readings import Reading
from sp2k.results.models import FrozenTally, Placement
from tests.hostile.addresses import Wanted, every_address
from tests.hostile.cast import cast, made
from tests.hostile.knocking import client_of, knock
from tests.hostile.sight.sealing import seal_counts_anew
from tests.judging.paper.story import scan
from tests.story.small import (
    DECREE_ISSUED,
    FIRST,
    JURY_SEATED,
    SECOND,
    THIRD,
    at,
    duty,
    holder,
    play_small,
    stage,
)

MARKS = {"K1": "87,5", "I1": "80", "I2": "75"}
MORNING, EVENING = at("2024-06-04 10.00"), at("2024-06-05 16.30")
# What differs by chance or by the moment from one answer to the next: tokens of forms, numbers of sendings.
_CHANCE = re.compile(
    rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,64}|[A-Za-z0-9]{64}|(?:[0-9a-f]{4} ){7,15}[0-9a-f]{4}"
)
_HEADERS = ("Content-Type", "Content-Disposition", "Location", "ETag", "Last-Modified", "Cache-Control")


@pytest.fixture
def judging(db, monkeypatch):
    """The jury's second evening: sheets, a revised and a voided one, drafts, a late one, a paper typed by two."""
    story = play_small(JURY_SEATED)
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    first, second = story.bureau
    for code in (FIRST, SECOND):
        for seat in ("akademisi", "bappeda", "dpmd"):
            if (code, seat) != (SECOND, "bappeda"):
                record_sheet(duty(story, code, seat), MARKS, by=holder(story, seat), now=MORNING, note="Catatan.")
    again = duty(story, FIRST, "bappeda")
    record_sheet(again, MARKS | {"K1": "60"}, by=holder(story, "bappeda"), now=MORNING, reason="Salah baca.",
                 sending=Sending(base_rev=1))  # fmt: skip
    wrong = Sheet.objects.get(assignment=duty(story, SECOND, "akademisi"))
    void_sheet(wrong, reason="Tertukar.", by=first, now=MORNING)
    own = duty(story, THIRD, "bappeda")
    keep_draft(
        own,
        Typed(MARKS, {}, "Draf.", ""),
        Copy("a" * 32),
        Sending(base_rev=0),
        by=holder(story, "bappeda"),
        now=MORNING,
    )
    print_papers(stage(story, "presentasi"), [duty(story, SECOND, "bappeda")], by=first, now=MORNING)
    paper = PaperSheet.objects.get()
    for typist, marks in ((first, MARKS), (second, MARKS | {"K1": "70"})):
        type_paper(paper, Reading(marks, {}, ""), by=typist, now=MORNING)
    attach_scan(paper, scan(), by=first, now=MORNING)
    monkeypatch.setattr(clock, "now", lambda: EVENING)
    keep_late_sheet(
        duty(story, THIRD, "dpmd"), MARKS, by=holder(story, "dpmd"), now=EVENING, sending=Sending(), note="Telat."
    )
    return story


def other_marks(viewer) -> None:
    """Give everything that the viewer did not write other marks and words, the best becoming the worst."""
    viewer = viewer or User(pk=0)
    for mark in Mark.objects.exclude(sheet__by=viewer):
        Mark.objects.filter(pk=mark.pk).update(
            value=Decimal(100) - mark.value, remark="Alasan lain yang lebih panjang."
        )
    Sheet.objects.exclude(by=viewer).update(note="Catatan lain, jauh lebih panjang daripada yang tadi.")
    told = {"note": "Lain sekali.", "marks": {"K1": "1", "I1": "2"}}
    LateSheet.objects.exclude(by=viewer).update(**told, reason="Alasan lain.")
    SheetDraft.objects.exclude(by=viewer).update(**told, set_aside=[])
    # What a typist read stays the typists' and the juror's own business.
    PaperTyping.objects.exclude(Q(paper__typings__by=viewer) | Q(paper__juror=viewer)).update(
        marks={"K1": "3"}, note="Beda."
    )
    VisitFinding.objects.exclude(by=viewer).update(verdict="lebih", note="Jauh lebih baik daripada yang dilaporkan.")


def no_drafts(viewer) -> None:
    """Take away what others have only begun."""
    SheetDraft.objects.exclude(by=viewer or User(pk=0)).delete()


def other_result(viewer) -> None:
    """Turn the jury's counts around, totals and all, as if others had won."""
    other_marks(viewer)
    for row in Placement.objects.filter(tally__scope=""):
        total = str(Decimal(100) - Decimal(row.total)) if row.total else ""
        place = 9 - row.place if row.place else None
        Placement.objects.filter(pk=row.pk).update(total=total, own_total=total, place=place, aspects={})
    FrozenTally.objects.filter(scope="").update(sheets="lain", places="lain", trace="lain", input_hash="f" * 64)
    seal_counts_anew()


def seen(user, addresses) -> dict:
    """What a person is answered everywhere, with what is drawn by chance made equal; the disk stands still meanwhile."""
    client, disk = client_of(user), SimpleNamespace(total=9_000, used=1_000, free=8_000)
    with patch("shutil.disk_usage", return_value=disk):
        return {address.path: _answer(knock(client, address.path).response) for address in addresses}


def _answer(response):
    body = response.getvalue() if response.streaming else response.content
    headers = {name: response.headers.get(name) for name in _HEADERS}
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            parts = [(name, book.read(name)) for name in book.namelist() if not name.startswith("docProps/")]
        return response.status_code, headers, parts
    if body[:5] == b"%PDF-":
        return response.status_code, headers, len(body)
    body = _CHANCE.sub(b"#", body)
    return response.status_code, headers, body, len(body)


def differences(before: dict, after: dict) -> list[str]:
    return [path for path in before if before[path] != after[path]]


OTHERS = ("bureau", "regency", "camat", "chair", "juror", "inspectorate", "leader", None)


@pytest.mark.parametrize("who", OTHERS)
def test_before_the_lock_no_page_is_another_for_other_marks_or_drafts(judging, who):
    people = cast(judging)
    # Whether two readings of a paper agree is its state, and other marks here make them agree: it is not compared.
    addresses = [one for one in every_address(Wanted(2, (), ("presentasi",))) if "kertas/k/" not in str(one)]
    viewer = people[who] if who else None
    before = seen(viewer, addresses)

    other_marks(viewer)
    no_drafts(viewer)

    assert differences(before, seen(viewer, addresses)) == []


def test_whoever_writes_sees_his_own(judging):
    """The comparison can fail: what the juror himself wrote is on his pages."""
    people, addresses = cast(judging), list(every_address(Wanted(2, (), ("presentasi",))))
    before = seen(people["juror"], addresses)

    other_marks(people["bureau"])

    assert differences(before, seen(people["juror"], addresses)) != []


@pytest.mark.parametrize("who", ["regency", "camat", "verifier", "admin", "next province", None])
def test_before_the_announcement_outsiders_cannot_tell_one_result_from_another(db, monkeypatch, who):
    story = play_small(DECREE_ISSUED)
    monkeypatch.setattr(clock, "now", lambda: DECREE_ISSUED)
    people, addresses = cast(story), list(every_address(Wanted(2, (), ("presentasi", "lapang"))))
    viewer = people[who] if who else None
    before = seen(viewer, addresses)

    other_result(viewer)

    assert differences(before, seen(viewer, addresses)) == []


_EDITION = "/catatan/edisi/kaltara-2024-uji/"
RECORDS = ("/catatan/", _EDITION, f"{_EDITION}tabel.csv", "/catatan/luar-edisi/")
ASKED = (
    "",
    "?halaman=semua",
    "?jenis=penilaian",
    "?jenis=kertas",
    "?jenis=panel",
    f"?peserta={THIRD}",
    "?hari=2024-06-04",
)


def records(user) -> dict:
    """The record of acts as a person is answered, whatever he narrows it to."""
    client = client_of(user)
    return {f"{path}{asked}": _answer(client.get(f"{path}{asked}")) for path in RECORDS for asked in ASKED}


@pytest.mark.parametrize("who", ["bureau", "regency", "camat", "verifier", "chair", "juror", "leader", "admin"])
def test_before_the_lock_the_record_is_the_same_whatever_others_seal(db, monkeypatch, who):
    """Not marks alone: that another has sealed, revised, come late, typed or confirmed leaves no row, count or page."""
    story = play_small(JURY_SEATED)
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    people, other = cast(story), holder(story, "bappeda")
    print_papers(stage(story, "presentasi"), [duty(story, SECOND, "bappeda")], by=story.bureau[0], now=MORNING)
    paper, typists = PaperSheet.objects.get(), story.bureau[1:] + (made("biro-tiga", "B", "65"),)
    attach_scan(paper, scan(), by=story.bureau[0], now=MORNING)
    before = records(people[who])

    record_sheet(duty(story, FIRST, "bappeda"), MARKS, by=other, now=MORNING)
    record_sheet(
        duty(story, FIRST, "bappeda"), MARKS, by=other, now=MORNING, reason="Ralat.", sending=Sending(base_rev=1)
    )
    for typist in typists:
        type_paper(paper, Reading(MARKS, {}, ""), by=typist, now=MORNING)
    confirm_paper(paper, by=other, now=MORNING)
    keep_late_sheet(duty(story, THIRD, "bappeda"), MARKS, by=other, now=EVENING, sending=Sending())

    assert differences(before, records(people[who])) == []


def test_the_inspectorate_and_the_writer_see_the_record_grow(db, monkeypatch):
    """The comparison above can fail: who may read such lines finds them."""
    story = play_small(JURY_SEATED)
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    people = cast(story)
    before = {who: records(people[who]) for who in ("inspectorate", "juror")}

    record_sheet(duty(story, FIRST, "dpmd"), MARKS, by=holder(story, "dpmd"), now=MORNING)

    assert all(differences(before[who], records(people[who])) != [] for who in before)

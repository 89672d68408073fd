"""Whatever is sent to whichever address, by whomever: never a fault, never half a write, and no write without its line."""

from itertools import cycle, islice
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm

from sp2k.base import clock
from tests.hostile.addresses import Wanted, every_address
from tests.hostile.cast import cast
from tests.hostile.forms_of_a_page import forms_of
from tests.hostile.knocking import client_of, knock
from tests.story.small import FORMS_OPEN, NOMINATIONS_OPEN, SHEETS_IN, VISIT_FROZEN, at, play_small
from tests.story.unchanged import everything

GARBAGE = (
    "", "²", "9" * 40, "-1", "\x00", "nama \u202e kebalik", "ا" * 70, '=HYPERLINK("http://x.test")', "1e9", "x" * 3000, "<b>",
    "a\r\nSet-Cookie: x=1", "2024-02-30", "٣", "nan",
)  # fmt: skip
ANSWERS = {200, 302, 400, 403, 404, 405, 409, 410, 413, 422, 423, 429}
ROLES = ("bureau", "regency", "verifier", "camat", "chair", "juror", "inspectorate", "leader", "admin")
MOMENTS = {
    "isian": FORMS_OPEN, "seleksi": NOMINATIONS_OPEN, "presentasi": SHEETS_IN, "lapang": at("2024-06-21 15.30"),
    "keputusan": VISIT_FROZEN,
}  # fmt: skip
# What is begun and not yet done has no line: drafts, photos that wait for their finding, a taste for a language or theme.
WITHOUT_LINE = {
    "entries:fill", "entries:autosave", "entries:documents", "entries:drop-document", "entries:send", "judging:keep-draft",
    "judging:send-sheet", "judging:versions", "judging:visit-claim", "accounts:language", "accounts:login", "accounts:profile",
    "editions:manuscript", "entries:check", "entries:autosave-check", "entries:autosave-reason",
}  # fmt: skip
# An invitation is shown in the answer itself, once: its code is kept nowhere and cannot be led to.
SHOWN_ONCE = {"accounts:invite", "accounts:letters"}


def every_form_field() -> list[str]:
    """The names of all fields of all forms of ours, and of what views read by themselves."""
    found, ahead = set(), [BaseForm]
    while ahead:
        kind = ahead.pop()
        ahead += kind.__subclasses__()
        if kind.__module__.startswith("sp2k."):
            found |= set(getattr(kind, "base_fields", ()))
    read = {
        "act",
        "answer",
        "role",
        "subject",
        "shown",
        "hadir",
        "batal",
        "sesi",
        "kursi",
        "pilih",
        "putusan",
        "revisi",
        "way",
    }
    return sorted(
        found | read | {"next", "bahasa", "peserta", "tugas", "naskah", "base_rev", "op_id", "device_nonce", "text"}
    )


def bodies(page: str, path: str) -> list[dict]:
    """Nothing at all; every field there is, with garbage; and the page's own forms with garbage where a person types."""
    names = every_form_field()
    sent = [{}, *({name: value for name, value in zip(names, _turned(turn))} for turn in (1, 6))]  # noqa: B905
    for form in forms_of(page):
        if form.action in {"", path}:
            for turn in (0, 4, 9):
                sent.append(form.fields | dict(zip(form.typed, _turned(turn), strict=False)))
            files = {name: SimpleUploadedFile("../bukti\u202egpj.exe", b"") for name in form.files}
            sent += [form.fields | files] if files else []
    return sent


def _turned(turn: int):
    return islice(cycle(GARBAGE), turn, None)


def told(data: dict) -> str:
    return str({name: str(value)[:30] for name, value in data.items()})[:300]


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_garbage_makes_a_fault_or_half_a_write(db, monkeypatch, moment):
    now = MOMENTS[moment]
    story = play_small(until=now)
    monkeypatch.setattr(clock, "now", lambda: now)
    people, stages = cast(story), (moment,) if moment != "keputusan" else ("lapang",)
    addresses, stood = list(every_address(Wanted(1, (), stages))), everything()
    faults, half, silent = [], [], []
    for who in ROLES:
        client = client_of(people[who])
        for address in addresses:
            if knock(client, address.path, {}).status in {404, 405}:
                continue
            opened = knock(client, address.path)
            page = opened.response.content.decode() if opened.status == 200 and not opened.response.streaming else ""
            for data in bodies(page if page.startswith("<!") else "", address.path):
                answer = knock(client, address.path, data, look=everything)
                if answer.status not in ANSWERS:
                    faults.append((who, str(address), answer.status, told(data)))
                is_half = answer.status != 302 and address.name not in WITHOUT_LINE | SHOWN_ONCE
                if answer.writes and is_half and answer.seen != stood:
                    half.append((who, str(address), answer.status, told(data)))
                if answer.lacks_line and answer.seen != stood and address.name not in WITHOUT_LINE:
                    silent.append((who, str(address), answer.writes[0][:80]))

    assert not faults, lines(faults)
    assert not half, lines(half)
    assert not silent, lines(silent)


def lines(found: list) -> str:
    return "\n".join(map(str, found))


@pytest.mark.parametrize(
    "body", [b"alasan=%ff%fe&name=\xff\xfe", b"\xff" * 50, b"%", b"a" * 100_000], ids=["bytes", "ff", "percent", "long"]
)
def test_a_body_that_is_no_form_is_no_fault(db, monkeypatch, body):
    story = play_small(until=SHEETS_IN)
    monkeypatch.setattr(clock, "now", lambda: SHEETS_IN)
    people = cast(story)
    addresses = list(every_address(Wanted(1, (), ("presentasi",))))
    for who in ("bureau", "juror"):
        client = client_of(people[who])
        for address in addresses:
            answer = knock(client, address.path, body, content_type="application/x-www-form-urlencoded")
            assert answer.status in ANSWERS, str(address)


def test_a_query_that_makes_no_sense_is_no_fault(db, monkeypatch):
    story = play_small(until=SHEETS_IN)
    monkeypatch.setattr(clock, "now", lambda: SHEETS_IN)
    people = cast(story)
    asked = ("halaman", "kab", "sesi", "cari", "q", "peran", "keadaan", "edisi", "saring", "urut", "status", "jenis", "cara",
             "tahap", "prov", "act", "subject", "role", "juri", "benih", "kursi", "peserta", "ukuran")  # fmt: skip
    faults = []
    for who in ("bureau", "juror", "regency", "admin", None):
        client = client_of(people[who] if who else None)
        for address in every_address(Wanted(1, (), ("presentasi", "seleksi"))):
            for turn in (1, 6):
                query = urlencode(dict(zip(asked, _turned(turn))))  # noqa: B905  as many values as are asked
                answer = knock(client, f"{address.path}?{query}")
                if answer.status not in ANSWERS:
                    faults.append((who, address.path, answer.status, query[:120]))
                if answer.status in {403, 404, 405}:
                    break
    assert faults == []

"""A name is a name: whatever people are called and write, no page runs it, no spreadsheet reckons with it, no header ends."""

import csv
import io
import zipfile
from email.message import EmailMessage

import pytest

from sp2k.base import clock
from tests.hostile.addresses import Wanted, every_address
from tests.hostile.cast import cast
from tests.hostile.knocking import client_of, knock
from tests.story.nasty import tell_nasty
from tests.story.small import DECREE_ISSUED, LONG_AFTER, SHEETS_IN

RUN = ("<script>alert(1)", "<img src=x onerror", '"><img')
WHO = ("bureau", "regency", "verifier", "camat", "chair", "juror", "inspectorate", "leader", "admin", None)


_ANSWERED: dict[tuple, list] = {}  # asked once a moment: the tests only read


@pytest.fixture(
    params=[(SHEETS_IN, "presentasi"), (DECREE_ISSUED, "lapang"), (LONG_AFTER, "seleksi")],
    ids=["jury", "decision", "published"],
)
def answers(request, db, monkeypatch):
    """What everybody is answered everywhere in a story of which every name and word is nasty."""
    if request.param in _ANSWERED:
        return _ANSWERED[request.param]
    now, code = request.param
    story = tell_nasty(now)
    monkeypatch.setattr(clock, "now", lambda: now)
    people = cast(story)
    found = []
    for who in WHO:
        client = client_of(people[who] if who else None)
        for address in every_address(Wanted(1, (), (code, "isian"))):
            answer = knock(client, address.path)
            if answer.status == 200:
                found.append((who, address.path, answer.response))
    return _ANSWERED.setdefault(request.param, found)


def test_no_page_runs_what_people_wrote(answers):
    pages = [(who, path, body(response)) for who, path, response in answers if kind(response).startswith("text/html")]

    assert [(who, path) for who, path, page in pages if any(run in page for run in RUN)] == []
    assert sum("&lt;script&gt;alert(1)" in page for _who, _path, page in pages) > 20


def test_no_spreadsheet_reckons_with_what_people_wrote(answers):
    books = [(path, response) for _who, path, response in answers if kind(response).endswith("spreadsheetml.sheet")]
    tables = [(path, response) for _who, path, response in answers if kind(response).startswith("text/csv")]

    assert books and tables
    assert [path for path, response in books if formula_in(response)] == []
    assert [
        path for path, response in tables if any(cell.startswith("=") for row in rows(response) for cell in row)
    ] == []


def test_no_header_and_no_calendar_line_ends_early(answers):
    for _who, path, response in answers:
        for name, value in response.headers.items():
            assert "\r" not in value and "\n" not in value, (path, name)
            assert name != "Content-Disposition" or parts_of(value) <= PARTS, (path, value)
        if kind(response).startswith("text/calendar"):
            assert all(line.startswith(" ") or ":" in line for line in body(response).split("\r\n") if line)


PARTS = {"attachment", "inline", "filename"}


def parts_of(disposition: str) -> set[str]:
    """What a browser reads in the header: the name of a file, however nasty, is one part of it."""
    header = EmailMessage()
    header["Content-Disposition"] = disposition
    return {header["Content-Disposition"].content_disposition, *header["Content-Disposition"].params}


def kind(response) -> str:
    return response.headers.get("Content-Type", "")


def body(response) -> str:
    return (response.getvalue() if response.streaming else response.content).decode()


def rows(response):
    return csv.reader(io.StringIO(body(response)))


def formula_in(response) -> bool:
    """Whether a workbook holds a formula or a link made of what people wrote."""
    content = response.getvalue() if response.streaming else response.content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    return any("HYPERLINK" in part.split("</f>")[0] for sheet in sheets for part in sheet.split("<f>")[1:]) or any(
        "<hyperlink" in sheet for sheet in sheets
    )


@pytest.mark.parametrize(
    "header", ["Referer", "Host", "X-Forwarded-Host", "X-Forwarded-Proto", "Accept-Language", "Cookie"]
)
def test_headers_of_a_stranger_lead_nowhere(db, client, header):
    for address in ("/akun/masuk/", "/akun/masuk/?next=//jahat.test/", "/akun/masuk/?next=https:jahat.test", "/meja/"):
        answer = client.get(
            address, headers={header: "jahat.test\u0000<script>"} if header == "Referer" else {header: "jahat.test"}
        )

        assert answer.status_code in {200, 302, 400}
        assert not answer.headers.get("Location", "").startswith(("//", "http://jahat", "https:"))

"""Whatever can be fetched from the demonstration says that its data are a sample: first line, watermark or title."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from sp2k.accounts.models import User
from tests.pages.crawl import crawled
from tests.pages.people import USERNAMES

EMPTY = {"accounts:import-template"}  # columns to fill in, and nobody's data


def fetched() -> dict[str, tuple[str, bytes]]:
    """Return one file of each address that a person meets: {address: (kind of content, content)}."""
    found = {}
    for username in USERNAMES:
        for visit in crawled(username):
            if visit.status == 200 and not visit.is_page and not visit.content_type.startswith("image/"):
                found.setdefault(visit.name, (visit.username, visit.path))
    return {name: _fetch(*where) for name, where in found.items() if name not in EMPTY}


def _fetch(username, path) -> tuple[str, bytes]:
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.get(path)
    return answer.headers["Content-Type"], answer.getvalue()


def says_so(kind: str, content: bytes) -> bool:
    """Return whether every sheet, every page or the first line says that the data are a sample."""
    if "pdf" in kind:
        return all("DATA CONTOH" in page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if "spreadsheet" in kind:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        return all(str(rows[0][0]).lstrip("# ").startswith("Data contoh") for rows in sheets)
    if "calendar" in kind:
        titles = [line for line in content.decode().splitlines() if line.startswith("SUMMARY")]
        return bool(titles) and all(title.startswith("SUMMARY:Data contoh: ") for title in titles)
    return content.decode().startswith("# Data contoh")


@pytest.mark.slow
def test_every_file_says_that_it_is_a_sample(demonstration, db):
    files = fetched()

    assert [name for name, (kind, content) in files.items() if not says_so(kind, content)] == []
    assert len(files) >= 25

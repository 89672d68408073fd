"""Pages that must appear when little else works, and files that came from elsewhere."""

import hashlib
import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.defaults import server_error

from sp2k.base.wording import in_fours, size_in_words

BASE = settings.SOURCE_DIR / "sp2k" / "base"


def test_the_page_of_a_broken_server_needs_no_database():
    page = server_error(RequestFactory().get("/"))  # a query here would fail: this test has no database

    assert page.status_code == 500
    assert "Server sedang bermasalah" in page.content.decode()


@pytest.mark.django_db
def test_a_request_for_a_foreign_host_gets_the_page_of_unreadable_requests(client):
    page = client.get("/", headers={"host": "jahat.test"})

    assert page.status_code == 400
    assert "Permintaan tidak dapat dibaca" in page.content.decode()


def test_a_refusal_shows_its_own_reason_escaped_or_the_usual_one():
    assert "Wilayah &lt;ini&gt; di luar" in render_to_string("403.html", {"exception": "Wilayah <ini> di luar"})
    assert "Peran Anda tidak mencakup tindakan ini." in render_to_string("403.html")


def test_every_font_is_named_with_its_hash_and_licence():
    listed = dict(re.findall(r"`(fonts/[^`]+)`.*`([0-9a-f]{64})`", (BASE / "VENDORED.md").read_text("utf-8")))
    fonts = (BASE / "static" / "base" / "fonts").iterdir()

    assert listed == {f"fonts/{font.name}": hashlib.sha256(font.read_bytes()).hexdigest() for font in fonts}
    for licence in ("OFL-1.1.txt", "GUST-FONT-LICENSE.txt"):
        assert (settings.SOURCE_DIR / "LICENSES" / licence).stat().st_size > 1000


def test_sizes_and_hashes_are_written_for_people():
    assert [size_in_words(n) for n in (1, 57_037, 1_800_000, 77_035_000_000)] == [
        "1 kB", "57 kB", "1,8 MB", "77 GB",
    ]  # fmt: skip
    assert in_fours("7f3a91c40b") == "7f3a 91c4 0b"

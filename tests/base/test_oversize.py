"""A body too large to be taken is cut off with a page that says what to do; nothing of it reaches the disk."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from sp2k.base.pages.oversize import CHUNK, MOST_DISCARDED, TooLargeIsCutOff


class Endless(io.RawIOBase):
    """A body of any length that remembers how much of it was read, and in how large pieces."""

    def __init__(self, length):
        self.left, self.taken, self.largest = length, 0, 0

    def read(self, size=-1):
        assert size > 0
        given = min(size, self.left)
        self.left, self.taken, self.largest = self.left - given, self.taken + given, max(self.largest, size)
        return b"\0" * given


def sent(length, body) -> WSGIRequest:
    return WSGIRequest({
        "REQUEST_METHOD": "POST", "PATH_INFO": "/isian/", "CONTENT_LENGTH": str(length), "wsgi.input": body,
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    })  # fmt: skip


def answered(length):
    body, reached = Endless(length), []
    response = TooLargeIsCutOff(lambda request: reached.append(request) or HttpResponse("sampai"))(sent(length, body))
    return response, body, reached


def test_two_hundred_megabytes_are_thrown_away_in_small_pieces_and_reach_no_parser(db):
    response, body, reached = answered(200 * 10**6)

    assert (response.status_code, reached) == (413, [])
    assert (body.left, body.largest) == (0, CHUNK)
    page = response.content.decode()
    assert "Kiriman ini 200 MB; paling besar 64 MB sekali kirim." in page
    assert "Tidak ada yang disimpan." in page
    assert response.headers["Connection"] == "close"


def test_a_body_without_end_is_not_read_to_its_end(db):
    response, body, _ = answered(10**15)

    assert (response.status_code, body.taken) == (413, MOST_DISCARDED)


@pytest.mark.parametrize("length", ["0", "", "bukan angka", "64000000"])
def test_what_may_be_sent_goes_on_unread(length):
    body = Endless(10)

    response = TooLargeIsCutOff(lambda request: HttpResponse("sampai"))(sent(length, body))

    assert (response.content, body.taken) == (b"sampai", 0)


def test_the_page_is_shown_by_the_site_itself(client, db, settings):
    settings.LARGEST_REQUEST = 1000

    response = client.post("/akun/masuk/", {"username": "a" * 1001})

    assert response.status_code == 413
    assert "Kesalahan 413" in response.content.decode()
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert client.post("/akun/masuk/", {"username": "a"}).status_code == 422

"""Cutting off what is too large to be read, before any of it is parsed or written to the disk."""

import time

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sp2k.base.wording import size_in_words

CHUNK = 64 * 1024
# So much is read and thrown away at most, and for so long, that a browser still sending can hear the answer.
MOST_DISCARDED = 256 * 10**6
LONGEST_DISCARDING = 30


class TooLargeIsCutOff:
    """Answer 413 to a body larger than `LARGEST_REQUEST`; it never reaches a parser, an upload handler or a file."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = _length(request)
        if length <= settings.LARGEST_REQUEST:
            return self.get_response(request)
        _discard(request.META.get("wsgi.input"), length)
        said = _("Kiriman ini %(size)s; paling besar %(largest)s sekali kirim.") % {
            "size": size_in_words(length), "largest": size_in_words(settings.LARGEST_REQUEST),
        }  # fmt: skip
        response = HttpResponse(render_to_string("413.html", {"said": said}), status=413)
        response.headers["Connection"] = "close"
        return response


def _length(request) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _discard(body, length: int) -> None:
    """Read the body into nothing: a browser that is cut off in mid-sending shows a broken line, not the answer."""
    until, left = time.monotonic() + LONGEST_DISCARDING, min(length, MOST_DISCARDED)
    while body is not None and left > 0 and time.monotonic() < until:
        read = len(body.read(min(CHUNK, left)))
        if not read:
            return
        left -= read

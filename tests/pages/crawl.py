"""Every page that a person can reach by clicking: from the desk on, by the links of the pages themselves."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from sp2k.accounts.models import User

START = "/meja/"
PER_NAME = 3  # pages looked at of each address and edition: the thirtieth sheet is like the first
MOST = 900
_LINK = re.compile(r"""<(?:a|img)\b[^>]*?\s(?:href|src)=["']([^"'#]+)""")
_QUERY_KEPT = re.compile(r"(halaman|semua|q)=")


@dataclass(frozen=True)
class Visit:
    """A page as it answered: `name` is that of its address, `came_from` where its link stood."""

    username: str
    name: str
    path: str
    came_from: str
    status: int
    content_type: str
    body: bytes

    @property
    def is_page(self) -> bool:
        return self.content_type.startswith("text/html")


_CRAWLED: dict[str, list[Visit]] = {}  # once a person and a run of the tests: nothing on the way writes


def crawled(username: str) -> list[Visit]:
    """Return what `crawl` found, crawling once however many tests ask."""
    if username not in _CRAWLED:
        _CRAWLED[username] = crawl(username)
    return _CRAWLED[username]


def crawl(username: str, start: str = START) -> list[Visit]:
    """Return what a person meets who signs in and follows every link, each kind of address a few times."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=username))
    ahead, seen, counts, visits = [(start, "")], {start}, Counter(), []
    while ahead and len(visits) < MOST:
        path, came_from = ahead.pop(0)
        answer = client.get(path)
        body = answer.getvalue() if answer.streaming else answer.content
        name = address_name(path)
        kind = answer.headers.get("Content-Type", "")
        visits.append(Visit(username, name, path, came_from, answer.status_code, kind, body))
        if answer.status_code in {301, 302}:
            links = [answer.headers["Location"]]
        else:
            links = _LINK.findall(body.decode("utf-8", "replace")) if kind.startswith("text/html") else []
        for link in links:
            target = _ours(path, link.replace("&amp;", "&"))
            if target is None or target in seen:
                continue
            seen.add(target)
            key = address_name(target), _edition_of(target), bool(urlsplit(target).query)
            counts[key] += 1
            if counts[key] <= PER_NAME:
                ahead.append((target, path))
    return visits


def address_name(path: str) -> str:
    """Return the name of an address, e.g. `desk:home`; an empty text where no view answers."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def _edition_of(path: str) -> str:
    kwargs = resolve(urlsplit(path).path).kwargs if address_name(path) else {}
    return str(kwargs.get("edition") or kwargs.get("code") or "")


def _ours(path: str, link: str) -> str | None:
    """The path of a link within the site, None for others; what only sorts or filters is looked at once."""
    parts = urlsplit(urljoin(f"http://testserver{path}", link))
    if parts.scheme not in {"http", "https"} or parts.netloc != "testserver" or parts.path.startswith("/static/"):
        return None
    query = f"?{parts.query}" if parts.query and _QUERY_KEPT.match(parts.query) else ""
    return parts.path + query

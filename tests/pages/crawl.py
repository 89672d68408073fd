"""Every page that a person can reach by clicking: from the desk on, by the links of the pages themselves."""

import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from sp2k.accounts.models import User

START = "/meja/"
PER_EDITION = 1  # pages looked at of each address and edition: the thirtieth sheet is like the first
PER_NAME = 3  # and of each address over all editions
Look = Callable[[str, str], None]
_LINK = re.compile(r"""<(?:a|img)\b[^>]*?\s(?:href|src)=["']([^"'#]+)""")
_TAG = re.compile(r"<(\w+)((?:\s[^<>]*)?)>")
_TELLING = re.compile(r'\s(?:class|role|type)="[^"]*"')
_QUERY_KEPT = re.compile(r"(halaman|semua|q)=")


@dataclass(frozen=True)
class Visit:
    """A page as it answered: `name` is that of its address, `came_from` where its link stood, `built` see `built_of`."""

    username: str
    name: str
    path: str
    came_from: str
    status: int
    content_type: str
    queries: int
    links: tuple[str, ...]
    built: frozenset

    @property
    def is_page(self) -> bool:
        return self.content_type.startswith("text/html")


_CRAWLED: dict[str, list[Visit]] = {}  # once a person and a run of the tests: nothing on the way writes


def crawled(username: str) -> list[Visit]:
    """Return what `crawl` found, crawling once however many tests ask."""
    if username not in _CRAWLED:
        _CRAWLED[username] = crawl(username)
    return _CRAWLED[username]


def crawl(
    username: str, start: str = START, *, per_name: int = PER_NAME, look: Look = lambda path, page: None
) -> list[Visit]:
    """Return what a person meets who signs in and follows the links, each kind of address a few times.

    `look` is shown every page that answers, with its path. A link that no address of ours answers is followed always: it
    shows as a visit without a name.
    """
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=username))
    ahead, seen, counts, visits = deque([(start, "")]), {start}, Counter(), []
    while ahead:
        path, came_from = ahead.popleft()
        visits.append(_visit(client, username, path, came_from, look))
        for target in visits[-1].links:
            if target not in seen and _is_wanted(target, counts, per_name):
                ahead.append((target, path))
            seen.add(target)
    return visits


def _visit(client: Client, username: str, path: str, came_from: str, look: Look) -> Visit:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        body = answer.getvalue() if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    links, built = [answer.headers["Location"]] if answer.status_code in {301, 302} else [], frozenset()
    if kind.startswith("text/html"):
        page = body.decode("utf-8", "replace")
        links, built = links + _LINK.findall(page), built_of(page)
        if answer.status_code == 200:
            look(path, page)
    targets = [_ours(path, link.replace("&amp;", "&")) for link in links]
    kept = tuple(target for target in dict.fromkeys(targets) if target)
    return Visit(username, address_name(path), path, came_from, answer.status_code, kind, len(queries), kept, built)


def built_of(page: str) -> frozenset:
    """Return what a page is built of: each tag with its class, role and type. Pages built alike have the same faults."""
    return frozenset(
        (tag, *sorted(_TELLING.findall(attributes))) for tag, attributes in _TAG.findall(page) if tag != "path"
    )


def _is_wanted(path: str, counts: Counter, per_name: int) -> bool:
    name = address_name(path)
    of_all = name, bool(urlsplit(path).query)
    of_edition = *of_all, _edition_of(path)
    if name and (counts[of_edition] >= PER_EDITION or counts[of_all] >= per_name):
        return False
    counts[of_edition] += 1
    counts[of_all] += 1
    return True


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

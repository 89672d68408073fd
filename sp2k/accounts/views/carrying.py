"""What was sent after a session had ended: kept in the page itself, signed, until the person is back."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "isian_tadi"
SALT = "sp2k.accounts.carried"
KEPT_FOR = 3600
MOST_BYTES = 1_500_000
OWN_PAGES = "/akun/saya/"  # passwords and codes are typed there: nothing of it is carried


@dataclass(frozen=True)
class Carried:
    """A form that was sent too late: where it goes, its pairs of name and value, and whether it had files."""

    address: str
    pairs: list
    had_files: bool


def pack(request) -> str:
    """Return what a request sent, signed, to stand in a hidden field; an empty text where there is nothing to carry."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    pairs = [(name, value) for name, value in pairs if name != "csrfmiddlewaretoken"]
    if not pairs or request.path.startswith(OWN_PAGES):
        return ""
    if sum(len(name) + len(value) for name, value in pairs) > MOST_BYTES:
        return ""
    content = {"to": request.get_full_path(), "pairs": pairs, "files": bool(request.FILES)}
    return signing.dumps(content, salt=SALT, compress=True)


def unpack(request) -> Carried | None:
    """Return what a page carried over signing in, if it is ours and not an hour old."""
    try:
        content = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return Carried(content["to"], content["pairs"], content["files"])


def next_page(request) -> str:
    """Return the page asked for before signing in, if it is ours; else the desk."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    return asked if is_ours(request, asked) else resolve_url(settings.LOGIN_REDIRECT_URL)


def is_ours(request, address: str) -> bool:
    """Whether an address that somebody sent is a path of this site. A bare word is none: it would be looked up as a name."""
    is_path = address.startswith("/") and address.isprintable()
    return is_path and url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def page_before(request) -> str:
    """Return the page on which a form was sent, by the browser's own word and only if it is ours."""
    before = request.headers.get("Referer", "")
    start = f"{request.scheme}://{request.get_host()}"
    return before.removeprefix(start) if before.startswith(start + "/") else ""

"""Where a try at the door comes from: a device that has signed in with this name before, or else an address."""

import secrets

from django.conf import settings
from django.core import signing

from sp2k.accounts.keys.tokens import keyed_hash
from sp2k.accounts.queries.door import Source, name_key
from sp2k.base.pages.address import client_address

COOKIE = "perangkat"
SALT = "sp2k.accounts.device"
REMEMBERED_FOR = 180 * 24 * 3600
MOST_NAMES = 10  # a computer of the office is used by several


def source_of(request, name: str) -> Source:
    """Return where a try at `name` comes from. A device's cookie speaks only for names that signed in on it."""
    known = _known(request)
    if name_key(name) in known["names"]:
        return Source(keyed_hash("device", known["nonce"]), is_device=True)
    return Source(keyed_hash("address", client_address(request)), is_device=False)


def remember_device(request, response, name: str):
    """Let the browser remember, signed, that this name has signed in here; it opens nothing by itself."""
    known = _known(request)
    names = [name_key(name), *(key for key in known["names"] if key != name_key(name))][:MOST_NAMES]
    value = signing.dumps({"nonce": known["nonce"], "names": names}, salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=REMEMBERED_FOR, path="/akun/", secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return response


def _known(request) -> dict:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=REMEMBERED_FOR)
    except signing.BadSignature:
        return {"nonce": secrets.token_urlsafe(16), "names": []}

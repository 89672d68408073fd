"""Where a try at the door comes from: a device that this person has signed in on before, or else an address.

The cookie is a signed random number. That it is known, to whom and until when stands in the database, by its hash.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.utils import timezone

from sp2k.accounts.actions.door import DEVICE_KNOWN_FOR, know_device
from sp2k.accounts.keys.tokens import keyed_hash
from sp2k.accounts.models import User
from sp2k.accounts.queries.door import Source, is_known_device
from sp2k.base.pages.address import client_address

COOKIE = "perangkat"
SALT = "sp2k.accounts.device"


def source_of(request, name: str) -> Source:
    """Return where a try of the person named `name` comes from. A device speaks only for persons who were in on it."""
    nonce = _nonce(request)
    if nonce and is_known_device(name, _device_hash(nonce), now=timezone.now()):
        return Source(_device_hash(nonce), is_device=True)
    return Source(_address_hash(request), is_device=False)


def remember_device(request, response, person: User):
    """Let the browser be known as one on which this person has signed in; it opens nothing by itself."""
    nonce = _nonce(request) or secrets.token_urlsafe(16)
    know_device(person, _device_hash(nonce), _address_hash(request), now=timezone.now())
    response.set_cookie(
        COOKIE, signing.dumps({"nonce": nonce}, salt=SALT), max_age=int(DEVICE_KNOWN_FOR.total_seconds()), path="/akun/",
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def _device_hash(nonce: str) -> str:
    return keyed_hash("device", nonce)


def _address_hash(request) -> str:
    return keyed_hash("address", client_address(request))


def _nonce(request) -> str:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DEVICE_KNOWN_FOR)["nonce"]
    except signing.BadSignature:
        return ""

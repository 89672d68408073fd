"""Where a request comes from, for throttles: the connection's own address, or what our own proxies say of it."""

import ipaddress

from django.conf import settings


def client_address(request) -> str:
    """Return the address of whoever asks.

    `X-Forwarded-For` is believed only as far as proxies of ours wrote it: with `SP2K_PROXIES=1` its last entry, with 2 the
    last but one. Without proxies it is ignored, for anybody may send one.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        seen = forwarded[-settings.PROXIES]
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return "unknown"
    # One subscriber is given a whole /64 of IPv6.
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))

"""The page of an act that cannot be undone, as a person uses it: read what it shows, then press its button."""

import re

MARK = re.compile(r'name="shown" value="([0-9a-f]{64})"')


def mark_shown(client, address: str) -> str:
    """Return the mark of what the act's page shows; empty where the page has no button."""
    found = MARK.search(client.get(address).content.decode())
    return found[1] if found else ""


def confirm(client, address: str, typed=None, *, follow: bool = True):
    """Open the act's page, then send its form with `typed`; the answer as Django's client gives it."""
    return client.post(address, {"shown": mark_shown(client, address)} | (typed or {}), follow=follow)

"""The chain of officeholders: that something was recorded, of which office and when; never who."""

from datetime import datetime

from sp2k.journal import actions as journal
from sp2k.journal.models import Chain

NAME = "pejabat"
ZONE = "Asia/Jakarta"


def tell(type: str, body: dict, *, by, now: datetime) -> None:
    """Add a line to the chain of officeholders; the first line opens it."""
    if not Chain.objects.filter(name=NAME).exists():
        journal.open_chain(NAME, {"v": 1, "of": "officeholders"}, zone=ZONE)
    journal.append(NAME, type, body, by=by, now=now)

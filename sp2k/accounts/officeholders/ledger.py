"""The chain of officeholders: that something was recorded, of which office and when; never who."""

from datetime import datetime

from sp2k.accounts.models import Officeholder
from sp2k.accounts.queries.opening import OFFICEHOLDERS, terms_content
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain

NAME = OFFICEHOLDERS
ZONE = "Asia/Jakarta"


def tell(type: str, body: dict, *, by, now: datetime) -> None:
    """Add a line to the chain of officeholders, after the row is written; it seals all terms of the region as they stand."""
    if not Chain.objects.filter(name=NAME).exists():
        journal.open_chain(NAME, {"v": 1, "of": "officeholders"}, zone=ZONE)
    terms = Officeholder.objects.filter(region=body["region"])
    journal.append_sealed(NAME, type, body, terms_content(terms), by=by, now=now)

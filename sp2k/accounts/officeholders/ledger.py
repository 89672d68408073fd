"""The chain of officeholders: that something was recorded, of which office and when; never who."""

from collections.abc import Mapping
from datetime import datetime

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.queries import NAME
from sp2k.accounts.queries.opening import replaced_content, terms_content
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain

ZONE = "Asia/Jakarta"


def tell(type: str, body: dict, *, by, now: datetime, was: Mapping[str, object] | None = None) -> None:
    """Add a line to the chain of officeholders, after the row is written; it seals all terms of the region as they stand.

    `was` are the fields of the row that the act replaced, with what they held before.
    """
    if not Chain.objects.filter(name=NAME).exists():
        journal.open_chain(NAME, {"v": 1, "of": "officeholders"}, zone=ZONE)
    terms = Officeholder.objects.filter(region=body["region"])
    before = replaced_content(was) if was else None
    journal.append_sealed(NAME, type, body, terms_content(terms), by=by, now=now, was=before)

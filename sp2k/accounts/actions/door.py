"""What is written at the door: each try, and the end of tries long past."""

from datetime import datetime, timedelta

from sp2k.accounts.models import SignInAttempt
from sp2k.accounts.queries.door import Source, name_key

KEPT_FOR = timedelta(days=90)


def note_attempt(name: str, source: Source, *, succeeded: bool, now: datetime) -> None:
    """Keep that someone tried; `now` is true time. Tries made during a pause are not kept, so that a pause ends."""
    key = name_key(name)
    SignInAttempt.objects.create(name_hash=key, address_hash=source.key, at=now, succeeded=succeeded)
    if succeeded:
        SignInAttempt.objects.filter(name_hash=key, at__lt=now - KEPT_FOR).delete()

"""Tries at the door that the database could not take: counted in this process's memory, so that guessing stays slow."""

from collections import deque
from datetime import datetime
from threading import Lock

MOST = 2000
_TRIES: deque[tuple[str, str, datetime]] = deque(maxlen=MOST)  # hash of the name, hash of the place, true time
_LOCK = Lock()


def remember(name_hash: str, place_hash: str, at: datetime) -> None:
    """Keep a wrong try that has no row."""
    with _LOCK:
        _TRIES.append((name_hash, place_hash, at))


def unwritten(name_hash: str, *, since: datetime) -> list[tuple[str, datetime]]:
    """Return where and when such tries at a name were made, the last first."""
    with _LOCK:
        return [(place, at) for name, place, at in reversed(_TRIES) if name == name_hash and at > since]

"""Appending to the journal, always inside the transaction of the row a line tells of."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from sp2k.journal.canonical import canonical, tagged_hash
from sp2k.journal.models import Chain, Line

_TYPE = re.compile(r"[a-z]+(?:\.[a-z]+)+\Z")


def open_chain(name: str, genesis: Mapping, *, zone: str) -> Chain:
    """Begin a chain; `genesis` says what it is for. The hash of the genesis is `prev` of line 0."""
    content = canonical(dict(genesis))
    return Chain.objects.create(
        name=name, genesis=content.decode(), head=tagged_hash("sp2k/genesis/1", content), zone=zone
    )


def append(name: str, type: str, body: Mapping, *, by, now: datetime) -> Line:
    """Add one line to the chain `name`. Must run inside a transaction."""
    return append_all(name, [(type, body)], by=by, now=now)[0]


def append_all(name: str, lines: Iterable[tuple[str, Mapping]], *, by, now: datetime) -> list[Line]:
    """Add several lines in the order given, under one lock of the head.

    Parameters
    ----------
    name : the chain
    lines : pairs of type (``sheet.submit``) and body (canonical profile)
    by : the person who acts; kept in the private record only
    now : aware instant; the line itself holds only the local date, for minutes identify jurors
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal line is written in the transaction of the row it tells of")
    lines = list(lines)
    if not lines:
        return []
    chain = Chain.objects.select_for_update().get(name=name)
    day = now.astimezone(ZoneInfo(chain.zone)).date().isoformat()
    written = []
    for type, body in lines:
        if not _TYPE.match(type):
            raise ValueError(f"{type!r} is not a type of journal line")
        entry = {
            "v": 1, "chain": name, "seq": chain.size, "prev": chain.head, "type": type, "day": day, "body": dict(body),
        }  # fmt: skip
        content = canonical(entry)
        chain.head = tagged_hash("sp2k/entry/1", content)
        written.append(
            Line(
                chain=chain, seq=chain.size, type=type, canonical=content.decode(), hash=chain.head, at=now,
                actor=by.get_username(),
            )
        )  # fmt: skip
        chain.size += 1
    Line.objects.bulk_create(written, batch_size=500)
    chain.save(update_fields=["size", "head"])
    return written

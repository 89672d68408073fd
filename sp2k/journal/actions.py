"""Appending to the journal, always inside the transaction of the row a line tells of."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from sp2k.journal.canonical import canonical, commitment, tagged_hash
from sp2k.journal.database import refuse_foreign_objects
from sp2k.journal.entry import VERSION, WAS, act_commitment
from sp2k.journal.heads import note_head
from sp2k.journal.instants import refuse_earlier_than_last
from sp2k.journal.line_types import LINE_TYPES
from sp2k.journal.models import Chain, Line, Replaced


@dataclass(frozen=True)
class ActNumbers:
    """The number of an act and the nonces of both sides (32 bytes in hex); made here where no device made them."""

    op_id: UUID = field(default_factory=uuid4)
    device_nonce: str = field(default_factory=lambda: secrets.token_hex(32))
    server_nonce: str = field(default_factory=lambda: secrets.token_hex(32))

    def commit(self, content) -> str:
        """Return the commitment of this act to `content`: it is opened with the nonces of the line's private record."""
        return commitment(content, device_nonce=self.device_nonce, server_nonce=self.server_nonce)


def open_chain(name: str, genesis: Mapping, *, zone: str) -> Chain:
    """Begin a chain; `genesis` says what it is for. The hash of the genesis is `prev` of line 0."""
    content = canonical(dict(genesis))
    return Chain.objects.create(
        name=name, genesis=content.decode(), head=tagged_hash("sp2k/genesis/1", content), zone=zone
    )


def append(name: str, type: str, body: Mapping, *, by, now: datetime, sent=None) -> Line:
    """Add one line to the chain `name`. Must run inside a transaction.

    `sent` is the sealed row that the line tells of (or its `ActNumbers`), where a person sent one: the line commits to
    its number and nonces.
    """
    return append_all(name, [(type, body, sent)], by=by, now=now)[0]


def append_sealed(
    name: str, type: str, body: Mapping, content, *, by, now: datetime, key: str = "c", was: Mapping | None = None
) -> Line:
    """Add one line whose `c` (or another `key`) commits to `content`, for an act that no device numbered.

    What the act replaced (`was`) is kept beside the line, which commits to it too. See `Opening.open_line` and
    `Opening.open_replaced`.
    """
    type, told, numbers = sealed_line(type, body, content, key=key)
    if not was:
        return append_all(name, [(type, told, numbers)], by=by, now=now)[0]
    (line,) = append_all(name, [(type, {**told, WAS: numbers.commit({WAS: was})}, numbers)], by=by, now=now)
    Replaced.objects.create(line=line, content=was)
    return line


def sealed_line(type: str, body: Mapping, content, *, key: str = "c") -> tuple:
    """Return a line for `append_all` whose `c` (or another `key`) commits to `content`."""
    numbers = ActNumbers()
    return type, {**body, key: numbers.commit(content)}, numbers


def append_all(name: str, lines: Iterable[tuple], *, by, now: datetime) -> list[Line]:
    """Add several lines in the order given, under one lock of the head.

    Parameters
    ----------
    name : the chain
    lines : type (``sheet.submit``), body (canonical profile) and, where a person sent it, the sealed row it tells of;
        what no device numbered is one act under one number
    by : the person who acts; committed to in the line, named in the private record only
    now : aware instant; the line shows only the local date, for minutes identify jurors, and commits to the instant

    Raises
    ------
    Refused
        While the database holds a trigger or a view of its own, and where the clock of a real edition went back.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal line is written in the transaction of the row it tells of")
    lines = list(lines)
    if not lines:
        return []
    refuse_foreign_objects()
    chain = Chain.objects.select_for_update().get(name=name)
    refuse_earlier_than_last(chain, now)
    day, here = now.astimezone(ZoneInfo(chain.zone)).date().isoformat(), ActNumbers()
    written = []
    for type, body, *rest in lines:
        if type not in LINE_TYPES:
            raise ValueError(f"{type!r} is not a type of journal line: see sp2k/journal/line_types.py")
        sent = (rest[0] if rest else None) or here
        line = Line(
            chain=chain, seq=chain.size, type=type, at=now, actor=by.get_username(), op_id=sent.op_id,
            device_nonce=sent.device_nonce, server_nonce=sent.server_nonce,
        )  # fmt: skip
        entry = {
            "v": VERSION, "chain": name, "seq": chain.size, "prev": chain.head, "type": type, "day": day,
            "body": dict(body), "c_act": act_commitment(line),
        }  # fmt: skip
        content = canonical(entry)
        line.canonical, line.hash = content.decode(), tagged_hash("sp2k/entry/1", content)
        chain.head, chain.size = line.hash, chain.size + 1
        written.append(line)
    Line.objects.bulk_create(written, batch_size=500)
    chain.save(update_fields=["size", "head"])
    transaction.on_commit(partial(note_head, name, at=now))
    return written

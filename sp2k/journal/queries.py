"""Reading the journal: the lines as they were hashed, and whether the chain still holds."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.db.models import Q

from sp2k.journal.canonical import NotCanonical, parse, tagged_hash
from sp2k.journal.entry import KEYS, act_commitment
from sp2k.journal.heads import Head, heads_in_file, heads_that_differ
from sp2k.journal.line_types import LINE_TYPES
from sp2k.journal.models import Chain, Line


@dataclass(frozen=True)
class Replay:
    """What a replay found. `broken_at` is the number of the first line that does not follow, None when intact.

    `entries`, `hashes`, `nonces` (device, server; None in version 1), `acts` (person, instant) and `op_ids` are those of
    the lines that follow, in order; of lines that were picked (`picked_lines`), by their number.
    """

    name: str
    size: int
    head: str
    broken_at: int | None
    entries: tuple[dict, ...] | Mapping[int, dict]
    hashes: tuple[str, ...] | Mapping[int, str] = ()
    genesis_head: str = ""
    nonces: tuple[tuple[str, str], ...] | Mapping[int, tuple[str, str]] = ()
    acts: tuple[tuple[str, datetime], ...] | Mapping[int, tuple[str, datetime]] = ()
    op_ids: tuple[UUID | None, ...] | Mapping[int, UUID | None] = ()

    @property
    def is_intact(self) -> bool:
        return self.broken_at is None

    @property
    def numbered(self) -> Iterable[tuple[int, dict]]:
        """Pairs of line number and entry, oldest first."""
        return self.entries.items() if isinstance(self.entries, Mapping) else enumerate(self.entries)

    def contradicted_by(self, kept: Iterable[Head] = ()) -> list[Head]:
        """Return the heads kept outside that this chain does not bear out: those of the file, and `kept` beside them."""
        return heads_that_differ(self.hashes, self.genesis_head, [*heads_in_file(self.name), *kept])


def replay(name: str) -> Replay:
    """Recompute every hash of a chain from its genesis, and every commitment to an act, and compare with what is stored."""
    chain = Chain.objects.get(name=name)
    head = genesis_head = tagged_hash("sp2k/genesis/1", chain.genesis.encode())
    entries: list[dict] = []
    hashes: list[str] = []
    nonces: list[tuple[str, str]] = []
    acts: list[tuple[str, datetime]] = []
    op_ids: list[UUID | None] = []
    zone, version, is_whole = ZoneInfo(chain.zone), 1, False
    try:
        for seq, line in enumerate(chain.lines.order_by("seq").iterator(chunk_size=2000)):
            entry = _entry(line)
            if entry is None or not _follows(entry, line, name=name, seq=seq, prev=head, version=version, zone=zone):
                break
            head, version = line.hash, entry["v"]
            entries.append(entry)
            hashes.append(line.hash)
            nonces.append((line.device_nonce, line.server_nonce))
            acts.append((line.actor, line.at))
            op_ids.append(line.op_id)
        else:
            is_whole = len(entries) == chain.size and head == chain.head
    except DatabaseError:  # a row that cannot even be read, such as text that is not UTF-8
        is_whole = False
    broken_at = None if is_whole else len(entries)
    return Replay(
        name, chain.size, chain.head, broken_at, tuple(entries), tuple(hashes), genesis_head, tuple(nonces), tuple(acts),
        tuple(op_ids),
    )  # fmt: skip


def picked_lines(name: str, types: Collection[str], words: Iterable[str] | None = None) -> Replay:
    """Return only the lines of these types, where named with one of these words: what one page is held against. One query.

    Nothing is replayed: whether the chain holds is for `replay` to say. A line whose text has lost its hash tells nothing.
    """
    rows = Line.objects.filter(chain=name, type__in=types).order_by("seq")
    if words is not None:
        rows = rows.filter(reduce(or_, (Q(canonical__contains=word) for word in words), Q(pk=None)))
    return _picked(name, rows)


def picked_lines_of(names: Iterable[str], types: Collection[str]) -> dict[str, Replay]:
    """Return the lines of these types of several chains, by chain, as `picked_lines` does of one. One query."""
    rows = {name: [] for name in names}
    for row in Line.objects.filter(chain__in=list(rows), type__in=types).order_by("chain", "seq"):
        rows[row.chain_id].append(row)
    return {name: _picked(name, lines) for name, lines in rows.items()}


def _picked(name: str, rows: Iterable[Line]) -> Replay:
    lines = [row for row in rows if tagged_hash("sp2k/entry/1", row.canonical.encode("utf-8", "surrogatepass")) == row.hash]
    told = {row.seq: entry for row in lines if (entry := _entry(row))}
    lines = [row for row in lines if row.seq in told]
    return Replay(
        name, len(told), "", None, told, {row.seq: row.hash for row in lines}, "",
        {row.seq: (row.device_nonce, row.server_nonce) for row in lines},
        {row.seq: (row.actor, row.at) for row in lines}, {row.seq: row.op_id for row in lines},
    )  # fmt: skip


def entries_of_type(replayed: Replay, type: str) -> Iterator[dict]:
    """Yield the bodies of one type, oldest first."""
    return (entry["body"] for entry in replayed.entries if entry["type"] == type)


def _entry(line):
    """Return what a line says, or None when it says nothing that a journal could: whoever forges need not be tidy."""
    try:
        entry = parse(line.canonical.encode("utf-8", "surrogatepass"))
    except NotCanonical:
        return None
    return entry if isinstance(entry, dict) and isinstance(entry.get("body"), dict) else None


def _follows(entry, line, *, name, seq, prev, version, zone) -> bool:
    return (
        entry.get("v") in KEYS
        and entry["v"] is not True  # which equals 1
        and entry["v"] >= version
        and entry.keys() == KEYS[entry["v"]]
        and entry["chain"] == name
        and entry["seq"] == line.seq == seq
        and entry["prev"] == prev
        and entry["type"] == line.type
        and entry["type"] in LINE_TYPES
        and entry["day"] == line.at.astimezone(zone).date().isoformat()
        and tagged_hash("sp2k/entry/1", line.canonical.encode()) == line.hash
        and (entry["v"] == 1 or _is_of_this_act(entry, line))
    )


def _is_of_this_act(entry, line) -> bool:
    """Whether the private record still says who acted, when, and under which number and nonces."""
    try:
        return entry["c_act"] == act_commitment(line)
    except (NotCanonical, TypeError, ValueError):
        return False


def lines_of_type(chain: str, types: Collection[str]) -> list[tuple[Line, dict]]:
    """Return the lines of these types with their bodies, oldest first, for a page that reads one thing: no replay."""
    lines = Line.objects.filter(chain=chain, type__in=types).order_by("seq")
    return [(line, entry["body"]) for line in lines if (entry := _entry(line))]

"""Reading the journal: the lines as they were hashed, and whether the chain still holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from sp2k.journal.canonical import NotCanonical, parse, tagged_hash
from sp2k.journal.models import Chain


@dataclass(frozen=True)
class Replay:
    """What a replay found. `broken_at` is the number of the first line that does not follow, None when intact."""

    name: str
    size: int
    head: str
    broken_at: int | None
    entries: tuple[dict, ...]

    @property
    def is_intact(self) -> bool:
        return self.broken_at is None


def replay(name: str) -> Replay:
    """Recompute every hash of a chain from its genesis and compare with what is stored."""
    chain = Chain.objects.get(name=name)
    head = tagged_hash("sp2k/genesis/1", chain.genesis.encode())
    entries: list[dict] = []
    for seq, line in enumerate(chain.lines.order_by("seq").iterator(chunk_size=2000)):
        entry = _entry(line)
        if entry is None or not _follows(entry, line, name=name, seq=seq, prev=head):
            return Replay(name, chain.size, chain.head, seq, tuple(entries))
        head = line.hash
        entries.append(entry)
    is_whole = len(entries) == chain.size and head == chain.head
    return Replay(name, chain.size, chain.head, None if is_whole else len(entries), tuple(entries))


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


def _follows(entry, line, *, name, seq, prev) -> bool:
    return (
        entry.get("chain") == name
        and entry.get("seq") == line.seq == seq
        and entry.get("prev") == prev
        and entry.get("type") == line.type
        and tagged_hash("sp2k/entry/1", line.canonical.encode()) == line.hash
    )

"""Who should judge whom, before it is written down: pairs of an entry's code and a seat's code. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sp2k.base.refusals import BadInput, Refused
from sp2k.judging.planning.order import draw_digest, drawn_order

Pair = tuple[str, str]  # (entry, seat)


@dataclass(frozen=True)
class Plan:
    """The whole duty towards each of `entries`: the pairs, and how they were arrived at, for the journal."""

    entries: frozenset[str]
    pairs: frozenset[Pair]
    how: str


def every_pair(entries: Iterable[str], seats: Sequence[str]) -> Plan:
    """Every seat judges every entry."""
    entries = frozenset(entries)
    return Plan(entries, frozenset((entry, seat) for entry in entries for seat in seats), "semua kursi")


def balanced_pairs(
    entries: Iterable[str], seats: Sequence[str], *, each: int, seed: str, barred: Collection[Pair]
) -> Plan:
    """So many seats an entry, everyone about equally many entries, drawn from a public seed.

    Entries come in the order of the seed. Each gets the seats that so far have fewest entries; among equals the lot of
    entry and seat decides, so that every entry meets another set of jurors and the panels stay comparable.

    Raises
    ------
    Refused
        Where conflicts leave an entry fewer than `each` seats.
    """
    entries, load, pairs = frozenset(entries), dict.fromkeys(seats, 0), set()
    if not 1 <= each <= len(seats):
        raise BadInput(f"Banyak juri tiap peserta harus antara 1 dan {len(seats)}.")
    for entry in drawn_order(seed, entries):
        free = [seat for seat in seats if (entry, seat) not in barred]
        if len(free) < each:
            raise Refused(f"Peserta {entry} hanya dapat dinilai {len(free)} kursi; yang lain berbenturan kepentingan.")
        chosen = sorted(free, key=lambda seat: (load[seat], draw_digest(seed, f"{entry} {seat}")))[:each]
        for seat in chosen:
            load[seat] += 1
        pairs |= {(entry, seat) for seat in chosen}
    return Plan(entries, frozenset(pairs), f"{each} kursi tiap peserta, benih {seed}")


def session_pairs(heard_in: Mapping[str, int], panels: Mapping[int, Collection[str]]) -> Plan:
    """Each session has its own panel: `heard_in` entry -> session, `panels` session -> seats."""
    pairs = {(entry, seat) for entry, session in heard_in.items() for seat in panels.get(session, ())}
    return Plan(frozenset(heard_in), frozenset(pairs), "panel tiap sesi")


def as_text(plan: Plan) -> str:
    """Return a plan as lines `entry seat seat …`, in order: what a page sends on to be confirmed."""
    seats: dict[str, list[str]] = {entry: [] for entry in sorted(plan.entries)}
    for entry, seat in sorted(plan.pairs):
        seats[entry].append(seat)
    return "\n".join(" ".join([entry, *chosen]) for entry, chosen in seats.items())


def from_text(text: str, *, how: str) -> Plan:
    """Read what `as_text` wrote."""
    lines = [line.split() for line in str(text).splitlines() if line.strip()]
    pairs = frozenset((entry, seat) for entry, *seats in lines for seat in seats)
    return Plan(frozenset(line[0] for line in lines), pairs, how)

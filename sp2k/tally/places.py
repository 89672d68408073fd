"""Places from points: 1-2-2-4, a declared chain that separates equals, and a cut that never chooses among equals."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


class MissingTotal(ValueError):
    """Totals that are None; `positions` says which. A missing total has no place until the rules say so."""

    def __init__(self, positions: list[int]):
        super().__init__(f"totals missing at {positions}")
        self.positions = positions


def competition_places(totals: Sequence) -> list[int]:
    """Place totals, best first; equal totals share the better place (1, 2, 2, 4).

    Parameters
    ----------
    totals : sequence of Fraction, or of equally long tuples of them, length n_entries
        Points as the rules round them: what is printed is what is placed. Tuples are compared from their first part.

    Returns
    -------
    list of int, length n_entries, 1-based

    Raises
    ------
    MissingTotal
        If a total is None: a missing total has no place until the rules say so.
    """
    missing = [position for position, total in enumerate(totals) if total is None]
    if missing:
        raise MissingTotal(missing)
    places: dict = {}
    for place, total in enumerate(sorted(totals, reverse=True), start=1):
        places.setdefault(total, place)
    return [places[total] for total in totals]


def lot_digest(seed: str, code: str) -> str:
    """Return an entry's lot: SHA-256 over the seed, a zero byte and the code, all UTF-8, in 64 hexadecimal digits.

    Anyone makes it by hand: ``printf '%s\\0%s' 'SEED' 'CODE' | sha256sum``. The smallest comes first.
    """
    return hashlib.sha256(f"{seed}\0{code}".encode()).hexdigest()


def lot_value(seed: str, code: str) -> Fraction:
    """Return the lot as a link of the chain compares it, the higher the better; 0 for all while there is no seed."""
    return Fraction(-int(lot_digest(seed, code), 16)) if seed else Fraction(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an entry is placed by: its total, then the values of the declared chain, each the higher the better."""

    code: str
    total: Fraction
    chain: tuple[Fraction, ...] = ()

    @property
    def key(self) -> tuple[Fraction, ...]:
        return (self.total, *self.chain)


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry's place.

    Attributes
    ----------
    link : int or None
        Position in the chain of the last link that separated it from an entry of equal total; None: no link had to.
    sharing : tuple of str
        The codes at this place, its own among them; more than one when the whole chain was compared in vain. Entries
        that share a place share this tuple: a country of equals stays small.
    """

    code: str
    place: int
    link: int | None
    sharing: tuple[str, ...]


def place_standings(standings: Iterable[Standing]) -> list[Placed]:
    """Place entries by total, then link by link of the chain; return them by place, then by code.

    The order of the input has no part in it: entries that agree in all values share the better place.
    """
    ordered = sorted(standings, key=lambda standing: standing.code)
    ordered.sort(key=lambda standing: standing.key, reverse=True)
    keys = [standing.key for standing in ordered]
    places = competition_places(keys)
    sharing: dict[int, list[str]] = {}
    for standing, place in zip(ordered, places, strict=True):
        sharing.setdefault(place, []).append(standing.code)
    together = {place: tuple(codes) for place, codes in sharing.items()}
    links = _separating_links(keys)
    return [
        Placed(standing.code, place, links[standing.key], together[place])
        for standing, place in zip(ordered, places, strict=True)
    ]


def _separating_links(keys: Sequence[tuple]) -> dict[tuple, int | None]:
    """Return for each key the last link that separated it. In sorted keys the nearest others share the most with it."""
    different = list(dict.fromkeys(keys))
    links: dict[tuple, int | None] = dict.fromkeys(different)
    for better, worse in zip(different, different[1:], strict=False):
        shared = next(position for position in range(len(better)) if better[position] != worse[position])
        if shared == 0:
            continue
        for key in (better, worse):
            links[key] = max(shared - 1, -1 if links[key] is None else links[key])
    return links


@dataclass(frozen=True, slots=True)
class CutTie:
    """Equals of whom the quota can take only some. The count does not choose; the act that would advance them stops.

    Attributes
    ----------
    scope : str
        Where the cut is: a regency's code, or the name of the whole.
    quota, place : int
        How many may go on, and the place that the equals share.
    codes : tuple of str
        The equals, by code; there are more of them than `seats_left`.
    """

    scope: str
    quota: int
    place: int
    codes: tuple[str, ...]

    @property
    def seats_left(self) -> int:
        return self.quota - self.place + 1


def cut_at(placed: Iterable[Placed], quota: int, *, scope: str) -> tuple[frozenset[str], CutTie | None]:
    """Return the codes that are surely within the quota, and the tie that straddles the cut, if there is one."""
    sharing: dict[int, list[str]] = {}
    for entry in placed:
        sharing.setdefault(entry.place, []).append(entry.code)
    through: list[str] = []
    for place, codes in sorted(sharing.items()):
        if place > quota:
            break
        if place + len(codes) - 1 > quota:
            return frozenset(through), CutTie(scope, quota, place, tuple(sorted(codes)))
        through += codes
    return frozenset(through), None

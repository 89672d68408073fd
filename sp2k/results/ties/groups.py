"""The ties that decide something: who goes on, or who gets a title."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sp2k.accounts.roles import Role
from sp2k.editions.defaults import OF_STAGES
from sp2k.editions.models import Edition, Stage
from sp2k.judging.models import Seating, barred_entries
from sp2k.results.models import FrozenTally, Placement, TieRuling
from sp2k.results.ties.ruled import placements_of
from sp2k.tally.count import SHARED
from sp2k.tally.stage_rules.model import WHOLE

PLENARY, SHARE = TieRuling.Way.PLENARY.value, TieRuling.Way.SHARED.value


@dataclass(frozen=True)
class Tie:
    """Equals at one place of a frozen count, and what hangs on their order: the object of the acts that end a tie.

    `seats` is how many of them go on, None where the tie is not at the cut; `titles` are pairs of place and title.
    """

    tally: FrozenTally
    scope: str
    place: int
    placements: tuple[Placement, ...]
    seats: int | None
    titles: tuple[tuple[int, str], ...] = ()
    _barred: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def stage(self) -> Stage:
        return self.tally.stage

    @property
    def edition(self) -> Edition:
        return self.stage.edition

    @property
    def is_of_regency(self) -> bool:
        """Whether a regency's own ranking is tied: then the regency rules it."""
        return self.stage.kind == Stage.Kind.SELECTION and self.scope != WHOLE

    @property
    def region_code(self) -> str:
        return self.scope if self.is_of_regency else self.edition.region_id

    @property
    def title_names(self) -> dict[int, str]:
        return dict(self.titles)

    @property
    def codes(self) -> list[str]:
        return sorted(row.participation.region_code for row in self.placements)

    @property
    def names(self) -> str:
        return "; ".join(str(row.participation.entry) for row in self.placements)

    @property
    def ways(self) -> tuple[str, ...]:
        return ways_after_the_chain(self.stage)

    def has_conflict(self, user) -> bool:
        """Whether a person may not judge one of the tied: a recorded conflict, or an office in one of them."""
        if user.pk not in self._barred:
            entries = [row.participation.entry_id for row in self.placements]
            recorded = barred_entries([user]).filter(pk__in=entries).exists()
            self._barred[user.pk] = recorded or self._serves_one_of_them(user)
        return self._barred[user.pk]

    def is_ruler(self, user) -> bool:
        """Whether it is this person who rules: the regency's verifier, the chair, or the bureau in the chair's place."""
        if self.is_of_regency:
            return user.reaches({Role.VERIFIER}, self.scope)
        able = self._able_chairs
        return user.pk in {chair.pk for chair in able} if able else user.reaches({Role.BUREAU}, self.edition.region_id)

    @property
    def ruler(self) -> Role:
        """The role of whoever rules this tie."""
        if self.is_of_regency:
            return Role.VERIFIER
        return Role.CHAIR if self._able_chairs else Role.BUREAU

    @property
    def proposer(self) -> Role:
        """The role of whoever proposes how this tie is ended, and takes such a proposal back."""
        return Role.REGENCY if self.is_of_regency else Role.BUREAU

    @property
    def _able_chairs(self) -> list:
        return [chair for chair in chairs_of(self.stage) if not self.has_conflict(chair)]

    def is_held_by(self, user) -> bool:
        """Whether the person sits on the panel whose ranking is tied, and so has a voice."""
        return any(member.pk == user.pk for member in panel_of(self.stage))

    def _serves_one_of_them(self, user) -> bool:
        held = {row.region_id for row in user.held_memberships}
        codes = {row.participation.region_code for row in self.placements}
        if not self.is_of_regency:
            codes |= {code.rpartition(".")[0] for code in codes}
        return bool(held & (codes - {self.edition.region_id}))


def ways_after_the_chain(stage: Stage) -> tuple[str, ...]:
    """Return how the rules let a tie be ended once the chain is exhausted; the plenary where they do not say."""
    return tuple(stage.rules.get("seri_habis") or OF_STAGES["seri_habis"].value)


def ties_of(tally: FrozenTally) -> list[Tie]:
    """Return the ties of a count that decide something and were not ruled, best place first."""
    groups: dict[tuple, list[Placement]] = {}
    for row in placements_of(tally, placed_only=True):
        if row.decided_by in (SHARED, Placement.TIED_AT_CUT):
            groups.setdefault((row.scope, row.place), []).append(row)
    found = []
    for (scope, place), rows in groups.items():
        seats = _seats_left(tally.stage, place) if rows[0].decided_by == Placement.TIED_AT_CUT else None
        named = _titles_from(tally, place, len(rows)) if any(map(can_hold_title, rows)) else ()
        if len(rows) > 1 and (seats is not None or named):
            found.append(Tie(tally, scope, place, tuple(rows), seats, named))
    return found


def tie_of_ruling(ruling: TieRuling, tally: FrozenTally) -> Tie:
    """Return the tie that a ruling ended, as it stood before."""
    rows = tally.placements.filter(scope=ruling.scope, place=ruling.place)
    rows = tuple(rows.select_related("participation__entry__region__parent"))
    return Tie(tally, ruling.scope, ruling.place, rows, ruling.seats, _titles_from(tally, ruling.place, len(rows)))


def tie_at(tally: FrozenTally, scope: str, place: int) -> Tie | None:
    """Return the tie of that place, or None where there is none that decides something."""
    return next((tie for tie in ties_of(tally) if (tie.scope, tie.place) == (scope, place)), None)


def holders_by_title(tally: FrozenTally) -> list[tuple]:
    """Return each title of the edition with the placements at its place, as they stand.

    A title whose place is taken up by those who share a better one by a ruling (1-2-2-4) is left out. Whoever the count let
    not go through (beyond the quota, or of a regency that takes no part) holds none; a tie at the cut is still to be ruled.
    """
    return titles_of(placements_of(tally, placed_only=True), tally.stage.edition.titles.all())


def titles_of(rows: Iterable[Placement], titles: Iterable) -> list[tuple]:
    """As `holders_by_title`, of placements as they stand."""
    by_place: dict[int, list[Placement]] = {}
    for row in rows:
        if row.place is not None and can_hold_title(row):
            by_place.setdefault(row.place, []).append(row)
    found, taken = [], 0
    for title in titles:
        holders = by_place.get(title.place, [])
        if title.place > taken:
            found.append((title, holders))
        if is_shared_place(holders):
            taken = title.place + len(holders) - 1
    return found


def n_placed(rows: Iterable[Placement]) -> int:
    """How many of a last stage's placements could hold a title."""
    return sum(row.place is not None and can_hold_title(row) for row in rows)


def can_hold_title(row: Placement) -> bool:
    """Whether the count lets a placed entry go through, or its tie at the cut is still to be ruled."""
    return row.is_through or row.decided_by == Placement.TIED_AT_CUT


def is_shared_place(holders) -> bool:
    """Whether it was ruled that these placements share their place and its title."""
    return bool(holders) and all(holder.decided_by == SHARE for holder in holders)


def _titles_from(tally: FrozenTally, place: int, n: int) -> tuple[tuple[int, str], ...]:
    """The titles of `n` places from `place` on; only the last stage's own count gives titles."""
    if tally.scope or tally.stage.next_stage is not None:
        return ()
    return tuple((title.place, title.name) for title in tally.stage.edition.titles.all() if place <= title.place < place + n)


def panel_of(stage: Stage) -> list:
    """Return the people who sit on a stage's panel now."""
    return _seated(Seating.objects.filter(seat__stage=stage))


def chairs_of(stage: Stage) -> list:
    """Return who sits in the chair of a stage's panel with that role; without a panel, in the edition's other panels."""
    rows = Seating.objects.filter(seat__is_chair=True)
    seated = _seated(rows.filter(seat__stage=stage)) or _seated(rows.filter(seat__stage__edition=stage.edition))
    return [person for person in seated if person.reaches({Role.CHAIR}, stage.region_code)]


def way_in_words(way: str) -> str:
    """Return a way as a refusal names it."""
    return {PLENARY: "rapat pleno dengan berita acara", SHARE: "tempat bersama"}[way]


def _seated(rows) -> list:
    found = rows.filter(until=None).select_related("user").prefetch_related("user__memberships").order_by("seat__position")
    return list({row.user_id: row.user for row in found}.values())


def _seats_left(stage: Stage, place: int) -> int:
    return stage.rules["kuota"]["jumlah"] - place + 1

"""What a stage's result shows to whom after the announcement, as its rules declare (`pengungkapan`).

The offices (bureau, chair, supervisor, leader) read by their own rights; this is for everyone else, signed in or not. Whatever
shows a score, a place or a mark to them asks `disclosed`, so that a page, a table and a file never differ.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from sp2k.accounts.roles import Role
from sp2k.editions.models import Stage
from sp2k.entries.models import Entry
from sp2k.results.frozen import require_frozen, require_frozen_places
from sp2k.results.models import FrozenTally, Placement
from sp2k.results.ties.ruled import as_ruled, outcomes_of
from sp2k.results.turnout.present import SeatsPresent, seats_by_stage

OWN, TOTALS, SHEETS, NOMINEE = "sendiri", "total", "semua", "calon"
OWNERS = frozenset({Role.CAMAT, Role.REGENCY, Role.VERIFIER})
VERIFIER = "verifikator"


@dataclass(frozen=True)
class Disclosure:
    """What one viewer reads of one stage; `value` is empty before the announcement: nothing is disclosed."""

    value: str
    viewer: object = None

    @property
    def shows_all_totals(self) -> bool:
        """Totals and places of every entry, to everyone."""
        return self.value in {TOTALS, SHEETS}

    @property
    def shows_nominees(self) -> bool:
        """Whom each regency sent; nothing of the others."""
        return self.value == NOMINEE

    def shows_totals(self, code: str) -> bool:
        """The total and the place of one entry."""
        return self.shows_all_totals or self.value == OWN and self._is_own(code)

    def shows_marks(self, code: str) -> bool:
        """The marks of one entry under pseudonyms: all of them, or to the kecamatan and the regency concerned."""
        return self.value == SHEETS or self.value == TOTALS and self._is_own(code)

    def _is_own(self, code: str) -> bool:
        return bool(self.viewer and self.viewer.is_authenticated and self.viewer.reaches(OWNERS, code))


def opens_totals(stage: Stage) -> bool:
    """Whether a stage's rules open every total to everyone once the result is announced: what a public document may print."""
    return Disclosure(stage.rules.get("pengungkapan", OWN)).shows_all_totals


def disclosed(stage: Stage, viewer=None) -> Disclosure:
    """Return what a viewer reads of a stage; None is everyone. A stage that declares nothing shows each its own."""
    value = stage.rules.get("pengungkapan", OWN) if stage.edition.is_published else ""
    return Disclosure(value, viewer)


@dataclass(frozen=True)
class OwnResult:
    """What an entry reads of its own result at one stage."""

    stage: Stage
    placement: Placement
    seats: SeatsPresent | None = None  # how many jurors it rests on, of a stage that jurors judged


def own_results(entry: Entry, viewer) -> list[OwnResult]:
    """Return an entry's totals and places of the stages that disclose them to this viewer, in the order of the stages."""
    stages = [stage for stage in entry.edition.stages.all() if disclosed(stage, viewer).shows_totals(entry.region_id)]
    frozen = FrozenTally.objects.filter(stage__in=stages, scope="", placements__participation__entry=entry)
    tallies = [require_frozen_places(tally) for tally in frozen.select_related("stage__edition")]
    rows = Placement.objects.filter(tally__in=tallies, participation__entry=entry).select_related("participation__entry")
    placed = {row.tally_id: row for row in as_ruled(list(rows), outcomes_of(tallies))}
    by_stage = {tally.stage_id: placed.get(tally.pk) for tally in tallies}
    own = [stage for stage in stages if by_stage.get(stage.pk)]
    seats = seats_by_stage(own)
    return [OwnResult(stage, by_stage[stage.pk], seats.get(stage.code, {}).get(entry.region_id)) for stage in own]


def disclosed_marks(tally: FrozenTally, shown: Disclosure) -> Iterator[tuple[str, str, str, str]]:
    """Yield (region code, pseudonym, indicator, mark) of the entries whose marks are disclosed.

    Pseudonyms are shuffled anew for each entry by a key that never leaves the server: from the file nobody can tell that two
    entries were marked by the same person. What a count carries from another stage, and findings, are not marks.
    """
    lines = [line for line in io.StringIO(require_frozen(tally).sheets) if not line.startswith("#")]
    rows = [row[:4] for row in csv.reader(lines[1:])]
    judged = [row for row in rows if not row[1].startswith("tahap:") and not row[2].startswith("temuan:")]
    seats: dict[str, set[str]] = {}
    for code, seat, *_mark in judged:
        seats.setdefault(code, set()).add(seat)
    names = {code: pseudonyms(tally.pk, code, within) for code, within in seats.items()}
    named = [(code, names[code][seat], indicator, mark) for code, seat, indicator, mark in judged]
    yield from sorted(row for row in named if shown.shows_marks(row[0]))


def pseudonyms(count: int, code: str, seats: Iterable[str]) -> dict[str, str]:
    """Return a name for each seat that marked an entry, by a secret of this server and anew for each entry."""
    shuffled = sorted(seats, key=lambda seat: salted_hmac("sp2k.pseudonym", f"{count}:{code}:{seat}").hexdigest())
    return {seat: VERIFIER if seat == VERIFIER else f"juri {n}" for n, seat in enumerate(shuffled, start=1)}

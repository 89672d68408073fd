"""How many seats a mark rests on, from the frozen sheets alone: whatever shows or quotes a mark asks here."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sp2k.base.exactyaml import load
from sp2k.editions.models import Stage
from sp2k.results.frozen import require_frozen, require_frozen_tables
from sp2k.results.models import FrozenTally
from sp2k.tally.sheets.ledger import CARRIED, FINDING, WHOLE_SHEET


@dataclass(frozen=True)
class SeatsPresent:
    """How many seats gave an entry a sheet, of how many that the count asks."""

    present: int
    asked: int

    @property
    def is_short(self) -> bool:
        return self.present < self.asked


def seats_by_stage(stages: Iterable[Stage]) -> dict[str, Mapping[str, SeatsPresent]]:
    """Return, by the code of each stage that jurors judged and froze, how many seats each mark rests on."""
    judged = [stage for stage in stages if stage.kind in (Stage.Kind.SCORING, Stage.Kind.VISIT)]
    rows = FrozenTally.objects.filter(stage__in=judged, scope="").select_related("stage__edition").defer("trace")
    found = {tally.stage_id: tally for tally in rows}
    require_frozen_tables(list(found.values()), with_input={tally.pk for tally in found.values()})
    return {stage.code: _counted(found[stage.pk]) for stage in judged if stage.pk in found}


def seats_present(tally: FrozenTally) -> Mapping[str, SeatsPresent]:
    """Return by region code how many seats a mark rests on; what is carried and what was found in the field are no sheets."""
    return _counted(require_frozen(tally))


def _counted(tally: FrozenTally) -> Mapping[str, SeatsPresent]:
    seats = set(load(tally.rules, name="rules.yaml").get("penilai", ()))
    lines = [line for line in tally.sheets.splitlines() if not line.startswith("#")]
    present: dict[str, set[str]] = {}
    asked: dict[str, set[str]] = {}
    for code, seat, item, *_mark in csv.reader(lines[1:]):
        if seat.startswith(CARRIED) or item.startswith(FINDING):
            continue
        asked.setdefault(code, set()).add(seat)
        if item not in WHOLE_SHEET:
            present.setdefault(code, set()).add(seat)
    return {code: SeatsPresent(len(present.get(code, ())), len(given | seats)) for code, given in asked.items()}

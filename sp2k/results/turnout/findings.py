"""What the findings of a visit add to each entry, from the frozen count's own marks and rules."""

import csv
from fractions import Fraction

from sp2k.base.exactyaml import load
from sp2k.results.models import FrozenTally
from sp2k.tally.numbers import exact_text
from sp2k.tally.sheets.ledger import FINDING
from sp2k.tally.stage_rules import read_stage_rules


def findings_by_entry(tally: FrozenTally) -> dict[str, str]:
    """Return, by region code, the sum of the points of an entry's findings, exact ("-0.5"); none where it has no finding."""
    lines = [line for line in tally.sheets.splitlines() if FINDING in line]
    if not lines:
        return {}
    points = read_stage_rules(load(tally.rules, name="rules.yaml")).findings
    sums: dict[str, Fraction] = {}
    for code, _seat, item, verdict in csv.reader(lines):
        if item.startswith(FINDING):
            sums[code] = sums.get(code, Fraction(0)) + points[verdict]
    return {code: exact_text(total) for code, total in sums.items()}

"""How often the sentences of "Seberapa yakin?" were wrong in stages whose truth is known (`make bench-certainty`)."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sp2k.analysis.answers import in_words
from sp2k.tally.kinds.juror_mark import MEDIAN, TRIMMED
from sp2k.tally.stage_rules import StageRules

DATA = Path(__file__).with_name("measured.csv")
PLAIN = "rata-rata"
WAYS = {MEDIAN: "median", TRIMMED: "pangkas 1"}
RANGES = "rentang"
# The kinds of stage that are the worst now; the words of all stand in docs/bench-certainty.md.
KINDS = {
    "dua-rapat": "dua kelompok yang di dalamnya hampir sama baik",
    "lima-rapat": "lima kelompok yang di dalamnya hampir sama baik",
    "enam-rapat": "enam kelompok yang di dalamnya hampir sama baik",
}
SAID = {"tempat": "tempat yang disebut jelas", "tetangga": "pasangan yang disebut terbedakan"}


@dataclass(frozen=True)
class Measured:
    """One row of the table: so many made-up stages of one kind."""

    n_entries: int
    n_jurors: int
    way: str
    cells: dict[str, str]

    def said(self) -> str:
        """Return the row in a sentence: rate, counts, 95 % limits and seed."""
        parts = [self.rate(name, said) for name, said in SAID.items()]
        missed, n_ranges = int(self.cells["rentang_salah"]), int(self.cells["rentang"])
        if n_ranges:
            parts.append(f"rentang memuat tempat yang sebenarnya {in_words(100 - 100 * missed / n_ranges, 1)}%")
        return (
            f"Diukur pada {self.cells['tahap']} tahap buatan dengan {self.n_entries} peserta, {self.n_jurors} juri, "
            f"{self.way} (benih {self.cells['benih']}): {'; '.join(parts)}."
        )

    def least_wrong(self, name: str) -> float:
        """Return the lower 95 % limit of how often what was said under a name was wrong, in percent."""
        return float(self.cells[f"{name}_rendah"])

    def where(self) -> str:
        """Say which kind of stage the row is of."""
        kind, regencies, carried = (self.cells[name] for name in ("keadaan", "lingkup", "bawaan"))
        parts = [f"{self.n_entries} peserta, {self.n_jurors} juri", KINDS.get(kind, kind and f"keadaan {kind}"),
                 f"{regencies} wilayah" if regencies != "1" else "", carried and f"bawaan {carried}"]
        return ", ".join(part for part in parts if part)

    def rate(self, name: str, said: str) -> str:
        """Say how often what was said under a name was wrong, with 95 % limits."""
        n, wrong = int(self.cells[name]), int(self.cells[f"{name}_salah"])
        if not n:
            return f"{said}: tidak ada"
        low, high = (self.cells[f"{name}{end}"].replace(".", ",") for end in ("_rendah", "_tinggi"))
        return f"{said} keliru {wrong} dari {n} ({low} sampai {high}%)"


def measured_for(rules: StageRules) -> Measured:
    """Return the row nearest to a stage: its way of combining, then its number of jurors, then of entries."""
    way = WAYS.get(rules.combination.way, PLAIN)
    n, k = len(rules.entries), len(rules.assessors)
    rows = [row for row in _rows() if row.way == way]
    return min(rows, key=lambda row: (abs(row.n_jurors - k), abs(row.n_entries - n)))


def worst_said() -> str:
    """Say where the sentences were wrong most often beyond chance, of all kinds of stage that were measured."""
    worst = {name: max(_all_rows(), key=lambda row, name=name: row.least_wrong(name)) for name in (*SAID, RANGES)}
    parts = [f"{worst[name].rate(name, said)}: {worst[name].where()}" for name, said in SAID.items()]
    cells = worst[RANGES].cells
    held = in_words(100 - 100 * int(cells["rentang_salah"]) / int(cells["rentang"]), 1)
    return (
        f"Di yang terburuk dari {len(_all_rows())} macam tahap buatan: {'; '.join(parts)}; rentang memuat tempat yang "
        f"sebenarnya {held}%: {worst[RANGES].where()}."
    )


@lru_cache(maxsize=1)
def _rows() -> tuple[Measured, ...]:
    """The rows of the plain world, without heavy tails, gaps and the like."""
    return tuple(
        row for row in _all_rows() if (row.cells["keadaan"], row.cells["lingkup"], row.cells["bawaan"]) == ("", "1", "")
    )


@lru_cache(maxsize=1)
def _all_rows() -> tuple[Measured, ...]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            Measured(int(row["peserta"]), int(row["juri"]), row["cara"], row)
            for row in csv.DictReader(file)
        )

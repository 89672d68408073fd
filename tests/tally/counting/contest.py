"""A small contest told in a few lines: who takes part, who judges, what is marked; then the marks, then the count."""

from collections.abc import Iterable, Mapping

from sp2k.tally.count import Count, EntryResult, count
from sp2k.tally.sheets import Mark
from sp2k.tally.stage_rules import StageRules, read_stage_rules
from sp2k.tally.tables import places_lines
from sp2k.tally.trace import trace_lines

ROGOJAMPI, GENTENG, TAMAN, SEDATI, TONGAS = "35.10.13", "35.10.09", "35.15.13", "35.15.17", "35.13.23"


def instrument(aspects: Mapping[str, Mapping[str, object]], **more) -> dict:
    """Return an instrument of jurors' marks from 0 to 100, from `{aspect: {indicator: maximum or whole indicator}}`."""
    rule = {"jenis": "juri", "skala": [0, 100], "desimal": 3}
    return {
        "instrumen": "lomba",
        "aspek": [
            {
                "kode": aspect,
                "indikator": [
                    {"kode": code, **(given if isinstance(given, dict) else {"maks": given, "aturan": rule})}
                    for code, given in indicators.items()
                ],
            }
            for aspect, indicators in aspects.items()
        ],
        **more,
    }


def rules_data(
    entries: Iterable[str] = (ROGOJAMPI, TAMAN, TONGAS),
    seats: Iterable[str] = ("unair", "jpip"),
    aspects: Mapping | None = None,
    **more,
) -> dict:
    """Return the data of a rules file; a key given as None is left out."""
    data = {
        "aturan": "sp2k-hitung-1",
        "edisi": "lomba-2022",
        "tahap": "presentasi",
        "sumber": "juri",
        "peserta": list(entries),
        "penilai": list(seats),
        "instrumen": instrument(aspects or {"N": {"N1": 100}}),
        **more,
    }
    return {key: value for key, value in data.items() if value is not None}


def carried_rules(entries: Iterable[str], **more) -> dict:
    """Return the data of a stage without marks of its own: a regency's choice by what the forms came to."""
    carry = {"cara": "tambah", "tahap": "isian", "bobot": 1}
    return rules_data(entries, sumber="bawaan", penilai=None, instrumen=None, bawaan=carry, **more)


class Contest:
    """Rules and the marks given so far."""

    def __init__(self, *args, data: dict | None = None, **more):
        self.rules: StageRules = read_stage_rules(data if data is not None else rules_data(*args, **more))
        self.marks: list[Mark] = []

    def gives(self, seat: str, entry: str, **marks: object) -> "Contest":
        """A seat hands in a sheet (or some more marks of one)."""
        self.marks += [(entry, seat, indicator, str(mark)) for indicator, mark in marks.items()]
        return self

    def all_give(self, entry: str, **marks: object) -> "Contest":
        for seat in self.rules.assessors:
            self.gives(seat, entry, **marks)
        return self

    def line(self, *mark: str) -> "Contest":
        self.marks.append(mark)
        return self

    def carries(self, entry: str, value: object, *, stage: str = "isian", part: str = "nilai") -> "Contest":
        return self.line(entry, f"tahap:{stage}", part, str(value))

    def count(self) -> Count:
        return count(self.rules, self.marks)

    def result_of(self, entry: str) -> EntryResult:
        return next(result for result in self.count().results if result.code == entry)

    def places(self) -> dict[str, int | None]:
        return {result.code: result.place for result in self.count().results}

    def totals(self) -> dict[str, str]:
        return {result.code: result.total_text for result in self.count().results}

    def tables(self) -> str:
        result = self.count()
        return "".join([*places_lines(result), *trace_lines(result)])

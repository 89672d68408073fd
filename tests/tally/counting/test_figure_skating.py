"""Published results of figure skating: rounding at every level, and ties broken by a declared rule.

Source: BuzzFeedNews/figure-skating-scores (CC BY 4.0) after the protocols of the International Skating Union; see
README.json beside the data. All nine judges' marks go in; that the highest and the lowest are taken off is declared.
"""

import csv
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from sp2k.tally.count import count
from sp2k.tally.stage_rules import read_stage_rules
from tests.tally.counting.contest import carried_rules, rules_data

DATA = Path(__file__).parents[1] / "data" / "figure_skating"
SEATS = [f"J{n}" for n in range(1, 10)]


def table(name: str) -> list[dict]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def panel(factor: str, *rows: dict, how: dict, **rounding):
    """Count components of one factor: an indicator from 0 to 10, an aspect that stretches its share by the factor."""
    mark = {"jenis": "juri", "skala": [0, 10], "desimal": 2}
    instrument = {
        "instrumen": "komponen",
        "aspek": [
            {
                "kode": "C",
                "maks": Decimal(factor) * 10,
                "indikator": [{"kode": "M", "maks": 10, "bobot": 1, "aturan": mark}],
            }
        ],
    }
    entries = [f"{row['performance']}-{row['component']}" for row in rows]
    trimmed = {"gabung": "rata_rata_pangkas", "pangkas": 1}
    rules = read_stage_rules(rules_data(entries, SEATS, instrumen=instrument, bulat=rounding, **(trimmed | how)))
    marks = [(entry, seat, "M", row[seat]) for entry, row in zip(entries, rows, strict=True) for seat in SEATS]
    return {result.code: result.own for result in count(rules, marks).results}


def component_totals(how: dict | None = None, **rounding) -> dict[str, Fraction]:
    """Return each performance's sum of components."""
    rows = sorted(table("components"), key=lambda row: row["factor"])
    totals: dict[str, Fraction] = {}
    for factor, group in groupby(rows, key=lambda row: row["factor"]):
        for entry, points in panel(factor, *group, how=how or {}, **rounding).items():
            performance = entry.partition("-")[0]
            totals[performance] = totals.get(performance, Fraction(0)) + points
    return totals


def agreeing(totals: dict[str, Fraction]) -> int:
    published = {row["performance"]: Fraction(row["components"]) for row in table("performances")}
    return sum(published[performance] == total for performance, total in totals.items())


def test_means_and_products_rounded_in_the_declared_order_give_all_407_published_component_totals():
    totals = component_totals(indikator=2, aspek=2)

    assert (agreeing(totals), len(totals)) == (407, 407)


def test_one_mark_multiplied_is_noticed(monkeypatch):
    rows = table("components")
    rows[0] = rows[0] | {"J5": str(Decimal(rows[0]["J5"]) * Decimal("0.5"))}
    changed = {"components": rows, "performances": table("performances")}
    monkeypatch.setattr(f"{__name__}.table", changed.__getitem__)

    assert agreeing(component_totals(indikator=2, aspek=2)) == 406


def test_leaving_out_the_rounding_of_the_mean_misses_many_of_them():
    assert agreeing(component_totals(aspek=2)) < 300


def test_the_mean_of_all_nine_judges_misses_many_of_them_too():
    assert agreeing(component_totals({"gabung": "rata_rata", "pangkas": None}, indikator=2, aspek=2)) < 300


def count_segment(segment: list[dict], link: str):
    codes = [f"p-{row['performance']}" for row in segment]
    rules = read_stage_rules(carried_rules(codes, seri=[f"bawaan:{link}"], bulat={"nilai": 2}))
    marks = []
    for code, row in zip(codes, segment, strict=True):
        carried = {"nilai": row["total"], "aspek:TES": row["elements"], "aspek:PCS": row["components"]}
        marks += [(code, "tahap:isian", part, value) for part, value in carried.items()]
    return count(rules, marks).results


def test_all_152_segments_are_placed_as_published_their_three_ties_broken_by_the_declared_link():
    rows, by_chain = table("performances"), []
    for _, group in groupby(rows, key=lambda row: row["segment"]):
        segment = list(group)
        link = "aspek:TES" if "SHORT" in segment[0]["program"] else "aspek:PCS"

        results = count_segment(segment, link)

        assert {r.code: r.place for r in results} == {f"p-{row['performance']}": int(row["rank"]) for row in segment}
        by_chain += [r.code for r in results if r.decided_by == f"bawaan:{link}"]
    assert (len(rows), int(rows[-1]["segment"])) == (1726, 152)
    assert sorted(by_chain) == [
        "p-1032f22316", "p-4865a107e9", "p-5ebb06bf1a", "p-68f905e01a", "p-dc041820c3", "p-e8a352cdfc"
    ]  # fmt: skip

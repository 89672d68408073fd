"""Indicators that apply only to some: from the instrument's file through form and sheet to the place.

Bulungan and Tana Tidung are kabupaten, Tarakan is a kota. A1 of the form and I1 of the jury's sheet are asked only of
kecamatan with desa.
"""

from fractions import Fraction

import pytest

from sp2k.base.exactyaml import load
from sp2k.entries.models import Entry, Finding
from sp2k.instruments.models import Instrument
from sp2k.judging.models import Mark
from sp2k.results.bridge import marks_of_stage
from sp2k.results.models import FrozenTally, Placement
from sp2k.tally.count import count
from sp2k.tally.instrument import read_instrument
from sp2k.tally.scoring import score
from sp2k.tally.stage_rules import read_stage_rules
from tests.story.small import (
    EDITION,
    FIRST,
    FORM,
    JURY_FROZEN,
    NOMINATIONS_OPEN,
    SECOND,
    SHEET,
    THIRD,
    VISIT,
    form_with,
    play_small,
    sheet_with,
    stage,
)

MARKS = {"presentasi": {FIRST: 90, SECOND: 80, THIRD: {"K1": 95, "I2": 85}}}
HELD = {FIRST: 1, SECOND: 1, THIRD: 0}
CITY_WITH_VILLAGES = EDITION + 'desa:\n  ada: ["65.71"]\n'
ANSWERS = {"A": {"isian": {"layanan": "12", "loket": "belum"}, "bukti": []}}


@pytest.mark.parametrize(("otherwise", "total"), [("keluarkan", 30), ("nol", 20), ("penuh", 40)])
def test_at_the_level_of_the_file_what_does_not_apply_is_treated_as_declared(otherwise, total):
    """A2 gives 20 of 60. Left out: 20 of 40 is scaled to 60, 30. Nothing for A1: 20. All of A1: 40."""
    instrument = read_instrument(load(form_with(otherwise), name="uji.yaml"))

    assert score(instrument, ANSWERS, traits=["kota"]).tree.total == Fraction(total)
    assert score(instrument, ANSWERS, traits=["ada_desa", "kabupaten"]).tree.total == Fraction(20)


@pytest.mark.parametrize(
    ("otherwise", "points", "row", "total"),
    [("keluarkan", "", "t.b.", "0.00"), ("nol", "0", "0", "0.00"), ("penuh", "20", "20", "20.00")],
)
def test_a_form_counts_what_does_not_apply_as_its_instrument_declares(db, otherwise, points, row, total):
    story = play_small(NOMINATIONS_OPEN, instruments=(form_with(otherwise), SHEET, VISIT), evidence=HELD)

    findings = dict(Finding.objects.filter(indicator="A1").values_list(
        "verification__form__participation__entry__region_id", "points"
    ))  # fmt: skip
    assert {code: findings[code] for code in (FIRST, THIRD)} == {FIRST: "20", THIRD: points}
    rows = {(code, indicator): mark for code, _, indicator, mark in marks_of_stage(stage(story, "isian"))}
    assert rows[THIRD, "A1"] == row
    totals = dict(Placement.objects.filter(tally__stage__code="isian", tally__scope="").values_list(
        "participation__entry__region_id", "total"
    ))  # fmt: skip
    assert (totals[FIRST], totals[THIRD]) == ("20.00", total)


def places(otherwise: str, marks=MARKS, source: str = EDITION) -> list[tuple]:
    play_small(JURY_FROZEN, instruments=(FORM, sheet_with(otherwise), VISIT), told=marks, source=source)
    rows = Placement.objects.filter(tally__stage__code="presentasi").order_by("place")
    return list(rows.values_list("participation__entry__region_id", "place", "total"))


@pytest.mark.parametrize(
    ("otherwise", "expected"),
    [
        # 0.6 x 95 + 0.4 x 85
        ("keluarkan", [(THIRD, 1, "91.00"), (FIRST, 2, "90.00"), (SECOND, 3, "80.00")]),
        # 0.6 x 95 + 0.4 x (0 + 85) / 2
        ("nol", [(FIRST, 1, "90.00"), (SECOND, 2, "80.00"), (THIRD, 3, "74.00")]),
        # 0.6 x 95 + 0.4 x (100 + 85) / 2
        ("penuh", [(THIRD, 1, "94.00"), (FIRST, 2, "90.00"), (SECOND, 3, "80.00")]),
    ],
)
def test_a_mark_that_is_not_asked_leads_to_the_place_that_the_instrument_declares(db, otherwise, expected):
    assert places(otherwise) == expected
    assert not Mark.objects.filter(indicator="I1", sheet__assignment__participation__entry__region=THIRD).exists()
    assert Mark.objects.filter(indicator="I1").count() == 6  # three jurors, two kecamatan with desa


def test_the_traits_are_frozen_with_the_count_and_count_again_from_its_files(db):
    before = places("keluarkan")
    Entry.objects.update(traits=["ada_desa", "kabupaten"])

    tally = FrozenTally.objects.get(stage__code="presentasi")
    rules = load(tally.rules, name="rules.yaml")
    lines = [line.split(",") for line in tally.sheets.splitlines() if line.startswith("65.")]
    again = count(read_stage_rules(rules), [tuple(line) for line in lines])

    assert rules["sifat"] == {
        FIRST: ["ada_desa", "kabupaten"], SECOND: ["ada_desa", "kabupaten"], THIRD: ["kota"],
    }  # fmt: skip
    assert [(row.code, row.place, row.total_text) for row in sorted(again.results, key=lambda row: row.place)] == before


def test_a_city_declared_to_have_desa_is_asked_like_any_other(db):
    marks = {"presentasi": {FIRST: 90, SECOND: 80, THIRD: {"K1": 95, "I1": 65, "I2": 85}}}

    # 0.6 x 95 + 0.4 x (65 + 85) / 2
    assert places("keluarkan", marks, CITY_WITH_VILLAGES) == [
        (FIRST, 1, "90.00"), (THIRD, 2, "87.00"), (SECOND, 3, "80.00")
    ]  # fmt: skip
    assert Entry.objects.get(region=THIRD).traits == ["ada_desa", "kota"]


def test_an_instrument_that_asks_the_same_of_all_is_counted_without_traits(db):
    play_small(JURY_FROZEN)

    assert "sifat" not in load(FrozenTally.objects.get(stage__code="presentasi").rules, name="rules.yaml")
    assert Instrument.objects.count() == 3

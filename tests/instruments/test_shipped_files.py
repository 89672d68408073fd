"""The instrument files that ship: each loads, and what it says of itself is true."""

from fractions import Fraction
from pathlib import Path

import pytest

from sp2k.instruments.reading import read_instrument_text
from sp2k.tally.scoring import report, score

DATA = Path(__file__).parents[2] / "sp2k" / "instruments" / "data"


def shipped(name):
    return read_instrument_text((DATA / f"{name}.yaml").read_text(encoding="utf-8"), name=f"{name}.yaml")


@pytest.mark.parametrize(
    ("name", "code", "n_indicators", "maximum"),
    [
        ("instrumen-sumedang-2025", "sumedang-2026-skor100", 114, Fraction(100)),
        ("instrumen-sumedang-2025-skor137", "sumedang-2025-skor137", 113, Fraction(275, 2)),
        ("instrumen-permendagri81-2015-desa", "permendagri-81-2015-desa", 225, Fraction(548)),
        ("instrumen-permendagri81-2015-kelurahan", "permendagri-81-2015-kelurahan", 226, Fraction(550)),
        ("presentasi-jatim-2022", "presentasi-jatim-2022", 9, Fraction(100)),
        ("lapang-jatim-2022", "lapang-jatim-2022", 6, Fraction(100)),
    ],
)
def test_every_shipped_file_loads_with_its_declared_size(name, code, n_indicators, maximum):
    instrument = shipped(name)

    assert (instrument.code, len(instrument.indicators), instrument.maximum) == (code, n_indicators, maximum)


def test_no_instrument_file_ships_without_being_tested_here():
    assert sorted(path.stem for path in DATA.glob("*.yaml")) == [
        "instrumen-permendagri81-2015-desa",
        "instrumen-permendagri81-2015-kelurahan",
        "instrumen-sumedang-2025",
        "instrumen-sumedang-2025-skor137",
        "lapang-jatim-2022",
        "presentasi-jatim-2022",
    ]


def test_the_old_version_declares_less_than_its_indicators_hold():
    """Its real defect, kept: A 25 against 27, B 50 against 79."""
    differing = {
        aspect.code: (aspect.maximum, sum(indicator.maximum for indicator in aspect.indicators))
        for aspect in shipped("instrumen-sumedang-2025-skor137").aspects
        if aspect.maximum != sum(indicator.maximum for indicator in aspect.indicators)
    }

    assert differing == {"A": (25, 27), "B": (50, 79)}


def test_all_evidence_alone_gives_97_of_114_indicators_their_maximum():
    """What the rule facts say of the version of 100 points: most indicators are full once a file is accepted."""
    instrument = shipped("instrumen-sumedang-2025")
    result = score(instrument, {a.code: {"bukti": sorted(a.known_evidence)} for a in instrument.aspects})

    kinds = [i.code for i in instrument.indicators if i.kind in ("ada", "daftar")]
    assert len(kinds) == 97
    assert [code for code in kinds if result.points[code] != instrument.indicator(code).maximum] == []


def test_the_best_and_the_worst_village_and_ward():
    for name, best, worst in (
        ("instrumen-permendagri81-2015-desa", "548.00", "224.00"),
        ("instrumen-permendagri81-2015-kelurahan", "550.00", "225.00"),
    ):
        instrument = shipped(name)

        totals = [report(score(instrument, _chosen(instrument, pick)))["nilai"] for pick in (max, min)]

        assert totals == [best, worst]


def _chosen(instrument, pick) -> dict:
    return {
        aspect.code: {
            "isian": {
                indicator.code: pick(indicator.inputs[0].choices, key=lambda choice: choice.points or 0).code
                for indicator in aspect.indicators
            }
        }
        for aspect in instrument.aspects
    }


@pytest.mark.parametrize("name", ["presentasi-jatim-2022", "lapang-jatim-2022"])
def test_the_sheets_of_jury_and_visit_take_marks_from_0_to_100_with_one_decimal(name):
    rules = [indicator.rule for indicator in shipped(name).indicators]

    assert {(rule.kind, rule.scale, rule.decimals, rule.combine) for rule in rules} == {
        ("juri", (Fraction(0), Fraction(100)), 1, "rata_rata"),
    }  # fmt: skip


def test_the_jury_marks_nine_indicators_in_the_four_aspects_the_press_named():
    """East Java 2023: kompetensi, inovasi, kepemimpinan, kinerja; nine indicators (malangpagi.com and others)."""
    assert [
        (aspect.code, [i.code for i in aspect.indicators]) for aspect in shipped("presentasi-jatim-2022").aspects
    ] == [
        ("kompetensi", ["K1", "K2"]),
        ("inovasi", ["I1", "I2", "I3"]),
        ("kepemimpinan", ["P1", "P2"]),
        ("kinerja", ["N1", "N2"]),
    ]


def test_weights_that_nobody_published_are_called_examples_in_the_file():
    for name in ("presentasi-jatim-2022", "lapang-jatim-2022"):
        text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")

        assert "catatan: Bobot aspek dan indikator di berkas ini contoh" in text

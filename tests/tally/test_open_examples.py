"""The 24 open forms of Sumedang's instruments, with the points its own application gives them.

Source: contoh-nilai.jsonl, forms run through the public application sigaw13/sinergitas-kecamatan (100 points: commit
aa1092f; 137.5 points: commit be042d7). Totals agree exactly; points per key agree wherever the key is an indicator.
"""

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from sp2k.base.exactyaml import load
from sp2k.tally.instrument import read_instrument
from sp2k.tally.scoring import report, score

DATA = Path(__file__).parents[2] / "sp2k" / "instruments" / "data"
FILES = {"skor100": "instrumen-sumedang-2025.yaml", "skor137": "instrumen-sumedang-2025-skor137.yaml"}
LINES = (Path(__file__).parent / "data" / "contoh-nilai.jsonl").read_text(encoding="utf-8").splitlines()
EXAMPLES = [json.loads(line, parse_float=Decimal) for line in LINES]


@pytest.fixture(scope="module")
def instruments():
    return {
        version: read_instrument(load((DATA / name).read_text(encoding="utf-8"), name=name))
        for version, name in FILES.items()
    }


def scored(instruments, example):
    part = {key: example[key] for key in ("isian", "bukti") if key in example}
    return score(instruments[example["versi"]], {example["aspek"]: part})


def test_there_are_twenty_four_forms():
    assert len(EXAMPLES) == 24


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['versi']} {e['aspek']} {e['ket']}")
def test_the_total_of_the_aspect_agrees_exactly(instruments, example):
    total = report(scored(instruments, example))["aspek"][example["aspek"]]["nilai"]

    assert Decimal(total) == Decimal(example["total"])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['versi']} {e['aspek']} {e['ket']}")
def test_every_key_that_is_an_indicator_has_the_same_points(instruments, example):
    result = scored(instruments, example)
    expected = {}
    for key, points in example["indikator"].items():
        whole = re.fullmatch(r"ind_(\d+)", key)
        code = whole and example["aspek"] + whole[1]
        if code in result.points:
            # The application adds floats: its 0.8400000000000001 is our 21/25.
            expected[code] = Fraction(Decimal(points)).limit_denominator(10**6)

    assert expected != {}
    assert {code: result.points[code] for code in expected} == expected


def test_the_old_version_gives_nine_points_for_an_empty_form(instruments):
    """A known oddity of the version of 137.5 points: its lowest bands give points for 0 %, and empty counts as 0."""
    result = report(score(instruments["skor137"], {}))

    assert result["nilai"] == "9.00"
    assert {code: part["nilai"] for code, part in result["aspek"].items()} == {
        "A": "0.50", "B": "5.75", "C": "2.75", "D": "0.00", "E": "0.00", "F": "0.00",
    }  # fmt: skip


def test_the_old_version_lets_an_indicator_exceed_its_maximum(instruments):
    """E1 gives 2 + 100 % x 4 = 6 of 5; nothing in the file says that it is cut."""
    answers = {"E": {"isian": {"ind_1_persen_tertinggi": "d", "ind_1g_s3": 3}}}

    assert score(instruments["skor137"], answers).points["E1"] == 6

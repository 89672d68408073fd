"""Fixed goalposts, against the Human Development Index of 2022: what of it is exact is counted, the rest is told apart.

Source: UNDP, Human Development Report 2023-24 (CC BY 3.0 IGO); see README.md beside the data. The index of income takes
a logarithm and the whole a cube root: neither has an exact value, so the count has neither. Here, in the test alone,
they are taken to 50 digits, so that the two exact indices are seen to be those the published number is made of.
"""

import csv
import json
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest

from sp2k.base.exactyaml import load
from sp2k.tally.instrument import read_instrument
from sp2k.tally.places import competition_places
from sp2k.tally.scoring import score
from tests.tally.one_indicator import points_of, score_of

REFS = Path(__file__).parents[1] / "analysis" / "refs"
CASE = json.loads((REFS / "hdi_2022.json").read_text("utf-8"))
INSTRUMENT = """
instrumen: ipm-2022
aspek:
- kode: usia
  indikator:
  - {kode: le, maks: 1, aturan: {jenis: tiang, bawah: 20, atas: 85}}
- kode: pendidikan
  maks: 1
  indikator:
  - {kode: eys, maks: 1, bobot: 0.5, aturan: {jenis: tiang, bawah: 0, atas: 18}}
  - {kode: mys, maks: 1, bobot: 0.5, aturan: {jenis: tiang, bawah: 0, atas: 15}}
"""


def countries() -> list[dict]:
    with (REFS / "hdi_2022.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if row["hdi_2022"] and row["hdi_rank_2022"]]


def exact_indices(row: dict) -> tuple[Fraction, Fraction]:
    """Return a country's indices of health and education as the count gives them."""
    answers = {"usia": {"isian": {"le": row["le_2022"]}}, "pendidikan": {
        "isian": {"eys": row["eys_2022"], "mys": row["mys_2022"]}}}  # fmt: skip
    aspects = score(read_instrument(load(INSTRUMENT, name="ipm")), answers).tree.aspects
    return aspects["usia"].points, aspects["pendidikan"].points


def index_of(row: dict) -> Decimal:
    health, education = (Decimal(x.numerator) / Decimal(x.denominator) for x in exact_indices(row))
    income = min(Decimal(row["gnipc_2022"]), Decimal(75_000))
    income_index = (income / 100).ln() / Decimal(750).ln()
    return (health * education * income_index) ** (Decimal(1) / 3)


def test_the_exact_indices_are_those_the_published_index_of_193_countries_is_made_of():
    tolerance = Decimal(str(CASE["tolerance"]))
    with localcontext() as context:
        context.prec = 50
        far = [
            row["iso3"] for row in countries() if abs(index_of(row) - Decimal(row["hdi_2022"])) > tolerance
        ]

    assert (len(countries()), far) == (193, [])


def test_a_wrong_goalpost_would_be_noticed(monkeypatch):
    monkeypatch.setitem(globals(), "INSTRUMENT", INSTRUMENT.replace("atas: 85", "atas: 90"))

    with localcontext() as context:
        context.prec = 50
        far = [row for row in countries() if abs(index_of(row) - Decimal(row["hdi_2022"])) > Decimal("0.0011")]

    assert len(far) == 193


def test_the_published_places_are_1_2_2_4_over_the_published_index():
    rows = countries()

    places = competition_places([Fraction(row["hdi_2022"]) for row in rows])

    assert places == [int(Decimal(row["hdi_rank_2022"])) for row in rows]
    assert len(set(places)) < len(places)


@pytest.mark.parametrize(("value", "points"), [(20, "0"), (19, "0"), (-5, "0"), (52.5, None), (85, "1"), (86, "1")])
def test_at_and_beyond_a_post_the_points_stay(value, points):
    rule = "{jenis: tiang, bawah: 20, atas: 85}"

    assert points_of(rule, {"A1": str(value)}, maximum="1") == (points or "0.5")


def test_several_inputs_are_added_or_averaged_first():
    both = {"a": 3, "b": 1}

    assert points_of("{jenis: tiang, masukan: [a, b], agregat: jumlah, bawah: 0, atas: 8}", both) == "5"
    assert points_of("{jenis: tiang, masukan: [a, b], agregat: rata_rata, bawah: 0, atas: 8}", both) == "2.5"
    assert points_of("{jenis: tiang, masukan: [a, b], agregat: rata_rata, bawah: 0, atas: 8}", {"a": 4}) == "2.5"


def test_empty_is_not_the_worst_post_unless_declared():
    turned = "{jenis: tiang, bawah: 0, atas: 8, arah: turun, bila_kosong: %s}"

    assert points_of("{jenis: tiang, bawah: 0, atas: 8, arah: turun}") == "0"
    assert points_of(turned % "{anggap: 8}") == "0"
    assert points_of(turned % "{anggap: 0}") == "10"
    assert points_of(turned % "{keluarkan: true}") == "dikeluarkan"


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{jenis: tiang, bawah: 5, atas: 5}", '"bawah" harus kurang dari "atas", dan "poin" tidak boleh di bawah 0.'),
        ("{jenis: tiang, bawah: 0, atas: 5, poin: -1}",
         '"bawah" harus kurang dari "atas", dan "poin" tidak boleh di bawah 0.'),
        ("{jenis: tiang, atas: 5}", 'kunci "bawah" tidak ada; isilah dengan angka.'),
        ("{jenis: tiang, bawah: 0, atas: 5, arah: mundur}",
         '"arah" harus salah satu dari naik, turun, bukan "mundur".'),
        ("{jenis: tiang, bawah: 0, atas: 5, log: true}",
         'kunci "log" tidak dikenal di sini; yang dikenal: '
         "agregat, arah, atas, bawah, bila_kosong, gerbang_bukti, jenis, masukan, poin."),
    ],
)  # fmt: skip
def test_goalposts_that_cannot_be_meant_are_refused(rule, sentence):
    with pytest.raises(ValueError) as error:
        score_of(rule)

    assert error.value.sentence == sentence

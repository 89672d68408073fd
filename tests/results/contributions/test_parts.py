"""Why an entry stands where it stands: parts that add up to the difference of the printed totals, to the last digit."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from sp2k.base.exactyaml import load
from sp2k.results.certainty.marks import read_ledger
from sp2k.results.contributions.page import sentence_of
from sp2k.results.contributions.parts import compare, parts_of
from sp2k.results.contributions.weights import point_weights
from sp2k.tally.accounts import account_of
from sp2k.tally.instrument import read_instrument
from sp2k.tally.tree import tree_total
from tests.results.certainty.made_up import CODES, RULES, SEATS, UNCLEAR, frozen

MARKS = {"A1": 4, "A2": 2, "B1": 3}
CARRY = 'bawaan: {cara: bobot, tahap: awal, bobot: "0.6", bobot_tahap: "0.4"}\n'
FINDINGS = 'temuan: {sebagian: "-0.5", sesuai: 0}\n'
BROUGHT = [f"{code},tahap:awal,nilai,{80 + n}.37" for n, code in enumerate(CODES)] + ["35.79.02,j1,temuan:K1,sebagian"]


def all_parts(given):
    ledger = read_ledger(given.rules, given.sheets)
    return {code: parts_of(ledger.rules, account_of(ledger, code)) for code in CODES}


def added(comparison, side):
    parts = [*comparison.points.values(), *comparison.others.values(), comparison.rounding]
    return sum(getattr(part, side) for part in parts)


@pytest.mark.parametrize(
    "given",
    [
        frozen(UNCLEAR),
        frozen({code: (*marks[:3], None, 77.3) for code, marks in UNCLEAR.items()}),
        frozen(UNCLEAR, extra=CARRY + FINDINGS, lines=BROUGHT),
    ],
    ids=["plain", "thirds that do not end", "carried, with findings"],
)
def test_the_parts_add_up_exactly_here_there_and_in_the_difference(given):
    parts = all_parts(given)

    for here in CODES:
        for there in CODES:
            compared = compare(parts[here], parts[there])
            assert added(compared, "difference") == parts[here].total - parts[there].total
            assert added(compared, "here") == parts[here].total
            assert parts[here].rounding + sum(parts[here].points.values()) + sum(parts[here].others.values()) == (
                parts[here].total
            )


def test_what_is_carried_for_the_tie_breaks_alone_is_no_part_of_the_total():
    for_ties = frozen(UNCLEAR, extra='bawaan: {cara: ganti, tahap: awal}\nseri: ["tahap:awal"]\n', lines=BROUGHT[:-1])

    parts = all_parts(for_ties)

    assert {code: (part.points, part.others, part.rounding) for code, part in parts.items()} == {
        code: (part.points, {}, part.rounding) for code, part in all_parts(frozen(UNCLEAR)).items()
    }


def said(given, ahead, behind):
    ledger = read_ledger(given.rules, given.sheets)
    entries = (SimpleNamespace(name=code, regency_name="Kota Uji") for code in (ahead, behind))
    here, there = (SimpleNamespace(participation=SimpleNamespace(entry=entry)) for entry in entries)
    parts = [parts_of(ledger.rules, account_of(ledger, code)) for code in (ahead, behind)]
    return sentence_of(here, there, compare(*parts), ledger.rules.instrument)


def test_the_sentence_names_the_part_that_does_most_for_the_distance():
    carry = CARRY + FINDINGS
    lines = ["35.10.13,tahap:awal,nilai,95", *(f"{code},tahap:awal,nilai,80" for code in CODES[1:])]
    level = {code: (70,) * 5 for code in CODES}
    level["35.10.13"] = (65,) * 5

    assert said(frozen({**level, "35.10.13": ((80, 71),) * 5}), "35.10.13", "35.79.02") == (
        "35.10.13 (Kota Uji) unggul 4,60 poin dari 35.79.02 (Kota Uji); yang paling banyak menyumbang selisih itu "
        "Penguasaan wilayah, 4,000 poin."
    )
    # Behind on both indicators, ahead by what it brought.
    assert said(frozen(level, extra=carry, lines=lines), "35.10.13", "35.79.02") == (
        "35.10.13 (Kota Uji) unggul 7,00 poin dari 35.79.02 (Kota Uji); yang paling banyak menyumbang selisih itu "
        "Nilai bawaan, 9,000 poin."
    )


def test_a_part_is_the_weight_times_the_mean_of_the_jurors():
    parts = all_parts(frozen(UNCLEAR))["35.10.13"]

    mean = Fraction(92 + 93 + 91 + 92 + 94, 5)
    assert parts.points == {"A1": Fraction(2, 5) * mean, "B1": Fraction(3, 5) * mean}
    assert parts.rounding == 0


def test_rounding_has_its_own_line_and_is_small():
    given = frozen({code: (*marks[:3], None, None) for code, marks in UNCLEAR.items()})

    parts = all_parts(given)

    assert any(part.rounding for part in parts.values())
    assert max(abs(part.rounding) for part in parts.values()) <= Fraction(1, 50)


INSTRUMENT = """\
instrumen: uji
maks: 10
bulat_aspek: 2
{capped}
aspek:
- {{kode: A, maks: 6, indikator: [{{kode: A1, maks: 4, aturan: {{jenis: juri, skala: [0, 4]}}}},
    {{kode: A2, maks: 2, aturan: {{jenis: juri, skala: [0, 2]}}}}]}}
- {{kode: B, maks: 4, indikator: [{{kode: B1, maks: 4, aturan: {{jenis: juri, skala: [0, 4]}}}}]}}
"""


@pytest.mark.parametrize("left_out", [(), ("A2",), ("B1",)])
def test_weights_of_points_give_what_the_tree_gives_before_rounding(left_out):
    instrument = read_instrument(load(INSTRUMENT.format(capped=""), name="uji"))
    points = {"A1": Fraction(3), "A2": Fraction(1), "B1": Fraction(2)} | dict.fromkeys(left_out)

    weights = point_weights(instrument, left_out)

    exact = sum(weights[code] * points[code] for code in weights)
    assert abs(exact - tree_total(instrument, points).total) <= Fraction(1, 100)
    assert set(weights) == set(points) - set(left_out)


def test_what_a_ceiling_takes_off_has_its_own_line():
    capped = INSTRUMENT.format(capped="plafon_aspek: true").replace("maks: 6, indikator", "maks: 5, indikator")
    head = RULES.split("EXTRA")[0].replace("kuota: {lingkup: semua, jumlah: 2}\n", "")
    rules = head + "instrumen:\n" + "".join(f"  {line}\n" for line in capped.replace("maks: 10", "maks: 9").splitlines())
    lines = [f"{code},{seat},{i},{value}" for code in CODES for seat in SEATS for i, value in MARKS.items()]
    ledger = read_ledger(rules, "\n".join(["kode,penilai,indikator,nilai", *lines]) + "\n")

    parts = parts_of(ledger.rules, account_of(ledger, CODES[0]))

    assert parts.points == {"A1": 4, "A2": 2, "B1": 3}
    assert (parts.others, parts.total, parts.rounding) == ({"pemotongan": -1}, 8, 0)

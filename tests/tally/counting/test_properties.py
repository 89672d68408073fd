"""What holds for every contest, whatever the marks."""

import csv
import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sp2k.tally.count import count
from sp2k.tally.stage_rules import read_stage_rules
from sp2k.tally.tables import places_lines
from sp2k.tally.trace import trace_lines
from tests.tally.counting.contest import rules_data

ENTRIES = [f"35.10.{n:02}" for n in range(1, 7)]
SEATS = ["unair", "jpip", "bappeda"]
ASPECTS = {"K": {"K1": 10, "K2": 15}, "N": {"N1": 25}}
INDICATORS = ["K1", "K2", "N1"]
# Few different marks, so that equals are frequent.
few_marks = st.sampled_from(["0", "50", "80", "80.5", "81", "100"])


@st.composite
def panels(draw, marks=few_marks):
    """Every seat judges every entry, but for some jurors who are absent for some entries (never all three)."""
    lines = []
    for entry in draw(st.lists(st.sampled_from(ENTRIES), min_size=2, max_size=6, unique=True)):
        absent = draw(st.sets(st.sampled_from(SEATS), max_size=2))
        lines += [(entry, seat, "*", "absen") for seat in sorted(absent)]
        present = [seat for seat in SEATS if seat not in absent]
        lines += [(entry, seat, indicator, draw(marks)) for seat in present for indicator in INDICATORS]
    return lines


def counted(lines, aspects=ASPECTS, **more):
    entries = sorted({line[0] for line in lines})
    return count(read_stage_rules(rules_data(entries, SEATS, aspects, seri=["aspek:N", "indikator:K2"], **more)), lines)


def order(result, codes) -> list[tuple[str, str, int]]:
    """Return how each pair of entries stands: before (-1), after (1) or together (0)."""
    places = {entry.code: entry.place for entry in result.results}
    return [(a, b, (places[a] > places[b]) - (places[a] < places[b])) for a in sorted(codes) for b in sorted(codes)]


@given(panels(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_lines_changes_no_byte_of_either_table(lines, chance: random.Random):
    shuffled = list(lines)
    chance.shuffle(shuffled)
    quota = {"lingkup": "semua", "jumlah": 2}

    there, back = counted(lines, kuota=quota), counted(shuffled, kuota=quota)

    assert list(places_lines(there)) == list(places_lines(back))
    assert list(trace_lines(there)) == list(trace_lines(back))


@given(panels(), st.data())
@settings(deadline=None, max_examples=40)
def test_who_withdraws_changes_nothing_among_the_others(lines, data):
    whole = counted(lines)
    gone = data.draw(st.sampled_from([entry.code for entry in whole.results]))
    stay = [entry.code for entry in whole.results if entry.code != gone]

    without = counted([line for line in lines if line[0] != gone])

    assert order(without, stay) == order(whole, stay)


@given(st.lists(st.lists(st.integers(0, 60), min_size=9, max_size=9), min_size=2, max_size=6), st.integers(0, 40))
@settings(deadline=None, max_examples=40)
def test_one_juror_s_mildness_to_everybody_changes_no_order(table, mildness):
    # A fully crossed panel needs no correction for severity: it cancels between entries.
    def lines(given_more):
        return [
            (entry, seat, indicator, str(row[3 * s + i] + (given_more if seat == "jpip" else 0)))
            for entry, row in zip(ENTRIES, table, strict=False)
            for s, seat in enumerate(SEATS)
            for i, indicator in enumerate(INDICATORS)
        ]

    # One aspect only: with several, each rounded, equal sums of thirds need not round to equal totals.
    one_aspect = {"N": ASPECTS["K"] | ASPECTS["N"]}

    stern, mild = counted(lines(0), one_aspect), counted(lines(mildness), one_aspect)

    codes = [entry.code for entry in stern.results]
    assert order(mild, codes) == order(stern, codes)


@given(panels())
@settings(deadline=None, max_examples=40)
def test_a_count_by_hand_from_the_trace_alone_gives_the_same_totals(lines):
    result = counted(lines, bulat={"aspek": 1, "nilai": 1})
    rows = list(csv.DictReader(trace_lines(result)))

    for entry in result.results:
        by_hand = sum(
            half_up(sum(mean_by_hand(rows, entry.code, indicator) for indicator in indicators))
            for indicators in (["K1", "K2"], ["N1"])
        )
        assert entry.total == Fraction(by_hand)


def mean_by_hand(rows, code: str, indicator: str) -> Decimal:
    points = [
        Decimal(row["hasil"])
        for row in rows
        if (row["kode"], row["langkah"], row["butir"]) == (code, "lembar", indicator) and row["hasil"]
    ]
    return sum(points) / len(points)


def half_up(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)

"""What the page says to have counted again is held against the product's own tally, under rules drawn at random."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from sp2k.results.certainty.asking import FrozenInput, ask
from sp2k.results.certainty.page import certainty_page
from sp2k.tally.count import count
from sp2k.tally.stage_rules import read_stage_rules
from tests.results.certainty.made_up import UNCLEAR, board, frozen
from tests.results.certainty.random_rules import KINDS, draw_stage

STAGES = [(kind, seed) for kind in KINDS for seed in range(4)]


def answers_of(stage):
    name = hashlib.sha256(stage.name.encode()).hexdigest()
    return ask(FrozenInput(name, stage.rules, stage.sheets(stage.lines)))


def places_of(stage, lines):
    return {result.code: result.place or 0 for result in count(read_stage_rules(stage.data), lines).results}


def by_code(answers, places):
    return dict(zip(answers.marks.entries, np.asarray(places).tolist(), strict=True))


@pytest.mark.parametrize(("kind", "seed"), STAGES)
def test_places_without_a_juror_are_those_of_the_tally_whatever_the_rules(kind, seed):
    stage = draw_stage(kind, seed)

    answers = answers_of(stage)

    for juror, seat in enumerate(stage.seats):
        left = [line for line in stage.lines if line[1] != seat or line[2].startswith("temuan:")]
        assert by_code(answers, answers.own.jackknife.places[juror]) == places_of(stage, left)


@pytest.mark.parametrize(("kind", "seed"), STAGES)
def test_places_freed_of_strictness_are_those_of_the_tally_whatever_the_rules(kind, seed):
    """Leniencies by least squares on each indicator (numpy.linalg.lstsq), taken off the marks, then the product's tally."""
    stage = draw_stage(kind, seed)

    answers = answers_of(stage)

    moved = {answers.marks.entries[change.entry]: change.adjusted_place for change in answers.own.order.changes}
    assert {**places_of(stage, stage.lines), **moved} == places_of(stage, freed(stage))


def freed(stage):
    lenient = {}
    for indicator in stage.indicators:
        rows = [line for line in stage.lines if line[2] == indicator]
        entries, seats = (sorted({row[n] for row in rows}) for n in (0, 1))
        columns = np.zeros((len(rows) + 1, len(entries) + len(seats)))
        for n, (entry, seat, *_rest) in enumerate(rows):
            columns[n, [entries.index(entry), len(entries) + seats.index(seat)]] = 1
        columns[-1, len(entries) :] = 1
        solved = np.linalg.lstsq(columns, np.array([*(float(row[3]) for row in rows), 0.0]), rcond=None)[0]
        lenient |= {(seat, indicator): value for seat, value in zip(seats, solved[len(entries) :], strict=True)}
    return [
        (e, s, i, f"{float(mark) - lenient[s, i]:.6f}") if (s, i) in lenient else (e, s, i, mark)
        for e, s, i, mark in stage.lines
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_where_the_page_says_that_strictness_changes_nothing_no_strictness_of_a_juror_does(seed):
    """Marks of half a point, indicators rounded to whole points or not at all: a juror milder by 3.3 to everybody."""
    stage = draw_stage("rounded" if seed % 2 else "plain", seed)
    milder = [(*line[:3], f"{float(line[3]) + 3.3:.2f}") if line[1] == "j1" else line for line in stage.lines]

    order = answers_of(stage).own.order

    if order.is_theorem:
        assert places_of(stage, milder) == places_of(stage, stage.lines)


def test_coarse_rounding_and_findings_are_no_theorem_and_the_plain_mean_is():
    kinds = ("plain", "rounded", "findings", "capped")

    theorem = {kind: answers_of(draw_stage(kind, 2)).own.order.is_theorem for kind in kinds}

    assert theorem == {"plain": True, "rounded": False, "findings": False, "capped": False}


def test_where_the_rules_refuse_a_count_without_a_juror_the_page_says_so_and_not_that_the_order_stays():
    marks = {**{code: (*row[:2], None, None, None) for code, row in UNCLEAR.items()}, "35.28.04": (60, None, None, None, None)}
    given = frozen(marks)

    said = certainty_page(ask(given), board(given)).order

    assert said[-1] == "Tanpa Juri 1 nilai tahap ini tidak dapat dihitung menurut aturan."
    assert not any(one.startswith("Siapa pun dari 2") for one in said)


def test_an_entry_ruled_ahead_of_its_equal_stays_ahead_where_they_are_equal_again():
    marks = {**UNCLEAR, "35.13.23": UNCLEAR["35.15.13"]}
    codes = sorted(marks, key=lambda code: -sum(marks[code]))
    ruled = tuple((code, place) for place, code in enumerate(codes, start=1))

    answers = ask(replace(frozen(marks), input_hash="e" * 64, places=ruled))

    assert [one.moved for one in answers.own.jackknife.without] == [()] * 5


def test_sheets_with_an_empty_indicator_are_not_called_whole():
    given = draw_stage("empty", 1)

    said = str(answers_of(given).own.design.explain()[0])

    assert said.endswith("lembar memuat indikator yang kosong.")

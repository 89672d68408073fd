"""From several assessors' points to one indicator's: the mean, the trimmed mean, the median; who decides which."""

import statistics
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sp2k.tally.sheets import MarkError
from tests.tally.counting.contest import ROGOJAMPI, TAMAN, Contest

SEATS = ["a", "b", "c", "d", "e"]
TRIM_ONE = {"gabung": "rata_rata_pangkas", "pangkas": 1}
EXACT = {"aspek": 6}


def panel(*marks, seats=None, **rules) -> Contest:
    """Return a contest of one entry, each mark by a seat of its own; None: that juror is absent."""
    seats = seats or [f"j{n}" for n in range(len(marks))]
    contest = Contest([ROGOJAMPI], seats, **{"bulat": EXACT} | rules)
    for seat, mark in zip(seats, marks, strict=True):
        if mark is None:
            contest.line(ROGOJAMPI, seat, "*", "absen")
        else:
            contest.gives(seat, ROGOJAMPI, N1=mark)
    return contest


def points(*marks, **rules) -> Fraction:
    return panel(*marks, **rules).result_of(ROGOJAMPI).own


def steps(contest: Contest, step: str) -> list[str]:
    lines = contest.tables().splitlines()
    return [line for line in lines if line.startswith(f"{ROGOJAMPI},{step},")]


def test_one_set_of_marks_gives_each_declared_combination_its_own_points():
    marks = (60, 80, 82, 84, 100)

    assert points(*marks) == points(*marks, gabung="rata_rata") == Fraction("81.2")
    assert points(*marks, **TRIM_ONE) == 82
    assert points(0, *marks[1:], **TRIM_ONE) == 82
    assert points(*marks, gabung="median") == 82
    assert points(*marks[:4], gabung="median") == 81
    assert points(*marks, gabung="rata_rata_pangkas", pangkas=2) == 82
    assert points(*marks, gabung="dua_arah") == Fraction("81.2")


def test_of_equal_marks_at_the_end_only_so_many_as_declared_are_taken_off():
    assert points(90, 90, 90, 60, 60, **TRIM_ONE) == 80


def test_the_absent_are_no_noughts_to_be_trimmed_away():
    assert points(70, 80, None, 90, **TRIM_ONE) == 80
    assert points(70, 80, None, gabung="median") == 75
    assert points(70, 80, 0, gabung="median") == 70


def test_too_few_marks_to_trim_are_refused_with_entry_and_indicator():
    with pytest.raises(MarkError) as error:
        points(70, 80, None, **TRIM_ONE)

    assert not error.value.is_about_line
    assert error.value.sentence == (
        "35.10.13: N1 hanya dinilai 2 penilai; rata-rata pangkas memerlukan paling sedikit 3. Lengkapilah, atau "
        "nyatakan bila_pangkas_kurang: rata_rata."
    )


def test_too_few_marks_to_trim_give_their_plain_mean_and_a_note_where_the_rules_say_so():
    contest = panel(70, 85, None, bila_pangkas_kurang="rata_rata", **TRIM_ONE)

    assert contest.result_of(ROGOJAMPI).own == Fraction("77.5")
    assert contest.result_of(ROGOJAMPI).notes == (
        "absen: j2",
        "rata-rata pangkas dari 2 penilai yang ada",
        "terlalu sedikit nilai untuk dipangkas, rata-rata biasa: N1",
    )
    assert steps(contest, "rata_rata_pangkas") == [
        "35.10.13,rata_rata_pangkas,N1,,155 / 2,77.5,2 poin terlalu sedikit untuk dipangkas 1 di tiap ujung: rata-rata "
        "biasa"
    ]


def test_the_trace_says_what_was_taken_off_and_what_stands_in_the_middle():
    assert steps(panel(60, 80, 82, 84, 100, **TRIM_ONE), "rata_rata_pangkas") == [
        "35.10.13,rata_rata_pangkas,N1,,246 / 3,82,"
        '"1 tertinggi dan 1 terendah dari 5 poin dikeluarkan, sisanya dirata-rata"'
    ]
    assert steps(panel(60, 80, 82, gabung="median"), "median") == [
        "35.10.13,median,N1,,80 / 1,80,yang di tengah dari 3 poin"
    ]
    assert steps(panel(60, 81, 82, 90, gabung="median"), "median") == [
        "35.10.13,median,N1,,163 / 2,81.5,rata-rata dua di tengah dari 4 poin"
    ]


def with_own(**rule) -> dict:
    mark = {"jenis": "juri", "skala": [0, 100], "desimal": 3}
    return {"N": {"N1": {"maks": 100, "aturan": mark | rule}, "N2": {"maks": 100, "aturan": mark}}}


def of_both(**rules) -> dict[str, Fraction]:
    contest = Contest([ROGOJAMPI], SEATS[:3], bulat=EXACT, seri=["indikator:N1", "indikator:N2"], **rules)
    for seat, mark in zip(SEATS, (60, 70, 95), strict=False):
        contest.gives(seat, ROGOJAMPI, N1=mark, N2=mark)
    return contest.result_of(ROGOJAMPI).own


def test_an_indicator_s_own_combination_holds_where_the_stage_writes_none():
    assert of_both(aspects=with_own()) == 75 + 75
    assert of_both(aspects=with_own(gabung="median")) == 70 + 75
    assert of_both(aspects=with_own(gabung="rata_rata_pangkas", pangkas=1)) == 70 + 75


def test_what_the_stage_writes_prevails_over_the_instrument():
    assert of_both(aspects=with_own(gabung="median"), gabung="rata_rata") == 75 + 75
    assert of_both(aspects=with_own(gabung="rata_rata"), gabung="median") == 70 + 70
    assert of_both(aspects=with_own(gabung="rata_rata_pangkas", pangkas=1), gabung="median") == 70 + 70


def test_an_indicator_that_is_trimmed_by_its_own_rule_may_fall_back_as_the_stage_says():
    aspects, notes = with_own(gabung="rata_rata_pangkas", pangkas=1), []
    contest = Contest([ROGOJAMPI], ["a", "b"], aspects, bulat=EXACT, bila_pangkas_kurang="rata_rata")
    contest.gives("a", ROGOJAMPI, N1=60, N2=60).gives("b", ROGOJAMPI, N1=71, N2=71)

    notes = contest.result_of(ROGOJAMPI).notes

    assert contest.result_of(ROGOJAMPI).own == 131
    assert notes == ("terlalu sedikit nilai untuk dipangkas, rata-rata biasa: N1",)


def test_points_that_come_ready_from_several_teams_are_combined_as_the_stage_says():
    contest = Contest([TAMAN], ["a", "b", "c"], {"E": {"E1": 5}}, sumber="poin", gabung="median", bulat=EXACT)
    contest.gives("a", TAMAN, E1="7/3").gives("b", TAMAN, E1=1).gives("c", TAMAN, E1=5)

    assert contest.result_of(TAMAN).own == Fraction("2.333333")


@given(st.lists(st.integers(0, 100), min_size=3, max_size=9))
@settings(deadline=None, max_examples=60)
def test_for_any_marks_median_and_trimmed_mean_are_those_of_the_sorted_list(marks):
    inner = sorted(marks)[1:-1]

    assert points(*marks, gabung="median", bulat={"aspek": 1}) == Fraction(str(statistics.median(marks)))
    assert panel(*marks, bulat={"indikator": 6, "aspek": 6}, **TRIM_ONE).result_of(ROGOJAMPI).own == Fraction(
        round(Fraction(sum(inner) * 2 * 10**6 + len(inner), 2 * len(inner)).__floor__()), 10**6
    )

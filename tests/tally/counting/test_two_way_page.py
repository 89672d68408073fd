"""The worked example of docs/methods/penyesuaian-dua-arah.md, counted again from the page; panels apart are refused."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from sp2k.base.exactyaml import load
from sp2k.tally.count import count
from sp2k.tally.sheets import MarkError, MarkLines
from sp2k.tally.stage_rules import read_stage_rules
from sp2k.tally.tables import places_lines
from sp2k.tally.trace import trace_lines
from tests.tally.counting.contest import GENTENG, ROGOJAMPI, SEDATI, TAMAN, TONGAS, Contest

PAGE = (Path(__file__).parents[3] / "docs" / "methods" / "penyesuaian-dua-arah.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    return re.search(rf"^```{re.escape(name)}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE).group(1)


def counted(**changed):
    data = load(block("yaml"), name="halaman") | changed
    return count(read_stage_rules(data), MarkLines(block("csv").splitlines(keepends=True)))


def test_the_page_shows_the_places_that_its_rules_and_sheets_give():
    assert "".join(places_lines(counted())) == block("places.csv")


def test_the_page_shows_the_winner_s_way_line_by_line():
    title, *_ = lines = [line for line in trace_lines(counted()) if not line.startswith("#")]

    assert title + "".join(line for line in lines if line.startswith("35.10.13,")) == block("jejak.csv")


def test_the_plain_mean_of_the_page_has_another_winner():
    plain = counted(gabung="rata_rata")

    assert [(result.code, result.total_text) for result in plain.results[:2]] == [
        ("35.15.13", "85.00"),
        ("35.10.13", "84.00"),
    ]


def two_panels(**more) -> Contest:
    contest = Contest([ROGOJAMPI, GENTENG, TAMAN, SEDATI], ["a", "b", "c", "d"], gabung="dua_arah", **more)
    for entry, mark in [(ROGOJAMPI, 80), (GENTENG, 90)]:
        contest.gives("a", entry, N1=mark).gives("b", entry, N1=mark + 4)
    for entry, mark in [(TAMAN, 60), (SEDATI, 70)]:
        contest.gives("c", entry, N1=mark).gives("d", entry, N1=mark + 10)
    return contest


def test_panels_without_a_common_juror_are_refused_naming_the_groups():
    with pytest.raises(MarkError) as error:
        two_panels().count()

    assert not error.value.is_about_line
    assert error.value.sentence == (
        "N1: panel terbagi menjadi 2 kelompok tanpa penilai bersama: (1) a, b menilai 35.10.09, 35.10.13; (2) c, d "
        "menilai 35.15.13, 35.15.17. Nilai antarkelompok tidak dapat dibandingkan, jadi penyesuaian dua arah tidak dapat "
        "dihitung; tambahkanlah penilai yang menilai di kedua kelompok, atau pakailah gabung yang lain."
    )


def test_panels_of_regencies_that_are_placed_apart_need_no_common_juror():
    contest = two_panels(kuota={"lingkup": "kabupaten_kota", "jumlah": 1})

    assert contest.totals() == {GENTENG: "92", ROGOJAMPI: "82", SEDATI: "75", TAMAN: "65"}


def test_what_one_juror_left_out_on_one_indicator_matters_to_that_indicator_alone():
    aspects = {"N": {"N1": 100, "N2": 100}}
    contest = Contest(
        [TAMAN, TONGAS], ["a", "b"], aspects, gabung="dua_arah", bila_kosong="abaikan", seri=["indikator:N1"]
    )
    contest.gives("a", TAMAN, N1=60, N2=80).gives("b", TAMAN, N1=80, N2=90)
    contest.gives("a", TONGAS, N1=65, N2="kosong").gives("b", TONGAS, N1=75, N2=80)

    results = {result.code: result.own for result in contest.count().results}

    # N2: b is 10 milder than a; its 80 for Tongas is worth 75 in the mean of both.
    assert results == {TAMAN: 70 + 85, TONGAS: 70 + 75}


def test_points_that_the_adjustment_lifts_beyond_the_maximum_are_not_cut_but_noted():
    contest = Contest([ROGOJAMPI, TAMAN], ["strict", "mild"], gabung="dua_arah")
    contest.gives("strict", ROGOJAMPI, N1=60).gives("mild", ROGOJAMPI, N1=100).gives("strict", TAMAN, N1=90)

    result = contest.result_of(TAMAN)

    assert (result.own, result.notes[-1]) == (Fraction(110), "poin di luar rentang: N1")

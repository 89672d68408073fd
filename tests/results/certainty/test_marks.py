"""Whatever the rules do with the marks, the analysis stands on the official totals: only the jurors are drawn again."""

import pytest

from sp2k.results.certainty.marks import jury_marks
from tests.tally.counting.contest import ROGOJAMPI, TAMAN, TONGAS, Contest

MARK = {"jenis": "juri", "skala": [0, 100], "desimal": 3}


def where_villages_are(otherwise: str) -> Contest:
    villages = {"maks": 50, "aturan": MARK, "berlaku_untuk": ["ada_desa"], "bila_tidak_berlaku": otherwise}
    contest = Contest([ROGOJAMPI, TAMAN, TONGAS], ["a", "b"], {"N": {"N1": 50, "N2": villages, "N3": 25}, "K": {"K1": 50}})
    contest.all_give(ROGOJAMPI, N1=81, N2=64, N3=77, K1=50).all_give(TONGAS, N1=60, N2=50, N3=70, K1=50)
    return contest.gives("a", TAMAN, N1=70, N2="t.b.", N3=90, K1=60).gives("b", TAMAN, N1=75, N2="t.b.", N3=91, K1=66)


def of_three(**rules) -> Contest:
    contest = Contest([ROGOJAMPI, TAMAN, TONGAS], ["a", "b", "c"], **rules)
    contest.gives("a", ROGOJAMPI, N1=81).gives("b", ROGOJAMPI, N1=60).gives("c", ROGOJAMPI, N1=82)
    contest.gives("a", TAMAN, N1=79).gives("b", TAMAN, N1=78).gives("c", TAMAN, N1=70)
    return contest.gives("b", TONGAS, N1=65).gives("c", TONGAS, N1=70)


def with_a_gap() -> Contest:
    contest = Contest([ROGOJAMPI, TAMAN], ["a", "b"], {"N": {"N1": 50, "N2": 50}}, bila_kosong="abaikan")
    return contest.gives("a", ROGOJAMPI, N1=81).gives("b", ROGOJAMPI, N1=80, N2=60).all_give(TAMAN, N1=71, N2=80)


def with_an_indicator_that_weighs_nothing() -> Contest:
    parts = [{"kode": "N1", "maks": 50, "bobot": 1, "aturan": MARK}, {"kode": "N2", "maks": 0, "bobot": 0, "aturan": MARK}]
    tree = {"instrumen": "x", "aspek": [{"kode": "N", "indikator": parts}]}
    return Contest([ROGOJAMPI, TAMAN], ["a", "b"], instrumen=tree).all_give(ROGOJAMPI, N1=81, N2=4).all_give(
        TAMAN, N1=71, N2=90)


CASES = {
    "left out": lambda: where_villages_are("keluarkan"), "nought": lambda: where_villages_are("nol"),
    "in full": lambda: where_villages_are("penuh"), "median": lambda: of_three(gabung="median"),
    "adjusted": lambda: of_three(gabung="dua_arah"), "a gap": with_a_gap, "no weight": with_an_indicator_that_weighs_nothing,
    "trimmed": lambda: of_three(gabung="rata_rata_pangkas", pangkas=1, bila_pangkas_kurang="rata_rata"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_points_of_the_analysis_are_the_official_totals_whatever_the_rules(name):
    count = CASES[name]().count()

    marks = jury_marks(count.ledger)

    points = dict(zip(marks.entries, marks.whole.totals.plain.tolist(), strict=True))
    assert points == pytest.approx({result.code: float(result.total) for result in count.results}, abs=0.005)
    assert not marks.brings_along


def test_the_plain_mean_needs_nothing_added():
    marks = jury_marks(of_three().count().ledger)

    assert marks.whole is marks.own

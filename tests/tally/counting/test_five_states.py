"""Empty, zero, not applicable, absent, recused: five different things, each with the exact total that the page says."""

import re
from pathlib import Path

import pytest

from sp2k.tally.sheets import MarkError
from tests.tally.counting.contest import ROGOJAMPI, TAMAN, Contest

PAGE = (Path(__file__).parents[3] / "docs" / "methods" / "hitung.md").read_text(encoding="utf-8")
MARK = {"jenis": "juri", "skala": [0, 100]}
STATES = re.findall(r"^\| (\S.*?) \| `(\S+)` \| .* \| (.*?) \| (\d\S*|ditolak) \|$", PAGE, re.MULTILINE)
OTHERWISE = re.findall(r"^\| `(keluarkan|nol|penuh)` \| .* \| (\S+) \|$", PAGE, re.MULTILINE)


def contest(aspects, **rules) -> Contest:
    return Contest([ROGOJAMPI], ["unair", "jpip", "bappeda"], aspects, bulat={"nilai": 2}, **rules)


def outcome(given: Contest) -> str:
    try:
        return given.totals()[ROGOJAMPI]
    except MarkError:
        return "ditolak"


def test_the_page_has_a_row_for_each_of_the_five():
    assert [state for state, *_ in STATES] == ["nol", "kosong", "kosong", "tidak berlaku", "absen", "benturan"]
    assert [word for word, _ in OTHERWISE] == ["keluarkan", "nol", "penuh"]


@pytest.mark.parametrize(("state", "written", "effect", "total"), STATES)
def test_each_of_the_five_gives_the_total_that_the_page_says(state, written, effect, total):
    applies = {"berlaku_untuk": ["ada_desa"]} if state == "tidak berlaku" else {}
    rules = {"bila_kosong": "abaikan"} if "abaikan" in effect else {}
    given = contest({"N": {"N1": {"maks": 100, "aturan": MARK} | applies}}, **rules)
    given.gives("unair", ROGOJAMPI, N1=80).gives("jpip", ROGOJAMPI, N1=90)
    given.line(ROGOJAMPI, "bappeda", "*" if state in ("absen", "benturan") else "N1", written)

    assert outcome(given) == total


def with_villages(otherwise: str, **rules) -> Contest:
    other = {"maks": 100, "aturan": MARK, "berlaku_untuk": ["ada_desa"], "bila_tidak_berlaku": otherwise}
    given = contest({"N": {"N1": 100, "N2": other}}, **rules)
    return given.all_give(ROGOJAMPI, N1=85)


@pytest.mark.parametrize(("otherwise", "total"), OTHERWISE)
def test_what_does_not_apply_gives_the_total_that_the_page_says(otherwise, total):
    written = with_villages(otherwise).all_give(ROGOJAMPI, N2="t.b.")
    by_traits = with_villages(otherwise, sifat={ROGOJAMPI: ["kota"]})

    assert (outcome(written), outcome(by_traits)) == (total, total)


def test_the_four_absences_are_told_apart_in_the_notes():
    def notes(state, **rules):
        given = contest({"N": {"N1": 100}}, **rules).gives("unair", ROGOJAMPI, N1=80).gives("jpip", ROGOJAMPI, N1=90)
        return given.line(ROGOJAMPI, "bappeda", "*" if rules == {} else "N1", state).result_of(ROGOJAMPI).notes

    assert notes("absen") == ("absen: bappeda", "rata-rata dari 2 penilai yang ada")
    assert notes("benturan") == ("benturan: bappeda", "rata-rata dari 2 penilai yang ada")
    assert notes("kosong", bila_kosong="abaikan") == ("kosong diabaikan pada lembar bappeda",)
    assert notes("0", bila_kosong="abaikan") == ()


def refused(given: Contest) -> str:
    with pytest.raises(MarkError) as error:
        given.count()
    assert not error.value.is_about_line
    return error.value.sentence


def test_a_mark_for_what_does_not_apply_by_trait_is_refused_with_its_seats():
    given = with_villages("nol", sifat={ROGOJAMPI: ["kota"]}).gives("jpip", ROGOJAMPI, N2=70)

    assert refused(given) == (
        "35.10.13: N2 tidak berlaku menurut sifat peserta ini, tetapi dinilai oleh jpip. Hapuslah nilainya, atau "
        "betulkanlah sifat."
    )


def test_not_applicable_where_it_applies_by_trait_is_refused():
    given = with_villages("nol", sifat={ROGOJAMPI: ["kabupaten", "ada_desa"]}).all_give(ROGOJAMPI, N2="t.b.")

    assert refused(given) == "35.10.13: N2 tertulis t.b., padahal berlaku menurut sifat peserta ini."


def test_a_gap_where_it_applies_by_trait_is_a_gap():
    given = with_villages("nol", sifat={ROGOJAMPI: ["kabupaten", "ada_desa"]})

    assert refused(given) == (
        "35.10.13: N2 tidak dinilai oleh unair, jpip, bappeda. Kosong bukan nol: lengkapilah lembarnya."
    )


def test_traits_part_a_city_from_a_regency_in_one_count():
    other = {"maks": 100, "aturan": MARK, "berlaku_untuk": ["ada_desa"]}
    traits = {ROGOJAMPI: ["kabupaten", "ada_desa"], TAMAN: ["kota"]}
    given = Contest([ROGOJAMPI, TAMAN], ["unair"], {"N": {"N1": 100, "N2": other}}, sifat=traits)
    given.gives("unair", ROGOJAMPI, N1=80, N2=60).gives("unair", TAMAN, N1=80)

    assert given.totals() == {TAMAN: "160", ROGOJAMPI: "140"}
    assert given.result_of(TAMAN).notes == ("tidak berlaku: N2",)

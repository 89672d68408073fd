"""Missing is not zero: kosong, nol, tidak berlaku and juri absen are four different things with declared effects."""

from fractions import Fraction

import pytest

from sp2k.tally.sheets import MarkError
from tests.tally.counting.contest import ROGOJAMPI, TAMAN, TONGAS, Contest, carried_rules

JURY = ("unair", "jpip", "bappeda")
TWO = {"N": {"N1": 50, "N2": 50}}
VILLAGES = {
    "maks": 50,
    "aturan": {"jenis": "juri", "skala": [0, 100], "desimal": 0},
    "berlaku_untuk": ["ada_desa"],
}


def refused(contest: Contest) -> str:
    with pytest.raises(MarkError) as error:
        contest.count()
    assert not error.value.is_about_line
    return error.value.sentence


def test_an_absent_juror_is_left_out_of_the_mean_and_the_note_says_so():
    contest = Contest([ROGOJAMPI], JURY).gives("unair", ROGOJAMPI, N1=80).gives("bappeda", ROGOJAMPI, N1=90)
    contest.line(ROGOJAMPI, "jpip", "", "absen")

    result = contest.result_of(ROGOJAMPI)

    assert result.own == 85
    assert result.notes == ("absen: jpip", "rata-rata dari 2 penilai yang ada")


def test_a_mark_of_nought_counts():
    contest = Contest([ROGOJAMPI], JURY).gives("unair", ROGOJAMPI, N1=80).gives("bappeda", ROGOJAMPI, N1=90)
    contest.gives("jpip", ROGOJAMPI, N1=0)

    result = contest.result_of(ROGOJAMPI)

    assert result.own == Fraction("56.67")
    assert result.notes == ()


def test_a_recused_juror_is_told_apart_from_an_absent_one_and_from_one_nobody_explains():
    contest = Contest([ROGOJAMPI], [*JURY, "dpmd"]).gives("unair", ROGOJAMPI, N1=80)
    contest.line(ROGOJAMPI, "jpip", "*", "benturan").line(ROGOJAMPI, "bappeda", "*", "absen")

    assert contest.result_of(ROGOJAMPI).notes == (
        "absen: bappeda; benturan: jpip",
        "tanpa lembar: dpmd",
        "rata-rata dari 1 penilai yang ada",
    )


def test_a_mark_missing_on_a_sheet_is_refused_with_entry_seat_and_indicator():
    contest = Contest([ROGOJAMPI], JURY, TWO).all_give(ROGOJAMPI, N1=80)
    contest.gives("unair", ROGOJAMPI, N2=80).gives("jpip", ROGOJAMPI, N2="kosong")

    assert refused(contest) == (
        "35.10.13: N2 tidak dinilai oleh jpip, bappeda. Kosong bukan nol: lengkapilah, atau nyatakan bila_kosong: "
        "abaikan."
    )


def test_a_mark_missing_on_a_sheet_is_left_out_of_that_indicator_s_mean_where_the_rules_say_so():
    contest = Contest([ROGOJAMPI], JURY, TWO, bila_kosong="abaikan").all_give(ROGOJAMPI, N1=80)
    contest.gives("unair", ROGOJAMPI, N2=60).gives("jpip", ROGOJAMPI, N2="kosong")

    result = contest.result_of(ROGOJAMPI)

    assert result.own == 40 + 30
    assert result.notes == ("kosong diabaikan pada lembar jpip, bappeda",)


def test_an_indicator_that_nobody_marked_is_refused_whatever_the_rules_say():
    contest = Contest([ROGOJAMPI], ["unair"], TWO, bila_kosong="abaikan").gives("unair", ROGOJAMPI, N1=80)

    assert refused(contest) == "35.10.13: N2 tidak dinilai oleh unair. Kosong bukan nol: lengkapilah lembarnya."


def test_an_entry_without_a_sheet_is_refused_by_name():
    contest = Contest([ROGOJAMPI, TAMAN, TONGAS]).all_give(ROGOJAMPI, N1=80)

    assert refused(contest) == (
        "2 peserta tidak dapat dinilai: 35.13.23 tanpa lembar; 35.15.13 tanpa lembar. Kosong bukan nol: lengkapilah, "
        "atau nyatakanlah bila_tanpa_lembar: tidak_dinilai."
    )


def test_an_entry_without_a_sheet_has_no_place_but_a_reason_where_the_rules_say_so():
    contest = Contest(bila_tanpa_lembar="tidak_dinilai", kuota={"lingkup": "semua", "jumlah": 2})
    contest.all_give(TAMAN, N1=80).line(TONGAS, "unair", "*", "absen").line(TONGAS, "jpip", "*", "benturan")

    results = [(r.code, r.place, r.total_text, r.is_through, r.reason) for r in contest.count().results]

    assert results == [
        (TAMAN, 1, "80", True, ""),
        (ROGOJAMPI, None, "", False, "tanpa lembar"),
        (TONGAS, None, "", False, "tanpa lembar (absen: unair; benturan: jpip)"),
    ]


def test_an_entry_without_a_carried_value_is_refused_or_has_no_place():
    strict = Contest(data=carried_rules([ROGOJAMPI, TAMAN])).carries(TAMAN, 80)
    lenient = Contest(data=carried_rules([ROGOJAMPI, TAMAN], bila_tanpa_lembar="tidak_dinilai")).carries(TAMAN, 80)
    lenient.carries(ROGOJAMPI, "kosong")

    assert refused(strict).startswith("1 peserta tidak dapat dinilai: 35.10.13 tanpa nilai bawaan dari tahap isian.")
    assert lenient.places() == {TAMAN: 1, ROGOJAMPI: None}


def test_a_judged_entry_without_its_carried_value_is_refused():
    contest = Contest([ROGOJAMPI], ["unair"], bawaan={"cara": "tambah", "tahap": "isian"})
    contest.gives("unair", ROGOJAMPI, N1=80)

    assert refused(contest) == (
        '35.10.13: nilai bawaan tidak ada; tambahkanlah baris dengan penilai "tahap:isian", indikator "nilai".'
    )


def test_an_entry_without_the_carried_aspect_that_breaks_ties_is_refused():
    contest = Contest(
        [ROGOJAMPI], ["unair"], bawaan={"cara": "ganti", "tahap": "isian"}, seri=["bawaan:aspek:A"]
    ).gives("unair", ROGOJAMPI, N1=80)

    assert refused(contest) == (
        '35.10.13: nilai bawaan tidak ada; tambahkanlah baris dengan penilai "tahap:isian", indikator "aspek:A".'
    )


def test_an_indicator_that_does_not_apply_leaves_points_and_maximum():
    contest = Contest([ROGOJAMPI, TAMAN], ["unair"], {"N": {"N1": 50, "N2": VILLAGES}})
    contest.gives("unair", ROGOJAMPI, N1=80, N2=60).gives("unair", TAMAN, N1=80, N2="t.b.")

    assert contest.totals() == {TAMAN: "80", ROGOJAMPI: "70"}
    assert contest.result_of(TAMAN).notes == ("tidak berlaku: N2",)


@pytest.mark.parametrize(("otherwise", "own"), [("nol", 40), ("penuh", 90), ("keluarkan", 80)])
def test_what_does_not_apply_counts_as_the_instrument_declares(otherwise, own):
    aspects = {"N": {"N1": 50, "N2": {**VILLAGES, "bila_tidak_berlaku": otherwise}}}
    contest = Contest([TAMAN], ["unair"], aspects).gives("unair", TAMAN, N1=80, N2="t.b.")

    assert contest.result_of(TAMAN).own == own


def test_seats_that_differ_on_what_applies_are_refused():
    contest = Contest([TAMAN], ["unair", "jpip"], {"N": {"N1": 50, "N2": VILLAGES}}).all_give(TAMAN, N1=80)
    contest.gives("unair", TAMAN, N2="t.b.").gives("jpip", TAMAN, N2=70)

    assert refused(contest) == (
        "35.15.13: N2 tidak berlaku (t.b.) menurut sebagian penilai, dinilai oleh yang lain. Samakanlah lembarnya."
    )


def test_an_aspect_that_breaks_ties_cannot_be_left_out_as_a_whole():
    contest = Contest([TAMAN], ["unair"], {"K": {"K1": 50}, "N": {"N2": VILLAGES}}, seri=["aspek:N"])
    contest.gives("unair", TAMAN, K1=80, N2="t.b.")

    assert refused(contest) == "35.15.13: aspek:N memutus seri, jadi tidak boleh seluruhnya t.b. Ubahlah rantai seri."


def test_points_outside_an_indicator_s_range_count_only_where_the_rules_accept_them_and_are_noted():
    rules = {"penilai": None, "sumber": "poin", "aspects": {"E": {"E1": 5, "E2": 5}}}
    contest = Contest([TAMAN], poin_di_luar_rentang="terima", **rules).gives("verifikator", TAMAN, E1=6, E2="-1")

    assert contest.result_of(TAMAN).own == 5
    assert contest.result_of(TAMAN).notes == ("poin di luar rentang: E1, E2",)

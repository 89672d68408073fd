"""What is concluded from a stage's marks: each sentence states numbers of its verdict, and other marks say otherwise."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from sp2k.analysis.answers import Unavailable
from sp2k.results.certainty.asking import FrozenInput, ask, seed_of
from sp2k.results.certainty.page import _cut_said, certainty_page
from sp2k.results.certainty.verdicts import CLEAR as BOUND
from sp2k.results.certainty.verdicts import Verdict, _pair, clear_from_the_top, of_hundred, verdict_of
from sp2k.results.methodology.wording import combining_said
from sp2k.results.models import TieRuling
from sp2k.results.ties.told import parted_said
from tests.results.certainty.made_up import CLEAR, UNCLEAR, board, counted, frozen


def concluded(marks, titles=None):
    given = frozen(marks)
    return verdict_of(ask(given), board(given, titles)), board(given, titles)


def test_the_points_of_the_analysis_are_the_official_totals():
    given = frozen(UNCLEAR)

    points = ask(given).marks.whole.totals.plain

    official = {result.code: float(result.total) for result in counted(given).results}
    assert dict(zip(ask(given).marks.entries, points.round(2).tolist(), strict=True)) == official


def test_an_unclear_cut_is_said_with_the_shares_and_the_official_gap():
    verdict, names = concluded(UNCLEAR)

    share_in, share_out = verdict.shares[1], verdict.shares[2]
    assert (str(verdict.at_cut.gap), verdict.at_cut.is_tie, verdict.n_clear) == ("0.60", True, 1)
    assert names.said(verdict.headline()) == [
        f"Satu dari dua besar jelas; batasnya tidak. Bila jurinya sedikit berbeda, Tongas (Kabupaten Probolinggo) masuk "
        f"dalam {share_out} dari 100 hitungan ulang, Taman (Kabupaten Sidoarjo) dalam {share_in}."
    ]
    assert names.text(verdict.pairs[1].explain()) == (
        "Tempat 2, Taman (Kabupaten Sidoarjo), dan tempat 3, Tongas (Kabupaten Probolinggo), tidak terbedakan: selisih "
        "0,60 poin, juri lain dapat membaliknya."
    )
    assert names.text(verdict.advice()) == (
        "Sebelum nama diumumkan, pertimbangkan 3 peserta, bukan 2: tambahkan Tongas (Kabupaten Probolinggo)."
    )


def test_other_marks_make_another_sentence():
    verdict, names = concluded(CLEAR)

    assert (verdict.at_cut.gap, verdict.at_cut.is_tie, verdict.suggested) == (Decimal("8.2"), False, ())
    assert names.said(verdict.headline()) == [
        "Dua besar jelas: Taman (Kabupaten Sidoarjo) di tempat terakhirnya tetap masuk dalam 100 dari 100 hitungan "
        "ulang, Tongas (Kabupaten Probolinggo) di luarnya dalam 0."
    ]


def test_two_equals_whose_order_was_ruled_are_told_as_ruled_and_not_as_the_rules_work():
    _verdict, names = concluded(CLEAR)
    ruling = TieRuling(pk=1, way="pleno", minutes_number="BA-7")
    one, other = (replace(row, total="85", decided_by="pleno", ruling=ruling) for row in names.standings[:2])
    found = SimpleNamespace(between=lambda a, b: SimpleNamespace(gap=0, low=0, is_tie=True))

    pair = _pair(replace(names, titles={1: "Juara I", 2: "Juara II"}), one, other, found)
    verdict = Verdict(cut=1, shares=(50, 50), n_clear=0, pairs=(pair,), at_cut=pair, suggested=())

    how = "bernilai sama; urutannya ditetapkan rapat pleno menurut Berita Acara Nomor BA-7."
    assert _cut_said(verdict) == f"Keduanya {how}"
    assert names.said(verdict.headline())[0] == f"Juara I: {one.label} dan {other.label} {how}"
    assert names.text(pair.explain()) == f"Juara I, {one.label}, dan Juara II, {other.label}, {how}"


def test_equals_parted_by_the_chain_or_a_lot_or_not_at_all_are_each_told_so():
    def said(one, other):
        return parted_said(*(SimpleNamespace(decided_by=way) for way in (one, other)))

    assert said("aspek:N", "aspek:N") == "aturan seri yang memisahkannya: aspek N"
    assert said("undian", "undian") == "urutannya diundi dengan benih yang diumumkan"
    assert said("seri", "seri di batas") == "serinya tidak diputus oleh aturan"


def test_titles_are_named_where_the_stage_gives_them():
    verdict, names = concluded(UNCLEAR, titles={1: "Juara I", 2: "Juara II", 3: "Juara III"})

    assert names.text(verdict.pairs[1].explain()).startswith(
        "Juara II, Taman (Kabupaten Sidoarjo), dan Juara III, Tongas (Kabupaten Probolinggo), tidak terbedakan"
    )
    assert len(verdict.pairs) == 3


def test_two_equals_that_nothing_has_parted_yet_are_told_by_the_two_titles_that_wait_for_them():
    verdict, names = concluded({**CLEAR, "35.13.23": CLEAR["35.15.13"]}, titles={1: "Juara I", 2: "Juara II", 3: "Harapan I"})

    assert [one.place for one in names.standings[:4]] == [1, 2, 2, 4]
    assert [(pair.ahead_name, pair.behind_name) for pair in verdict.pairs] == [
        ("Juara I", "Juara II"), ("Juara II", "Harapan I"), ("Harapan I", "tempat 4"),
    ]  # fmt: skip


@pytest.mark.parametrize("marks", [UNCLEAR, CLEAR])
def test_the_column_of_shares_adds_up_to_the_cut_times_a_hundred(marks):
    given = frozen(marks)

    page = certainty_page(ask(given), board(given), show_all=True)

    assert sum(row.share for row in page.ranges.rows) == page.ranges.total == 200


@pytest.mark.parametrize(
    ("within", "cut", "shown"),
    [
        ([1.0, 0.996, 0.5, 0.504], 3, (100, 100, 50, 50)),
        ([1.0, 1.0, 1.0, 1.0], 2, (50, 50, 50, 50)),
        ([1.0, 0.6, 0.6, 0.0], 2, (100, 50, 50, 0)),
        ([0.334, 0.333, 0.333], 1, (34, 33, 33)),
    ],
)
def test_shares_are_whole_numbers_that_add_up_also_where_equals_share_the_last_place(within, cut, shown):
    assert of_hundred(within, cut) == shown
    assert sum(shown) == cut * 100


def test_shares_that_need_no_rounding_stay_as_they_are():
    assert of_hundred([Fraction(3, 4), Fraction(1, 4), 0], 1) == (75, 25, 0)


def test_equal_official_totals_are_a_tie_whoever_the_chain_put_first():
    verdict, _names = concluded({**UNCLEAR, "35.13.23": UNCLEAR["35.15.13"]})

    assert (verdict.at_cut.gap, verdict.at_cut.is_tie) == (Decimal("0"), True)


def test_one_juror_gives_a_reason_and_no_range():
    given = frozen({code: (marks[0], None, None, None, None) for code, marks in UNCLEAR.items()})

    page = certainty_page(ask(given), board(given))

    assert isinstance(verdict_of(ask(given), board(given)), Unavailable)
    assert (page.ranges, page.why_not) == (
        None, "Hanya ada satu juri, sehingga perbedaan antarjuri tidak dapat dihitung."
    )  # fmt: skip


def test_a_split_panel_is_told_apart_from_an_unclear_one():
    first, second = (1, 1, 1, None, None), (None, None, None, 1, 1)
    split = {
        code: tuple(mark if there else None for mark, there in zip(marks, first if n < 2 else second, strict=True))
        for n, (code, marks) in enumerate(UNCLEAR.items())
    }
    given = frozen(split)

    page = certainty_page(ask(given), board(given))

    assert (page.design_light, page.ranges) == ("back", None)
    assert page.why_not.startswith("Juri terbagi dalam 2 kelompok yang tidak menilai satu peserta pun bersama-sama")


def test_strictness_is_signed_in_points_and_never_named():
    strict = {code: (*marks[:4], marks[4] - 5) for code, marks in UNCLEAR.items()}
    given = frozen(strict)

    page = certainty_page(ask(given), board(given))

    assert (page.jurors.rows[0].name, page.jurors.rows[0].meaning) == ("Juri 5", "lebih ketat")
    assert page.jurors.rows[0].points.startswith("−")
    assert {row.institution for row in page.jurors.rows} == {""}
    assert page.order[0] == "Semua juri menilai semua peserta, jadi keketatan tidak mengubah urutan."


def test_carried_points_and_findings_enter_the_places_but_not_the_agreement():
    carry = (
        'bawaan: {cara: bobot, tahap: awal, bobot: "0.6", bobot_tahap: "0.4"}\ntemuan: {sebagian: "-2", sesuai: 0}\n'
    )
    brought = [f"{code},tahap:awal,nilai,{80 + n}" for n, code in enumerate(sorted(UNCLEAR))]
    given = frozen(UNCLEAR, extra=carry, lines=[*brought, "35.79.02,j1,temuan:K1,sebagian"])

    answers = ask(given)

    official = {result.code: float(result.total) for result in counted(given).results}
    points = answers.marks.whole.totals.plain.round(2).tolist()
    assert dict(zip(answers.marks.entries, points, strict=True)) == official
    assert answers.own.kendall == ask(frozen(UNCLEAR)).own.kendall


def test_the_seed_follows_from_the_input_alone():
    given = frozen(UNCLEAR)

    assert ask(given).seed == seed_of(given.input_hash) == int(given.input_hash[:8], 16)
    assert (ask(given).whole.jurors.counts == ask.__wrapped__(given).whole.jurors.counts).all()


def test_a_recount_says_where_it_is_not_the_official_way():
    trimmed = frozen(UNCLEAR, extra="pangkas: 1\n")
    trimmed = FrozenInput(
        "f" * 64, trimmed.rules.replace("gabung: rata_rata", "gabung: rata_rata_pangkas"), trimmed.sheets
    )

    assert certainty_page(ask(frozen(UNCLEAR)), board(frozen(UNCLEAR))).notes == []
    assert certainty_page(ask(trimmed), board(trimmed)).notes == [
        "Hitungan ulang memakai rata-rata juri, bukan cara gabung resmi; baca sebagai perkiraan."
    ]
    assert "rata-rata pangkas (1 tertinggi dan 1 terendah dikeluarkan)" in combining_said(ask(trimmed).marks.rules)


A, B, C, D, E = "35.10.13", "35.15.13", "35.13.23", "35.79.02", "35.28.04"
# B and C have the same total; which of them is ahead depends on whether the fourth or the fifth juror is left out.
PARTED = {A: (92,) * 5, B: (80,) * 5, C: (80, 80, 80, 75, 85), D: (70,) * 5, E: (60,) * 5}


def test_equals_parted_by_a_chain_a_lot_or_a_ruling_are_analysed_from_the_places_that_stand():
    given = frozen(PARTED)
    plain, stands = ask(given).whole, ask(replace(given, places=((A, 1), (B, 2), (C, 3), (D, 4), (E, 5)))).whole
    other = ask(replace(given, places=((A, 1), (C, 2), (B, 3), (D, 4), (E, 5)))).whole
    b, c = (ask(given).marks.entries.index(code) for code in (B, C))

    assert [one.moved for one in stands.jackknife.without] == [(), (), (), ((b, 2, 3), (c, 3, 2)), ()]
    assert [one.moved for one in other.jackknife.without] == [(), (), (), (), ((c, 2, 3), (b, 3, 2))]
    assert (stands.cut_check.gap.ahead, stands.cut_check.gap.behind, stands.cut_check.gap.gap) == (b, c, 0)
    assert (other.cut_check.gap.ahead, other.cut_check.gap.behind, other.cut_check.gap.gap) == (c, b, 0)
    assert plain.jackknife.n_changing == 2  # as long as nothing has parted them they share the second place


def test_a_cut_between_equals_parted_by_a_lot_shuts_one_out():
    given = frozen({code: PARTED[code] for code in (A, B, C)})
    assert isinstance(ask(given).whole.cut_check, Unavailable)

    parted = ask(replace(given, places=((A, 1), (B, 2), (C, 3)))).whole

    assert (parted.cut_check.inside, parted.cut_change.distance) == (2, 0)


# Taman 84.996 and Tongas 85.004 by the plain mean, both 85.00 as printed; aspect A puts Taman first.
def nearly_equal(first, last):
    rest = {"35.10.13": (95.0,) * 5, "35.79.02": (70.0, 70.1, 69.9, 70, 70), "35.28.04": (60.0,) * 5}
    return {"35.15.13": first, "35.13.23": last, **rest}


def test_a_clear_lead_stays_clear_where_a_tie_break_turns_the_two_behind():
    marks = nearly_equal((85, 85, 85, 85, (85.1, 84.9)), (85, 85, 85, 85, (84.9, 85.1)))
    given = frozen(marks, extra='seri: ["aspek:A"]\n')

    verdict = verdict_of(ask(given), board(given))

    assert [one.name for one in board(given).standings[:4]] == ["Rogojampi", "Taman", "Tongas", "Bumiaji"]
    assert (str(verdict.pairs[0].gap), verdict.pairs[0].is_tie) == ("10.00", False)
    assert (str(verdict.at_cut.gap), verdict.at_cut.is_tie) == ("0.00", True)
    assert [one.name for one in verdict.suggested] == ["Tongas"]


@pytest.mark.parametrize(
    ("shares", "clear"), [((100, 95, 94), 2), ((95,), 1), ((94, 100), 0), ((100, 94, 99), 1), ((), 0)]
)
def test_clear_means_at_least_95_of_100_recounts_from_the_top(shares, clear):
    assert BOUND == 95  # the sentence "sedikitnya 95 dari 100 hitungan ulang" and the methods page say so
    assert clear_from_the_top(shares) == clear

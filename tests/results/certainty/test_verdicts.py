"""What is concluded from a stage's marks: each sentence states numbers of its verdict, and other marks say otherwise."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from sp2k.analysis.answers import Unavailable
from sp2k.results.certainty.asking import FrozenInput, ask, seed_of
from sp2k.results.certainty.page import _cut_said, certainty_page
from sp2k.results.certainty.verdicts import Verdict, _pair, of_hundred, verdicts_of
from sp2k.results.methodology import measured
from sp2k.results.methodology.wording import combining_said
from sp2k.results.models import TieRuling
from sp2k.results.ties.told import parted_said
from tests.results.certainty.made_up import CLEAR, UNCLEAR, board, counted, frozen


def concluded(marks, titles=None):
    given = frozen(marks)
    (verdict,) = verdicts_of(ask(given), board(given, titles))
    return verdict, board(given, titles)


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
        f"Satu dari dua besar jelas; batasnya tidak. Termasuk yang terbaik: Taman (Kabupaten Sidoarjo) dalam {share_in} "
        f"dari 100 kemungkinan, Tongas (Kabupaten Probolinggo) dalam {share_out}."
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
        "Dua besar jelas: Taman (Kabupaten Sidoarjo) di tempat terakhirnya termasuk yang terbaik dalam 100 dari 100 "
        "kemungkinan, Tongas (Kabupaten Probolinggo) di luarnya dalam 0."
    ]


def test_two_equals_whose_order_was_ruled_are_told_as_ruled_and_not_as_the_rules_work():
    _verdict, names = concluded(CLEAR)
    ruling = TieRuling(pk=1, way="pleno", minutes_number="BA-7")
    one, other = (replace(row, total="85", decided_by="pleno", ruling=ruling) for row in names.standings[:2])
    found = SimpleNamespace(are_told_apart=lambda a, b: True)

    pair = _pair(replace(names, titles={1: "Juara I", 2: "Juara II"}), one, other, found)
    verdict = Verdict(
        scope="", cut=1, standings=(one, other), shares=(50, 50), n_clear=0, needed=95, pairs=(pair,), at_cut=pair,
        suggested=(), why_not=None, fixed_share=0.0,
    )  # fmt: skip

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
        ([1.0, 0.5, 0.5, 0.0], 2, (100, 50, 50, 0)),
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

    assert isinstance(verdicts_of(ask(given), board(given)), Unavailable)
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
    strict = {code: (*marks[:4], marks[4] - 12) for code, marks in UNCLEAR.items()}
    given = frozen(strict)

    page = certainty_page(ask(given), board(given))

    assert (page.jurors.rows[0].name, page.jurors.rows[0].meaning) == ("Juri 5", "lebih ketat")
    assert page.jurors.rows[0].points.startswith("−")
    assert {row.institution for row in page.jurors.rows} == {""}
    assert page.order[0] == (
        "Semua juri menilai semua peserta dan nilainya rata-rata biasa, jadi keketatan tidak mengubah urutan."
    )


def test_carried_points_and_findings_enter_the_places_but_not_the_agreement():
    carry = (
        'bawaan: {cara: bobot, tahap: awal, bobot: "0.6", bobot_tahap: "0.4"}\ntemuan: {sebagian: "-2", sesuai: 0}\n'
    )
    brought = [f"{code},tahap:awal,nilai,{80 + n}" for n, code in enumerate(sorted(UNCLEAR))]
    given = frozen(UNCLEAR, extra=carry, lines=[*brought, "35.79.02,j1,temuan:K1,sebagian"])

    answers = ask(given)

    official = {result.code: float(result.total) for result in counted(given).results}
    points = answers.marks.official.totals.round(2).tolist()
    assert dict(zip(answers.marks.entries, points, strict=True)) == official
    assert answers.marks.official.fixed.round(2).tolist() == [48.0, 48.6, 49.2, 49.8, 49.6]
    assert answers.own.kendall == ask(frozen(UNCLEAR)).own.kendall


def test_the_seed_follows_from_the_input_alone():
    given = frozen(UNCLEAR)

    assert ask(given).seed == seed_of(given.input_hash) == int(given.input_hash[:8], 16)
    assert (ask(given).own.places.counts == ask.__wrapped__(given).own.places.counts).all()


def test_numbers_of_the_plain_mean_are_said_to_be_that_where_the_rules_combine_otherwise():
    trimmed = frozen(UNCLEAR, extra="pangkas: 1\n")
    trimmed = FrozenInput(
        "f" * 64, trimmed.rules.replace("gabung: rata_rata", "gabung: rata_rata_pangkas"), trimmed.sheets
    )

    assert certainty_page(ask(frozen(UNCLEAR)), board(frozen(UNCLEAR))).notes == []
    assert certainty_page(ask(trimmed), board(trimmed)).notes == [
        "Kesepakatan, keketatan, dan keandalan dihitung atas rata-rata juri, bukan cara gabung resmi."
    ]
    assert "rata-rata pangkas (1 tertinggi dan 1 terendah dikeluarkan)" in combining_said(ask(trimmed).marks.rules)


A, B, C, D, E = "35.10.13", "35.15.13", "35.13.23", "35.79.02", "35.28.04"
# B and C have the same total; which of them is ahead depends on whether the fourth or the fifth juror is left out.
PARTED = {A: (92,) * 5, B: (80,) * 5, C: (80, 80, 80, 75, 85), D: (70,) * 5, E: (60,) * 5}


def test_equals_parted_by_a_chain_a_lot_or_a_ruling_are_analysed_from_the_places_that_stand():
    given = frozen(PARTED)
    plain, stands = ask(given).own, ask(replace(given, places=((A, 1), (B, 2), (C, 3), (D, 4), (E, 5)))).own
    other = ask(replace(given, places=((A, 1), (C, 2), (B, 3), (D, 4), (E, 5)))).own
    b, c = (ask(given).marks.entries.index(code) for code in (B, C))

    assert [one.moved for one in stands.jackknife.without] == [(), (), (), ((b, 2, 3), (c, 3, 2)), ()]
    assert [one.moved for one in other.jackknife.without] == [(), (), (), (), ((c, 2, 3), (b, 3, 2))]
    assert stands.places.plain_places[[b, c]].tolist() == [2, 3]
    assert other.places.plain_places[[b, c]].tolist() == [3, 2]
    assert stands.places.within[b] == stands.places.within[c]  # a lot makes nobody better
    assert plain.jackknife.n_changing == 2  # as long as nothing has parted them they share the second place


def test_a_cut_between_equals_parted_by_a_lot_shuts_one_out():
    given = frozen(PARTED)
    assert (ask(given).own.places.plain_places <= 2).sum() == 3

    parted = ask(replace(given, places=((A, 1), (B, 2), (C, 3), (D, 4), (E, 5)))).whole

    assert ((parted.places.plain_places <= 2).sum(), parted.cut_change.distance) == (2, 0)


# Taman 84.996 and Tongas 85.004 by the plain mean, both 85.00 as printed; aspect A puts Taman first.
def nearly_equal(first, last):
    rest = {"35.10.13": (95.0,) * 5, "35.79.02": (70.0, 70.1, 69.9, 70, 70), "35.28.04": (60.0,) * 5}
    return {"35.15.13": first, "35.13.23": last, **rest}


def test_a_clear_lead_stays_clear_where_a_tie_break_turns_the_two_behind():
    marks = nearly_equal((85, 85, 85, 85, (85.1, 84.9)), (85, 85, 85, 85, (84.9, 85.1)))
    given = frozen(marks, extra='seri: ["aspek:A"]\n')

    (verdict,) = verdicts_of(ask(given), board(given))

    assert [one.name for one in board(given).standings[:4]] == ["Rogojampi", "Taman", "Tongas", "Bumiaji"]
    assert (str(verdict.pairs[0].gap), verdict.pairs[0].is_tie) == ("10.00", False)
    assert (str(verdict.at_cut.gap), verdict.at_cut.is_tie) == ("0.00", True)
    assert [one.name for one in verdict.suggested] == ["Tongas"]


def only(n_jurors):
    return {code: (*marks[:n_jurors], *[None] * (5 - n_jurors)) for code, marks in CLEAR.items()}


def test_from_two_jurors_nothing_is_called_clear_and_no_share_is_given():
    given = frozen(only(2))

    page = certainty_page(ask(given), board(given))

    assert page.headline == [
        "Jurinya hanya 2: dari dua pendapat tidak satu tempat pun dapat disebut jelas, dan tidak satu pasang pun terbedakan."
    ]
    assert (page.verdict.n_clear, page.verdict.shares, page.ties, page.advice) == (0, (), [], [])
    assert {row.share for row in page.ranges.rows} == {None}


def test_three_jurors_may_show_what_is_clear_but_give_no_shares():
    given = frozen(only(3))

    page = certainty_page(ask(given), board(given))

    assert page.headline == [
        "Dua besar jelas: Taman (Kabupaten Sidoarjo) di tempat terakhirnya dan Tongas (Kabupaten Probolinggo) di luarnya "
        "terpaut 9,33 poin."
    ]
    assert {row.share for row in page.ranges.rows} == {None}


@pytest.mark.parametrize("marks", [UNCLEAR, CLEAR])
def test_ranges_never_contradict_what_is_said_of_the_cut(marks):
    given = frozen(marks)

    page = certainty_page(ask(given), board(given), show_all=True)

    inside, outside = page.ranges.rows[1], page.ranges.rows[2]
    assert (inside.worst < outside.best) == page.verdict.is_clear
    assert (inside.worst, outside.best) == ((2, 3) if page.verdict.is_clear else (3, 2))


def test_equals_at_the_cut_are_said_to_be_equal_and_leave_the_others_as_sure_as_they_are():
    given = frozen({**UNCLEAR, "35.13.23": UNCLEAR["35.15.13"]})

    page = certainty_page(ask(given), board(given), show_all=True)

    assert page.headline == [
        "Satu dari dua besar jelas; di batasnya Tongas (Kabupaten Probolinggo) dan Taman (Kabupaten Sidoarjo) bernilai "
        "sama; aturan seri yang memisahkannya."
    ]
    assert [row.share for row in page.ranges.rows] == [100, 50, 50, 0, 0]


def test_where_most_of_the_score_is_carried_the_same_sentence_says_that_it_was_held_fixed():
    carry = 'bawaan: {cara: bobot, tahap: awal, bobot: "0.6", bobot_tahap: "0.4"}\n'
    given = frozen(CLEAR, extra=carry, lines=[f"{code},tahap:awal,nilai,80" for code in CLEAR])

    page = certainty_page(ask(given), board(given))

    assert page.headline == [
        "Dua besar jelas: Taman (Kabupaten Sidoarjo) di tempat terakhirnya termasuk yang terbaik dalam 100 dari 100 "
        "kemungkinan, Tongas (Kabupaten Probolinggo) di luarnya dalam 0, dengan 61% dari nilainya, yang dibawa dari luar "
        "tahap ini, dianggap tetap."
    ]


BANYUWANGI = {
    "35.10.13": (92, 93, 91, 92, 94), "35.10.14": (82, 80, 81, 83, 80), "35.10.15": (75, 76, 74, 75, 77),
    "35.10.16": (68, 66, 69, 67, 68), "35.10.17": (60, 61, 59, 62, 60),
}  # fmt: skip
SIDOARJO = {"35.15.13": (85, 80, 88, 79, 86), "35.15.14": (60, 61, 59, 62, 60)}


def per_regency(number=1):
    """Five kecamatan in Banyuwangi, two in Sidoarjo; the quota is each regency's."""
    given = frozen({**BANYUWANGI, **SIDOARJO})
    rules = given.rules.replace("lingkup: semua, jumlah: 2", f"lingkup: kabupaten_kota, jumlah: {number}")
    codes = ", ".join(f'"{code}"' for code in sorted({**BANYUWANGI, **SIDOARJO}))
    rules = re.sub(r"peserta: .*", f"peserta: [{codes}]", rules)
    return FrozenInput(f"{number:064x}", rules, given.sheets)


def test_a_quota_per_regency_has_a_verdict_a_regency_and_two_entries_alone_make_nothing_clear():
    given = per_regency()

    verdicts = verdicts_of(ask(given), board(given))

    assert [(one.cut, len(one.standings), one.is_clear, one.shares) for one in verdicts] == [
        (1, 5, True, (100, 0, 0, 0, 0)), (1, 2, False, (100, 0))
    ]  # fmt: skip
    page = certainty_page(ask(given), board(given))
    assert page.headline == ["Kuotanya per kabupaten/kota: batasnya jelas di 1 dari 2 kabupaten/kota yang berbatas."]
    assert page.scopes[1].said == (
        "Tempat 1 belum jelas: Taman (Kabupaten Sidoarjo) dan Sedati (Kabupaten Sidoarjo) terpaut 23,20 poin; yang terbaik "
        "Taman (Kabupaten Sidoarjo) dalam 100 dari 100 kemungkinan, Sedati (Kabupaten Sidoarjo) dalam 0. Pesertanya "
        "terlalu sedikit, atau nilainya terlalu rapat, untuk menyebutnya jelas."
    )


def test_a_regency_whose_quota_takes_all_has_no_cut():
    given = per_regency(2)

    page = certainty_page(ask(given), board(given))

    assert [row.said for row in page.scopes][1] == "Kuotanya tidak menyisihkan siapa pun."
    assert page.headline == ["Kuotanya per kabupaten/kota: batasnya jelas di 1 dari 1 kabupaten/kota yang berbatas."]


def test_strictness_is_counted_again_where_no_theorem_holds():
    median = frozen(UNCLEAR)
    median = FrozenInput("e" * 64, median.rules.replace("gabung: rata_rata", "gabung: median"), median.sheets)
    gap = frozen({**UNCLEAR, "35.10.13": (None, 93, 91, 92, 94)})

    for given in (median, gap):
        said = certainty_page(ask(given), board(given)).order[0]
        assert said.startswith("Dihitung ulang menurut aturan dengan keketatan tiap juri dikeluarkan, ")


def test_where_all_may_be_equally_good_the_page_says_that_and_not_that_no_share_is_high_enough():
    marks = {code: row for code, row in zip(UNCLEAR, [(80, 84, 79, 86, 80), (86, 79, 80, 80, 81), (79, 80, 86, 79, 81),
                                                      (80, 79, 78, 84, 79), (79, 78, 83, 78, 80)], strict=True)}  # fmt: skip
    given = frozen(marks)

    page = certainty_page(ask(given), board(given))

    assert page.clear == "Belum ada tempat yang jelas: nilai seperti ini dapat muncul juga bila semua peserta sama baik."
    assert page.verdict.n_clear == 0


def test_the_sheet_says_the_worst_that_was_measured_from_the_table(monkeypatch):
    rows = measured._all_rows()
    hidden = tuple(row for row in rows if row.cells["keadaan"] != "lima-rapat")

    assert "lima kelompok yang di dalamnya hampir sama baik" in measured.worst_said()
    monkeypatch.setattr(measured, "_all_rows", lambda: hidden)
    assert "lima kelompok" not in measured.worst_said()
    assert f"dari {len(hidden)} macam" in measured.worst_said()

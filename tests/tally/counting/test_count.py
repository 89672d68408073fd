from decimal import Decimal
from fractions import Fraction

from sp2k.tally.places import CutTie
from tests.tally.counting.contest import GENTENG, ROGOJAMPI, SEDATI, TAMAN, TONGAS, Contest, carried_rules

HALVES = {"K": {"K1": 50}, "N": {"N1": 50}}


def test_the_mean_of_the_seats_is_the_points_and_the_higher_total_the_better_place():
    contest = Contest(bulat={"nilai": 2})
    contest.gives("unair", ROGOJAMPI, N1=90).gives("jpip", ROGOJAMPI, N1=85)
    contest.all_give(TAMAN, N1=80).all_give(TONGAS, N1=95)

    assert contest.totals() == {TONGAS: "95.00", ROGOJAMPI: "87.50", TAMAN: "80.00"}
    assert contest.places() == {TONGAS: 1, ROGOJAMPI: 2, TAMAN: 3}


def test_a_mark_on_a_scale_becomes_its_share_of_the_maximum():
    contest = Contest([ROGOJAMPI], ["unair"], {"K": {"K1": 20}, "N": {"N1": 30}})
    contest.gives("unair", ROGOJAMPI, K1="87.5", N1=70)

    result = contest.result_of(ROGOJAMPI)

    assert result.aspects == {"K": Fraction("17.5"), "N": Fraction(21)}
    assert result.own == Fraction("38.5")


def test_equal_totals_share_a_place_1_2_2_4():
    contest = Contest([ROGOJAMPI, GENTENG, TAMAN, SEDATI])
    contest.all_give(ROGOJAMPI, N1=90).all_give(GENTENG, N1=80).all_give(TAMAN, N1=80).all_give(SEDATI, N1=70)

    assert contest.places() == {ROGOJAMPI: 1, GENTENG: 2, TAMAN: 2, SEDATI: 4}
    assert contest.result_of(TAMAN).tied_with == (GENTENG,)
    assert contest.result_of(TAMAN).decided_by == "seri"


def test_each_link_of_the_chain_separates_whom_the_links_before_it_left_equal():
    aspects = {"K": {"K1": 25, "K2": 25}, "N": {"N1": 50}}
    contest = Contest([ROGOJAMPI, GENTENG, TAMAN, SEDATI], ["unair"], aspects, seri=["aspek:N", "indikator:K1"])
    contest.gives("unair", ROGOJAMPI, K1=80, K2=80, N1=80)
    contest.gives("unair", GENTENG, K1=70, K2=70, N1=90)
    contest.gives("unair", TAMAN, K1=90, K2=70, N1=80)
    contest.gives("unair", SEDATI, K1=0, K2=0, N1=0)

    results = {result.code: (result.place, result.decided_by) for result in contest.count().results}

    assert results == {
        GENTENG: (1, "aspek:N"),
        TAMAN: (2, "indikator:K1"),
        ROGOJAMPI: (3, "indikator:K1"),
        SEDATI: (4, "nilai"),
    }


def test_an_earlier_stage_and_its_aspect_can_break_a_tie_without_entering_the_total():
    carry = {"cara": "ganti", "tahap": "isian"}
    contest = Contest([ROGOJAMPI, GENTENG, TAMAN], ["unair"], bawaan=carry, seri=["tahap:isian", "bawaan:aspek:A"])
    for entry, total, aspect in [(ROGOJAMPI, "88.25", 20), (GENTENG, "88.25", "20.5"), (TAMAN, "88.24", 30)]:
        contest.gives("unair", entry, N1=80).carries(entry, total).carries(entry, aspect, part="aspek:A")

    results = {result.code: (result.place, result.decided_by, result.total) for result in contest.count().results}

    assert results == {
        GENTENG: (1, "bawaan:aspek:A", 80),
        ROGOJAMPI: (2, "bawaan:aspek:A", 80),
        TAMAN: (3, "tahap:isian", 80),
    }


def test_the_stage_itself_can_break_a_tie_of_weighted_totals():
    carry = {"cara": "bobot", "tahap": "isian", "bobot": Decimal("0.5"), "bobot_tahap": Decimal("0.5")}
    contest = Contest([ROGOJAMPI, TAMAN], ["unair"], bawaan=carry, seri=["tahap:presentasi"])
    contest.gives("unair", ROGOJAMPI, N1=80).carries(ROGOJAMPI, 90)
    contest.gives("unair", TAMAN, N1=90).carries(TAMAN, 80)

    assert contest.places() == {TAMAN: 1, ROGOJAMPI: 2}
    assert contest.result_of(ROGOJAMPI).decided_by == "tahap:presentasi"


def test_a_tie_across_the_cut_is_told_and_nobody_in_it_goes_on():
    contest = Contest([ROGOJAMPI, GENTENG, TAMAN, SEDATI], bulat={"nilai": 2}, kuota={"lingkup": "semua", "jumlah": 2})
    contest.all_give(ROGOJAMPI, N1=90).all_give(GENTENG, N1=80).all_give(TAMAN, N1=80).all_give(SEDATI, N1=70)

    result = contest.count()

    assert result.cut_ties == (CutTie("semua", 2, 2, (GENTENG, TAMAN)),)
    assert [(r.code, r.is_through, r.is_at_cut) for r in result.results] == [
        (ROGOJAMPI, True, False),
        (GENTENG, False, True),
        (TAMAN, False, True),
        (SEDATI, False, False),
    ]
    assert result.why_through_is_undecided == (
        "Seri di batas lolos: 35.10.09 dan 35.15.13 bernilai sama, 80,00, di tempat 2, padahal kuota 2 hanya "
        "menyisakan 1 tempat. Aturan tidak memuat pemutus seri. Seri itu harus diputus menurut aturan; tidak ada yang "
        "diloloskan menurut urutan."
    )


def test_a_declared_chain_resolves_the_tie_across_the_cut():
    contest = Contest([ROGOJAMPI, TAMAN], ["unair"], HALVES, kuota={"lingkup": "semua", "jumlah": 1}, seri=["aspek:N"])
    contest.gives("unair", ROGOJAMPI, K1=90, N1=80).gives("unair", TAMAN, K1=80, N1=90)

    result = contest.count()

    assert result.why_through_is_undecided is None
    assert [(r.code, r.is_through) for r in result.results] == [(TAMAN, True), (ROGOJAMPI, False)]


def test_each_regency_sends_its_first_and_the_one_with_quota_nought_sends_nobody():
    quota = {"lingkup": "kabupaten_kota", "jumlah": 1, "kecuali": {"35.15": 0}}
    contest = Contest(data=carried_rules([ROGOJAMPI, GENTENG, TAMAN, SEDATI, TONGAS], kuota=quota))
    for entry, total in [(ROGOJAMPI, "91.2"), (GENTENG, 88), (TAMAN, 95), (SEDATI, 90), (TONGAS, 70)]:
        contest.carries(entry, total)

    results = contest.count().results

    assert [(r.scope, r.place, r.code, r.is_through) for r in results] == [
        ("35.10", 1, ROGOJAMPI, True),
        ("35.10", 2, GENTENG, False),
        ("35.13", 1, TONGAS, True),
        ("35.15", 1, TAMAN, False),
        ("35.15", 2, SEDATI, False),
    ]


def test_without_a_quota_nobody_is_said_to_go_on_or_not():
    contest = Contest([ROGOJAMPI], ["unair"]).gives("unair", ROGOJAMPI, N1=1)

    assert contest.result_of(ROGOJAMPI).is_through is None


def carried_60_40(way: dict) -> str:
    contest = Contest([ROGOJAMPI], ["unair"], bulat={"nilai": 2}, bawaan={"tahap": "isian", **way})
    contest.gives("unair", ROGOJAMPI, N1=80).carries(ROGOJAMPI, "90.05")
    return contest.totals()[ROGOJAMPI]


def test_carried_points_replace_nothing_are_added_or_are_weighed():
    assert carried_60_40({"cara": "ganti"}) == "80.00"
    assert carried_60_40({"cara": "tambah"}) == "170.05"
    assert carried_60_40({"cara": "tambah", "bobot": Decimal("0.1")}) == "89.01"  # 89.005 goes up
    assert carried_60_40({"cara": "bobot", "bobot": Decimal("0.6"), "bobot_tahap": Decimal("0.4")}) == "86.03"


def test_weights_may_be_ratios_and_stay_exact():
    way = {"tahap": "isian", "cara": "bobot", "bobot": "1/3", "bobot_tahap": "2/3"}
    contest = Contest([ROGOJAMPI], ["unair"], bawaan=way).gives("unair", ROGOJAMPI, N1=80).carries(ROGOJAMPI, 90)

    assert contest.result_of(ROGOJAMPI).total == Fraction(250, 3)
    assert contest.totals() == {ROGOJAMPI: "250/3"}


def test_a_carried_value_may_be_a_ratio():
    contest = Contest(data=carried_rules([ROGOJAMPI], bulat={"nilai": 2})).carries(ROGOJAMPI, "250/3")

    assert contest.totals() == {ROGOJAMPI: "83.33"}


FINDINGS = {"dikonfirmasi": 0, "sebagian": Decimal("-0.5"), "tidak": -1, "lebih": Decimal("0.5")}


def found(mark, *verdicts) -> Fraction:
    contest = Contest([ROGOJAMPI], ["unair"], temuan=FINDINGS).gives("unair", ROGOJAMPI, N1=mark)
    for n, verdict in enumerate(verdicts):
        contest.line(ROGOJAMPI, "unair", f"temuan:A{n}", verdict)
    return contest.result_of(ROGOJAMPI).own


def test_findings_move_the_stage_s_own_total_and_stay_between_nought_and_the_maximum():
    assert found(80, "dikonfirmasi", "sebagian", "tidak") == Fraction("78.5")
    assert found(80, "lebih") == Fraction("80.5")
    assert found("99.75", "lebih") == 100
    assert found("0.25", "tidak") == 0


def test_a_finding_takes_nothing_from_points_that_the_rules_accept_beyond_the_maximum():
    more = {"penilai": None, "sumber": "poin", "poin_di_luar_rentang": "terima"}
    contest = Contest([ROGOJAMPI], aspects={"E": {"E1": 5}}, temuan=FINDINGS, **more)
    contest.gives("verifikator", ROGOJAMPI, E1=6).line(ROGOJAMPI, "verifikator", "temuan:E1", "lebih")

    assert contest.result_of(ROGOJAMPI).own == 6


def test_findings_come_before_the_carry_over():
    carry = {"cara": "bobot", "tahap": "presentasi", "bobot": Decimal("0.6"), "bobot_tahap": Decimal("0.4")}
    contest = Contest([ROGOJAMPI], ["unair"], tahap="lapang", temuan=FINDINGS, bawaan=carry)
    contest.gives("unair", ROGOJAMPI, N1=80).line(ROGOJAMPI, "unair", "temuan:D1", "tidak")
    contest.carries(ROGOJAMPI, 90, stage="presentasi")

    assert contest.result_of(ROGOJAMPI).total == Fraction("0.6") * 90 + Fraction("0.4") * 79


def test_points_of_verified_forms_need_no_seat_and_may_be_ratios():
    contest = Contest([ROGOJAMPI], penilai=None, sumber="poin", aspects={"A": {"A1": 2, "A2": 5}})
    contest.gives("verifikator", ROGOJAMPI, A1="1.375", A2="7/3")

    assert contest.result_of(ROGOJAMPI).aspects == {"A": Fraction("3.71")}  # 3.708333... rounded by the instrument
    assert contest.result_of(ROGOJAMPI).notes == ()


def test_ratios_of_many_denominators_have_an_exact_mean():
    # The denominators' common multiple is far beyond what a machine word holds.
    primes = [1_000_003, 1_000_033, 1_000_037, 1_000_039]
    contest = Contest([ROGOJAMPI, TAMAN], ["tim-a", "tim-b"], {"A": {"A1": 5}}, sumber="poin", seri=["indikator:A1"])
    for seat, entry, prime in zip(["tim-a", "tim-b"] * 2, [ROGOJAMPI] * 2 + [TAMAN] * 2, primes, strict=True):
        contest.gives(seat, entry, A1=f"{2 * prime - 1}/{prime}")

    # Both round to 2.00; the exact means differ in the seventh decimal and part them.
    assert contest.totals() == {TAMAN: "2", ROGOJAMPI: "2"}
    assert contest.places() == {TAMAN: 1, ROGOJAMPI: 2}


def test_scopes_stand_in_their_own_order():
    contest = Contest(data=carried_rules(["A.B-1.x", "A.B.x"], kuota={"lingkup": "kabupaten_kota", "jumlah": 1}))
    contest.carries("A.B-1.x", 1).carries("A.B.x", 2)

    assert [result.scope for result in contest.count().results] == ["A.B", "A.B-1"]


def test_the_roster_s_order_has_no_part_in_the_result():
    there, back = Contest([ROGOJAMPI, TAMAN, TONGAS]), Contest([TONGAS, TAMAN, ROGOJAMPI])
    for contest in (there, back):
        contest.all_give(ROGOJAMPI, N1=80).all_give(TAMAN, N1=80).all_give(TONGAS, N1=90)

    assert there.tables() == back.tables()


def test_half_interview_of_four_assessors_half_instrument_as_in_sumedang():
    # Kabupaten Sumedang 2025: 0.5 x (sum of 4 assessors / 400 x 100) + 0.5 x the instrument's total, 3 decimals.
    half = {"cara": "bobot", "tahap": "isian", "bobot": Decimal("0.5"), "bobot_tahap": Decimal("0.5")}
    seats = ["penilai-1", "penilai-2", "penilai-3", "penilai-4"]
    contest = Contest([ROGOJAMPI], seats, bawaan=half, bulat={"aspek": 3, "nilai": 3})
    for seat, mark in zip(seats, ("80", "85.5", "90", "75.25"), strict=True):
        contest.gives(seat, ROGOJAMPI, N1=mark)
    contest.carries(ROGOJAMPI, "91.24")

    # (80 + 85.5 + 90 + 75.25) / 400 x 100 = 82.6875, rounded 82.688; half of 82.688 + 91.24 is 86.964.
    assert contest.totals() == {ROGOJAMPI: "86.964"}

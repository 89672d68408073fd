"""The odd cases of every rule kind, beyond the worked examples of the methods page.

Numbers in brackets name the odd events that were seen in real instruments: an answer the form sends but the scorer does
not know, text added as text, a comma refused, gaps between ranges, an empty form that scores.
"""

import pytest

from tests.tally.one_indicator import points_of, score_of

BANDS = "pita: [{min: 76, poin: 2}, {min: 51, poin: 1.5}, {min: 26, poin: 1}, {min: 0, poin: 0.5}]"
STRICT = f"{{jenis: rasio_jenjang, pembilang: [a], penyebut: [b], gerbang_bukti: [e], {BANDS}, jepit: [0, 100], "


# ada


def test_a_word_the_rule_does_not_know_is_not_there_and_needs_no_note():
    result = score_of("{jenis: ada, masukan: k, poin: 1}", {"k": "ya"})

    assert (result.points["A1"], result.notes) == (0, ())


@pytest.mark.parametrize("answer", [True, False, [], ["ada"], {}])
def test_what_is_neither_text_nor_number_is_not_there_and_noted(answer):
    result = score_of("{jenis: ada, masukan: k, poin: 1}", {"k": answer})

    assert (result.points["A1"], len(result.notes)) == (0, 1)


def test_without_keys_a_rule_reads_the_code_of_its_indicator():
    assert points_of("{jenis: ada, poin: 1}", {"A1": "ada"}) == "1"
    assert points_of("{jenis: ada, dasar: bukti, poin: 1}", {}, ["a1"]) == "1"
    assert points_of("{jenis: hitung, batas: 9, poin_per_satuan: 1}", {"A1": 2}) == "2"
    assert points_of("{jenis: pilihan, opsi: [{poin: 3}]}", {"A1": 1}) == "3"


def test_a_number_and_its_text_are_the_same_answer():
    rule = "{jenis: ada, masukan: k, nilai_ada: [2], poin: 1}"

    assert [points_of(rule, {"k": answer}) for answer in (2, "2", " 2 ", 3, "2.0")] == ["1", "1", "1", "0", "0"]


def test_a_truth_counts_only_where_the_rule_lists_it():
    rule = "{jenis: ada, masukan: k, nilai_ada: [true], poin: 1}"

    assert [points_of(rule, {"k": answer}) for answer in (True, False, 1, "true")] == ["1", "0", "0", "0"]


def test_above_zero_reads_text_with_a_comma_and_refuses_words():
    rule = '{jenis: ada, masukan: k, nilai_ada: [">0"], poin: 1}'

    assert [points_of(rule, {"k": answer}) for answer in ("0,1", 1, 0, -1, ">0", "ada", "")] == [
        "1", "1", "0", "0", "0", "0", "0",
    ]  # fmt: skip


def test_filled_means_anything_but_absent_null_and_blank():
    rule = "{jenis: ada, masukan: k, nilai_ada: [terisi], poin: 1}"

    assert [points_of(rule, {"k": answer}) for answer in (0, False, "0", "x", None, "", " \t")] == [
        "1", "1", "1", "1", "0", "0", "0",
    ]  # fmt: skip


def test_an_error_of_a_table_signs_without_width_and_a_list_are_not_filled_and_a_dash_is():
    rule = "{jenis: ada, masukan: k, nilai_ada: [terisi], poin: 1}"

    assert [points_of(rule, {"k": answer}) for answer in ("#N/A", " #NILAI! ", "\u200b", [], "-", "#1")] == [
        "0", "0", "0", "0", "1", "1",
    ]  # fmt: skip


def test_an_item_that_is_only_recorded_gives_nothing_and_does_not_divide():
    bobot = "{jenis: daftar, mode: bobot, dasar: bukti, butir: [{kode: a, poin: 1}, {kode: b, poin: null}]}"
    proporsi = "{jenis: daftar, mode: proporsi, poin: 2, butir: [{kode: a}, {kode: b}, {kode: c, poin: null}]}"

    assert points_of(bobot, {}, ["a", "b"]) == "1"
    assert points_of(proporsi, {"a": "ada", "c": "ada"}) == "1"


# hitung, persen_linear, jenjang


def test_texts_are_added_as_numbers_not_glued_together():
    assert points_of("{jenis: hitung, masukan: [a, b], batas: 100, poin_per_satuan: 1}", {"a": "2", "b": "2"}) == "4"


def test_a_very_large_number_is_cut_and_a_very_negative_one_computed():
    rule = "{jenis: hitung, masukan: a, batas: 5, poin_per_satuan: 0.2}"

    assert points_of(rule, {"a": 10**300}) == "1"
    assert points_of(rule, {"a": -(10**30)}) == "-2" + "0" * 29


def test_what_is_no_number_is_noted_with_its_place_and_counts_as_nothing():
    rule = "{jenis: hitung, masukan: [a, b, c], batas: 9, poin_per_satuan: 1}"
    result = score_of(rule, {"a": 2, "b": "dua", "c": " "})

    assert result.points["A1"] == 2
    assert result.notes == ('A.b: "dua" bukan angka; tidak dihitung.',)


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_an_amount_that_is_left_empty_is_not_zero(empty):
    rule = f"{{jenis: jenjang, masukan: k, {BANDS}, bila_kosong: {{poin: 0.3}}}}"

    assert points_of(rule, {"k": empty}) == "0.3"
    assert points_of(rule, {"k": 0}) == "0.5"


UNREAD = ["nol", "0 inovasi", "#N/A", "3 kali", "NaN", True, [], {}]
OF_ONE_NUMBER = {
    "hitung": "jenis: hitung, masukan: k, batas: 9, poin_per_satuan: 1",
    "jenjang": f"jenis: jenjang, masukan: k, {BANDS}",
    "fewer is better": "jenis: jenjang, masukan: k, pita: [{lebih_dari: 3, poin: 0}, {lain: true, poin: 2}]",
    "persen_linear": "jenis: persen_linear, masukan: k, penuh: 1, poin: 1",
    "tiang": "jenis: tiang, masukan: k, bawah: 1, atas: 7, arah: turun",
    "rasio_jenjang": f"jenis: rasio_jenjang, pembilang: [k], penyebut: [k], {BANDS}",
    "rasio_linear": "jenis: rasio_linear, pembilang: [k], penyebut: [k], poin: 1",
    "juri": "jenis: juri, masukan: k, skala: [0, 10]",
    "pilihan": "jenis: pilihan, masukan: p, opsi: [{poin: 1}], turunan_dari_angka: {masukan: k, rentang: [[1, 9, 1]]}",
    "indeks": f"jenis: indeks, rumus: skm-14-2017, masukan: [k, {', '.join(f'u{n}' for n in range(1, 10))}]",
}


@pytest.mark.parametrize("rule", OF_ONE_NUMBER.values(), ids=OF_ONE_NUMBER)
@pytest.mark.parametrize("left", ["{poin: 7}", "{keluarkan: true}"])
def test_what_is_answered_and_cannot_be_read_is_never_what_was_left_empty(rule, left):
    of_none = ", penyebut_nol: {poin: 7}" if "rasio" in rule or "indeks" in rule else ""
    whole = f"{{{rule}, bila_kosong: {left}{of_none}}}"

    assert [points_of(whole, {"k": answer}) for answer in UNREAD] == ["0"] * len(UNREAD)
    assert all("bukan angka" in score_of(whole, {"k": answer}).notes[0] for answer in UNREAD)
    assert points_of(whole, {}) == ("7" if "poin" in left else "dikeluarkan")


@pytest.mark.parametrize(
    ("written", "plain"), [("1.500,75", "1500,75"), ("1,500.75", "1500,75"), ("1.500.000", "1500000"), ("-1.500,5", "-1500,5")]
)
def test_a_number_with_its_thousands_set_off_is_told_how_to_be_written(written, plain):
    result = score_of("{jenis: hitung, masukan: [a, k], batas: 9, poin_per_satuan: 1}", {"a": 1, "k": written})

    assert result.notes == (f'A.k: "{written}" bukan angka; tidak dihitung. Tulis tanpa pemisah ribuan: {plain}.',)


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        ("jenis: jenjang, masukan: [a, k], agregat: jumlah, pita: [{lebih_dari: 5, poin: 0}, {lain: true, poin: 2}]", "0"),
        ("jenis: jenjang, masukan: [a, k], agregat: jumlah, pita: [{min: 5, poin: 2}, {min: 1, poin: 1}]", "1"),
        ("jenis: tiang, masukan: [a, k], agregat: jumlah, bawah: 0, atas: 8, arah: turun", "0"),
        ("jenis: rasio_linear, pembilang: [a], penyebut: [a, k], poin: 1", "0"),
        ("jenis: rasio_linear, pembilang: [a, k], penyebut: [a], poin: 1", "1"),
        (f"jenis: rasio_jenjang, pembilang: [a], penyebut: [a, k], {BANDS}", "0"),
        ("jenis: rasio_jenjang, pembilang: [k], penyebut: [a], pita: [{lebih_dari: 5, poin: 0}, {lain: true, poin: 2}]", "0"),
    ],
)
def test_what_cannot_be_read_beside_numbers_is_no_better_than_a_number(rule, points):
    assert points_of(f"{{{rule}}}", {"a": 4, "k": "banyak"}) == points


def test_without_bila_kosong_nothing_gives_nothing():
    assert points_of(f"{{jenis: jenjang, masukan: k, {BANDS}}}", {}) == "0"


def test_bands_are_tried_in_the_order_written():
    assert points_of("{jenis: jenjang, masukan: k, pita: [{min: 0, poin: 1}, {min: 5, poin: 9}]}", {"k": 7}) == "1"


def test_a_percentage_just_below_a_band_stays_below_it():
    # A float would read 75.99999999999999999 as 76.
    assert points_of(f"{{jenis: jenjang, masukan: k, {BANDS}}}", {"k": "75.99999999999999999"}) == "1.5"


def test_a_mean_divides_by_all_keys_and_is_exact():
    rule = "{jenis: jenjang, masukan: [a, b, c], agregat: rata_rata, pita: [{sama: 1, poin: 1}]}"

    assert points_of(rule, {"a": "0,1", "b": "0,2", "c": "2,7"}) == "1"
    assert points_of(rule, {"a": 3}) == "1"


def test_empty_can_leave_the_indicator_out_of_any_amount():
    for rule in (
        f"{{jenis: jenjang, masukan: k, {BANDS}, bila_kosong: {{keluarkan: true}}}}",
        "{jenis: hitung, masukan: k, batas: 1, poin_per_satuan: 1, bila_kosong: {keluarkan: true}}",
        "{jenis: persen_linear, masukan: k, penuh: 1, poin: 1, bila_kosong: {keluarkan: true}}",
        "{jenis: rasio_linear, pembilang: [k], penyebut: [n], poin: 1, bila_kosong: {keluarkan: true}}",
        "{jenis: ada, masukan: k, poin: 1, bila_kosong: {keluarkan: true}}",
        "{jenis: daftar, mode: bobot, butir: [{kode: k, poin: 1}], bila_kosong: {keluarkan: true}}",
        "{jenis: pilihan, masukan: k, opsi: [{poin: 1}], bila_kosong: {keluarkan: true}}",
    ):
        assert points_of(rule, {}) == "dikeluarkan"
        assert points_of(rule, {"k": 1}) in ("0", "1", "0.5")


# rasio_jenjang, rasio_linear


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ({}, "9"),
        ({"a": "", "b": None}, "9"),
        ({"a": 1}, "7"),
        ({"b": 5}, "7"),
        ({"a": "x", "b": ""}, "0"),
        ({"a": 1, "b": "x"}, "0"),
        ({"a": 1, "b": 0}, "7"),
        ({"a": 1, "b": -2}, "7"),
        ({"a": -1, "b": 2}, "0.5"),
        ({"a": 3, "b": 2}, "2"),
    ],
)
def test_behind_a_gate_a_ratio_tells_empty_from_unreadable(answers, points):
    rule = STRICT + "penyebut_nol: {poin: 7}, bila_kosong: {poin: 9}}"

    assert points_of(rule, answers, ["e"]) == points
    assert points_of(rule, answers, []) == "0"


def test_without_a_gate_a_missing_number_counts_as_zero():
    rule = f"{{jenis: rasio_jenjang, pembilang: [a], penyebut: [a, b], {BANDS}, penyebut_nol: {{anggap: 0}}}}"

    assert [points_of(rule, answers) for answers in ({}, {"b": 4}, {"a": 4}, {"a": 2, "b": 2}, {"a": -3})] == [
        "0.5", "0.5", "2", "1", "0.5",
    ]  # fmt: skip


def test_without_a_gate_bila_kosong_holds_only_when_every_input_is_empty():
    rule = f"{{jenis: rasio_jenjang, pembilang: [a], penyebut: [b], {BANDS}, bila_kosong: {{poin: 0.1}}}}"

    assert [points_of(rule, answers) for answers in ({}, {"a": "x"}, {"a": 1}, {"b": 1})] == ["0.1", "0", "0", "0.5"]


def test_a_ratio_is_compared_exactly():
    # 19/25 is 76 % exactly; as floats 19/25*100 is 76.0 but 0.76*100 is 76.00000000000001.
    assert points_of(STRICT + "penyebut_nol: {poin: 0}}", {"a": 19, "b": 25}, ["e"]) == "2"
    assert points_of(STRICT + "penyebut_nol: {poin: 0}}", {"a": 18999, "b": 25000}, ["e"]) == "1.5"


def test_a_ratio_is_clamped_before_the_bands_are_tried():
    rule = "{jenis: rasio_jenjang, pembilang: [a], penyebut: [b], jepit: [50, 50], pita: [{sama: 50, poin: 1}]}"

    assert [points_of(rule, {"a": a, "b": 4}) for a in (-1, 2, 9)] == ["1", "1", "1"]


def test_a_linear_ratio_with_one_column_empty_still_counts():
    rule = "{jenis: rasio_linear, pembilang: [s1], penyebut: [sma, s1], poin: 4, penyebut_nol: {anggap: 0.5}}"

    assert [points_of(rule, answers) for answers in ({"s1": 2}, {"sma": 3, "s1": 1}, {}, {"s1": -1})] == [
        "4", "1", "2", "2",
    ]  # fmt: skip


# pilihan

SHARED = "opsi: [{kode: a, label: A/AA, poin: 1}, {kode: B, label: B/BB, poin: 0.5}]"


def test_without_a_gate_capitals_matter_and_with_one_they_do_not():
    assert points_of(f"{{jenis: pilihan, masukan: k, {SHARED}}}", {"k": "A"}) == "0"
    assert points_of(f"{{jenis: pilihan, masukan: k, {SHARED}, gerbang_bukti: [e]}}", {"k": " A"}, ["e"]) == "1"
    assert points_of(f"{{jenis: pilihan, masukan: k, {SHARED}, gerbang_bukti: [e]}}", {"k": "b"}, ["e"]) == "0.5"


def test_an_answer_that_is_no_option_is_noted_and_is_not_what_was_left_empty():
    result = score_of(f"{{jenis: pilihan, masukan: k, {SHARED}, bila_kosong: {{poin: 0.2}}}}", {"k": "zzz"})

    assert result.points["A1"] == 0
    assert result.notes == ('A.k: "zzz" bukan pilihan yang ada (a, B).',)


def test_bila_kosong_can_go_on_as_if_an_option_were_chosen():
    rule = f"{{jenis: pilihan, masukan: q_k, {SHARED}, gerbang_bukti: per_opsi, bila_kosong: {{anggap: b}}}}"

    assert [points_of(rule, {}, evidence) for evidence in ([], ["qa"], ["qb"], ["q"])] == ["0", "0", "0.5", "0.5"]


def test_the_gate_looks_at_the_option_derived_from_a_word():
    rule = f"{{jenis: pilihan, masukan: q_k, {SHARED}, gerbang_bukti: per_opsi, turunan_dari_kata: {{masukan: w}}}}"

    assert [points_of(rule, {"w": "bb"}, evidence) for evidence in (["qa"], ["QB"], ["q"])] == ["0", "0.5", "0.5"]


def test_a_valid_option_wins_over_what_a_number_says_and_a_number_over_a_word():
    rule = (
        f"{{jenis: pilihan, masukan: k, {SHARED}, turunan_dari_kata: {{masukan: w}}, "
        "turunan_dari_angka: {masukan: n, rentang: [[null, 3, a], [3, null, B]]}}"
    )

    assert points_of(rule, {"k": "a", "n": 9, "w": "B"}) == "1"
    assert points_of(rule, {"n": 9, "w": "A"}) == "0.5"
    assert points_of(rule, {"n": "x", "w": "A"}) == "1"
    assert points_of(rule, {"n": 3}) == "1"
    assert points_of(rule, {"n": -99}) == "1"


@pytest.mark.parametrize(
    ("brackets", "chosen"), [("[]", "yyy"), ("[)", "yyn"), ("(]", "nyy"), ("()", "nyn")]
)  # 1, 1.5 and 2 in the range from 1 to 2
def test_brackets_say_whether_a_bound_belongs_to_the_range(brackets, chosen):
    rule = (
        "{jenis: pilihan, masukan: k, opsi: [{kode: y, poin: 1}], "
        f'turunan_dari_angka: {{masukan: n, rentang: [[1, 2, y, "{brackets}"]]}}}}'
    )

    assert "".join("y" if points_of(rule, {"n": n}) == "1" else "n" for n in (1, "1,5", 2)) == chosen


def test_a_number_in_a_gap_between_ranges_chooses_nothing_and_is_noted():
    rule = (
        "{jenis: pilihan, masukan: k, opsi: [{kode: a, poin: 1}, {kode: b, poin: 2}], "
        'turunan_dari_angka: {masukan: n, rentang: [[1, 5, a, "[)"], [6, 11, b]]}}'
    )
    result = score_of(rule, {"n": 5})

    assert (result.points["A1"], result.notes) == (0, ('A.n: "5" tidak masuk rentang mana pun.',))


def test_a_choice_among_recorded_options_is_outside_every_maximum():
    result = score_of("{jenis: pilihan, opsi: [{label: Tani, poin: null}, {poin: null}]}", {"A1": 1}, maximum="0")

    assert (result.points["A1"], result.tree.left_out, result.tree.total) == (None, (), 0)


# tingkat, gabungan, juri, indeks


def test_levels_count_presence_not_size_and_zero_is_not_empty():
    rule = (
        "{jenis: tingkat, batas: 5, bulat: 2, kelompok: [{gerbang_bukti: [e], bila_kosong: {poin: 3}, "
        "butir: [{masukan: a, poin: 1.5}, {masukan: b, poin: 1}]}]}"
    )

    assert [points_of(rule, answers, ["e"]) for answers in ({"a": 99}, {"a": 0}, {"a": "x"}, {"a": " "}, {})] == [
        "1.5", "0", "0", "3", "3",
    ]  # fmt: skip


def test_levels_are_cut_first_and_rounded_then():
    rule = (
        "{jenis: tingkat, batas: 1.005, bulat: 2, "
        "kelompok: [{butir: [{masukan: a, poin: 1.004}, {masukan: b, poin: 1}]}]}"
    )

    assert [points_of(rule, answers) for answers in ({"a": 1}, {"a": 1, "b": 1})] == ["1", "1.01"]


def test_a_compound_is_cut_only_when_the_rule_says_so():
    parts = "bagian: [{jenis: hitung, masukan: a, batas: 9, poin_per_satuan: 1}, {jenis: ada, masukan: b, poin: 4}]"

    assert points_of(f"{{jenis: gabungan, {parts}}}", {"a": 9, "b": "ada"}, maximum="5") == "13"
    assert points_of(f"{{jenis: gabungan, maks_dipotong: true, {parts}}}", {"a": 9, "b": "ada"}, maximum="5") == "5"


def test_any_rule_can_stand_behind_an_evidence_gate():
    for rule in (
        "{jenis: ada, masukan: k, poin: 1, nilai_ada: [terisi], gerbang_bukti: [e, f]}",
        "{jenis: hitung, masukan: k, batas: 1, poin_per_satuan: 1, gerbang_bukti: [e, f]}",
        "{jenis: persen_linear, masukan: k, penuh: 1, poin: 1, gerbang_bukti: [e, f]}",
        "{jenis: rasio_linear, pembilang: [k], penyebut: [k], poin: 1, gerbang_bukti: [e, f]}",
        "{jenis: gabungan, bagian: [{jenis: ada, masukan: k, poin: 1, nilai_ada: [terisi]}], gerbang_bukti: [e, f]}",
    ):
        assert [points_of(rule, {"k": 1}, evidence) for evidence in ([], ["g"], ["f"], [" E"])] == ["0", "0", "1", "1"]


def test_a_mark_outside_its_scale_is_computed_and_noted():
    result = score_of("{jenis: juri, skala: [0, 100], desimal: 1}", {"A1": 110}, maximum="10")

    assert (result.points["A1"], result.notes) == (11, ("A.A1: Nilai 110 harus antara 0 dan 100.",))


def test_satisfaction_uses_one_ninth_and_bands_after_rounding():
    """Permenpanrb 14/2017; 29 respondents, sums 105..115: IKM 91.475, class A from 88.31."""
    keys = "masukan: [n, u1, u2, u3, u4, u5, u6, u7, u8, u9]"
    bands = "pita: [{min: 88.31, poin: 4}, {min: 76.61, poin: 3}, {min: 65, poin: 2}, {min: 25, poin: 1}]"
    sums = dict(zip([f"u{i}" for i in range(1, 10)], (105, 101, 100, 116, 102, 105, 106, 105, 115), strict=True))
    rule = f"{{jenis: indeks, rumus: skm-14-2017, {keys}, {bands}}}"

    assert points_of(rule, {"n": 29, **sums}) == "4"
    # 0.11 instead of 1/9 would give 90.560 and, for a mean of 3.54, 87.615: class B instead of A.
    assert points_of(rule, {"n": 100, **dict.fromkeys(sums, 354)}) == "4"
    # 64.995 rounds to 65.00: the table's gap between 64.99 and 65.00 belongs to the upper class.
    assert points_of(rule, {"n": 1000, **dict.fromkeys(sums, "2599,8")}) == "2"

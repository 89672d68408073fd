"""Scoring whole forms: it never refuses an answer, says what it could not read, and does not depend on order."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sp2k.base.exactyaml import load
from sp2k.tally.instrument import read_instrument
from sp2k.tally.scoring import report, score
from tests.tally.one_indicator import instrument_of

DATA = Path(__file__).parents[2] / "sp2k" / "instruments" / "data"


def shipped(name):
    return read_instrument(load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), name=name))


NEW, OLD = shipped("instrumen-sumedang-2025"), shipped("instrumen-sumedang-2025-skor137")
VILLAGE, JURY = shipped("instrumen-permendagri81-2015-desa"), shipped("presentasi-jatim-2022")

# Any JSON, as it is parsed without floats; keys and texts often those that mean something.
words = st.sampled_from(
    ["", " ", "ada", "tidak", "a", "d", "BB", "85,5", "1.000,5", "-5", "1e3", "½", "NaN", "swakarya", "9" * 50]
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.decimals(),
    words,
    st.text(max_size=8),
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=5
)


def forms_of(instrument):
    """Return forms of any content: known and unknown keys, any JSON as value, odd shapes now and then."""
    parts = {}
    for aspect in instrument.aspects:
        keys = st.sampled_from(sorted(aspect.known_inputs) + ["ind_99"]) if aspect.known_inputs else st.just("x")
        evidence = st.sampled_from(sorted(aspect.known_evidence) + ["ind_99", " IND_1 "])
        part = st.fixed_dictionaries(
            {},
            optional={"isian": st.dictionaries(keys, anything, max_size=12), "bukti": st.lists(evidence, max_size=40)},
        )
        parts[aspect.code] = part | anything
    return st.fixed_dictionaries({}, optional={**parts, "Z": anything})


@settings(max_examples=60, deadline=None)
@given(forms_of(NEW) | forms_of(OLD))
def test_no_answer_is_ever_refused(form):
    for instrument in (NEW, OLD, VILLAGE, JURY):
        result = report(score(instrument, form))

        assert list(result["aspek"]) == [aspect.code for aspect in instrument.aspects]
        assert Decimal(result["nilai"]).as_tuple().exponent == -2


@settings(max_examples=60, deadline=None)
@given(forms_of(NEW))
def test_with_a_ceiling_and_no_negative_rule_points_stay_between_zero_and_the_maximum(form):
    result = score(NEW, form)

    assert all(0 <= part.rounded <= part.maximum for part in result.tree.aspects.values())
    assert all(0 <= result.points[indicator.code] <= indicator.maximum for indicator in NEW.indicators)
    assert 0 <= result.tree.total <= 100


def turned(value):
    """Return the same JSON with the keys of every object in reverse order."""
    return {key: turned(value[key]) for key in reversed(value)} if isinstance(value, dict) else value


@settings(max_examples=40, deadline=None)
@given(forms_of(OLD))
def test_the_order_of_keys_changes_nothing(form):
    one, other = report(score(OLD, form)), report(score(OLD, turned(form)))

    assert {**one, "tak_dikenal": set(one["tak_dikenal"])} == {**other, "tak_dikenal": set(other["tak_dikenal"])}


@settings(max_examples=40, deadline=None)
@given(forms_of(NEW))
def test_more_accepted_evidence_never_lowers_a_total(form):
    whole = {aspect.code: {"bukti": sorted(aspect.known_evidence)} for aspect in NEW.aspects}
    before = score(NEW, form)
    raised = {
        code: {**part, "bukti": whole[code]["bukti"]}
        for code, part in form.items()
        if isinstance(part, dict) and code in whole
    }

    assert score(NEW, raised).tree.total >= before.tree.total


def test_the_result_has_the_published_form():
    answers = {"A": {"isian": {"ind_4": 3}, "bukti": ["ind_1"]}, "B": {"bukti": ["ind_26a"]}}

    result = report(score(NEW, answers))

    assert result["aspek"]["A"] == {
        "nilai": "2.00", "maks": "30",
        "indikator": {f"A{n}": "2" if n == 1 else "0" for n in range(1, 17)},
    }  # fmt: skip
    assert result["aspek"]["B"]["indikator"]["B26"] == "0.3"
    rest = {key: value for key, value in result.items() if key != "aspek"}
    assert rest == {
        "nilai": "2.30", "maks": "100", "kategori": "Sangat Kurang", "tak_dikenal": [], "catatan": [],
    }  # fmt: skip


def test_unknown_keys_aspects_and_evidence_are_listed():
    answers = {
        "A": {"isian": {"ind_99": 1, "IND_1": 1}, "bukti": ["ind_1", " ind_98 ", "IND_2A"], "lampiran": []},
        "Z": {"isian": {"ind_1": 1}},
    }

    assert report(score(NEW, answers))["tak_dikenal"] == ["A.lampiran", "A.ind_99", "A.ind_98", "Z"]


def test_an_answer_key_in_capitals_is_another_key():
    result = report(score(OLD, {"A": {"isian": {"IND_4_JUMLAH": 5}}}))

    assert (result["aspek"]["A"]["indikator"]["A4"], result["tak_dikenal"]) == ("0", ["A.IND_4_JUMLAH"])


def test_evidence_is_compared_trimmed_and_in_lower_case():
    result = report(score(NEW, {"A": {"bukti": [" IND_1 ", "ind_1", "Ind_2A"]}}))

    assert (result["aspek"]["A"]["nilai"], result["tak_dikenal"]) == ("3.00", [])


@pytest.mark.parametrize("part", [None, {}, {"isian": None, "bukti": None}, {"isian": {}}, {"bukti": []}])
def test_what_is_absent_is_an_empty_form_without_a_note(part):
    result = report(score(OLD, {"A": part}))

    assert (result["nilai"], result["catatan"], result["tak_dikenal"]) == ("9.00", [], [])


@pytest.mark.parametrize(
    ("part", "note"),
    [
        (5, "A.isian: aspek ini bukan objek; dibaca sebagai formulir kosong."),
        ({"isian": []}, "A.isian: bukan objek; dibaca sebagai isian kosong."),
        ({"bukti": "ind_1"}, "A.bukti: bukan daftar; tidak ada bukti yang dibaca."),
        ({"bukti": [7]}, "A.bukti: memuat kunci yang bukan teks; kunci itu tidak dibaca."),
    ],
)
def test_a_part_of_another_shape_is_read_as_far_as_it_can_be_and_noted(part, note):
    assert score(NEW, {"A": part}).notes == (note,)


def test_evidence_that_is_text_counts_beside_evidence_that_is_not():
    assert score(NEW, {"A": {"bukti": [7, None, "ind_1"]}}).points["A1"] == 2


def test_a_category_needs_its_exact_percentage():
    instrument = load(
        "instrumen: uji\nbulat_aspek: 3\nkategori: [{min: 90, nama: Baik}, {min: 60, nama: Cukup}]\naspek:\n"
        "- {kode: A, indikator: [{kode: A1, maks: 100, aturan: {jenis: juri, skala: [0, 100]}}]}",
        name="uji",
    )
    instrument = read_instrument(instrument)

    assert [
        score(instrument, {"A": {"isian": {"A1": mark}}}).category for mark in (90, "89,999", 60, "59,999", None)
    ] == ["Baik", "Cukup", "Cukup", None, None]


TRAITED = "berlaku_untuk: [kabupaten, ada_desa], bila_tidak_berlaku: {}"
FILLED = {"A": {"isian": {"A1": "4"}}}


@pytest.mark.parametrize(("otherwise", "points"), [("keluarkan", None), ("nol", Fraction(0)), ("penuh", Fraction(10))])
def test_an_indicator_that_does_not_apply_leaves_or_gives_nothing_or_all(otherwise, points):
    rule = "{jenis: hitung, masukan: A1, batas: 10, poin_per_satuan: 1}"
    instrument = instrument_of(rule, extra=TRAITED.format(otherwise))

    assert score(instrument, FILLED, traits=["kota"]).points["A1"] == points
    assert score(instrument, FILLED, traits=["kota", "ada_desa"]).points["A1"] == 4
    assert score(instrument, FILLED).points["A1"] == 4


def test_whatever_was_left_out_is_shown_beside_the_result():
    rule = "{jenis: hitung, masukan: A1, batas: 10, poin_per_satuan: 1, bila_kosong: {keluarkan: true}}"
    result = report(score(instrument_of(rule), {}))

    assert result["aspek"]["A"]["indikator"] == {"A1": None}
    assert result["catatan"] == ["A.A1: dikeluarkan dari nilai dan dari maksimum."]


def test_every_item_at_its_best_reaches_the_declared_maximum_of_the_village_instrument():
    """Permendagri 81/2015: 225 items, 548 points; C7.2 is only recorded."""
    best = {
        aspect.code: {
            "isian": {
                indicator.code: max(
                    indicator.inputs[0].choices, key=lambda choice: -1 if choice.points is None else choice.points
                ).code
                for indicator in aspect.indicators
            }
        }
        for aspect in VILLAGE.aspects
    }
    result = report(score(VILLAGE, best))

    assert (result["nilai"], result["maks"], result["catatan"]) == ("548.00", "548", [])
    assert result["aspek"]["C"]["indikator"]["C7.2"] == "0"


def test_marks_of_87_and_a_half_throughout_are_87_and_a_half():
    marks = {aspect.code: {"isian": dict.fromkeys(aspect.known_inputs, "87,5")} for aspect in JURY.aspects}

    assert report(score(JURY, marks))["nilai"] == "87.50"


def test_a_float_among_the_answers_is_a_fault_of_the_program():
    with pytest.raises(TypeError):
        score(OLD, {"A": {"isian": {"ind_4_jumlah": 0.1}}})

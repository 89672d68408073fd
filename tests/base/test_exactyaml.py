"""YAML is read as written: numbers exact, nothing guessed, nothing dangerous."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sp2k.base.exactyaml import YamlError, dump, load


def test_numbers_keep_the_digits_written():
    data = load("a: 0.1\nb: 35.10\nc: -3\nd: 3\ne: .5", name="uji")

    assert data == {"a": Decimal("0.1"), "b": Decimal("35.10"), "c": -3, "d": 3, "e": Decimal("0.5")}
    assert str(data["b"]) == "35.10"


@pytest.mark.parametrize(
    "text", ["no", "yes", "on", "off", "010", "10:30", "2022-12-21", "1e3", "1_000", "0x10", ".nan"]
)
def test_what_yaml_1_1_would_guess_stays_text(text):
    assert load(f"a: {text}", name="uji") == {"a": text}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1\na: 2", 'uji.yaml baris 2 memuat kunci "a" dua kali dalam satu bagian.'),
        ("a: &x [1]\nb: *x", "uji.yaml baris 2 memakai alias (tanda * dan &), yang tidak diterima; tulislah isinya di "
         "tempat itu."),
        ("a: 1\n b: 2", "uji.yaml baris 2 bukan YAML yang dapat dibaca; periksa lekukan, titik dua, dan tanda kutip "
         "di sekitarnya."),
        ("a: !!python/name:os.system x", "uji.yaml baris 1 bukan YAML yang dapat dibaca; periksa lekukan, titik dua, "
         "dan tanda kutip di sekitarnya."),
        ("a: !!float nan", 'uji.yaml baris 1 memuat "nan", yang bukan angka.'),
        ("? [a]\n: 1", "uji.yaml baris 1 memuat kunci yang bukan teks."),
        ("a: \x00", "uji.yaml memuat karakter yang tidak boleh ada dalam YAML."),
        ("[" * 50 + "]" * 50, "uji.yaml baris 1 bertingkat lebih dari 40."),
        ("- " * 300_000 + "a", "uji.yaml baris 1 bertingkat lebih dari 40."),
    ],
)  # fmt: skip
def test_a_broken_or_dangerous_file_is_refused_with_its_line(text, sentence):
    with pytest.raises(YamlError) as refusal:
        load(text, name="uji.yaml")

    assert str(refusal.value) == sentence


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]))
plain = st.none() | st.booleans() | st.integers() | words
data = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_09.-~no", min_size=1), inner, max_size=4),
    max_leaves=20,
)


@given(data)
def test_what_is_dumped_is_loaded_as_the_same_data(value):
    assert load(dump(value), name="uji") == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_decimal_keeps_its_value(value):
    assert load(dump({"a": value}), name="uji") == {"a": value}


def test_a_dump_keeps_order_and_writes_numbers_plainly():
    assert dump({"kode": "35.10", "bobot": Decimal("0.250"), "daftar": [1, "2"]}) == (
        "kode: '35.10'\nbobot: 0.250\ndaftar:\n  - 1\n  - '2'\n"
    )

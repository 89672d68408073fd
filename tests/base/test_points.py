"""Marks as people type them, with the sentences they get back."""

from decimal import Decimal

import pytest

from sp2k.base.points import parse_points
from sp2k.base.refusals import BadInput


def read(text):
    return parse_points(text, name="K2", lowest=Decimal(0), highest=Decimal(100), decimals=1)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("87,5", "87.5"), ("87.5", "87.5"), ("0", "0"), ("100", "100"), (" 90 ", "90"), ("87,50", "87.50"), ("007", "7")],
)
def test_comma_and_point_are_both_decimal_signs(typed, value):
    assert read(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Nilai K2 kosong. Isi angka 0 sampai 100; kosong bukan nol."),
        ("   ", "Nilai K2 kosong. Isi angka 0 sampai 100; kosong bukan nol."),
        (
            "87.500",
            "Nilai K2: angka 87.500 dapat dibaca sebagai 87500 atau 87,5. Bila maksudnya 87,5, tulis 87,5.",
        ),
        ("-1", "Nilai K2 harus antara 0 dan 100. Anda menulis -1."),
        ("101", "Nilai K2 harus antara 0 dan 100. Anda menulis 101."),
        ("100,1", "Nilai K2 harus antara 0 dan 100. Anda menulis 100,1."),
        ("baik", 'Nilai K2 harus angka, misalnya 87,5. Anda menulis "baik".'),
        ("8,7,5", 'Nilai K2 harus angka, misalnya 87,5. Anda menulis "8,7,5".'),
        ("1e2", 'Nilai K2 harus angka, misalnya 87,5. Anda menulis "1e2".'),
        ("NaN", 'Nilai K2 harus angka, misalnya 87,5. Anda menulis "NaN".'),
        ("٨٧", 'Nilai K2 harus angka, misalnya 87,5. Anda menulis "٨٧".'),
        ("87,55", "Nilai K2 paling banyak 1 angka di belakang koma. Anda menulis 87,55."),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(typed, sentence):
    with pytest.raises(BadInput) as refusal:
        read(typed)

    assert refusal.value.sentence == sentence

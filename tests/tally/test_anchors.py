"""The anchors of a juror's scale: read where jurors mark, and refused where no mark could ever reach them."""

from fractions import Fraction

import pytest

from sp2k.base.exactyaml import load
from sp2k.tally.instrument import InstrumentError, read_instrument


def instrument_of(anchors: str, scale: str = "skala: [10, 100]", kind: str = "juri"):
    return read_instrument(
        load(
            f"""
instrumen: uji
aspek:
- kode: A
  indikator:
  - {{kode: A1, maks: 100, aturan: {{jenis: {kind}, {scale}}}, rubrik_cetak: {anchors}}}
""",
            name="uji.yaml",
        )
    )


def anchors_of(anchors: str, **rule):
    return [(a.lowest, a.highest, a.meaning) for a in instrument_of(anchors, **rule).indicators[0].anchors]


def test_an_anchor_is_one_mark_a_range_or_everything_from_a_mark_up():
    written = "[{nilai: 10, arti: Tidak ada}, {dari: 11, sampai: 60.5, arti: Sebagian}, {min: 85, arti: Semua}]"

    assert anchors_of(written) == [(10, 10, "Tidak ada"), (11, Fraction(121, 2), "Sebagian"), (85, None, "Semua")]


def test_an_anchor_on_the_ends_of_the_scale_is_within_it():
    assert len(anchors_of("[{nilai: 10, arti: a}, {nilai: 100, arti: b}]")) == 2


def test_what_a_verifier_prints_is_left_as_it_is_written():
    presence = instrument_of("[{min: 400, poin: 1}]", scale="dasar: bukti, poin: 100, kunci: k", kind="ada")

    assert (presence.indicators[0].anchors, len(presence.indicators[0].rubric)) == ((), 1)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("[{nilai: 9.5, arti: a}]", "jangkar 9.5 di luar skala 10 sampai 100."),
        ("[{min: 101, arti: a}]", "jangkar 101 di luar skala 10 sampai 100."),
        ("[{dari: 90, sampai: 105, arti: a}]", "jangkar 105 di luar skala 10 sampai 100."),
        ("[{dari: 90, sampai: 80, arti: a}]", '"dari" lebih besar daripada "sampai".'),
        ("[{arti: a}]", 'harus memuat tepat satu dari "nilai", "min", atau "dari" bersama "sampai".'),
        (
            "[{nilai: 20, min: 10, arti: a}]",
            'harus memuat tepat satu dari "nilai", "min", atau "dari" bersama "sampai".',
        ),
        ("[{dari: 20, arti: a}]", 'harus memuat tepat satu dari "nilai", "min", atau "dari" bersama "sampai".'),
        ("[{nilai: 20, arti: ''}]", '"arti" kosong; isilah dengan teks.'),
        ("[{nilai: 20}]", 'kunci "arti" tidak ada; isilah dengan teks.'),
        (
            "[{nilai: 20, arti: a, makna: b}]",
            'kunci "makna" tidak dikenal di sini; yang dikenal: arti, dari, min, nilai, sampai.',
        ),
    ],
)
def test_a_fault_in_an_anchor_is_told_with_its_place(written, sentence):
    with pytest.raises(InstrumentError) as fault:
        instrument_of(written)

    assert (fault.value.place, fault.value.sentence) == ("aspek A > indikator A1 > rubrik_cetak ke-1", sentence)


def test_an_anchor_outside_the_listed_marks_is_refused():
    with pytest.raises(InstrumentError) as fault:
        instrument_of("[{nilai: 8, arti: a}]", scale="nilai_sah: [0, 3, 7]")

    assert fault.value.sentence == "jangkar 8 di luar skala 0 sampai 7."

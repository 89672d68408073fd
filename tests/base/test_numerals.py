"""Numbers spelled as decrees spell them."""

import pytest

from sp2k.base.documents.numerals import counted, ruling_mark, spelled


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (19, "sembilan belas"),
        (20, "dua puluh"), (38, "tiga puluh delapan"), (100, "seratus"), (111, "seratus sebelas"),
        (666, "enam ratus enam puluh enam"), (1000, "seribu"), (1999, "seribu sembilan ratus sembilan puluh sembilan"),
        (7285, "tujuh ribu dua ratus delapan puluh lima"), (11000, "sebelas ribu"), (100000, "seratus ribu"),
    ],
)  # fmt: skip
def test_a_whole_number_is_spelled(n, words):
    assert spelled(n) == words


def test_a_count_is_written_in_figures_and_words():
    assert counted(7285) == "7.285 (tujuh ribu dua ratus delapan puluh lima)"


@pytest.mark.parametrize(
    ("n", "mark"),
    [(1, "KESATU"), (2, "KEDUA"), (10, "KESEPULUH"), (11, "KESEBELAS"), (12, "KEDUA BELAS"), (21, "KEDUA PULUH SATU")],
)
def test_rulings_are_called_by_their_ordinals(n, mark):
    assert ruling_mark(n) == mark

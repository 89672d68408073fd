"""The code of a paper: read however it is typed, and a slip is noticed."""

import pytest

from sp2k.base.refusals import BadInput
from sp2k.judging.codes import LETTERS, check_letter, grouped, new_code, read_code


def test_a_code_is_read_however_it_is_typed():
    code = new_code()

    assert read_code(f"  {grouped(code).lower()} ") == code
    assert len(grouped(code)) == 14 and set(code) <= set(LETTERS)
    assert not set("01OIL") & set(LETTERS)


def test_every_single_slip_and_every_swap_of_neighbours_in_a_code_is_noticed():
    code = "7K4QM2XW9RT"
    code += check_letter(code)
    slips = {code[:n] + letter + code[n + 1 :] for n in range(12) for letter in LETTERS} - {code}
    swaps = {code[:n] + code[n + 1] + code[n] + code[n + 2 :] for n in range(11)} - {code}

    for wrong in slips | swaps:
        with pytest.raises(BadInput, match="huruf terakhirnya tidak cocok"):
            read_code(wrong)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Ketik kode"), ("7K4Q-M2XW", "Anda mengetik 8"), ("OK4Q-M2XW-9RTB", 'tidak pernah memuat "O"'),
     ("7K4Q_M2XW_9RT", 'memuat "_"')],
)  # fmt: skip
def test_a_code_that_is_none_is_told_why(typed, said):
    with pytest.raises(BadInput, match=said):
        read_code(typed)

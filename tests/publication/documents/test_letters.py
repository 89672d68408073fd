"""The closing clause of a decree rests on all that stands before it: letters that the result adds are named in it too."""

import pytest

from sp2k.publication.documents.decree import ATTENDANCE, TIES, UNGIVEN, _considering
from tests.publication.test_decree import EDITIONS, edition_file

TIED = {TIES: "dua kecamatan bernilai sama", ATTENDANCE: "satu kursi kosong"}
CODES = sorted(path.stem for path in EDITIONS.glob("*.yaml"))


def closing(*texts: str, n_added: int = 1) -> str:
    added = dict([(TIES, "seri"), (UNGIVEN, "gelar"), (ATTENDANCE, "kursi")][:n_added])
    return _considering(texts, added)[-1]


@pytest.mark.parametrize("code", CODES)
def test_in_every_shipped_edition_the_letter_of_a_ruled_tie_is_named_by_the_last(code):
    written = edition_file(code).decree["menimbang"]

    texts = _considering(written, TIED)

    n_before = len(texts) - 1
    assert n_before == len(written)  # every shipped wording has its own place for attendance
    named = [f"huruf {letter}" for letter in "abcdefg"[:n_before]]
    assert f"sebagaimana dimaksud dalam {', '.join(named[:-1])}, dan {named[-1]}, perlu menetapkan" in texts[-1]
    assert _considering(written, {}) == list(written)


@pytest.mark.parametrize(
    ("written", "now"),
    [
        (("x", "berdasarkan huruf a perlu"), "berdasarkan huruf a dan huruf b perlu"),
        (("x", "y", "dalam huruf a dan huruf b, perlu"), "dalam huruf a, huruf b, dan huruf c, perlu"),
        (("x", "y", "z", "dalam huruf a, b, dan c perlu"), "dalam huruf a, huruf b, huruf c, dan huruf d perlu"),
        (("x", "y", "z", "dalam huruf a sampai dengan huruf c, perlu"), "dalam huruf a sampai dengan huruf d, perlu"),
        (("x", "y", "z", "dalam huruf a dan huruf c, perlu"), "dalam huruf a dan huruf c, perlu"),  # not all: left alone
        (("x", "y", "z", "perlu menetapkan"), "perlu menetapkan"),
    ],
)
def test_a_run_that_names_all_letters_before_it_names_all_that_stand_there_now(written, now):
    assert closing(*written) == now


def test_three_letters_added_are_all_named():
    said = closing("x", "berdasarkan huruf a perlu", n_added=3)

    assert said == "berdasarkan huruf a, huruf b, huruf c, dan huruf d perlu"

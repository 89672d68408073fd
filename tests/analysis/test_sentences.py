"""What the results say: in words an officer knows, and every number of a sentence is a field of its result."""

import re

import numpy as np
import pytest

from sp2k.analysis.answers import Labels, sentence
from sp2k.analysis.certainty import certainty
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.weights.dirichlet import dirichlet_top
from tests.analysis.synthetic import panel, split_panels
from tests.analysis.walk import values_in

GREEK_OR_SYMBOLS = re.compile(r"[Ͱ-Ͽσ²√≤≥±]|\bp ?[=<>]|nilai-p|signifikan|\bICC\b|\bREML\b|\bBLUE\b|logit", re.IGNORECASE)


def with_strict_juror() -> Ratings:
    marks = panel(n_entries=15, rest=3.0)
    marks[:, 1] -= 8
    marks[2, 1] = np.nan
    marks[5, 3, 2] += 30
    return Ratings.from_dense(np.clip(marks, 0, 100))


def answers(made: Ratings) -> dict[str, object]:
    found = certainty(made, cut=5, seed=1, n_draws=300, urban=np.arange(made.n_entries) < 5)
    return {
        **{name: getattr(found, name) for name in found.explain()},
        "top": dirichlet_top(np.nan_to_num(made.panel_marks), 5, seed=1, n_draws=100)}


SAID = {
    f"{case}: {name}": answer
    for case, made in (("a strict juror", with_strict_juror()), ("crossed", Ratings.from_dense(panel())),
                       ("linked panels", split_panels(common=1)), ("split panels", split_panels()))
    for name, answer in answers(made).items()}


@pytest.mark.parametrize("name", SAID)
def test_every_number_of_a_sentence_is_a_field_of_its_result(name):
    held = {str(value) if isinstance(value, str) else round(float(value), 12) for value in values_in(SAID[name])}

    for said in SAID[name].explain():
        for key, number in said.numbers.items():
            stated = number if isinstance(number, tuple) else (number,)
            told = [value if isinstance(value, str) else round(float(value), 12) for value in stated]
            assert set(told) <= held, (str(said), key, number)


@pytest.mark.parametrize("name", SAID)
def test_a_sentence_is_plain_and_whole(name):
    for said in SAID[name].explain():
        text = str(said)
        assert not GREEK_OR_SYMBOLS.search(text), text
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
        assert "{" not in text and "nan" not in re.split(r"\W", text)


@pytest.mark.parametrize("name", [
    "severity", "severity_random", "variance", "outliers", "icc", "kendall", "alpha", "g_study", "more_jurors", "jurors",
    "jackknife", "order", "places", "place_sets", "weights", "winner_change", "cut_change", "one_weight",
    "items",
])
def test_other_marks_make_other_sentences(name):
    before = [str(said) for said in SAID[f"a strict juror: {name}"].explain()]
    after = [str(said) for said in answers(Ratings.from_dense(panel(n_entries=15, seed=99, rest=9.0)))[name].explain()]

    assert before != after


def test_codes_are_called_by_their_names_when_there_are_any():
    labels = Labels(entries=["Rogojampi", "Taman", "Tongas"], jurors=["Unair", "JPIP"])
    said = sentence("{juror:juri} memberi {entry:peserta} {x:1} poin, bukan {others:peserta}; lihat {i:butir}.",
                    juror=1, entry=0, x=81.25, others=(1, 2), i=4)

    assert said.text(labels) == "JPIP memberi Rogojampi 81,2 poin, bukan Taman dan Tongas; lihat butir 5."
    assert said.text() == "Juri 2 memberi peserta 1 81,2 poin, bukan peserta 2 dan peserta 3; lihat butir 5."


@pytest.mark.parametrize(("template", "number", "text"), [
    ("{x:2}", 0.456, "0,46"), ("{x:1}", -0.04, "0,0"), ("{x:besar1}", -3.14, "3,1"), ("{x:persen}", 0.934, "93%"),
    ("{x:persen1}", 0.0625, "6,2%"), ("{x}", 12, "12"), ("{x}", "baik", "Baik"),
])
def test_numbers_are_written_as_an_indonesian_reads_them(template, number, text):
    assert sentence(template, x=number).text() == text


def test_a_translation_takes_the_place_of_the_template():
    said = sentence("Ada {n} juri.", n=7)

    assert said.text(template="There are {n} jurors.") == "There are 7 jurors."

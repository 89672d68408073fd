"""What a form asks is derived from the instrument's own rules: every kind has its boxes, its places and its needs."""

import hashlib

import pytest

from sp2k.instruments.asking import Need, points_in_words, questions_of
from sp2k.instruments.fields import score_of_answers
from sp2k.instruments.models import Instrument
from sp2k.instruments.shelf import SHIPPED

HEAD = """
instrumen: tanya-uji
nama: Tanya uji
maks: 10
aspek:
- kode: A
  nama: Aspek
  maks: 10
  indikator:
  - kode: A1
    judul: Butir
    satuan: desa
    maks: 10
    aturan: """


def asked(rule: str):
    """Return the one question of an instrument with this rule."""
    [aspect] = questions_of(instrument(HEAD + rule))
    return aspect.questions[0]


def instrument(source: str) -> Instrument:
    return Instrument(code="uji", source=source, sha256=hashlib.sha256(source.encode()).hexdigest())


@pytest.mark.parametrize(
    ("rule", "boxes", "places", "needs"),
    [
        ("{jenis: ada, dasar: bukti, poin: 10, kunci: profil}", [], [("profil", "", "10", False)], [Need(("profil",), True)]),
        ("{jenis: ada, masukan: peta, poin: 10}", [("peta", "", "ada")], [], [Need(("peta",))]),
        ("{jenis: daftar, mode: bobot, butir: [{masukan: sop, judul: SOP, poin: 4}, {masukan: motto, poin: 6}]}",
         [("sop", "SOP", "centang"), ("motto", "Motto", "centang")], [], [Need(("sop", "motto"))]),
        ("{jenis: daftar, mode: bobot, dasar: bukti, butir: [{kode: sop, judul: SOP, poin: 4.5}, {kode: motto, poin: 5.5}]}",
         [], [("sop", "SOP", "4,5", False), ("motto", "motto", "5,5", False)], [Need(("sop", "motto"), True)]),
        ("{jenis: jenjang, masukan: n, gerbang_bukti: [rekap, foto], pita: [{min: 5, poin: 10}, {lain: true, poin: 0}]}",
         [("n", "Jumlah desa", "angka")], [("rekap", "", "", False), ("foto", "", "", True)],
         [Need(("n",)), Need(("rekap", "foto"), True)]),
        ("{jenis: rasio_linear, pembilang: [a], penyebut: [b], poin: 10}",
         [("a", "Jumlah yang memenuhi", "angka"), ("b", "Jumlah seluruhnya", "angka")], [], [Need(("a",)), Need(("b",))]),
        ("{jenis: pilihan, masukan: p_x, gerbang_bukti: per_opsi, "
         "opsi: [{kode: a, label: Baik, poin: 10}, {kode: b, poin: 0}]}",
         [("p_x", "", "pilihan")],
         [("p", "", "", False), ("pa", "Untuk pilihan Baik", "", True), ("pb", "Untuk pilihan b", "", True)],
         [Need(("p_x",)), Need(("p", "pa", "pb"), True)]),
    ],
)  # fmt: skip
def test_each_kind_of_rule_asks_what_it_reads(rule, boxes, places, needs):
    question = asked(rule)

    assert [(ask.key, ask.label, ask.look) for ask in question.asks] == boxes
    assert [(slot.key, slot.title, slot.points, slot.is_spare) for slot in question.slots] == places
    assert list(question.needs) == needs


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("instrumen-*.yaml")), ids=lambda path: path.stem)
def test_every_key_that_a_shipped_instrument_reads_has_a_box_or_a_place(path):
    source = path.read_text("utf-8")
    from_file = instrument(source)

    for aspect in questions_of(from_file):
        for question in aspect.questions:
            keys = {ask.key for ask in question.asks} | {slot.key for slot in question.slots}
            assert keys and {key for need in question.needs for key in need.keys} == keys, question.code
            labels = [ask.label for ask in question.asks]
            assert len(set(labels)) == len(labels), question.code


def test_points_are_printed_with_a_comma_and_a_fraction_as_it_is():
    assert [points_in_words(points) for points in ("0.25", "2/7", "12", "", None)] == ["0,25", "2/7", "12", "", ""]


def test_the_score_of_answers_is_that_of_the_verifier_who_accepts_all():
    rule = "{jenis: ada, dasar: bukti, poin: 10, kunci: profil}"

    with_it = score_of_answers(instrument(HEAD + rule), {}, {"A1": ["profil"]})
    without = score_of_answers(instrument(HEAD + rule), {}, {})

    assert (with_it.points, with_it.aspects, with_it.total, with_it.maximum) == ({"A1": 10}, {"A": "10.00"}, "10.00", "10")
    assert (without.points, without.total) == ({"A1": 0}, "0.00")

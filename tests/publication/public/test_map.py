"""Pins and labels of the map: none upon another, whoever wins."""

import itertools
import math

from sp2k.publication.map import APART, LETTER, LINE, result_map
from sp2k.regions.maps import outline
from tests.publication.made_up import result, row

# Five neighbours around Malang, whose centres lie within 80 units of each other.
NEIGHBOURS = [
    ("35.79", "Bumiaji"),
    ("35.73", "Klojen"),
    ("35.07", "Kepanjen"),
    ("35.75", "Gadingrejo"),
    ("35.14", "Tutur"),
]
LONG_NAME = "Sumber Agung Wonosari Kidul Barat Daya Percontohan Nusantara"


def winners(places):
    return [
        row(place, name=name, regency_code=code, title=f"Juara {place}")
        for place, (code, name) in enumerate(places, start=1)
    ]


def box(pin):
    """Return left, top, right, bottom of a pin's label."""
    long, (x, y) = round(len(pin.text) * LETTER), pin.label
    left = {"start": x, "end": x - long, "middle": x - long / 2}[pin.anchor]
    return left, y - LINE + 4, left + long, y + 4


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_a_pin_stands_where_its_regency_lies_and_its_name_beside_it():
    (pin,) = result_map(result(*winners([("35.10", "Rogojampi")]))).pins
    centre = next(area.centre for area in outline("35").areas if area.code == "35.10")

    assert pin.at == (round(centre[0]), round(centre[1]))
    assert (pin.place, pin.text, pin.is_moved) == (1, "Rogojampi", False)
    assert pin.label is not None


def test_pins_of_neighbours_are_pushed_apart_and_lead_back():
    pins = result_map(result(*winners(NEIGHBOURS))).pins

    nearest = min(math.dist(one.at, other.at) for one, other in itertools.combinations(pins, 2))
    assert nearest >= APART - 2
    assert any(pin.is_moved for pin in pins)


def test_no_label_covers_another_and_each_stays_in_the_picture():
    every = [(area.code, "Kedungkandang") for area in outline("35").areas][:10]
    drawn = result_map(result(*winners(every)))
    labels = [box(pin) for pin in drawn.pins if pin.label]

    assert [pair for pair in itertools.combinations(labels, 2) if overlap(*pair)] == []
    assert all(left >= 0 and right <= drawn.width for left, _top, right, _bottom in labels)


def test_a_name_of_sixty_letters_is_cut_on_the_map_and_whole_in_its_list():
    (pin,) = result_map(result(*winners([("35.10", LONG_NAME)]))).pins

    assert len(LONG_NAME) == 60
    assert pin.text == "Sumber Agung Wonosari…"
    assert pin.name == LONG_NAME


def test_each_regency_is_drawn_in_its_state_and_says_it():
    areas = result_map(result(*winners([("35.10", "Rogojampi")]))).areas

    assert len(areas) == 38
    assert [area.words for area in areas if area.state == "finalis"] == ["35.10: asal penerima gelar"]
    assert {area.words.partition(": ")[2] for area in areas if area.state == "tidak_ikut"} == {"tidak ikut"}


def test_without_boundaries_there_is_no_map():
    assert result_map(result(*winners([("35.10", "Rogojampi")]), region="35.10")) is None

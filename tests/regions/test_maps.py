"""The outline of a region: 38 areas, cities on top, far islands in their frames."""

import json
import re

from sp2k.regions.files import DATA
from sp2k.regions.maps import TENTHS, outline

BOUNDARIES = json.loads((DATA / "jatim-kabkota.geojson").read_text("utf-8"))["features"]


def points_of(path):
    """Follow SVG path data (relative lines from absolute starts) and return the points, in units."""
    found = []
    for start, steps in re.findall(r"M(\d+ \d+)l([-\d ]+)z", path):
        x, y = map(int, start.split())
        found.append((x / TENTHS, y / TENTHS))
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x / TENTHS, y / TENTHS))
    return found


def test_every_regency_of_the_boundary_file_is_drawn_once():
    codes = [area.code for area in outline("35").areas]

    assert sorted(codes) == sorted(feature["id"] for feature in BOUNDARIES)
    assert len(codes) == 38


def test_everything_drawn_lies_within_the_picture():
    picture = outline("35")
    xs, ys = zip(*(point for area in picture.areas for point in points_of(area.path)), strict=True)

    assert min(xs) >= 0 and max(xs) <= picture.width
    assert min(ys) >= 0 and max(ys) <= picture.height


def test_the_picture_spans_its_width_and_north_is_up():
    areas = {area.code: area for area in outline("35").areas}
    pacitan, banyuwangi, tuban, malang = (areas[code].centre for code in ("35.01", "35.10", "35.23", "35.07"))

    assert pacitan[0] < tuban[0] < malang[0] < banyuwangi[0]
    assert tuban[1] < malang[1]


def test_a_city_is_drawn_upon_the_regency_around_it():
    codes = [area.code for area in outline("35").areas]

    for regency, city in (("35.06", "35.71"), ("35.05", "35.72"), ("35.07", "35.73"), ("35.19", "35.77")):
        assert codes.index(regency) < codes.index(city)


def test_bawean_is_drawn_in_its_frame_and_gresik_is_marked_on_the_mainland():
    picture = outline("35")
    gresik = next(area for area in picture.areas if area.code == "35.25")
    bawean = next(frame for frame in picture.frames if frame.name == "Bawean (Gresik)")
    inside = [
        point
        for point in points_of(gresik.path)
        if bawean.x <= point[0] <= bawean.x + bawean.width and bawean.y <= point[1] <= bawean.y + bawean.height
    ]

    assert len(inside) > 20
    assert gresik.centre[1] < bawean.y


def test_a_region_without_boundaries_has_no_picture():
    assert outline("35.10") is None
    assert outline("32") is None

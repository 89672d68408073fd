"""Boundaries drawn flat: from degrees to the units of a picture, islands far away in frames of their own.

`data/peta.json` names for each region its boundary file (GeoJSON, one feature a part, `id` = the part's code) and the
frames: `kotak` is west, south, east, north in degrees; `letak` is left, top, width, height in the picture's units.
The boundaries are simplified and never official.
"""

import json
import math
from dataclasses import dataclass
from functools import cache

from sp2k.regions.files import DATA

WIDTH = 720
MARGIN = 8
TENTHS = 10
FRAME_PADDING = 10
FRAME_CAPTION = 22


@dataclass(frozen=True)
class Area:
    """One part of the region: `path` is SVG path data in tenths of a unit; `centre` lies in its largest piece."""

    code: str
    path: str
    centre: tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """A frame for islands that lie too far out; in units."""

    name: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Outline:
    """The flat picture of a region; larger areas first, so that a city is drawn upon the regency around it."""

    width: int
    height: int
    areas: tuple[Area, ...]
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class _Projection:
    """Degrees to units: an equirectangular map with the true length of degrees at the middle latitude."""

    west: float
    north: float
    scale: float
    stretch: float
    left: float = MARGIN
    top: float = MARGIN

    def __call__(self, point) -> tuple[float, float]:
        longitude, latitude = point
        x = self.left + (longitude - self.west) * self.stretch * self.scale
        return x, self.top + (self.north - latitude) * self.scale


@cache
def outline(code: str) -> Outline | None:
    """Return the picture of a region, or None where no boundaries are kept for it."""
    plan = json.loads((DATA / "peta.json").read_text("utf-8")).get(code)
    if plan is None:
        return None
    features = json.loads((DATA / plan["garis"]).read_text("utf-8"))["features"]
    rings = {feature["id"]: [part[0] for part in feature["geometry"]["coordinates"]] for feature in features}
    boxes = [frame["kotak"] for frame in plan["sisipan"]]
    near = [point for parts in rings.values() for ring in parts if _frame_of(ring, boxes) is None for point in ring]
    main = _fitted(_bounds(near))
    insets = [_inset(frame, main.stretch) for frame in plan["sisipan"]]
    frames = tuple(Frame(frame["nama"], *frame["letak"]) for frame in plan["sisipan"])
    bottom = max([main((0, min(y for _, y in near)))[1], *(frame.y + frame.height for frame in frames)])
    drawn = sorted(rings.items(), key=lambda item: -max(map(_size, item[1])))
    areas = tuple(_area(part, pieces, boxes, main, insets) for part, pieces in drawn)
    return Outline(WIDTH + 2 * MARGIN, math.ceil(bottom) + MARGIN, areas, frames)


def _fitted(bounds) -> _Projection:
    west, south, east, north = bounds
    stretch = math.cos(math.radians((south + north) / 2))
    return _Projection(west, north, WIDTH / ((east - west) * stretch), stretch)


def _inset(frame, stretch) -> _Projection:
    """Fit a frame's box of degrees into its place, above the caption."""
    west, south, east, north = frame["kotak"]
    x, y, width, height = frame["letak"]
    room = width - 2 * FRAME_PADDING, height - FRAME_PADDING - FRAME_CAPTION
    scale = min(room[0] / ((east - west) * stretch), room[1] / (north - south))
    left = x + (width - (east - west) * stretch * scale) / 2
    return _Projection(west, north, scale, stretch, left, y + FRAME_PADDING)


def _frame_of(ring, boxes) -> int | None:
    """Return the number of the frame a piece belongs in, by the middle of its bounds."""
    west, south, east, north = _bounds(ring)
    x, y = (west + east) / 2, (south + north) / 2
    for number, (left, bottom, right, top) in enumerate(boxes):
        if left <= x <= right and bottom <= y <= top:
            return number
    return None


def _area(code, pieces, boxes, main, insets) -> Area:
    path = ""
    for ring in pieces:
        number = _frame_of(ring, boxes)
        path += _path(ring, main if number is None else insets[number])
    largest = max(pieces, key=_size)
    return Area(code, path, main(_centroid(largest)))


def _path(ring, projection) -> str:
    """Return one closed ring as relative whole tenths; empty when it is too small to be seen."""
    points = []
    for point in ring:
        x, y = projection(point)
        place = round(x * TENTHS), round(y * TENTHS)
        if not points or place != points[-1]:
            points.append(place)
    if points and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        return ""
    steps = [(x - before[0], y - before[1]) for before, (x, y) in zip(points, points[1:], strict=False)]
    numbers = "".join(f" {number}" if number >= 0 else str(number) for step in steps for number in step)
    return f"M{points[0][0]} {points[0][1]}l{numbers.lstrip()}z"


def _bounds(points) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _crosses(ring):
    return [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]


def _size(ring) -> float:
    return abs(sum(cross for _, _, cross in _crosses(ring))) / 2


def _centroid(ring) -> tuple[float, float]:
    crosses = _crosses(ring)
    area = sum(cross for _, _, cross in crosses) * 3
    return (
        sum((a[0] + b[0]) * cross for a, b, cross in crosses) / area,
        sum((a[1] + b[1]) * cross for a, b, cross in crosses) / area,
    )

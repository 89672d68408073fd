"""Outlines of kabupaten and kota for a map drawn on the page: simplified, and never to be called official."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sp2k.regions.files import DATA

_ASPECT = 0.99  # a degree of longitude is that much of a degree of latitude at 8 degrees south


@dataclass(frozen=True)
class Outline:
    """One kabupaten or kota: `path` is the `d` of an SVG path in the map's own units."""

    code: str
    name: str
    path: str


@dataclass(frozen=True)
class OutlineMap:
    """All outlines of a region in one frame, `width` x `height` units, north up."""

    width: int
    height: int
    outlines: tuple[Outline, ...]


@cache
def outline_map(code: str, *, width: int = 1000) -> OutlineMap | None:
    """Draw the kabupaten and kota within region `code`; None where no outline is held (only East Java is)."""
    features = [feature for feature in _features() if f"{feature['id']}.".startswith(f"{code}.")]
    if not features:
        return None
    points = [point for feature in features for ring in _rings(feature) for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    scale = width / ((east - west) * _ASPECT)

    def place(point):
        return f"{(point[0] - west) * _ASPECT * scale:.1f} {(north - point[1]) * scale:.1f}"

    outlines = tuple(
        Outline(
            feature["id"],
            feature["properties"]["nama"],
            "".join(f"M{'L'.join(place(point) for point in ring)}Z" for ring in _rings(feature)),
        )
        for feature in features
    )
    return OutlineMap(width, round((north - south) * scale), outlines)


@cache
def _features() -> list[dict]:
    return json.loads((DATA / "jatim-kabkota.geojson").read_text(encoding="utf-8"))["features"]


def _rings(feature) -> Iterator[list]:
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon

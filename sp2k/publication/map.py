"""The map of a result: which regencies take part, and numbered pins where the titles went."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sp2k.publication.queries import PublicResult
from sp2k.regions.maps import Frame, Outline, outline

PIN = 13  # radius of a pin, in units of the map
APART = 48  # two pins this far apart stay apart on a phone, where they are drawn larger
ROUNDS = 80
LETTER, LINE = 9.8, 20  # what a letter and a line of a label take
LONGEST_LABEL = 22


@dataclass(frozen=True)
class MapArea:
    """One regency: its outline, its state, and both in words."""

    path: str
    state: str
    words: str


@dataclass
class Pin:
    """A title's place on the map. `at` is where it is drawn, `home` where it belongs; the label may find no room."""

    place: int
    name: str
    regency: str
    home: tuple[int, int]
    at: tuple[int, int]
    label: tuple[int, int] | None = None
    anchor: str = "start"

    @property
    def text(self) -> str:
        return self.name if len(self.name) <= LONGEST_LABEL else self.name[: LONGEST_LABEL - 1].rstrip() + "…"

    @property
    def is_moved(self) -> bool:
        return math.dist(self.home, self.at) > PIN


@dataclass(frozen=True)
class ResultMap:
    """All that the map's template draws, in units."""

    width: int
    height: int
    areas: tuple[MapArea, ...]
    frames: tuple[Frame, ...]
    pins: tuple[Pin, ...]


def result_map(result: PublicResult) -> ResultMap | None:
    """Return the map, or None where the region's boundaries are not kept."""
    picture = outline(result.edition.region_id)
    if picture is None:
        return None
    words = {"finalis": _("asal penerima gelar"), "peserta": _("peserta"), "tidak_ikut": _("tidak ikut")}
    shares = {share.code: share for share in result.regencies}
    areas = tuple(
        MapArea(area.path, shares[area.code].state, f"{shares[area.code].name}: {words[shares[area.code].state]}")
        for area in picture.areas
        if area.code in shares
    )
    pins = _pins(result, picture)
    _separate(pins, picture)
    _label(pins, picture)
    return ResultMap(picture.width, picture.height, areas, picture.frames, tuple(pins))


def _pins(result, picture: Outline) -> list[Pin]:
    centres = {area.code: area.centre for area in picture.areas}
    return [
        Pin(row.place, row.name, row.regency, _whole(centres[row.regency_code]), centres[row.regency_code])
        for row in result.winners
        if row.regency_code in centres and row.place
    ]


def _separate(pins: list[Pin], picture: Outline) -> None:
    """Push pins apart that would lie upon each other; a line leads each back to where it belongs."""
    for _round in range(ROUNDS):
        for number, one in enumerate(pins):
            for other in pins[number + 1 :]:
                _push(one, other)
        for pin in pins:
            pin.at = _within(pin.at, picture)
    for pin in pins:
        pin.at = _whole(pin.at)


def _whole(point) -> tuple[int, int]:
    """Whole units: a page would write the fraction with a decimal comma, which no picture reads."""
    return round(point[0]), round(point[1])


def _push(one: Pin, other: Pin) -> None:
    distance = math.dist(one.at, other.at)
    if distance >= APART:
        return
    x, y = (other.at[0] - one.at[0], other.at[1] - one.at[1]) if distance else (1, 0)
    step = (APART - distance) / 2 / (distance or 1)
    one.at = one.at[0] - x * step, one.at[1] - y * step
    other.at = other.at[0] + x * step, other.at[1] + y * step


def _within(point, picture: Outline) -> tuple[float, float]:
    x, y = point
    return min(max(x, APART / 2), picture.width - APART / 2), min(max(y, APART / 2), picture.height - APART / 2)


def _label(pins: list[Pin], picture: Outline) -> None:
    """Give each pin's name the first side where it covers no pin and no other name."""
    taken = [(pin.at[0] - PIN, pin.at[1] - PIN, pin.at[0] + PIN, pin.at[1] + PIN) for pin in pins]
    taken += [(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height) for frame in picture.frames]
    for pin in pins:
        for point, anchor, box in _sides(pin):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= picture.width and box[3] <= picture.height
            if inside and not any(_meet(box, other) for other in taken):
                pin.label, pin.anchor = point, anchor
                taken.append(box)
                break


def _sides(pin: Pin):
    """Yield (point, anchor, box) to the right, to the left, above and below."""
    (x, y), long, gap = pin.at, round(len(pin.text) * LETTER), PIN + 5
    yield (x + gap, y + 6), "start", (x + gap, y - LINE / 2, x + gap + long, y + LINE / 2)
    yield (x - gap, y + 6), "end", (x - gap - long, y - LINE / 2, x - gap, y + LINE / 2)
    yield (x, y - gap - 2), "middle", (x - long / 2, y - gap - LINE, x + long / 2, y - gap)
    yield (x, y + gap + 14), "middle", (x - long / 2, y + gap, x + long / 2, y + gap + LINE)


def _meet(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

"""Holding the list of regions against its chain: which code and name each region has, and had."""

from collections.abc import Iterable

from sp2k.journal.opening import CHANGED, Opening, open_chain_of
from sp2k.journal.queries import picked_lines
from sp2k.regions.models import FormerCode, FormerName, Region

CHAIN = "wilayah"
MATCHED = "region.match"  # "region": its key, "now": the key of the row it was compared with
STATE = ("region.list", "region.correct")
WHAT = "Daftar wilayah"


def regions_content() -> dict:
    """Return all regions as an act leaves them: key, code, name, level, parent, successor, whether listed; and their past."""
    columns = "pk", "listed_code", "name", "level", "parent_id", "followed_by_id", "ended_at"
    rows = Region.objects.order_by("pk").values_list(*columns)
    return {
        "regions": [
            [key, code, _plain(name), level, parent or "", follower or "", ended is None]
            for key, code, name, level, parent, follower, ended in rows
        ],
        "names": _past(FormerName.objects.order_by("region", "until", "pk").values_list("region_id", "name", "until")),
        "codes": _past(FormerCode.objects.order_by("region", "until", "pk").values_list("region_id", "code", "until")),
    }


def open_regions(opening: Opening) -> None:
    """Hold the regions against the last line that left them so, and each matched pair against the region it speaks of."""
    last = max((seq for seq, _body in opening.entries(*STATE)), default=None)
    if last is not None:
        opening.open_line(last, regions_content(), WHAT)
    told = [(seq, body) for seq, body in opening.entries(MATCHED) if body["same"]]
    keys = [body["region"] for _seq, body in told] + [body["now"] for _seq, body in told]
    there = set(Region.objects.filter(pk__in=keys).values_list("pk", flat=True))
    for seq, body in told:
        what = f"Wilayah {body['was']}"
        opening.hold({body["region"], body["now"]} <= there, what, seq, why=CHANGED)


def refuse_changed_regions(act: str) -> None:
    """Stop an act that seals the list of regions anew, or goes by it, where it is not that of its last line."""
    opening = open_chain_of(CHAIN)
    open_regions(opening)
    opening.refuse_faults(act)


def continued_regions() -> frozenset[tuple[str, str]]:
    """Return (old key, new key) of the regions that went on under another key, as the chain tells of them. One query."""
    told = [entry["body"] for _seq, entry in picked_lines(CHAIN, (MATCHED,)).numbered]
    return frozenset((body["region"], body["now"]) for body in told if body["same"] and body["region"] != body["now"])


def _past(rows: Iterable[tuple]) -> list:
    return [[key, _plain(text), until.isoformat()] for key, text, until in rows]


def _plain(text: str) -> str:
    """A text as it can always be sealed, whatever signs a list had."""
    return text.encode("unicode_escape").decode("ascii")

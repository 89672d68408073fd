"""Holding the list of regions against its chain: which code and name each region has, and had."""

from collections.abc import Iterable, Mapping

from sp2k.journal.actions import open_chain
from sp2k.journal.canonical import canonical, parse, tagged_hash
from sp2k.journal.models import Chain
from sp2k.journal.opening import CHANGED, Opening, open_chain_of
from sp2k.journal.queries import picked_lines
from sp2k.regions.models import FormerCode, FormerName, Region, RegionList

CHAIN, ZONE = "wilayah", "Asia/Jakarta"
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
    """Hold the regions against the last line that left them so, and each matched pair against the region it speaks of.

    Before the first line they are those of the first list, whose hash the chain's genesis holds.
    """
    last = max((seq for seq, _body in opening.entries(*STATE)), default=None)
    if last is not None:
        opening.open_line(last, regions_content(), WHAT)
    elif (first := _first_hash()) is not None:
        opening.hold(_hash_of_all() == first, WHAT, None, why=CHANGED)
    opening.expect_whole_database(RegionList, Region)
    _open_lists(opening, last)
    told = [(seq, body) for seq, body in opening.entries(MATCHED) if body["same"]]
    keys = [body["region"] for _seq, body in told] + [body["now"] for _seq, body in told]
    there = set(Region.objects.filter(pk__in=keys).values_list("pk", flat=True))
    for seq, body in told:
        what = f"Wilayah {body['was']}"
        opening.hold({body["region"], body["now"]} <= there, what, seq, why=CHANGED)


def _open_lists(opening: Opening, last: int | None) -> None:
    """Hold which decrees the lists came by, and the hashes of their files: editions begin by naming theirs."""
    begun = _genesis()
    told = [(said["decree"], said["sha256"]) for said in (begun, *(body for _seq, body in opening.entries("region.list")))
            if "sha256" in said]  # fmt: skip
    if begun:
        kept = list(RegionList.objects.values_list("decree", "sha256"))
        n_untold = 0 if "sha256" in begun else 1  # a chain that began with a later act tells nothing of the first list
        is_theirs = set(told) <= set(kept) and len(kept) == len(told) + n_untold
        opening.hold(is_theirs, "Keputusan dan sidik daftar wilayah", last, why=CHANGED)
        _open_dates(opening, begun, last)


def _open_dates(opening: Opening, begun: Mapping, last: int | None) -> None:
    """Hold since when lists and regions are in force: that of a list's line, and for a region that of some list."""
    since = dict(RegionList.objects.values_list("decree", "imported_at"))
    acts = {body["decree"]: opening.replayed.acts[seq][1] for seq, body in opening.entries("region.list")}
    first = since.get(begun.get("decree"))
    is_then = all(since.get(decree) == at for decree, at in acts.items())
    done = opening.replayed.acts
    instants = [at for _by, at in (done.values() if isinstance(done, Mapping) else done)]
    comes_first = first is None or all(first <= at for at in instants if at is not None)
    of_a_list = not Region.objects.exclude(listed_at__in=set(since.values())).exists()
    opening.hold(is_then and comes_first and of_a_list, "Sejak kapan daftar wilayah berlaku", last, why=CHANGED)


def begin_chain(of_the_list: Mapping) -> None:
    """Begin the chain of the regions with the first list as it was loaded; nobody had an account then to act under."""
    open_chain(CHAIN, {"v": 1, "of": "regions", **of_the_list, "regions": _hash_of_all()}, zone=ZONE)


def refuse_changed_regions(act: str) -> None:
    """Stop an act that seals the list of regions anew, or goes by it, where it is not that of its last line."""
    opening = open_chain_of(CHAIN)
    open_regions(opening)
    opening.refuse_faults(act)


def continued_regions() -> frozenset[tuple[str, str]]:
    """Return (old key, new key) of the regions that went on under another key, as the chain tells of them. One query."""
    told = [entry["body"] for _seq, entry in picked_lines(CHAIN, (MATCHED,)).numbered]
    return frozenset((body["region"], body["now"]) for body in told if body["same"] and body["region"] != body["now"])


def _first_hash() -> str | None:
    """The hash of the first list; None where the chain began with a later act, or there is none."""
    return _genesis().get("regions")


def _genesis() -> dict:
    """What the chain began with; empty where there is none."""
    begun = Chain.objects.filter(name=CHAIN).values_list("genesis", flat=True).first()
    return parse(begun.encode()) if begun else {}


def _hash_of_all() -> str:
    return tagged_hash("sp2k/regions/1", canonical(regions_content()))


def _past(rows: Iterable[tuple]) -> list:
    return [[key, _plain(text), until.isoformat()] for key, text, until in rows]


def _plain(text: str) -> str:
    """A text as it can always be sealed, whatever signs a list had."""
    return text.encode("unicode_escape").decode("ascii")

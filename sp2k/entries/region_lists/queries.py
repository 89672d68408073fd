"""The list of regions in force, what a proposed one would change, and which editions stand on an older one."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sp2k.editions.models import Edition
from sp2k.entries.region_lists.actions import rows_of
from sp2k.regions.differences import Differences, differences
from sp2k.regions.files import RegionRow
from sp2k.regions.models import ProposedList, Region, RegionList
from sp2k.regions.queries import stored_rows

KINDS = ("baru", "hilang", "nama", "pindah")
LEVELS = (Region.Level.PROVINCE, Region.Level.KABUPATEN, Region.Level.KOTA, Region.Level.KECAMATAN)


@dataclass(frozen=True)
class Changed:
    """One difference as a row: what stands in the list in force, and in the newer one; either may be missing."""

    old: RegionRow | None
    new: RegionRow | None


@dataclass(frozen=True)
class ListInForce:
    """The newest list and how many regions of each level stand today, and how many no longer do."""

    source: RegionList | None
    counts: tuple[tuple[str, int], ...]
    n_ended: int


def list_in_force() -> ListInForce:
    counted = Region.objects.filter(ended_at=None).values_list("level").annotate(n=Count("pk"))
    counts = dict(counted)
    source = RegionList.objects.order_by("-imported_at", "-pk").first()
    named = tuple((level.label, counts.get(level.value, 0)) for level in LEVELS)
    return ListInForce(source, named, Region.objects.exclude(ended_at=None).count())


def found_regions(*, within: str, text: str, ended: bool) -> QuerySet[Region]:
    """Return the regions of the list page, by code."""
    regions = Region.objects.select_related("parent", "source", "followed_by__parent").prefetch_related("former_names")
    regions = regions.exclude(ended_at=None) if ended else regions.filter(ended_at=None)
    if within:
        regions = regions.filter(Q(code=within) | Q(code__startswith=f"{within}."))
    for word in text.split()[:6]:
        regions = regions.filter(Q(name__icontains=word) | Q(parent__name__icontains=word) | Q(code__startswith=word))
    return regions.order_by("code")


def compared_with_force(proposed: ProposedList) -> Differences:
    """Return how a proposed list differs from the one in force."""
    return differences(stored_rows(), rows_of(proposed))


def changes_of(found: Differences, kind: str) -> list[Changed]:
    """Return the differences of one kind as rows."""
    if kind == "nama":
        return [Changed(old, new) for old, new in found.renamed]
    if kind == "pindah":
        return [Changed(old, new) for old, new in found.moved]
    if kind == "hilang":
        return [Changed(row, None) for row in found.gone]
    return [Changed(None, row) for row in found.new]


def editions_touched(found: Differences) -> list[Edition]:
    """Return the editions, not voided, in whose region something would change: they keep what they stand on."""
    codes = {row.code for row in (*found.new, *found.gone)} | {old.code for old, _new in found.renamed}
    editions = Edition.objects.filter(voided_at=None).select_related("region")
    return [edition for edition in editions if any(f"{code}.".startswith(f"{edition.region_id}.") for code in codes)]

"""The list of regions in force, what a proposed one would change, and which editions stand on an older one."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sp2k.editions.models import Edition
from sp2k.entries.region_lists.actions import rows_of
from sp2k.regions.folding import words_of
from sp2k.regions.models import ProposedList, Region, RegionList
from sp2k.regions.newer_lists.applying import answers_on, compared
from sp2k.regions.newer_lists.differences import Differences
from sp2k.regions.queries import named_like

LEVELS = (Region.Level.PROVINCE, Region.Level.KABUPATEN, Region.Level.KOTA, Region.Level.KECAMATAN)


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
    regions = Region.objects.select_related("parent", "source", "followed_by__parent")
    regions = regions.prefetch_related("former_names", "former_codes")
    regions = regions.exclude(ended_at=None) if ended else regions.filter(ended_at=None)
    if within:
        regions = regions.filter(Q(code=within) | Q(code__startswith=f"{within}."))
    return regions.filter(named_like(words_of(text))).order_by("listed_code", "code")


def compared_with_force(proposed: ProposedList) -> Differences:
    """Return how a proposed list differs from the one in force, as far as it is answered which region is which."""
    return compared(rows_of(proposed), answers_on(proposed))


def editions_touched(found: Differences) -> list[Edition]:
    """Return the editions, not voided, in whose region something would change: they keep what they stand on."""
    keys = {row.key for row in found.matching.gone} | {pair.old.key for pair in (*found.asked, *found.respelled)}
    keys |= {row.code for row in found.matching.new}
    editions = Edition.objects.filter(voided_at=None).select_related("region")
    return [edition for edition in editions if any(f"{key}.".startswith(f"{edition.region_id}.") for key in keys)]

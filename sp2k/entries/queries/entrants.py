"""Who enters an edition: every kecamatan of the list that it stands on, as that list tells of it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sp2k.editions.models import Edition
from sp2k.entries.models import Entry
from sp2k.regions.models import FormerName, Region
from sp2k.regions.queries import kecamatan_of, names_at, regions_listed_as
from sp2k.regions.traits import traits_of


def entries_of_list(edition: Edition) -> list[Entry]:
    """An entry for each kecamatan of the list the edition stands on, under the names of that list."""
    at = edition.regions_at
    regions = list(kecamatan_of(edition.region_id, at=at))
    names = names_at({code for region in regions for code in (region.code, region.parent_id)}, at)
    villages = edition.rules.get("desa") or {}
    listed = regions_listed_as([code for codes in villages.values() for code in codes], at=at)
    present, absent = ([listed[code].code for code in villages.get(key, ()) if code in listed] for key in ("ada", "tidak_ada"))
    declared = {"with_villages": present, "without_villages": absent}
    return [
        Entry(
            edition=edition, region=region, name=names.get(region.code, region.name),
            regency_name=names.get(region.parent_id, region.parent.name), traits=traits_of(region, **declared),
        )
        for region in regions
    ]  # fmt: skip


def regency_names(edition: Edition, regencies: Iterable[Region]) -> dict[str, str]:
    """Return {code: name} of regencies as an edition calls them: as its kecamatan entered, else as its list has them."""
    regencies = list(regencies)
    names = names_at([region.code for region in regencies], edition.regions_at)
    entered = dict(edition.entries.order_by("region").values_list("region__parent", "regency_name"))
    return {region.code: entered.get(region.code) or names.get(region.code, region.name) for region in regencies}


def called_in(edition: Edition, regencies: QuerySet[Region]) -> QuerySet[Region]:
    """Add to each regency what the edition calls it, as `called`: its own name may have been corrected since."""
    entered = Entry.objects.filter(edition=edition, region__parent=OuterRef("pk")).order_by("region")
    return regencies.annotate(called=Coalesce(Subquery(entered.values("regency_name")[:1]), F("name")))


def why_not_of_list(entries: list[Entry], edition: Edition) -> str | None:
    """Return in words how the entrants of an edition differ from its list of regions; None where they follow from it.

    A name may be any that the kecamatan has had: a correction reaches the entries of editions that are not published.
    """
    listed = {row.region_id: row for row in entries_of_list(edition)}
    kept = {row.region_id: row for row in entries}
    if other := sorted(listed.keys() ^ kept.keys()):
        return f"{other[0]} {'tidak ada dalam' if other[0] in kept else 'ada dalam'} daftar wilayah edisi ini"
    names = defaultdict(set)
    for code, name in FormerName.objects.filter(region__in=list(kept)).values_list("region_id", "name"):
        names[code].add(name)
    for code, row in kept.items():
        if row.traits != listed[code].traits:
            return f"sifat {code} tidak mengikuti daftar wilayah dan naskah edisi"
        if row.name not in {listed[code].name, row.region.name, *names[code]}:
            return f"nama {code} bukan nama yang pernah tercatat dalam daftar wilayah"
    return None

"""Reading regions: the parts of a region, and finding a kecamatan by what people type.

What is asked with `at` is answered by the list that was in force at that instant; without it, by the list of today.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from sp2k.regions.files import RegionRow
from sp2k.regions.folding import fold, words_of
from sp2k.regions.models import FormerCode, FormerName, Region
from sp2k.regions.newer_lists.identities import StoredRow
from sp2k.regions.parts import RegionParts, parts_of


def kecamatan_of(code: str, *, at: datetime | None = None) -> QuerySet[Region]:
    """All kecamatan of a province or regency (or the kecamatan itself), by code, each with its regency."""
    return _within(code, at).filter(level=Region.Level.KECAMATAN).select_related("parent").order_by("code")


def regencies_of(code: str, *, at: datetime | None = None) -> QuerySet[Region]:
    """All kabupaten and kota of a region, by code; a regency's own code gives that regency."""
    return _within(code, at).filter(level__in=[Region.Level.KABUPATEN, Region.Level.KOTA]).order_by("code")


def region_listed_as(code: str, *, at: datetime | None = None) -> Region | None:
    """Return the region that has this code in the list: what a code typed by a person, or read from a file, means."""
    return regions_listed_as([code], at=at).get(code)


def regions_listed_as(codes: Iterable[str], *, at: datetime | None = None) -> dict[str, Region]:
    """Return regions by the codes of the list, each with its parent; a code that the list does not hold is left out."""
    codes = set(codes)
    if at is None:
        rows = Region.objects.filter(listed_code__in=codes, ended_at=None).select_related("parent")
        return {region.listed_code: region for region in rows}
    had = FormerCode.objects.filter(code__in=codes, until__gt=at).values("region")
    rows = list(Region.objects.filter(standing(at), Q(listed_code__in=codes) | Q(pk__in=had)).select_related("parent"))
    now_called = codes_at([region.pk for region in rows], at)
    found = {now_called.get(region.pk, region.listed_code): region for region in rows}
    return {code: region for code, region in found.items() if code in codes}


def code_at(region: Region, at: datetime | None = None) -> str:
    """Return the ministry's code of a region at an instant, or today's."""
    return codes_at([region.pk], at).get(region.pk, region.listed_code)


def spellings_of(region: Region) -> set[str]:
    """Return how a region's name of today was written: now, and before each correction since it got that name."""
    found = {region.name}
    for former in region.former_names.order_by("-until"):
        if former.kind != FormerName.Kind.CORRECTED:
            break
        found.add(former.name)
    return found


def code_of_today(region: Region) -> str:
    """Return today's code of a region, or of the one as which it went on; "" where it ended."""
    while region.ended_at is not None:
        if region.followed_by is None:
            return ""
        region = region.followed_by
    return region.listed_code


def stored_parts_of(code: str, *, at: datetime | None = None) -> RegionParts | None:
    """Count the parts of the region with this code in the list; None where no such region is loaded."""
    region = region_listed_as(code, at=at)
    if region is None:
        return None
    rows = list(_within(region.pk, at).order_by("code").values_list("pk", "listed_code", "name", "level", "parent_id"))
    codes = {pk: listed for pk, listed, *_ in rows} | codes_at([pk for pk, *_ in rows], at)
    return parts_of(
        [RegionRow(codes[pk], name, level, codes.get(parent)) for pk, _listed, name, level, parent in rows], code
    )


def search_kecamatan(text: str, *, within: str, limit: int = 20) -> list[Region]:
    """Find kecamatan by name, regency or code as people type them; every word must fit. Names that repeat come with
    their regency.

    A name that is exactly what was typed comes first, then by code. `limit` rows at most.
    """
    words = words_of(text)
    if not words:
        return []
    found = kecamatan_of(within).filter(named_like(words))
    exact = {fold(words[0]), fold("".join(words))}
    return sorted(found, key=lambda region: (region.folded not in exact, region.listed_code))[:limit]


def named_like(words: Iterable[str], *, at: str = "") -> Q:
    """Return the condition that every word stands in a region's name or its regency's, or begins its code.

    `at` is the path to the region, e.g. ``entry__region__``; the words are those of `words_of`.
    """
    condition = Q()
    for word in words:
        typed = fold(word)
        condition &= (
            Q(**{f"{at}folded__contains": typed})
            | Q(**{f"{at}parent__folded__contains": typed})
            | Q(**{f"{at}listed_code__startswith": word})
        )
    return condition


def stored_rows(*, ended: bool = False) -> list[StoredRow]:
    """Return the regions of today's list as rows of a file with their keys; or those that no longer stand in it."""
    rows = Region.objects.exclude(ended_at=None) if ended else Region.objects.filter(ended_at=None)
    columns = "listed_code", "name", "level", "parent__listed_code", "pk", "parent_id"
    return [StoredRow(*row) for row in rows.order_by("listed_code", "pk").values_list(*columns)]


def standing(at: datetime | None = None) -> Q:
    """Return the condition that a region stood in the list at an instant, or stands in it today."""
    if at is None:
        return Q(ended_at=None)
    return Q(listed_at__lte=at) & (Q(ended_at=None) | Q(ended_at__gt=at))


def names_at(codes: Iterable[str], at: datetime) -> dict[str, str]:
    """Return what regions were called at an instant, of those that have been renamed since.

    A name that was only corrected is no other name: the corrected one holds for all that is not yet published.
    """
    renamed = FormerName.objects.filter(region__in=codes, kind=FormerName.Kind.RENAMED, until__gt=at)
    return dict(renamed.order_by("-until").values_list("region_id", "name"))


def codes_at(keys: Iterable[str], at: datetime | None) -> dict[str, str]:
    """Return the ministry's codes of regions at an instant, by key, of those that have got another one since."""
    if at is None:
        return {}
    changed = FormerCode.objects.filter(until__gt=at).order_by("-until").values_list("region_id", "code")
    keys = set(keys)
    return {key: code for key, code in changed if key in keys}


def _within(code: str, at: datetime | None = None) -> QuerySet[Region]:
    return Region.objects.filter(standing(at), Q(code=code) | Q(code__startswith=f"{code}."))

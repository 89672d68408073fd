"""Reading regions: the parts of a region, and finding a kecamatan by what people type.

What is asked with `at` is answered by the list that was in force at that instant; without it, by the list of today.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from sp2k.regions.files import RegionRow
from sp2k.regions.models import FormerName, Region
from sp2k.regions.parts import RegionParts, parts_of

_FILLER = {"kecamatan", "kec", "kabupaten", "kab", "di"}


def kecamatan_of(code: str, *, at: datetime | None = None) -> QuerySet[Region]:
    """All kecamatan of a province or regency (or the kecamatan itself), by code, each with its regency."""
    return _within(code, at).filter(level=Region.Level.KECAMATAN).select_related("parent").order_by("code")


def regencies_of(code: str, *, at: datetime | None = None) -> QuerySet[Region]:
    """All kabupaten and kota of a region, by code; a regency's own code gives that regency."""
    return _within(code, at).filter(level__in=[Region.Level.KABUPATEN, Region.Level.KOTA]).order_by("code")


def stored_parts_of(code: str, *, at: datetime | None = None) -> RegionParts | None:
    """Count the parts of a region in the database; None where no such region is loaded."""
    rows = _within(code, at).order_by("code").values_list("code", "name", "level", "parent_id")
    return parts_of([RegionRow(*row) for row in rows], code)


def search_kecamatan(text: str, *, within: str, limit: int = 20) -> list[Region]:
    """Find kecamatan by name, regency or code; every word typed must fit. Names that repeat come with their regency.

    A name that is exactly what was typed comes first, then by code. `limit` rows at most.
    """
    words = [word for word in re.split(r"[\s,]+", unicodedata.normalize("NFC", text).strip().lower()) if word]
    words = [word for word in words if word.rstrip(".") not in _FILLER]
    if not words:
        return []
    found = kecamatan_of(within)
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(parent__name__icontains=word) | Q(code__startswith=word))
    exact = {words[0], " ".join(words)}
    return sorted(found, key=lambda region: (region.name.lower() not in exact, region.code))[:limit]


def stored_rows() -> list[RegionRow]:
    """Return the regions of today's list as rows of a file."""
    rows = Region.objects.filter(ended_at=None).order_by("code").values_list("code", "name", "level", "parent_id")
    return [RegionRow(*row) for row in rows]


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


def _within(code: str, at: datetime | None = None) -> QuerySet[Region]:
    return Region.objects.filter(standing(at), Q(code=code) | Q(code__startswith=f"{code}."))

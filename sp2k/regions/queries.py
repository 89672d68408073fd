"""Reading regions: the parts of a region, and finding a kecamatan by what people type."""

import re
import unicodedata

from django.db.models import Q, QuerySet

from sp2k.regions.files import RegionRow
from sp2k.regions.models import Region
from sp2k.regions.parts import RegionParts, parts_of

_FILLER = {"kecamatan", "kec", "kabupaten", "kab", "di"}


def kecamatan_of(code: str) -> QuerySet[Region]:
    """All kecamatan of a province or regency (or the kecamatan itself), by code, each with its regency."""
    return _within(code).filter(level=Region.Level.KECAMATAN).select_related("parent").order_by("code")


def regencies_of(code: str) -> QuerySet[Region]:
    """All kabupaten and kota of a region, by code; a regency's own code gives that regency."""
    return _within(code).filter(level__in=[Region.Level.KABUPATEN, Region.Level.KOTA]).order_by("code")


def stored_parts_of(code: str) -> RegionParts | None:
    """Count the parts of a region in the database; None where no such region is loaded."""
    rows = _within(code).order_by("code").values_list("code", "name", "level", "parent_id")
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


def _within(code: str) -> QuerySet[Region]:
    return Region.objects.filter(Q(code=code) | Q(code__startswith=f"{code}."))

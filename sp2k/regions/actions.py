"""Loading the list of regions, and bringing it to a newer one.

Accounts stand above regions, so no permission is asked here and no chain tells of it: whoever installs the server loads
the first list; a newer one and a corrected name come through `sp2k.entries.region_lists`, which asks and tells.
"""

import hashlib
from collections import Counter
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from sp2k.base.refusals import BadInput, Refused
from sp2k.regions.differences import Differences, differences
from sp2k.regions.files import (
    SHIPPED_DECREE,
    SHIPPED_LIST,
    SHIPPED_STATISTICS,
    RegionRow,
    read_population,
    read_regions,
)
from sp2k.regions.models import FormerName, Region, RegionList
from sp2k.regions.queries import stored_rows


@transaction.atomic
def import_regions(
    listing: Path | str, *, decree: str, now: datetime, statistics: Path | str | None = None
) -> RegionList:
    """Load a list of regions and say under which decree of the ministry it stands.

    Parameters
    ----------
    listing, statistics : a path, or the text of the CSV itself
    decree : the ministry's number, e.g. ``Kepmendagri 300.2.2-2430 Tahun 2025``
    statistics : inhabitants by code (`kode,penduduk`), kept with the regions named there

    The same list again changes nothing and returns what is stored; another one is refused with how it differs.
    """
    text, name = _text_of(listing, "Daftar wilayah")
    rows = read_regions(text, name=name)
    population = _population(statistics) if statistics else {}
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if stored := RegionList.objects.filter(decree=decree, sha256=sha256).first():
        return stored
    if RegionList.objects.exists():
        raise Refused(_difference(rows, decree))
    source = RegionList.objects.create(decree=decree, sha256=sha256, imported_at=now)
    Region.objects.bulk_create(
        [
            Region(
                code=row.code, name=row.name, level=row.level, parent_id=row.parent, source=source, listed_at=now,
                population=population.get(row.code),
            )
            for row in rows
        ],
        batch_size=1000,
    )  # fmt: skip
    return source


def load_shipped_regions(*, now: datetime) -> RegionList:
    """Load the list that comes with SP2K, where none is loaded yet: what a new server stands on."""
    if standing := RegionList.objects.first():
        return standing
    return import_regions(SHIPPED_LIST, decree=SHIPPED_DECREE, now=now, statistics=SHIPPED_STATISTICS)


@transaction.atomic
def apply_list(rows: tuple[RegionRow, ...], *, decree: str, sha256: str, now: datetime) -> Differences:
    """Bring the regions to a newer list: new ones come, gone ones end, renamed ones keep what they were called.

    Nothing is deleted. Provinces that the list does not name stay as they are.
    """
    found = differences(stored_rows(), rows)
    if reason := found.why_not():
        raise Refused(reason)
    if RegionList.objects.filter(decree=decree).exists():
        raise Refused(f"Daftar {decree} sudah dimuat. Periksa nomor Kepmendagrinya.")
    source = RegionList.objects.create(decree=decree, sha256=sha256, imported_at=now)
    _add(found, source, now)
    _rename(found, decree, now)
    Region.objects.filter(pk__in=[row.code for row in found.gone]).update(ended_at=now)
    for old, new in found.moved:
        Region.objects.filter(pk=old.code).update(followed_by=new.code)
    listed = Region.objects.filter(ended_at=None)
    for province in found.provinces:
        listed.filter(Q(code=province) | Q(code__startswith=f"{province}.")).update(source=source)
    return found


@transaction.atomic
def rename_region(region: Region, name: str, *, basis: str, now: datetime) -> Region:
    """Correct how a region's name is written."""
    FormerName.objects.create(region=region, name=region.name, until=now, kind=FormerName.Kind.CORRECTED, basis=basis)
    region.name = name
    region.save(update_fields=["name"])
    return region


def _add(found: Differences, source: RegionList, now: datetime) -> None:
    """New regions, parents first; a code that once ended and comes back stands again."""
    known = set(Region.objects.filter(pk__in=[row.code for row in found.new]).values_list("pk", flat=True))
    Region.objects.filter(pk__in=known).update(ended_at=None, followed_by=None)
    Region.objects.bulk_create(
        [
            Region(code=row.code, name=row.name, level=row.level, parent_id=row.parent, source=source, listed_at=now)
            for row in found.new
            if row.code not in known
        ],
        batch_size=1000,
    )
    names = {row.code: row.name for row in found.new if row.code in known}
    returned = [region for region in Region.objects.filter(pk__in=names) if region.name != names[region.code]]
    _write_names(returned, names, source.decree, now)


def _rename(found: Differences, decree: str, now: datetime) -> None:
    names = {new.code: new.name for _old, new in found.renamed}
    _write_names(list(Region.objects.filter(pk__in=names)), names, decree, now)


def _write_names(regions: list[Region], names: dict[str, str], decree: str, now: datetime) -> None:
    kind = FormerName.Kind.RENAMED
    FormerName.objects.bulk_create(
        FormerName(region=region, name=region.name, until=now, kind=kind, basis=decree) for region in regions
    )
    for region in regions:
        region.name = names[region.code]
    Region.objects.bulk_update(regions, ["name"], batch_size=500)


def _population(statistics: Path | str) -> dict[str, int]:
    text, name = _text_of(statistics, "Statistik wilayah")
    return read_population(text, name=name)


def _text_of(given: Path | str, what: str) -> tuple[str, str]:
    if isinstance(given, str):
        return given, what
    try:
        return given.read_text(encoding="utf-8-sig"), given.name
    except UnicodeDecodeError:
        raise BadInput(f"{given.name} bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8.") from None
    except OSError:
        raise BadInput(f"{given} tidak dapat dibaca. Periksa nama dan letak berkasnya.") from None


def _difference(rows: tuple[RegionRow, ...], decree: str) -> str:
    """Say how another list differs: nothing that rests on the stored one is changed by loading it."""
    stored = {region.code: region.name for region in Region.objects.all()}
    listed = {row.code: row.name for row in rows}
    count = Counter(
        "baru" if code not in stored else "hilang" if code not in listed else "berganti nama"
        for code in stored.keys() | listed.keys()
        if stored.get(code) != listed.get(code)
    )
    told = ", ".join(f"{count[kind]} {kind}" for kind in ("baru", "hilang", "berganti nama") if count[kind])
    present = RegionList.objects.first().decree
    return (
        f"Daftar {decree} tidak dimuat karena daftar {present} sudah dipakai. "
        f"Bedanya: {told or 'tidak ada wilayah yang berbeda'}. Wilayah yang sudah dipakai edisi tidak diubah."
    )

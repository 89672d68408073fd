"""Loading the first list of regions, and correcting a name.

Accounts stand above regions, so no permission is asked here: whoever installs the server loads the first list, with whose
hash the chain of regions begins; a newer one (`newer_lists`) and a corrected name come through
`sp2k.entries.region_lists`, which asks and tells.
"""

import hashlib
from collections import Counter
from datetime import datetime
from pathlib import Path

from django.db import transaction

from sp2k.base.refusals import BadInput, Refused
from sp2k.regions.files import (
    SHIPPED_DECREE,
    SHIPPED_LIST,
    SHIPPED_STATISTICS,
    RegionRow,
    read_population,
    read_regions,
)
from sp2k.regions.folding import fold
from sp2k.regions.models import FormerName, Region, RegionList
from sp2k.regions.opening import begin_chain


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
                code=row.code, listed_code=row.code, name=row.name, folded=fold(row.name)[:120], level=row.level,
                parent_id=row.parent, source=source, listed_at=now, population=population.get(row.code),
            )
            for row in rows
        ],
        batch_size=1000,
    )  # fmt: skip
    begin_chain({"decree": decree, "sha256": sha256})
    return source


def load_shipped_regions(*, now: datetime) -> RegionList:
    """Load the list that comes with SP2K, where none is loaded yet: what a new server stands on."""
    if standing := RegionList.objects.first():
        return standing
    return import_regions(SHIPPED_LIST, decree=SHIPPED_DECREE, now=now, statistics=SHIPPED_STATISTICS)


@transaction.atomic
def rename_region(region: Region, name: str, *, basis: str, now: datetime) -> Region:
    """Correct how a region's name is written."""
    FormerName.objects.create(region=region, name=region.name, until=now, kind=FormerName.Kind.CORRECTED, basis=basis)
    region.call(name)
    region.save(update_fields=["name", "folded"])
    return region


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
    stored = {region.listed_code: region.name for region in Region.objects.filter(ended_at=None)}
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

"""Bringing the regions to a newer list, once a person has said which region is which (decision 0040).

Accounts stand above regions: what rests on a region whose key cannot stay is carried by `sp2k.entries.region_lists`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sp2k.base.refusals import Refused
from sp2k.regions.files import RegionRow
from sp2k.regions.folding import fold
from sp2k.regions.models import FormerCode, FormerName, ProposedList, Region, RegionList
from sp2k.regions.newer_lists.differences import Differences, differences
from sp2k.regions.newer_lists.identities import Pair
from sp2k.regions.queries import stored_rows

_ASIDE = "~"  # stands before a code while several regions exchange theirs: two may never have one at a time


@dataclass(frozen=True)
class Applied:
    """What a list has changed. `keys` are by the codes of the list; `carried` are (old key, new key) of regions that
    continue under a new key because they lie in another region now.
    """

    found: Differences
    keys: Mapping[str, str]
    carried: tuple[tuple[str, str], ...]


def compared(rows: Iterable[RegionRow], answers: Mapping[tuple[str, str], bool]) -> Differences:
    """Return how a list differs from the one in force, as far as it is answered which region is which."""
    return differences(stored_rows(), rows, ended=stored_rows(ended=True), answers=answers)


def answers_on(proposed: ProposedList) -> dict[tuple[str, str], bool]:
    """Return what was answered about a proposed list, by key and code."""
    rows = proposed.answers.order_by("pk").values_list("region_id", "code", "is_same")
    return {(key, code): is_same for key, code, is_same in rows}


def keys_of(found: Differences, taken: Iterable[str]) -> dict[str, str]:
    """Return the key of every row of a list by its code: its region's own, or one that nobody ever had.

    A region keeps its key as long as it lies in the same region; `taken` are all keys there are.
    """
    taken, keys = set(taken), {}
    same = {pair.new.code: pair.old for pair in found.matching.identities}
    for row in sorted(found.after, key=lambda row: (row.code.count("."), row.code)):
        parent, old = keys.get(row.parent), same.get(row.code)
        if old is not None and old.parent_key == parent:
            keys[row.code] = old.key
            continue
        wanted = f"{parent}.{row.code.rpartition('.')[2]}" if parent else row.code
        key = next(key for key in _numbered(wanted) if key not in taken)
        taken.add(key)
        keys[row.code] = key
    return keys


@transaction.atomic
def apply_list(
    rows: tuple[RegionRow, ...], *, decree: str, sha256: str, answers: Mapping[tuple[str, str], bool], now: datetime
) -> Applied:
    """Bring the regions to a newer list: new ones come, gone ones end, others keep their key and what they were called.

    Nothing is deleted. Provinces that the list does not name stay as they are.
    """
    found = compared(rows, answers)
    if reason := found.why_not():
        raise Refused(reason)
    if RegionList.objects.filter(decree=decree).exists():
        raise Refused(f"Daftar {decree} sudah dimuat. Periksa nomor Kepmendagrinya.")
    keys = keys_of(found, Region.objects.values_list("pk", flat=True))
    source = RegionList.objects.create(decree=decree, sha256=sha256, imported_at=now)
    carried = [pair for pair in found.matching.identities if keys[pair.new.code] != pair.old.key]
    kept = [pair for pair in found.matching.identities if keys[pair.new.code] == pair.old.key]
    Region.objects.filter(pk__in={row.key for row in found.before} - set(keys.values())).update(ended_at=now)
    _write_codes(kept, decree, now)
    _write_names(kept, decree, now)
    back = {pair.old.key for pair in kept} - {row.key for row in found.before}
    Region.objects.filter(pk__in=back).update(ended_at=None, followed_by=None)
    _add(found.after, keys, {pair.old.key for pair in kept}, source, now)
    for pair in carried:
        Region.objects.filter(pk=pair.old.key).update(followed_by=keys[pair.new.code])
    listed = Region.objects.filter(ended_at=None)
    for province in found.provinces:
        listed.filter(Q(listed_code=province) | Q(listed_code__startswith=f"{province}.")).update(source=source)
    return Applied(found, keys, tuple((pair.old.key, keys[pair.new.code]) for pair in carried))


def _numbered(wanted: str):
    yield wanted
    n = 2
    while True:
        yield f"{wanted}-{n}"
        n += 1


def _write_codes(kept: list[Pair], decree: str, now: datetime) -> None:
    """Give regions their new codes, first aside, so that two may exchange theirs."""
    codes = {pair.old.key: pair.new.code for pair in kept if pair.code_changes}
    regions = list(Region.objects.filter(pk__in=codes))
    FormerCode.objects.bulk_create(
        [FormerCode(region=region, code=region.listed_code, until=now, basis=decree) for region in regions],
        batch_size=1000,
    )
    for before in (_ASIDE, ""):
        for region in regions:
            region.listed_code = f"{before}{codes[region.pk]}"
        Region.objects.bulk_update(regions, ["listed_code"], batch_size=500)


def _write_names(kept: list[Pair], decree: str, now: datetime) -> None:
    names = {pair.old.key: pair.new.name for pair in kept if pair.old.name != pair.new.name}
    regions, kind = list(Region.objects.filter(pk__in=names)), FormerName.Kind.RENAMED
    FormerName.objects.bulk_create(
        [FormerName(region=region, name=region.name, until=now, kind=kind, basis=decree) for region in regions],
        batch_size=1000,
    )
    for region in regions:
        region.call(names[region.pk])
    Region.objects.bulk_update(regions, ["name", "folded"], batch_size=500)


def _add(rows, keys: Mapping[str, str], kept: set[str], source: RegionList, now: datetime) -> None:
    """New regions, parents first."""
    Region.objects.bulk_create(
        [
            Region(
                code=keys[row.code], listed_code=row.code, name=row.name, folded=fold(row.name)[:120], level=row.level,
                parent_id=keys.get(row.parent), source=source, listed_at=now,
            )
            for row in sorted(rows, key=lambda row: row.code)
            if keys[row.code] not in kept
        ],
        batch_size=1000,
    )  # fmt: skip

"""The codes of a list of people, which are the ministry's of today, brought to the keys of regions (decision 0040)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sp2k.accounts.models import Membership
from sp2k.base.language import of_record
from sp2k.regions.models import FormerCode, Region
from sp2k.regions.queries import regions_listed_as


@of_record
def by_key(rows: Sequence) -> list:
    """Return rows of people with keys in the place of the list's codes, ready to be planned and done.

    What cannot be a fault of the row: a code of no region, and one that another region had when the person got this role
    there, so that a list kept from before does not give a camat the neighbour's kecamatan.
    """
    listed = regions_listed_as({code for row in rows for code in (row.wilayah, row.asal) if code})
    before = _roles_under_former_codes(rows, listed)
    found = []
    for row in rows:
        faults = list(row.faults)
        if not faults:
            held = before.get((row.nama_pengguna, row.peran, row.wilayah))
            faults = [f"{row.place}: {fault}" for fault in _faults(row, listed, held)]
        if not faults:
            row = replace(row, wilayah=listed[row.wilayah].code, asal=listed[row.asal].code if row.asal else "")
        found.append(replace(row, faults=tuple(faults)))
    return found


def _faults(row, listed: Mapping[str, Region], held: Region | None) -> list[str]:
    faults = []
    if row.wilayah not in listed:
        faults.append(f'Kode wilayah "{row.wilayah}" tidak ada dalam daftar wilayah.')
    elif held is not None:
        faults.append(
            f"Kode {row.wilayah} sekarang milik {listed[row.wilayah].full_name}; orang ini memegang peran itu di "
            f"{held.full_name}, yang kini berkode {held.listed_code}. Tulis kode yang sekarang."
        )
    if row.asal and row.asal not in listed:
        faults.append(f'Asal "{row.asal}" bukan kode kabupaten/kota dalam daftar wilayah.')
    return faults


def _roles_under_former_codes(rows: Sequence, listed: Mapping[str, Region]) -> dict[tuple[str, str, str], Region]:
    """Roles held over a region that had a code of the list before, by name, role and that code; not where both are held."""
    had = defaultdict(set)
    for key, code in FormerCode.objects.filter(code__in=listed).values_list("region_id", "code"):
        had[key].add(code)
    if not had:
        return {}
    names = {row.nama_pengguna for row in rows}
    keys = {*had, *(region.code for region in listed.values())}
    held = Membership.objects.filter(user__username__in=names, region__in=keys).select_related("user", "region__parent")
    found, now = {}, set()
    for row in held:
        now.add((row.user.username, row.role, row.region.listed_code))
        for code in had.get(row.region_id, ()):
            if code != row.region.listed_code:
                found[row.user.username, row.role, code] = row.region
    return {told: region for told, region in found.items() if told not in now}

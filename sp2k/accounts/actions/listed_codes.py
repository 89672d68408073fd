"""The codes of a list of people, which are the ministry's of today, brought to the keys of regions (decision 0040)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sp2k.accounts.models import Membership, User
from sp2k.base.language import of_record
from sp2k.regions.models import ENDED, FormerCode, Region
from sp2k.regions.queries import regions_listed_as

_NOT_HELD = "wilayah yang berakhir tidak dapat diberi peran. Hapus barisnya, atau tulis wilayah yang sekarang."


@of_record
def by_key(rows: Sequence) -> list:
    """Return rows of people with keys in the place of the list's codes, ready to be planned and done.

    What cannot be a fault of the row: a code of no region, and one that another region had when the person got this role
    there, so that a list kept from before does not give a camat the neighbour's kecamatan. A row that says of its region
    that it ended means the region in which the person holds the role, never the one that has the code now.
    """
    listed = regions_listed_as({code for row in rows for code in (row.wilayah, row.asal) if code})
    before = _roles_under_former_codes(rows, listed)
    ended, homes = _roles_in_ended_regions(rows), _ended_homes(rows)
    found = []
    for row in rows:
        faults, gone = list(row.faults), ended.get((row.nama_pengguna, row.peran, row.wilayah))
        home = homes.get((row.nama_pengguna, row.asal))
        if not faults and (row.nama_wilayah.endswith(ENDED) or gone is not None and row.wilayah not in listed):
            faults = [] if gone else [f"{row.place}, kolom nama_wilayah: {_NOT_HELD}"]
            if gone:
                row = replace(row, nama_wilayah=row.nama_wilayah.removesuffix(ENDED).strip())
        elif not faults and gone is not None:
            before[row.nama_pengguna, row.peran, row.wilayah], gone = gone, None
        if not faults:
            held = before.get((row.nama_pengguna, row.peran, row.wilayah))
            faults = [f"{row.place}, kolom {fault}" for fault in _faults(row, listed, held, gone, home)]
        if not faults:
            region = gone or listed[row.wilayah]
            row = replace(row, wilayah=region.code, asal=home or (listed[row.asal].code if row.asal else ""))
        found.append(replace(row, faults=tuple(faults)))
    return found


def _faults(row, listed: Mapping[str, Region], held: Region | None, gone: Region | None, home: str | None) -> list[str]:
    faults = []
    if gone is None and row.wilayah not in listed:
        faults.append(f'wilayah: Kode wilayah "{row.wilayah}" tidak ada dalam daftar wilayah.')
    elif held is not None and held.ended_at:
        faults.append(
            f"wilayah: Kode {row.wilayah} sekarang milik {listed[row.wilayah].full_name}; orang ini memegang peran itu di "
            f"{held.full_name} yang sudah berakhir. Unduh daftarnya lagi; peran di wilayah yang baru diberikan pada halaman "
            "orangnya."
        )
    elif held is not None:
        faults.append(
            f"wilayah: Kode {row.wilayah} sekarang milik {listed[row.wilayah].full_name}; orang ini memegang peran itu di "
            f"{held.full_name}, yang kini berkode {held.listed_code}. Tulis kode yang sekarang."
        )
    if row.asal and home is None and row.asal not in listed:
        faults.append(f'asal: Asal "{row.asal}" bukan kode kabupaten/kota dalam daftar wilayah.')
    return faults


def _roles_in_ended_regions(rows: Sequence) -> dict[tuple[str, str, str], Region]:
    """Roles held over a region that ended, by name, role and the code that it had last; not where both are held."""
    told = {(row.nama_pengguna, row.peran, row.wilayah) for row in rows}
    held = Membership.objects.filter(
        user__username__in={name for name, _role, _code in told}, region__listed_code__in={code for _n, _r, code in told}
    ).select_related("user", "region__parent")
    found, now = {}, set()
    for row in held:
        key = (row.user.username, row.role, row.region.listed_code)
        if row.region.ended_at is None:
            now.add(key)
        else:
            found[key] = row.region
    marked = {(row.nama_pengguna, row.peran, row.wilayah) for row in rows if row.nama_wilayah.endswith(ENDED)}
    return {key: region for key, region in found.items() if key not in now or key in marked}


def _ended_homes(rows: Sequence) -> dict[tuple[str, str], str]:
    """The key of the home that ended, by name and what the list of people writes of it."""
    names = {row.nama_pengguna for row in rows if row.asal.endswith(ENDED)}
    people = User.objects.filter(username__in=names).exclude(home__ended_at=None).select_related("home")
    return {(one.username, f"{one.home.listed_code} {ENDED}"): one.home_id for one in people if one.home}


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

"""How a newer list of regions differs from the one in force. Pure; no database is asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sp2k.regions.files import RegionRow


@dataclass(frozen=True)
class Differences:
    """What a newer list changes, each by code.

    `new` and `gone` include both ends of `moved`: (old, new) pairs of one name under another code. `renamed` are
    (old, new) of one code. `relevelled` are codes whose kind changed, which no list may do. `provinces` are those the
    list speaks of; all others it leaves alone.
    """

    new: tuple[RegionRow, ...]
    gone: tuple[RegionRow, ...]
    renamed: tuple[tuple[RegionRow, RegionRow], ...]
    moved: tuple[tuple[RegionRow, RegionRow], ...]
    relevelled: tuple[tuple[RegionRow, RegionRow], ...]
    provinces: tuple[str, ...]
    untouched: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.gone or self.renamed)

    def why_not(self) -> str:
        """Say why the list cannot be applied, or nothing."""
        if self.relevelled:
            old, new = self.relevelled[0]
            return (
                f"Kode {old.code} semula {old.level} {old.name}, pada daftar baru {new.level}. Wilayah yang berganti "
                "tingkat memakai kode baru; periksa berkasnya."
            )
        return "Daftar ini tidak berbeda dari yang berlaku." if self.is_empty else ""


def differences(stored: Iterable[RegionRow], listed: Iterable[RegionRow]) -> Differences:
    """Compare the list in force with a newer one, province by province."""
    after = {row.code: row for row in listed}
    provinces = {code[:2] for code in after}
    everything = list(stored)
    before = {row.code: row for row in everything if row.code[:2] in provinces}
    both = [(before[code], after[code]) for code in sorted(before.keys() & after.keys())]
    new = tuple(after[code] for code in sorted(after.keys() - before.keys()))
    gone = tuple(before[code] for code in sorted(before.keys() - after.keys()))
    return Differences(
        new=new,
        gone=gone,
        renamed=tuple((old, row) for old, row in both if old.name != row.name),
        moved=_moved(gone, new),
        relevelled=tuple((old, row) for old, row in both if old.level != row.level),
        provinces=tuple(sorted(provinces)),
        untouched=tuple(sorted({row.code[:2] for row in everything} - provinces)),
    )


def _moved(gone, new) -> tuple[tuple[RegionRow, RegionRow], ...]:
    """Pairs of one level and name, where exactly one went and one came; where several did, none is guessed."""
    came, went = _by_name(new), _by_name(gone)
    pairs = [(went[key][0], came[key][0]) for key in went if len(went[key]) == 1 and len(came.get(key, ())) == 1]
    return tuple(sorted(pairs, key=lambda pair: pair[0].code))


def _by_name(rows):
    found = defaultdict(list)
    for row in rows:
        kind = "kabkota" if row.level in ("kabupaten", "kota") else row.level
        found[kind, row.name.casefold()].append(row)
    return found

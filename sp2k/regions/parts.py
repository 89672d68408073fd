"""What a region is made of, in numbers: from a list alone, or from the database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sp2k.regions.files import RegionRow


@dataclass(frozen=True)
class RegionParts:
    """A region and how many kecamatan each of its kabupaten/kota has; `regencies` are (name, count) pairs by code.

    `levels` says of every code within it what it is.
    """

    code: str
    name: str
    regencies: tuple[tuple[str, int], ...]
    levels: Mapping[str, str]

    @property
    def n_kecamatan(self) -> int:
        return sum(count for _, count in self.regencies)


def parts_of(rows: Iterable[RegionRow], code: str) -> RegionParts | None:
    """Count the parts of region `code` in a list; None where the list does not hold it."""
    rows = [row for row in rows if f"{row.code}.".startswith(f"{code}.")]
    names = {row.code: row.name for row in rows}
    if code not in names:
        return None
    levels = {row.code: row.level for row in rows}
    counts = Counter(row.parent for row in rows if row.level == "kecamatan")
    regencies = [row.code for row in rows if row.level in ("kabupaten", "kota")]
    return RegionParts(code, names[code], tuple((names[regency], counts[regency]) for regency in regencies), levels)

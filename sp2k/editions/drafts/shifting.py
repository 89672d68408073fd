"""An edition file moved to another year: its code, its year, its dates; what cannot be moved is said, not guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sp2k.base.exactyaml import load
from sp2k.editions.drafts.rewriting import REMOVED, Path, rewritten
from sp2k.editions.file import CALENDAR_KEYS

# Holidays with a fixed day and month; all others follow the moon or a yearly joint decree.
_FIXED = {"01-01", "05-01", "06-01", "08-17", "12-25"}
_DATED = re.compile(r"(\d{4})-(\d\d)-(\d\d)(.*)\Z", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class Shifted:
    """The new file's text, and the names of the holidays that were left out because their day changes every year.

    `is_as_announced`: its dates are those announced with the rules, not those that held after moves and early locks.
    """

    text: str
    left_out: tuple[str, ...]
    is_as_announced: bool = False


def shifted(text: str, *, code: str, year: int, name: str = "naskah") -> Shifted:
    """Return an edition's text for another year.

    Dates keep their day and month. Holidays that move are left out, and so are seeds of lots: both are of one year.
    """
    data = load(text, name=name)
    years = year - data["tahun"]
    changes: dict[Path, object] = {("edisi",): code, ("tahun",): year}
    for n, stage in enumerate(data["tahap"]):
        changes |= {("tahap", n, key): _moved(stage[key], years) for key in CALENDAR_KEYS if stage.get(key)}
        if "benih" in stage:
            changes["tahap", n, "benih"] = REMOVED
    if data.get("pengumuman"):
        changes["pengumuman",] = _moved(data["pengumuman"], years)
    if (holidays := data.get("libur")) and years:
        changes["libur",] = [_holiday(day, years) for day in holidays if day["tanggal"][5:] in _FIXED] or REMOVED
    left_out = [day["nama"] for day in holidays or () if years and day["tanggal"][5:] not in _FIXED]
    return Shifted(rewritten(text, changes), tuple(left_out))


def _holiday(day: Mapping, years: int) -> dict:
    moved, year = _moved(day["tanggal"], years), day["tanggal"][:4]
    return dict(day) | {"tanggal": moved, "nama": day["nama"].replace(year, moved[:4])}


def _moved(written: str, years: int) -> str:
    """A date, or a date and an hour, as written in the file, the same day of another year (29 February: the 28th)."""
    year, month, day, rest = _DATED.match(written).groups()
    try:
        moved = date(int(year) + years, int(month), int(day))
    except ValueError:
        moved = date(int(year) + years, int(month), 28)
    return moved.isoformat() + rest

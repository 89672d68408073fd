"""Dates as people write them, day first; whatever has two readings is refused."""

import re
from datetime import date

from sp2k.base.refusals import BadInput
from sp2k.base.wording import MONTHS

EARLIEST, LATEST = 1900, 2100
EXAMPLE = "Tulis tanggal seperti 15/01/2023 atau 15 Januari 2023"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d+)", re.ASCII)
_WORDS = re.compile(r"(?:(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu),? +)?(\d{1,2})[ -]([a-z]+)\.?,?[ -](\d+)")
_OTHER_NAMES = {
    "pebruari": 2, "peb": 2, "maret": 3, "agt": 8, "agu": 8, "ags": 8, "agust": 8, "sept": 9, "nopember": 11, "nop": 11,
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "october": 10, "december": 12,
    "aug": 8, "oct": 10, "dec": 12,
}  # fmt: skip
MONTH_OF = (
    {name.lower(): n for n, name in enumerate(MONTHS, start=1)}
    | {name[:3].lower(): n for n, name in enumerate(MONTHS, start=1)}
    | _OTHER_NAMES
)


def day_of(text: str) -> date:
    """Read a date: 2023-01-15, 15/01/2023, 15-1-2023, 15.1.2023, 15 Januari 2023, Senin, 15 Jan 2023.

    In figures the day stands first, as in Indonesia: 03/04/2023 is 3 April.

    Raises
    ------
    BadInput
        For what is no date, for a year of two digits, and for a month that there is not.
    """
    text = text.strip().lower().replace("’", "'")
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _FIGURES.fullmatch(text):
        day, _sign, month, year = found.groups()
    elif (found := _WORDS.fullmatch(text)) and found[2] in MONTH_OF:
        day, month, year = found[1], MONTH_OF[found[2]], found[3]
    else:
        raise BadInput(f'berisi "{text[:30]}", bukan tanggal. {EXAMPLE}.')
    if len(year) != 4 or not EARLIEST <= int(year) <= LATEST:
        raise BadInput(f'berisi "{text[:30]}": tahunnya harus empat angka, {EARLIEST} sampai {LATEST}. {EXAMPLE}.')
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        order = " Hari ditulis lebih dahulu, lalu bulan." if int(month) > 12 else ""
        raise BadInput(f'berisi "{text[:30]}", tanggal yang tidak ada.{order} {EXAMPLE}.') from None

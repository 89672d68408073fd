"""Reading one mapping of an edition file: each key by its kind, whatever is wrong said in a sentence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from zoneinfo import ZoneInfo

_INSTANT = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d)[.:](\d\d)\Z", re.ASCII)
_MISSING = object()


@dataclass(frozen=True)
class Finding:
    """What is wrong (`salah`) or worth a look (`perhatian`); `sentence` is whole and names the place itself."""

    level: str
    place: str
    sentence: str

    @property
    def is_wrong(self) -> bool:
        return self.level == "salah"


def wrong(place: str, sentence: str) -> Finding:
    return Finding("salah", place, sentence)


def notice(place: str, sentence: str) -> Finding:
    return Finding("perhatian", place, sentence)


def listed(words: Iterable[object]) -> str:
    """Return `a`, `a atau b`, `a, b, atau c`."""
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)}{',' if len(most) > 1 else ''} atau {last}" if most else last


class Section:
    """A mapping at a place of the file. Faults go into one list shared by the whole file; a fault reads as None."""

    def __init__(self, data: object, place: str, faults: list[Finding], keys: Iterable[str]):
        self.place, self.faults, keys = place, faults, list(keys)
        self.data: Mapping = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.fault("harus berupa pasangan kunci dan isi")
        for key in self.data:
            if key not in keys:
                near = get_close_matches(str(key), keys, n=1)
                self.fault(f'kunci "{key}" tidak dikenal' + (f'; mungkin maksudnya "{near[0]}"' if near else ""))

    def fault(self, what: str) -> None:
        self.faults.append(wrong(self.place, f"Pada {self.place}, {what}."))

    def has(self, key: str) -> bool:
        return self.data.get(key) is not None

    def text(self, key: str, *, longest: int, optional=False, pattern: str = "", form: str = "") -> str | None:
        """Return the text under `key`; `pattern` it must match whole, `form` says so to the reader."""
        value = self._get(key, optional)
        if value is None:
            return None
        if not isinstance(value, str):
            return self._not_text(key, value)
        if not value.strip():
            return self.fault(f'"{key}" kosong')
        if len(value) > longest:
            return self.fault(f'"{key}" lebih panjang dari {longest} huruf')
        if pattern and not re.fullmatch(pattern, value):
            return self.fault(f'"{key}" tertulis "{value}"; {form}')
        return value

    def choice(self, key: str, options: Iterable[str], *, optional=False) -> str | None:
        value = self._get(key, optional)
        options = list(options)
        if value is None or value in options:
            return value
        return self.fault(f'"{key}" tertulis "{value}"; pilih {listed(options)}')

    def whole(self, key: str, *, lowest: int, highest: int, optional=False) -> int | None:
        value = self._get(key, optional)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            return self.fault(f'"{key}" tertulis {_shown(value)}; tulis bilangan bulat {lowest} sampai {highest}')
        return value

    def number(self, key: str, *, optional=False) -> Decimal | None:
        value = self._get(key, optional)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return self.fault(f'"{key}" tertulis {_shown(value)}; tulis angka bertitik desimal, misalnya 0.6')
        return Decimal(value)

    def truth(self, key: str) -> bool:
        value = self._get(key, True)
        if value not in (None, True, False):
            self.fault(f'"{key}" tertulis {_shown(value)}; tulis true atau false')
        return value is True

    def day(self, key: str, *, optional=False) -> date | None:
        value = self._get(key, optional)
        try:
            return None if value is None else date.fromisoformat(value)
        except (TypeError, ValueError):
            return self.fault(f'"{key}" tertulis {_shown(value)}; tulis tanggal seperti 2022-12-26')

    def instant(self, key: str, zone: ZoneInfo, *, optional=False) -> datetime | None:
        """Return the aware instant that a local text like ``2022-11-02 08.00`` names in `zone`."""
        value = self._get(key, optional)
        if value is None:
            return None
        try:
            parts = _INSTANT.match(value).groups()
            return datetime(*(int(part) for part in parts), tzinfo=zone)
        except (AttributeError, TypeError, ValueError):
            return self.fault(f'"{key}" tertulis {_shown(value)}; tulis waktu setempat seperti 2022-11-02 08.00')

    def section(self, key: str, keys: Iterable[str], *, optional=False) -> "Section | None":
        value = self._get(key, optional)
        return None if value is None else Section(value, f"{self.place}, {key}", self.faults, keys)

    def sections(self, key: str, keys: Iterable[str], *, optional=False, place: str = "") -> list["Section"]:
        """Return one section per item of a list, called by its `kode`, else by its number; `place` names an item."""
        place = place or f"{self.place}, {key}"
        return [
            Section(item, f"{place} {_called(item, n)}", self.faults, keys)
            for n, item in enumerate(self._list(key, optional), start=1)
        ]

    def texts(self, key: str, *, longest: int, optional=False) -> tuple[str, ...]:
        found = []
        for n, value in enumerate(self._list(key, optional), start=1):
            if isinstance(value, str) and value.strip() and len(value) <= longest:
                found.append(value)
            else:
                self.fault(f'isi ke-{n} dari "{key}" harus teks berisi 1 sampai {longest} huruf')
        return tuple(found)

    def _get(self, key, optional):
        value = self.data.get(key, _MISSING)
        if value is not _MISSING and value is not None:
            return value
        return None if optional else self.fault(f'kunci "{key}" belum ada')

    def _list(self, key, optional) -> list:
        value = self._get(key, optional)
        if value is None or isinstance(value, list):
            return value or []
        self.fault(f'"{key}" harus berupa daftar')
        return []

    def _not_text(self, key, value):
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return self.fault(f'"{key}" terbaca sebagai angka {value}; tulis dengan tanda kutip: "{value}"')
        return self.fault(f'"{key}" harus teks')


def _called(item, n: int) -> str:
    code = item.get("kode") if isinstance(item, Mapping) else None
    return code if isinstance(code, str) and code else f"ke-{n}"


def _shown(value) -> str:
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else f'"{str(value)[:40]}"'

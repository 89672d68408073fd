"""Reading an instrument file key by key, so that every fault is told with its place and no key passes unread."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sp2k.tally.numbers import exact

_REQUIRED = object()


class InstrumentError(ValueError):
    """A fault in an instrument file.

    Attributes
    ----------
    place : str
        Where in the file, e.g. ``aspek B > B3 > aturan``.
    sentence : str
        What is wrong and what to do, in Indonesian.
    """

    def __init__(self, place: str, sentence: str):
        super().__init__(f"{place}: {sentence}")
        self.place, self.sentence = place, sentence


def informs_only(key: object) -> bool:
    """Tell whether a key is for people alone: ``catatan*``, ``jumlah_*``, ``tahap_lanjut``."""
    return isinstance(key, str) and (key.startswith(("catatan", "jumlah_")) or key == "tahap_lanjut")


class Fields:
    """One mapping of the file with its place. Read what the kind knows, then call `done`."""

    def __init__(self, data: object, place: str):
        if not isinstance(data, Mapping):
            raise InstrumentError(place, "harus berupa pasangan kunci dan isi.")
        self.data, self.place = data, place
        self._asked, self._read = set(), set()

    def __contains__(self, key: str) -> bool:
        self._asked.add(key)
        return key in self.data

    def fault(self, sentence: str) -> InstrumentError:
        return InstrumentError(self.place, sentence)

    def get(self, key: str, default: object = None) -> object:
        self._read.add(key)
        return self.data.get(key, default)

    def take(self, key: str, default: object, valid: type | tuple, what: str):
        """Return the value of a key, or the default when it is absent; refuse one of another type."""
        value = self.get(key, _REQUIRED)
        if value is _REQUIRED:
            if default is _REQUIRED:
                raise self.fault(f'kunci "{key}" tidak ada; isilah dengan {what}.')
            return default
        if not isinstance(value, valid) or (isinstance(value, bool) and valid is not bool):
            raise self.fault(f'"{key}" harus berupa {what}, bukan {_shown(value)}.')
        return value

    def text(self, key: str, default: object = _REQUIRED) -> str:
        if self.data.get(key) is None and key in self.data and default is not _REQUIRED:
            return self.get(key) or default
        value = self.take(key, default, str, "teks")
        if default is _REQUIRED and not value.strip():
            raise self.fault(f'"{key}" kosong; isilah dengan teks.')
        return value

    def code(self, key: str, default: object = _REQUIRED) -> str:
        """Return a code as trimmed text; whole numbers are taken for the digits written (`kode: 1`)."""
        value = self.take(key, default, (str, int), "kode (teks; beri tanda kutip bila mirip angka)")
        if not str(value).strip():
            raise self.fault(f'"{key}" kosong; isilah dengan kode.')
        return str(value).strip()

    def flag(self, key: str, default: object = _REQUIRED) -> bool:
        return self.take(key, default, bool, "true atau false")

    def number(self, key: str, default: object = _REQUIRED) -> Fraction:
        value = self.take(key, default, (int, Decimal, Fraction), "angka")
        return value if value is default else self._exact(key, value)

    def points(self, key: str, default: object = _REQUIRED) -> Fraction | None:
        """Return points, or None for ``poin: null``: recorded, not scored."""
        if key in self.data and self.data[key] is None:
            self._read.add(key)
            return None
        return self.number(key, default)

    def weight(self, key: str) -> Fraction | None:
        """Return a weight not below 0, or None when absent; a ratio may be written as text, "1/3"."""
        value = self.take(key, None, (int, Decimal, Fraction, str), 'angka atau pecahan seperti "1/3"')
        weight = None if value is None else self._exact(key, value)
        if weight is not None and weight < 0:
            raise self.fault(f'"{key}" tidak boleh di bawah 0.')
        return weight

    def whole(self, key: str, default: object, *, highest: int) -> int:
        value = self.take(key, default, int, "bilangan bulat")
        if value is not None and not 0 <= value <= highest:
            raise self.fault(f'"{key}" harus antara 0 dan {highest}.')
        return value

    def word(self, key: str, default: object, allowed: tuple[str, ...]) -> str:
        value = self.take(key, default, str, "salah satu dari " + ", ".join(allowed))
        if value is not default and value not in allowed:
            raise self.fault(f'"{key}" harus salah satu dari {", ".join(allowed)}, bukan {_shown(value)}.')
        return value

    def keys(self, key: str, default: object = _REQUIRED) -> tuple[str, ...]:
        """Return one or more form keys, written as a text or as a list of texts."""
        value = self.take(key, default, (str, list, tuple), "kunci formulir atau daftarnya")
        names = (value,) if isinstance(value, str) else tuple(value)
        if not names or not all(isinstance(name, str) and name.strip() for name in names):
            raise self.fault(f'"{key}" harus memuat kunci formulir (teks), paling sedikit satu.')
        if len(set(names)) < len(names):
            raise self.fault(f'"{key}" memuat kunci yang sama dua kali.')
        return tuple(name.strip() for name in names)

    def list(self, key: str, default: object = _REQUIRED) -> list:
        value = self.take(key, default, (list, tuple), "daftar")
        if value is not default and not value:
            raise self.fault(f'"{key}" kosong; isilah paling sedikit satu.')
        return list(value)

    def numbers(self, key: str, default: object = _REQUIRED) -> tuple[Fraction, ...]:
        values = self.list(key, default)
        if any(isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction) for value in values):
            raise self.fault(f'"{key}" harus berupa daftar angka.')
        return tuple(self._exact(key, value) for value in values)

    def parts(self, key: str) -> "list[Fields]":
        """Return the mappings of a list, each knowing its place."""
        return [Fields(item, f"{self.place} > {key} ke-{n}") for n, item in enumerate(self.list(key), start=1)]

    def part(self, key: str) -> "Fields":
        if key not in self.data:
            raise self.fault(f'kunci "{key}" tidak ada.')
        return Fields(self.get(key), f"{self.place} > {key}")

    def done(self) -> None:
        """Refuse any key that was not read and does not merely inform."""
        unknown = [str(key) for key in self.data if key not in self._read and not informs_only(key)]
        if unknown:
            known = ", ".join(sorted(self._asked | self._read))
            raise self.fault(f'kunci "{unknown[0]}" tidak dikenal di sini; yang dikenal: {known}.')

    def _exact(self, key: str, value: object) -> Fraction:
        try:
            return exact(value)
        except ValueError:
            raise self.fault(f'"{key}" harus berupa angka, bukan {_shown(value)}.') from None


def _shown(value: object) -> str:
    if value is None:
        return "kosong"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{str(value)[:40]}"'

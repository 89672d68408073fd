"""Reading a rules file key by key, with the words and codes that only such a file has."""

import re
from decimal import Decimal
from fractions import Fraction

from sp2k.tally.kinds.fields import Fields
from sp2k.tally.numbers import exact

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z", re.ASCII)
_AS_TEXT = 'tulislah kode dalam tanda kutip, misalnya "35.10.13", supaya nol tidak hilang.'


def is_token(text: object) -> bool:
    """Tell whether a text can name an entry, a seat, a stage or a verdict: such names never need quoting."""
    return isinstance(text, str) and _TOKEN.match(text) is not None


class RuleFields(Fields):
    """One mapping of the rules file with its place. Unlike an instrument, it has no keys that merely inform."""

    def __init__(self, data: object, place: str):
        super().__init__(data, place)
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        self._asked.add(key)
        return super().__contains__(key)

    def part(self, key: str) -> "RuleFields":
        return RuleFields(super().part(key).data, f"{self.place} > {key}")

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed words; the key must be there."""
        if key not in self:
            raise self.fault(f'kunci "{key}" tidak ada; isilah dengan salah satu dari {", ".join(allowed)}.')
        return self.word(key, None, allowed)

    def token(self, key: str) -> str:
        value = self.text(key)
        if not is_token(value):
            raise self.fault(f'"{key}" berisi "{value[:40]}"; pakai huruf, angka, titik, dan tanda hubung saja.')
        return value

    def tokens(self, key: str) -> tuple[str, ...]:
        """Return a list of names, none twice. What was written as a number is refused: it has lost its zeros."""
        seen: dict[str, None] = {}
        for value in self.list(key):
            seen[self.code_text(key, value)] = None
        if len(seen) < len(self.data[key]):
            twice = next(value for value in seen if self.data[key].count(value) > 1)
            raise self.fault(f'"{key}" memuat "{twice}" dua kali.')
        return tuple(seen)

    def code_text(self, key: str, value: object) -> str:
        if isinstance(value, int | Decimal | Fraction):
            raise self.fault(f'"{key}" memuat {value}, yang terbaca sebagai angka, bukan teks; {_AS_TEXT}')
        if not is_token(value):
            raise self.fault(f'"{key}" memuat "{str(value)[:40]}"; pakai huruf, angka, titik, dan tanda hubung saja.')
        return value

    def count(self, key: str, *, highest: int = 100_000) -> int:
        if key not in self:
            raise self.fault(f'kunci "{key}" tidak ada; isilah dengan bilangan bulat.')
        return self.whole(key, None, highest=highest)

    def signed(self, key: str) -> Fraction:
        """Return a number of either sign, written as a number or as its text ("0.5", "1/3")."""
        value = self.get(key)
        try:
            return exact(value)
        except (TypeError, ValueError):
            raise self.fault(f'"{key}" harus berupa angka, misalnya -0.5, bukan "{str(value)[:40]}".') from None

    def done(self) -> None:
        unknown = [str(key) for key in self.data if key not in self._read]
        if unknown:
            known = ", ".join(sorted(self._read | self._asked))
            raise self.fault(f'kunci "{unknown[0][:40]}" tidak dikenal di sini; yang dikenal: {known}.')

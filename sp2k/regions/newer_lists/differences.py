"""How a newer list of regions differs from the one in force, in figures and pair by pair. Pure; no database is asked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sp2k.regions.files import RegionRow
from sp2k.regions.folding import name_key
from sp2k.regions.newer_lists.identities import Matching, Pair, StoredRow, matched

FEW = 5  # dropped and renamed regions up to which a list is what a year brings
SWAPPED, SHIFTED, FOLLOWS, RECODED = "tukar", "geser", "ikut", "kode"
RENAMED, OTHERWISE, MOVED, SPLIT, MERGED, RETURNED = "nama", "ganti", "pindah", "pecah", "gabung", "kembali"


@dataclass(frozen=True)
class Figures:
    """A list in numbers, code by code, whatever the pairs may turn out to be: `n_lost` codes are no longer in it."""

    n_before: int
    n_after: int
    n_lost: int
    n_renamed: int

    @property
    def to_type(self) -> int | None:
        """What whoever applies the list types, so that a wrong file is not applied by a habit; None where little changes."""
        number = self.n_lost + self.n_renamed
        return number if number > FEW else None


@dataclass(frozen=True)
class Differences:
    """What a newer list changes. `provinces` are those it speaks of; all others it leaves alone."""

    before: tuple[StoredRow, ...]
    after: tuple[RegionRow, ...]
    matching: Matching
    figures: Figures
    provinces: tuple[str, ...]
    untouched: tuple[str, ...]

    @cached_property
    def respelled(self) -> list[Pair]:
        """Regions that are the same without a question, and are written otherwise: `Ra'as` and `Ra\u2019as`."""
        return [pair for pair in self.matching.settled if pair.old.name != pair.new.name]

    @cached_property
    def asked(self) -> list[Pair]:
        """Every pair that is, or was, a question; the wider regions first, then by code."""
        matching = self.matching
        pairs = [*matching.open, *matching.same, *matching.other]
        return sorted(pairs, key=lambda pair: (pair.old.code.count("."), pair.old.code, pair.new.code))

    @property
    def is_empty(self) -> bool:
        matching = self.matching
        return not (self.asked or self.respelled or matching.gone or matching.new or matching.waiting)

    def why_not(self) -> str:
        """Say why the list cannot be applied, or nothing."""
        matching = self.matching
        if matching.relevelled:
            old, new = matching.relevelled[0].old, matching.relevelled[0].new
            return (
                f"Kode {old.code} semula {old.level} {old.name}, pada daftar baru {new.level}. Wilayah yang berganti "
                "tingkat memakai kode baru; periksa berkasnya."
            )
        if reason := self.why_wrong_file():
            return reason
        if matching.open:
            more = f", dan {len(matching.waiting)} baris di bawahnya menunggu" if matching.waiting else ""
            return f"{len(matching.open)} pasangan wilayah belum dijawab{more}. Jawab satu per satu lebih dahulu."
        return "Daftar ini tidak berbeda dari yang berlaku." if self.is_empty else ""

    def why_wrong_file(self) -> str:
        """Say what shows that the file is cut or is about another province, or nothing."""
        names = {(row.level, name_key(row.name, row.level)) for row in self.after if row.level == "kecamatan"}
        for code in self.provinces:
            old = [row for row in self.before if row.level == "kecamatan" and row.code.startswith(f"{code}.")]
            known = sum((row.level, name_key(row.name, row.level)) in names for row in old)
            if known * 2 < len(old):
                return (
                    f"Dari {len(old)} kecamatan {self.name_of(code)} hanya {known} yang namanya ada dalam berkas ini. "
                    "Berkasnya terpotong atau milik provinsi lain; tidak ada yang dapat diterapkan."
                )
        inhabited = {row.parent for row in self.after if row.level == "kecamatan"}
        for row in self.after:
            if row.level in ("kabupaten", "kota") and row.code not in inhabited:
                return (
                    f"{row.name} ({row.code}) tercantum tanpa satu kecamatan pun. Berkasnya tampak terpotong; periksa "
                    "akhirnya."
                )
        return ""

    def name_of(self, code: str, *, before: bool = True) -> str:
        """What a code is called by the list in force, or by the newer one."""
        row = (self._by_code if before else self._by_new_code).get(code)
        return row.name if row is not None else code

    def had_code(self, code: str) -> StoredRow | None:
        """The region whose code this is in the list in force."""
        return self._by_code.get(code)

    def kind_of(self, pair: Pair) -> str:
        """Return what happened to a region if the pair is one: one of the words above."""
        if pair.old.key not in self._standing:
            return RETURNED
        if not self._is_in_place(pair):
            return MOVED
        if self._n_of_old[pair.old.key] > 1:
            return SPLIT
        if self._n_of_new[pair.new.code] > 1:
            return MERGED
        if pair.name_changes:
            return OTHERWISE if pair.code_changes and not self._follows(pair) else RENAMED
        if self._follows(pair):
            return FOLLOWS
        if (pair.new.code, pair.old.code) in self._recoded:
            return SWAPPED
        return SHIFTED if self._runs[self._run(pair)] > 1 else RECODED

    def namesakes(self, row: RegionRow) -> list[RegionRow]:
        """Regions of the same name elsewhere in the province, on the other side: they are not paired with `row`."""
        side = self._names_after if isinstance(row, StoredRow) else self._names_before
        return [other for other in side[_place(row)] if other.code != row.code]

    def _is_in_place(self, pair: Pair) -> bool:
        return pair.old.parent_key is None or self._same_as.get(pair.old.parent_key) == pair.new.parent

    def _follows(self, pair: Pair) -> bool:
        """Whether the code is another only because the regency's is."""
        return pair.old.parent != pair.new.parent and _last(pair.old) == _last(pair.new)

    def _run(self, pair: Pair) -> tuple:
        return pair.old.parent_key, int(_last(pair.new)) - int(_last(pair.old))

    @cached_property
    def _standing(self) -> set[str]:
        return {row.key for row in self.before}

    @cached_property
    def _by_code(self) -> dict[str, StoredRow]:
        return {row.code: row for row in self.before}

    @cached_property
    def _by_new_code(self) -> dict[str, RegionRow]:
        return {row.code: row for row in self.after}

    @cached_property
    def _same_as(self) -> dict[str, str]:
        return {pair.old.key: pair.new.code for pair in self.matching.identities}

    @cached_property
    def _n_of_old(self) -> Counter:
        return Counter(pair.old.key for pair in self.matching.open)

    @cached_property
    def _n_of_new(self) -> Counter:
        return Counter(pair.new.code for pair in self.matching.open)

    @cached_property
    def _recoded(self) -> set[tuple[str, str]]:
        return {(pair.old.code, pair.new.code) for pair in self.asked if pair.code_changes}

    @cached_property
    def _runs(self) -> Counter:
        return Counter(self._run(pair) for pair in self.asked if pair.code_changes and not pair.name_changes)

    @cached_property
    def _names_before(self) -> Mapping[tuple, list[RegionRow]]:
        return _by_place(self.before)

    @cached_property
    def _names_after(self) -> Mapping[tuple, list[RegionRow]]:
        return _by_place(self.after)


def differences(
    stored: Iterable[StoredRow], listed: Iterable[RegionRow], *, ended: Iterable[StoredRow] = (),
    answers: Mapping[tuple[str, str], bool] | None = None,
) -> Differences:  # fmt: skip
    """Compare the list in force with a newer one, province by province; `answers` as in `matched`."""
    after, everything = tuple(listed), list(stored)
    provinces = {row.code[:2] for row in after}
    before = tuple(row for row in everything if row.code[:2] in provinces)
    return Differences(
        before=before, after=after, matching=matched(before, after, ended=ended, answers=answers),
        figures=_figures(before, after), provinces=tuple(sorted(provinces)),
        untouched=tuple(sorted({row.code[:2] for row in everything} - provinces)),
    )  # fmt: skip


def _figures(before, after) -> Figures:
    names = {row.code: name_key(row.name, row.level) for row in after}
    lost = sum(row.code not in names for row in before)
    renamed = sum(row.code in names and names[row.code] != name_key(row.name, row.level) for row in before)
    return Figures(len(before), len(after), lost, renamed)


def _place(row: RegionRow) -> tuple[str, str, str]:
    return row.code[:2], row.level, name_key(row.name, row.level)


def _by_place(rows) -> Mapping[tuple, list[RegionRow]]:
    found = defaultdict(list)
    for row in rows:
        found[_place(row)].append(row)
    return found


def _last(row: RegionRow) -> str:
    return row.code.rpartition(".")[2]

"""Which region of the list in force is which of a newer list. Pure; no database is asked.

A region is recognised by code, name and parent together. What all three say needs no question; everything else is a
proposal that a person answers, the wider regions first: the parts of a regency are compared once it is known which it is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sp2k.regions.files import RegionRow
from sp2k.regions.folding import name_key, words_of

PROVINCE, REGENCY, KECAMATAN = 1, 2, 3  # segments of a code


@dataclass(frozen=True)
class StoredRow(RegionRow):
    """A region as the list in force has it, with its key and its parent's: what everything holds that rests on it."""

    key: str
    parent_key: str | None


@dataclass(frozen=True)
class Pair:
    """A region that stands, and the row of the newer list that is, or may be, the same one."""

    old: StoredRow
    new: RegionRow

    @property
    def ends(self) -> tuple[str, str]:
        return self.old.key, self.new.code

    @property
    def name_changes(self) -> bool:
        return _name(self.old) != _name(self.new)

    @property
    def code_changes(self) -> bool:
        return self.old.code != self.new.code


@dataclass
class Matching:
    """How two lists go together.

    `settled` pairs agree in code, name and parent; `same` were answered as one region, `other` as two; `open` wait for an
    answer. `gone` and `new` have no counterpart; `waiting` are rows within a region whose own answer is awaited.
    `relevelled` keep their code and change from kabupaten to kota or back, which no list may do.
    """

    settled: list[Pair] = field(default_factory=list)
    same: list[Pair] = field(default_factory=list)
    other: list[Pair] = field(default_factory=list)
    open: list[Pair] = field(default_factory=list)
    relevelled: list[Pair] = field(default_factory=list)
    gone: list[StoredRow] = field(default_factory=list)
    new: list[RegionRow] = field(default_factory=list)
    waiting: list[RegionRow] = field(default_factory=list)

    @property
    def identities(self) -> list[Pair]:
        """The pairs that are one region: what an applied list keeps."""
        return [*self.settled, *self.same]


def matched(
    before: Iterable[StoredRow], after: Iterable[RegionRow], *, ended: Iterable[StoredRow] = (),
    answers: Mapping[tuple[str, str], bool] | None = None,
) -> Matching:  # fmt: skip
    """Match the regions in force with a newer list.

    Parameters
    ----------
    before, after : the regions of the provinces the list speaks of, and the list's rows, every parent among them
    ended : regions that no longer stand; a code and a name that come back may be theirs
    answers : by (key of the region, code in the list), whether a person said they are the same
    """
    before, after, ended = list(before), list(after), list(ended)
    found, same_as = Matching(), {None: None}
    awaited_keys, awaited_codes = set(), set()
    for depth in (PROVINCE, REGENCY, KECAMATAN):
        olds, news, gone = (
            [row for row in rows if row.code.count(".") + 1 == depth] for rows in (before, after, ended)
        )  # fmt: skip
        waiting = [row for row in news if row.parent in awaited_codes]
        found.waiting += waiting
        awaited_codes |= {row.code for row in waiting}
        awaited_keys |= {row.key for row in olds if row.parent_key in awaited_keys}
        level = _Level(
            [row for row in olds if row.key not in awaited_keys], [row for row in news if row.code not in awaited_codes],
            gone, same_as, answers or {},
        )  # fmt: skip
        level.match(found, across=depth == REGENCY)
        same_as |= {pair.old.key: pair.new.code for pair in level.known}
        awaited_keys |= {pair.old.key for pair in level.open}
        awaited_codes |= {pair.new.code for pair in level.open}
    return found


class _Level:
    """The provinces, the regencies or the kecamatan of two lists, as far as it is known what they lie in."""

    def __init__(self, olds, news, ended, same_as, answers):
        self.all_olds, self.all_news, self.ended = olds, news, ended
        self.same_as, self.answers = same_as, answers
        self.olds, self.news = {row.key: row for row in olds}, {row.code: row for row in news}
        self.known: list[Pair] = []
        self.open: list[Pair] = []
        self.in_place: list[Pair] = []

    def match(self, found: Matching, *, across: bool) -> None:
        self._take_answers(found)
        for pair in self._single(self._pairs(lambda row: (row.code, row.level, _name(row)))):
            found.settled.append(pair)
            self._know(pair)
        self._propose(self._single(self._pairs(lambda row: (row.level, _name(row)))))
        # a name found nowhere else says more than a code that another name has now
        self._propose(self._single(self._moved(across)))
        self.in_place = self._propose(self._single(self._pairs(lambda row: (row.level, row.code.rpartition(".")[2]))))
        self._relate()
        self._propose(self._single(self._returning()))
        found.relevelled += [
            Pair(old, self.news[old.code]) for old in self.olds.values()
            if old.code in self.news and old.level != self.news[old.code].level
        ]  # fmt: skip
        found.open += self.open
        found.gone += self.olds.values()
        found.new += self.news.values()

    def _take_answers(self, found: Matching) -> None:
        standing, rows = {row.key: row for row in (*self.ended, *self.all_olds)}, dict(self.news)
        for (key, code), is_same in self.answers.items():
            if key not in standing or code not in rows:
                continue
            pair = Pair(standing[key], rows[code])
            if not is_same:
                found.other.append(pair)
            elif code in self.news and key not in {known.old.key for known in self.known}:
                found.same.append(pair)
                self._know(pair)

    def _pairs(self, said_of) -> Iterator[Pair]:
        """Pairs within one parent of whom the same can be said, of those that are still free."""
        olds = defaultdict(list)
        for old in self.olds.values():
            olds[self.same_as.get(old.parent_key, ""), said_of(old)].append(old)
        for new in list(self.news.values()):
            for old in olds[new.parent, said_of(new)]:
                yield Pair(old, new)

    def _moved(self, across: bool) -> Iterator[Pair]:
        """Pairs of one name in different parents, where nobody else ever had the name; kecamatan within their province."""

        def place(row):
            return row.level, _name(row), "" if across else row.code[:2]

        olds, news = Counter(map(place, self.all_olds)), Counter(map(place, self.all_news))
        free = {place(new): new for new in self.news.values()}
        for old in self.olds.values():
            new = free.get(place(old))
            if new is not None and olds[place(old)] == news[place(old)] == 1:
                yield Pair(old, new)

    def _relate(self) -> None:
        """Of what is left, one that became several or several that became one: each asked, at most one continues."""
        olds = [*self.olds.values(), *(pair.old for pair in self.in_place)]
        news = [*self.news.values(), *(pair.new for pair in self.in_place)]
        by_parent = defaultdict(list)
        for new in news:
            by_parent[new.parent].append(new)
        known = {pair.ends for pair in self.in_place}
        found = [
            Pair(old, new)
            for old in olds
            for new in by_parent.get(self.same_as.get(old.parent_key, ""), ())
            if (old.key, new.code) not in known and old.level == new.level and _share_words(old, new)
        ]
        self._propose([pair for pair in found if self._may(pair)])

    def _returning(self) -> Iterator[Pair]:
        """A code and name that a region had which no longer stands."""
        new_ones = {(new.code, new.level, _name(new)): new for new in self.news.values()}
        for old in self.ended:
            new = new_ones.get((old.code, old.level, _name(old)))
            if new is not None and self.same_as.get(old.parent_key, "") == new.parent:
                yield Pair(old, new)

    def _single(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Those of the pairs where one fits exactly one."""
        pairs = [pair for pair in pairs if self._may(pair)]
        olds, news = Counter(pair.old.key for pair in pairs), Counter(pair.new.code for pair in pairs)
        return [pair for pair in pairs if olds[pair.old.key] == news[pair.new.code] == 1]

    def _may(self, pair: Pair) -> bool:
        """Nobody has said that the two are different."""
        return self.answers.get(pair.ends) is not False

    def _propose(self, pairs: list[Pair]) -> list[Pair]:
        self.open += pairs
        for pair in pairs:
            self._take_out(pair)
        return pairs

    def _know(self, pair: Pair) -> None:
        self.known.append(pair)
        self._take_out(pair)

    def _take_out(self, pair: Pair) -> None:
        """Take both ends out of what is still to be matched."""
        self.olds.pop(pair.old.key, None)
        self.news.pop(pair.new.code, None)


def words_in(row: RegionRow) -> frozenset[str]:
    """Return the words of a region's name, folded; of `Kota Madiun` and `Kabupaten Madiun` both `madiun`."""
    return frozenset(words_of(row.name, most=20)) - {"kota"}


def _share_words(old: RegionRow, new: RegionRow) -> bool:
    """`Bandar` and `Bandar Utara`: the one name stands whole within the other."""
    one, other = words_in(old), words_in(new)
    return bool(one and other) and (one <= other or other <= one)


def _name(row: RegionRow) -> str:
    return name_key(row.name, row.level)

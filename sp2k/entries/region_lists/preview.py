"""What the page of a proposed list shows: the questions one by one, and what comes, goes and is written otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sp2k.base.wording import number_in_words
from sp2k.entries.region_lists.resting import Resting, resting_on
from sp2k.regions.files import RegionRow
from sp2k.regions.newer_lists import differences as kinds
from sp2k.regions.newer_lists.differences import Differences
from sp2k.regions.newer_lists.identities import Pair, StoredRow

ASKED, NEW, GONE, SPELLING = "tanya", "baru", "hilang", "penulisan"
MOST_ASKED = 1000  # rows shown at once: the answers of a page come back as one form
PARTS = (ASKED, GONE, NEW, SPELLING)
PART_NAMES = {
    ASKED: gettext_lazy("Ditanyakan"), GONE: gettext_lazy("Hilang"), NEW: gettext_lazy("Baru"),
    SPELLING: gettext_lazy("Berganti penulisan"),
}  # fmt: skip
KIND_NAMES = {
    kinds.SWAPPED: gettext_lazy("bertukar kode"), kinds.SHIFTED: gettext_lazy("kode bergeser"),
    kinds.FOLLOWS: gettext_lazy("berganti kode bersama induknya"), kinds.RECODED: gettext_lazy("berganti kode"),
    kinds.RENAMED: gettext_lazy("berganti nama"), kinds.OTHERWISE: gettext_lazy("berganti kode dan nama"),
    kinds.MOVED: gettext_lazy("pindah induk"), kinds.SPLIT: gettext_lazy("dipecah"), kinds.MERGED: gettext_lazy("digabung"),
    kinds.RETURNED: gettext_lazy("tercantum lagi"),
}  # fmt: skip
SAME, OTHER, UNDECIDED = "sama", "lain", "belum"
ANSWERS = (
    (SAME, gettext_lazy("wilayah yang sama")), (OTHER, gettext_lazy("wilayah lain")),
    (UNDECIDED, gettext_lazy("belum diputuskan")),
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One end of a row: code and name, with what it lies in."""

    row: RegionRow
    parent: str

    @property
    def level(self) -> str:
        return self.row.level


@dataclass(frozen=True)
class Question:
    """A pair that a person answers: what happened, what rests on the region, and whose code the new one was."""

    pair: Pair
    old: Side
    new: Side
    kind: str
    answer: str
    resting: Resting
    had_code: StoredRow | None

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES[self.kind])

    @property
    def field(self) -> str:
        return field_name(*self.pair.ends)

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(value, str(label), value == self.answer) for value, label in ANSWERS]


@dataclass(frozen=True)
class Told:
    """A row that needs no answer: what stands, what the list says, what rests on it, and namesakes it is not paired with."""

    old: Side | None
    new: Side | None
    resting: Resting | None
    namesakes: tuple[str, ...]


def field_name(key: str, code: str) -> str:
    """Return the name under which a form sends the answer about a pair."""
    return f"jawab:{key}:{code}"


def answers_in(data) -> dict[tuple[str, str], bool | None]:
    """Read the answers of a sent form by key and code; what is none of the three answers is left out."""
    said = {SAME: True, OTHER: False, UNDECIDED: None}
    found = {}
    for name, value in data.items():
        head, _sep, rest = name.partition(":")
        key, _sep, code = rest.partition(":")
        if head == "jawab" and key and code and value in said:
            found[key, code] = said[value]
    return found


def rows_of_part(found: Differences, part: str) -> list:
    """Return the differences of one part: pairs where they are asked or written otherwise, rows else."""
    matching = found.matching
    return {ASKED: found.asked, GONE: matching.gone, NEW: matching.new, SPELLING: found.respelled}[part]


def shown(found: Differences, part: str, rows: Sequence) -> list:
    """Return the rows of one page as they are shown; what rests on them is asked once for all."""
    pairs = [row for row in rows if isinstance(row, Pair)]
    resting = resting_on([pair.old.key for pair in pairs] + [row.key for row in rows if isinstance(row, StoredRow)])
    if part == ASKED:
        return [_question(found, pair, resting) for pair in pairs]
    return [_told(found, row, resting) for row in rows]


def warning_of(found: Differences) -> str:
    """Say in figures that a list drops, renames or spells otherwise more than a few, or nothing."""
    return " ".join(said for said in (_of_losses(found), _of_spelling(found)) if said)


def _of_spelling(found: Differences) -> str:
    pairs = found.respelled
    if len(pairs) <= kinds.FEW:
        return ""
    in_case = [pair for pair in pairs if pair.old.name.casefold() == pair.new.name.casefold()]
    shown_pair = (in_case or pairs)[0]
    return ngettext(
        "%(n)s nama hanya berganti penulisan (%(in_case)s di antaranya huruf besar dan kecilnya saja), misalnya %(old)s "
        "menjadi %(new)s: begitulah nama itu tertulis sejak daftar ini diterapkan.",
        "%(n)s nama hanya berganti penulisan (%(in_case)s di antaranya huruf besar dan kecilnya saja), misalnya %(old)s "
        "menjadi %(new)s: begitulah nama itu tertulis sejak daftar ini diterapkan.", len(pairs),
    ) % {
        "n": number_in_words(len(pairs)), "in_case": number_in_words(len(in_case)),
        "old": shown_pair.old.name, "new": shown_pair.new.name,
    }  # fmt: skip


def _of_losses(found: Differences) -> str:
    figures = found.figures
    if figures.to_type is None:
        return ""
    said = _("Daftar ini menghapus %(lost)s kode dan mengganti nama %(renamed)s kode dari %(before)s wilayah.") % {
        "lost": number_in_words(figures.n_lost), "renamed": number_in_words(figures.n_renamed),
        "before": number_in_words(figures.n_before),
    }  # fmt: skip
    if figures.n_after < figures.n_before:
        n = figures.n_before - figures.n_after
        shorter = ngettext(
            "Berkasnya lebih pendek %(n)s baris daripada daftar yang berlaku.",
            "Berkasnya lebih pendek %(n)s baris daripada daftar yang berlaku.", n,
        ) % {"n": number_in_words(n)}  # fmt: skip
        said = f"{said} {shorter}"
    return said + " " + _("Periksa berkasnya sebelum menjawab apa pun.")


def _question(found: Differences, pair: Pair, resting) -> Question:
    answers = {same.ends: SAME for same in found.matching.same} | {other.ends: OTHER for other in found.matching.other}
    had = found.had_code(pair.new.code)
    return Question(
        pair, _side(found, pair.old, before=True), _side(found, pair.new), found.kind_of(pair),
        answers.get(pair.ends, UNDECIDED), resting.get(pair.old.key) or Resting(),
        had if had is not None and had.key != pair.old.key else None,
    )  # fmt: skip


def _told(found: Differences, row, resting) -> Told:
    if isinstance(row, Pair):
        return Told(_side(found, row.old, before=True), _side(found, row.new), None, ())
    namesakes = tuple(f"{other.code} {other.name}" for other in found.namesakes(row))
    if isinstance(row, StoredRow):
        return Told(_side(found, row, before=True), None, resting.get(row.key) or Resting(), namesakes)
    return Told(None, _side(found, row), None, namesakes)


def _side(found: Differences, row: RegionRow, *, before: bool = False) -> Side:
    return Side(row, found.name_of(row.parent, before=before) if row.parent else "")

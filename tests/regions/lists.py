"""Small lists of regions for tests: a province of two regencies, as it stands and as a newer list might have it."""

from sp2k.entries.region_lists.actions import answer_identities, apply_proposed_list, upload_list
from sp2k.entries.region_lists.queries import compared_with_force
from sp2k.regions.files import RegionRow
from sp2k.regions.newer_lists.differences import differences
from sp2k.regions.newer_lists.identities import StoredRow
from sp2k.regions.queries import stored_rows
from tests.story.small import NOMINATIONS_OPEN

NEW = "Kepmendagri 300.2.2-1 Tahun 2026"

LEVELS = {0: "provinsi", 1: "kabupaten", 2: "kecamatan"}


def row(code, name, level=""):
    return RegionRow(code, name, level or LEVELS[code.count(".")], code.rpartition(".")[0] or None)


def rows(**named):
    """`rows(_65="A", _65_01="B")` as a list."""
    return [row(code[1:].replace("_", "."), name) for code, name in named.items()]


def stored(listed):
    """Rows as they stand when no code was ever changed: each key is its code."""
    return [StoredRow(r.code, r.name, r.level, r.parent, r.code, r.parent) for r in listed]


def compare(before, after, answers=None, **options):
    return differences(stored(before), after, answers=answers, **options)


def told(found):
    """What is asked: kind, old code and name, new code and name."""
    return [
        (found.kind_of(pair), f"{pair.old.code} {pair.old.name}", f"{pair.new.code} {pair.new.name}")
        for pair in found.matching.open
    ]


def text_of(rows) -> str:
    lines = (f"{row.code},{row.name},{row.level},{row.parent or ''}" for row in rows)
    return "kode,nama,tingkat,induk\n" + "".join(f"{line}\n" for line in lines)


def newer(*, renamed=None, without=(), more=()) -> str:
    """Kalimantan Utara as loaded, changed; the neighbouring province is left out."""
    rows = [row for row in stored_rows() if row.code.startswith("65") and row.code not in without]
    rows = [RegionRow(row.code, (renamed or {}).get(row.code, row.name), row.level, row.parent) for row in rows]
    return text_of([*rows, *more])


def uploaded(text, admin, *, decree=NEW):
    return upload_list(text, decree=decree, name="baru.csv", by=admin, now=NOMINATIONS_OPEN)


def answered(proposed, admin, *, said=True):
    """Answer whatever is asked alike, the wider regions first, until nothing is asked any more."""
    while pairs := compared_with_force(proposed).matching.open:
        answer_identities(proposed, {pairs[0].ends: said}, by=admin, now=NOMINATIONS_OPEN)
    return proposed


def taken_in(text, admin, *, decree=NEW, said=True, typed=""):
    proposed = answered(uploaded(text, admin, decree=decree), admin, said=said)
    return apply_proposed_list(proposed, typed=typed, by=admin, now=NOMINATIONS_OPEN)

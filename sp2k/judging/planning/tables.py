"""Assignments read from a file: each row a pair, each fault with its row."""

from collections.abc import Collection, Iterable

from sp2k.judging.planning.plans import Plan

ENTRY, SEAT = "kode peserta", "kode kursi"
MOST_FAULTS = 20


def plan_of_table(
    rows: Iterable[tuple[int, list[str]]], *, name: str, entries: Collection[str], seats: Collection[str]
) -> tuple[Plan, list[str]]:
    """Return the plan of a file and a sentence for each fault in it; with a fault nothing is to be saved.

    The file holds all duties of every entry it names; a row without a seat says that the entry has none.
    """
    rows, columns = list(rows), None
    pairs, named, faults = set(), set(), []
    for number, cells in rows:
        if columns is None:
            columns = _columns(cells)
            continue
        entry, seat = (cells[column] if column < len(cells) else "" for column in columns)
        if not entry and not seat:
            continue
        if entry not in entries:
            faults.append(f'Baris {number}: peserta "{entry[:20]}" tidak ada pada tahap ini.')
        elif seat and seat not in seats:
            faults.append(f'Baris {number}: kursi "{seat[:40]}" tidak ada pada panel ini.')
        else:
            named.add(entry)
            pairs |= {(entry, seat)} if seat else set()
    if columns is None:
        faults.append(f'Kolom "{ENTRY}" dan "{SEAT}" tidak ditemukan. Mulailah dari templatnya.')
    elif not named and not faults:
        faults.append("Berkas tidak memuat satu baris pun di bawah judul kolom.")
    return Plan(frozenset(named), frozenset(pairs), f"berkas {name[:100]}"), _shortened(faults)


def _columns(cells: list[str]) -> tuple[int, int] | None:
    heads = [cell.casefold() for cell in cells]
    return (heads.index(ENTRY), heads.index(SEAT)) if ENTRY in heads and SEAT in heads else None


def _shortened(faults: list[str]) -> list[str]:
    if len(faults) <= MOST_FAULTS:
        return faults
    return [*faults[:MOST_FAULTS], f"Dan {len(faults) - MOST_FAULTS} baris lain."]

"""Assignments read from a file: each row a pair, each fault with its cell."""

import re
from collections.abc import Mapping

from sp2k.base.refusals import BadInput
from sp2k.base.tables import Column, ListKind, Row, Table
from sp2k.judging.planning.plans import Plan
from sp2k.regions.folding import is_name_of, level_of

ENTRY, SEAT = "kode peserta", "kode kursi"
KECAMATAN, REGENCY, INSTITUTION = "kecamatan", "kabupaten/kota", "lembaga"
KIND = ListKind(
    "daftar penugasan",
    (Column(ENTRY, True), Column(SEAT, True), Column(KECAMATAN), Column(REGENCY), Column(INSTITUTION)),
    30_000, "Mulailah dari templatnya.",
)  # fmt: skip
MOST_FAULTS = 20
_BESIDE_OTHERS = (
    "kosong, padahal baris lain menyebut kursi bagi peserta ini. Isi kursinya; bila tugasnya hendak dicabut, hapus baris ini "
    'atau centang "Cabut semua tugas peserta yang kolom kursinya kosong".'
)
_OF_STAGE = re.compile(r"\[([^\[\]]+)\]")


def mark_of(edition: str, stage: str) -> str:
    """Return the words above the titles by which a file is known as one of this stage."""
    return f"[{edition}/{stage}]"


def plan_of_table(
    table: Table, *, mark: str, entries: Mapping[str, tuple[str, str]], seats: Mapping[str, str], clears: bool = False
) -> tuple[Plan, list[str]]:
    """Return the plan of a file and a sentence for each fault in it; with a fault nothing is to be saved.

    The file holds all duties of every entry it names with a seat. A row without a seat changes nothing, unless the form
    says that it takes all duties of its entry away (`clears`); beside rows of the same entry that have one it is a fault,
    since the duty that stood there would go without a word.

    Parameters
    ----------
    mark : what the file of this stage says of itself; a file that says another is refused
    entries : code -> kecamatan and regency as they are called; seats : code -> institution
    """
    pairs, named, seatless, faults = set(), set(), [], _other_stage(table, mark)
    for row in [] if faults else table.rows:
        try:
            entry, seat = _pair(row, entries, seats)
        except BadInput as refused:
            faults.append(refused.sentence)
            continue
        if entry and (seat or clears):
            named.add(entry)
            pairs |= {(entry, seat)} if seat else set()
        elif entry:
            seatless.append((entry, row))
    faults += [row.fault(SEAT, _BESIDE_OTHERS).sentence for entry, row in seatless if entry in named]
    if not named and not faults:
        faults.append(f'Berkas "{table.name}" tidak memuat satu kursi pun di bawah judul {SEAT}.')
    return Plan(frozenset(named), frozenset(pairs), f"berkas {table.name[:100]}"), _shortened(faults)


def _other_stage(table: Table, mark: str) -> list[str]:
    said = [f"[{found[1]}]" for line in table.above if (found := _OF_STAGE.search(line))]
    if not said or said[0] == mark:
        return []
    return [f'Berkas "{table.name}" adalah penugasan {said[0]}, bukan {mark}. Unduh templat tahap ini.']


def _pair(row: Row, entries: Mapping[str, tuple[str, str]], seats: Mapping[str, str]) -> tuple[str, str]:
    entry, seat = row.code(ENTRY) or "", row.code(SEAT) or ""
    if not entry and not seat:
        return "", ""
    if entry not in entries:
        raise row.fault(ENTRY, f'peserta "{entry[:20]}" tidak ada pada tahap ini.')
    if seat and seat not in seats:
        raise row.fault(SEAT, f'kursi "{seat[:40]}" tidak ada pada panel ini.')
    kecamatan, regency = entries[entry]
    places = ((KECAMATAN, kecamatan, "kecamatan"), (REGENCY, regency, level_of(regency)))
    called = (*places, (INSTITUTION, seats.get(seat, ""), ""))
    for title, name, level in called:
        written = row.text(title)
        if written and name and not is_name_of(written, name, level):
            raise row.fault(title, f'tertulis "{written[:60]}", padahal kode di baris ini milik {name}. Periksa kodenya.')
    return entry, seat


def _shortened(faults: list[str]) -> list[str]:
    if len(faults) <= MOST_FAULTS:
        return faults
    return [*faults[:MOST_FAULTS], f"Dan {len(faults) - MOST_FAULTS} baris lain."]

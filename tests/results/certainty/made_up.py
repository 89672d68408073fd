"""A small jury stage as the files of a count: two indicators, three jurors or more, marks as a test says them."""

import hashlib
from collections.abc import Mapping, Sequence

from sp2k.analysis.answers import Labels
from sp2k.base.exactyaml import load
from sp2k.results.certainty.asking import FrozenInput
from sp2k.results.certainty.standings import Board, Standing
from sp2k.tally.count import Count, count
from sp2k.tally.stage_rules import read_stage_rules

NAMES = {
    "35.10.13": ("Rogojampi", "Kabupaten Banyuwangi"), "35.15.13": ("Taman", "Kabupaten Sidoarjo"),
    "35.13.23": ("Tongas", "Kabupaten Probolinggo"), "35.79.02": ("Bumiaji", "Kota Batu"),
    "35.28.04": ("Pamekasan", "Kabupaten Pamekasan"), "35.10.14": ("Kabat", "Kabupaten Banyuwangi"),
    "35.10.15": ("Singojuruh", "Kabupaten Banyuwangi"), "35.15.14": ("Sedati", "Kabupaten Sidoarjo"),
    "35.10.16": ("Songgon", "Kabupaten Banyuwangi"), "35.10.17": ("Srono", "Kabupaten Banyuwangi"),
}  # fmt: skip
CODES = ("35.10.13", "35.13.23", "35.15.13", "35.28.04", "35.79.02")
SEATS = ("j1", "j2", "j3", "j4", "j5")
RULES = """\
aturan: sp2k-hitung-1
edisi: uji
tahap: presentasi
nama: Presentasi
data_contoh: true
sumber: juri
peserta: ["35.10.13", "35.13.23", "35.15.13", "35.28.04", "35.79.02"]
penilai: [j1, j2, j3, j4, j5]
gabung: rata_rata
bulat: {aspek: 2, nilai: 2}
kuota: {lingkup: semua, jumlah: 2}
EXTRAinstrumen:
  instrumen: uji
  maks: 100
  bulat_aspek: 2
  aspek:
  - kode: A
    nama: Aspek A
    maks: 100
    bobot: 0.4
    indikator:
    - {kode: A1, judul: Penguasaan wilayah, maks: 100, bobot: 1, aturan: {jenis: juri, skala: [0, 100], desimal: 1}}
  - kode: B
    nama: Aspek B
    maks: 100
    bobot: 0.6
    indikator:
    - {kode: B1, judul: Manfaat bagi warga, maks: 100, bobot: 1, aturan: {jenis: juri, skala: [0, 100], desimal: 1}}
"""

# Marks of five jurors, the same on both indicators: who is 2nd and who 3rd depends on the juror.
UNCLEAR = {
    "35.10.13": (92, 93, 91, 92, 94), "35.15.13": (85, 80, 88, 79, 86), "35.13.23": (82, 85, 81, 87, 80),
    "35.79.02": (70, 71, 69, 70, 72), "35.28.04": (60, 61, 59, 62, 60),
}  # fmt: skip
CLEAR = {**UNCLEAR, "35.13.23": (75, 76, 74, 75, 77)}


def frozen(marks: Mapping[str, Sequence[float | None]], *, extra: str = "", lines: Sequence[str] = ()) -> FrozenInput:
    """Return a stage's input with these marks, one a juror; None: the juror is absent."""
    rules = RULES.replace("EXTRA", extra)
    sheets = ["kode,penilai,indikator,nilai"]
    for code, given in sorted(marks.items()):
        for seat, mark in zip(SEATS, given, strict=False):
            both = mark if isinstance(mark, tuple) else (mark, mark)
            if mark is None:
                sheets.append(f"{code},{seat},*,absen")
            else:
                sheets += [f"{code},{seat},{indicator},{value}" for indicator, value in zip(("A1", "B1"), both, strict=True)]
    text = "\n".join([*sheets, *lines]) + "\n"
    return FrozenInput(hashlib.sha256((rules + text).encode()).hexdigest(), rules, text)


def counted(given: FrozenInput) -> Count:
    """Count the stage officially."""
    rows = [line.split(",") for line in given.sheets.splitlines()[1:]]
    return count(read_stage_rules(load(given.rules, name="rules.yaml")), rows)


def board(given: FrozenInput, titles: Mapping[int, str] | None = None) -> Board:
    """Return the official places with their names, as `board_of` reads them from rows."""
    results = [result for result in counted(given).results if result.place is not None]
    entries = sorted(result.code for result in results)
    standings = tuple(
        Standing(entries.index(result.code), result.code, *NAMES[result.code], result.place, result.total_text)
        for result in results
    )
    names = {one.code: one.label for one in standings}
    labels = Labels([names[code] for code in entries], [f"Juri {n}" for n in range(1, 6)], ["A1", "B1", "Nilai bawaan"])
    return Board(standings, dict(titles or {}), tuple(labels.jurors), labels)

"""The table of error rates as a line, as a page (docs/bench-certainty.md) and as data of the methodology sheet."""

import csv
import io
from pathlib import Path

import numpy as np

from sp2k.analysis.answers import in_words
from tests.bench.certainty.measure import FIRST, PAIR, RANGES, SET, Table

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "bench-certainty.md"
DATA = ROOT / "sp2k" / "results" / "methodology" / "measured.csv"
# What statistics may claim: wrong in at most 5 of 100; ranges hold 88 to 93; shares within 3 points.
MOST_WRONG, LEAST_COVER, MOST_COVER, MOST_OFF = 0.05, 0.88, 0.93, 3.0
TEN_AT_ONCE = 2.81
SAID = {SET: "batas jelas", FIRST: "tempat jelas", PAIR: "tetangga terbedakan"}
COLUMNS = (
    "peserta", "juri", "kuota", "keadaan", "cara", "lingkup", "bawaan", "tahap", "benih",
    *(f"{name}{part}" for name in (*SAID, RANGES) for part in ("", "_salah", "_rendah", "_tinggi")), "meleset",
)  # fmt: skip


def occasions(table: Table, name: str) -> int:
    return table.n_pairs if name == PAIR else table.n_scopes


def name_of(table: Table) -> str:
    world = table.world
    what = [world.kind or "baku", world.way, f"{world.per_regency} lingkup" if world.per_regency > 1 else "",
            f"bawaan {world.carried}" if world.carried else ""]
    return ", ".join(word for word in what if word)


def most_off(table: Table) -> float:
    """Return the greatest distance of truth from the share said, in points, beyond what chance explains.

    At 95 % for the ten tenths together (Bonferroni): the greatest of ten is looked at.
    """
    n, said, true = table.bins.T
    rate = np.divide(said, n, out=np.zeros_like(said), where=n > 0)
    chance = 100 * TEN_AT_ONCE * np.sqrt(np.divide(rate * (1 - rate), n, out=np.zeros_like(rate), where=n > 0))
    return float(np.maximum(np.abs(100 * (true - said) / np.maximum(n, 1)) - chance, 0).max())


def missed(table: Table) -> list[str]:
    """Return the sentences that miss their bound beyond chance."""
    where = f"{table.world.n_entries} peserta, {table.world.n_jurors} juri, {name_of(table)}"
    out = []
    for name, said in SAID.items():
        low, high = table.rates[name].limits
        if table.rates[name].said and low > MOST_WRONG:
            out.append(f"{where}: {said} salah {_percent(table.rates[name].share)} ({_percent(low)}-{_percent(high)})")
    ranges = table.rates[RANGES]
    if ranges.said and (1 - ranges.limits[0] < LEAST_COVER or 1 - ranges.limits[1] > MOST_COVER):
        out.append(f"{where}: rentang memuat {_percent(1 - ranges.share)}")
    if most_off(table) > MOST_OFF:
        out.append(f"{where}: bagian meleset {in_words(most_off(table), 1)} poin melebihi kebetulan")
    return out


def line(table: Table) -> str:
    said = "; ".join(
        f"{name} {rate.wrong}/{rate.said} = {_percent(rate.share)} ({_percent(rate.limits[0])}-{_percent(rate.limits[1])})"
        for name, rate in table.rates.items() if rate.said
    )  # fmt: skip
    off = " ".join(f"{value:+.0f}" for value in table.off)
    return f"{table.world.n_entries:>2} x {table.world.n_jurors:>2} {name_of(table)}, benih {table.seed}: {said}; [{off}]"


def write(tables: list[Table], missed_lines: list[str]) -> None:
    """Write the page and the data."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table in tables:
        world, counts = table.world, []
        for name in (*SAID, RANGES):
            rate = table.rates[name]
            counts += [rate.said, rate.wrong, *(f"{100 * limit:.1f}" for limit in rate.limits)]
        writer.writerow([world.n_entries, world.n_jurors, world.quota, world.kind, world.way, world.per_regency,
                         world.carried, table.n_worlds, table.seed, *counts, f"{most_off(table):.1f}"])
    DATA.write_text(text.getvalue(), encoding="utf-8")
    PAGE.write_text(_page(tables, missed_lines), encoding="utf-8")


def _page(tables: list[Table], missed_lines: list[str]) -> str:
    head = "| peserta | juri | keadaan | " + " | ".join(SAID.values()) + " | rentang memuat | bagian dari 100 meleset |"
    rows = [_row(table) for table in tables]
    rest = "\n".join(f"- {each}" for each in missed_lines) or "Tidak ada."
    return INTRODUCTION + "\n".join([head, "|---" * 8 + "|", *rows]) + f"\n\n## Yang di luar batas\n\n{rest}\n"


def _row(table: Table) -> str:
    cells = [str(table.world.n_entries), str(table.world.n_jurors), name_of(table)]
    for name in SAID:
        rate, n = table.rates[name], occasions(table, name)
        if not rate.said:
            cells.append("tidak dikatakan")
            continue
        low, high = (_percent(limit) for limit in rate.limits)
        cells.append(f"{rate.wrong}/{rate.said} = {_percent(rate.share)} ({low}-{high}), dikatakan {_percent(rate.said / n)}")
    ranges = table.rates[RANGES]
    cells.append(_percent(1 - ranges.share) if ranges.said else "tidak diberi")
    off = " ".join(f"{value:+.0f}" for value in table.off)
    cells.append(off if table.bins.any() else "tidak diberi")
    return "| " + " | ".join(cells) + " |"


def _percent(share: float) -> str:
    return in_words(100 * share, 1) + "%"


INTRODUCTION = """\
# Seberapa sering kalimat "Seberapa yakin?" salah

Ditulis oleh `make bench-certainty`; jangan disunting. Tahap buatan dengan mutu yang diketahui: mutu N(0, 5), keketatan
N(0, 3), derau N(0, 4) dalam poin nilai; satu baris satu dunia, benih pertama 20260 dan naik satu tiap baris, 600 tahap.
Kuota sepertiga peserta, paling banyak lima.

- **batas jelas**: kuota teratas menurut nilai resmi memang yang terbaik, semuanya.
- **tempat jelas**: tempat 1 sampai m memang semuanya di dalam kuota.
- **tetangga terbedakan**: dari dua tetangga, yang di depan memang lebih bermutu.
- Salah/dikatakan, dengan selang 95 % (Clopper & Pearson 1934). Syaratnya: paling banyak 5 %. Baris
  yang melebihinya di luar kebetulan (ujung bawah selangnya di atas 5 %) disebut di akhir; baris yang jarang mengatakan sesuatu
  dapat tampak melebihinya tanpa itu.
- **rentang**: bagian rentang 90 % yang memuat tempat sebenarnya (88 sampai 93).
- **bagian dari 100 meleset**: untuk tiap persepuluhan bagian yang dikatakan, selisih yang benar dari yang dikatakan, poin.

Keadaan: berjarak (mutu berjarak setengah poin satu sama lain), dua-kelompok (mutu sekitar -5 atau 5, sebaran 0,5),
kelompok-depan (kira-kira sepertiga peserta 10 poin di atas yang lain, sebaran 1), tiga-kelompok (mutu sekitar -8, 0,
atau 8, sebaran 0,5), satu-di-depan (satu 15 poin di atas, satu 15 di bawah, yang lain berjarak 0,2), hampir-sama (mutu
bersebaran 0,3), dua-rapat, lima-rapat, enam-rapat (sebanyak itu kelompok berjarak 6 poin, sebaran 0,3), wilayah-beda
(satu dari lima wilayah bersebaran 15, yang lain 0,5), berekor (derau t dengan 4 derajat bebas), mutu-berekor, tak-sama
(derau juri berbeda), datar (satu juri memberi nilai yang sama), kosong (satu sel kosong), setengah dan bulat
(pembulatan nilai juri); bawaan: enam persepuluh nilai dibawa dari tahap lain dan tetap, erat atau lepas dari mutu;
bawaan temuan: satu peserta dikurangi setengah poin.

"""

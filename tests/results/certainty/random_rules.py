"""Stages under rules drawn at random: ways of combining, ceilings, what does not apply, gaps, findings, carried values."""

import random
from dataclasses import dataclass

from sp2k.base.exactyaml import load

KINDS = ("plain", "trimmed", "median", "two-way", "capped", "left out", "nought", "in full", "empty", "absent", "findings",
         "carried", "rounded")  # fmt: skip
WAYS = {
    "trimmed": "gabung: rata_rata_pangkas\npangkas: 1\nbila_pangkas_kurang: rata_rata\n", "median": "gabung: median\n",
    "two-way": "gabung: dua_arah\n", "empty": "bila_kosong: abaikan\n",
    "findings": "temuan: {dikonfirmasi: 0, tidak: -3, lebih: 2}\n",
    "carried": "bawaan: {cara: bobot, tahap: isian, bobot: 0.6, bobot_tahap: 0.4}\n",
}  # fmt: skip
OTHERWISE = {"left out": "keluarkan", "nought": "nol", "in full": "penuh"}
ASPECTS = {"A": ("K1", "K2"), "B": ("K3", "K4")}


@dataclass(frozen=True)
class RandomStage:
    """One drawn stage: its rules as text and its lines (entry, seat, indicator, value)."""

    name: str
    rules: str
    seats: tuple[str, ...]
    lines: tuple[tuple[str, str, str, str], ...]

    @property
    def data(self):
        return load(self.rules, name="rules.yaml")

    @property
    def indicators(self) -> list[str]:
        return [code for codes in ASPECTS.values() for code in codes]

    @staticmethod
    def sheets(lines) -> str:
        return "kode,penilai,indikator,nilai\n" + "".join(",".join(line) + "\n" for line in lines)


def draw_stage(kind: str, seed: int) -> RandomStage:
    rnd = random.Random(f"{kind} {seed}")
    entries = [f"35.{71 if n % 2 else 10}.{n + 1:02d}" for n in range(rnd.choice([4, 6, 8]))]
    seats = tuple(f"j{n + 1}" for n in range(rnd.choice([3, 4, 5])))
    return RandomStage(f"{kind} {seed}", _rules(kind, entries, seats, rnd), seats, tuple(_lines(kind, entries, seats, rnd)))


def _rules(kind, entries, seats, rnd) -> str:
    decimals = 2 if kind in ("rounded", "plain") else 6
    rounding = f"aspek: {decimals}, nilai: {decimals}" + (", indikator: 0" if kind == "rounded" else "")
    traits = ", ".join(f'"{code}": [{"kota" if _is_city(code) else "kabupaten, ada_desa"}]' for code in entries)
    text = ["aturan: sp2k-hitung-1", "edisi: coba", "tahap: presentasi", "nama: Presentasi", "sumber: juri",
            "peserta: [" + ", ".join(f'"{code}"' for code in entries) + "]", f"penilai: [{', '.join(seats)}]",
            f"bulat: {{{rounding}}}", "kuota: {lingkup: semua, jumlah: 2}", WAYS.get(kind, ""),
            f"sifat: {{{traits}}}" if kind in OTHERWISE else "", "instrumen:", "  instrumen: coba",
            f"  bulat_aspek: {decimals}", "  plafon_aspek: true" if kind == "capped" else "", "  aspek:"]  # fmt: skip
    for aspect, codes in ASPECTS.items():
        text += [f"    - kode: {aspect}", f"      nama: Aspek {aspect}", "      indikator:"]
        text += [_indicator(kind, code, 50 if kind in ("rounded", "plain") else rnd.choice([10, 20, 30])) for code in codes]
    return "\n".join(line for line in text if line) + "\n"


def _indicator(kind, code, maximum) -> str:
    is_partly = kind in OTHERWISE and code == "K1"
    where = f", berlaku_untuk: [kabupaten], bila_tidak_berlaku: {OTHERWISE[kind]}" if is_partly else ""
    rule = "{jenis: juri, skala: [-40, 200], desimal: 6}"
    return f"        - {{kode: {code}, judul: {code}, maks: {maximum}, aturan: {rule}{where}}}"


def _is_city(code: str) -> bool:
    return code[3:5] == "71"


def _lines(kind, entries, seats, rnd):
    codes = [code for row in ASPECTS.values() for code in row]
    strict = {seat: rnd.gauss(0, 6) for seat in seats}
    quality = {code: rnd.gauss(60, 4) for code in entries}
    lenient = {(seat, code): strict[seat] + rnd.gauss(0, 3) for seat in seats for code in codes}
    hole = {(rnd.choice(entries), rnd.choice(seats), rnd.choice(codes)) for _ in range(3)} if kind == "empty" else set()
    gone = {(rnd.choice(entries), rnd.choice(seats))} if kind in ("absent", "two-way") else set()
    for entry in entries:
        if kind == "carried":
            yield entry, "tahap:isian", "nilai", f"{rnd.gauss(60, 4):.2f}"
        for seat in seats:
            if (entry, seat) in gone:
                yield entry, seat, "", "absen"
                continue
            for code in codes:
                mark = round(2 * (quality[entry] + lenient[seat, code] + rnd.gauss(0, 4))) / 2
                if (entry, seat, code) not in hole and not (kind in OTHERWISE and code == "K1" and _is_city(entry)):
                    yield entry, seat, code, str(mark)
        if kind == "findings" and rnd.random() < 0.4:
            yield entry, seats[0], "temuan:T", rnd.choice(["tidak", "lebih"])

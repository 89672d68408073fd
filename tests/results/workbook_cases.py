"""Counts of every kind, for the workbook: each way of combining, rounding, leaving out, carrying over, breaking ties."""

import random
from collections.abc import Iterator
from decimal import Decimal

from tests.tally.counting.contest import GENTENG, ROGOJAMPI, SEDATI, TAMAN, TONGAS, Contest, carried_rules, instrument
from tests.tally.counting.test_hitung_page import counted as page_of_counting
from tests.tally.counting.test_two_way_page import counted as page_of_adjustment

MARK = {"jenis": "juri", "skala": [0, 100], "desimal": 3}
VILLAGES = {"maks": 50, "aturan": MARK, "berlaku_untuk": ["ada_desa"]}
JURY = ["unair", "jpip", "bappeda", "dpmd", "biro"]
ALL = [ROGOJAMPI, GENTENG, TAMAN, SEDATI, TONGAS]
SEED = {"seri": ["indikator:N1", "undian"], "benih": "04-17-23"}
CARRY = {"tahap": "isian", "cara": "bobot", "bobot": "1/3", "bobot_tahap": "2/3"}


def panel(marks, aspects=None, **rules) -> Contest:
    """Every entry of ALL judged by all of JURY; `marks` yields one mark after the other, None: that juror is away."""
    contest = Contest(ALL, JURY, aspects or {"N": {"N1": 50}, "K": {"K1": 30, "K2": 20}}, **rules)
    codes = [column.code for column in contest.rules.instrument.indicators]
    for n, entry in enumerate(ALL):
        for seat in JURY:
            given = {code: next(marks) for code in codes}
            if None in given.values():
                contest.line(entry, seat, "*", "absen" if n % 2 else "benturan")
            else:
                contest.gives(seat, entry, **given)
    return contest


def drawn(seed: int, *, away=11) -> Iterator[str | None]:
    """Draw marks of three decimals, eighths among them; about one in `away` sheets of three indicators is missing."""
    chance = random.Random(seed)
    while True:
        yield None if chance.randrange(3 * away) == 0 else f"{chance.randint(60, 99)},{chance.randrange(8) * 125:03}"


def not_applicable(otherwise: str, **rules) -> Contest:
    aspects = {"N": {"N1": 50, "N2": {**VILLAGES, "bila_tidak_berlaku": otherwise}, "N3": 25}, "K": {"K1": VILLAGES}}
    contest = Contest([ROGOJAMPI, TAMAN], ["a", "b"], aspects, **rules)
    contest.all_give(ROGOJAMPI, N1=81, N2=64, N3=77, K1=50)
    return contest.gives("a", TAMAN, N1=70, N2="t.b.", N3=90, K1="t.b.").gives(
        "b", TAMAN, N1=75, N2="t.b.", N3=91, K1="t.b."
    )


def weighted() -> Contest:
    parts = {"N1": (10, "0.75"), "N2": (30, "0.25"), "N3": (0, 0)}
    indicators = [
        {"kode": code, "maks": most, "bobot": Decimal(weight), "aturan": MARK, "berlaku_untuk": ["kota"]}
        for code, (most, weight) in parts.items()
    ]
    other = [{"kode": "K1", "maks": 40, "aturan": MARK}]
    tree = {"instrumen": "bobot", "aspek": [
        {"kode": "N", "maks": 60, "bobot": "2/3", "indikator": indicators},
        {"kode": "K", "bobot": "1/3", "indikator": other},
    ]}  # fmt: skip
    contest = Contest([ROGOJAMPI, TAMAN], ["a", "b"], instrumen=tree, bulat={"aspek": 3, "nilai": 3})
    contest.all_give(ROGOJAMPI, N1=81, N2=64, N3=5, K1=77)
    return contest.all_give(TAMAN, N1="t.b.", N2="70.125", N3=5, K1=76)


def capped_points() -> Contest:
    rules = {"penilai": None, "sumber": "poin", "poin_di_luar_rentang": "terima"}
    capped = instrument({"E": {"E1": 5, "E2": 5}}, plafon_aspek=True)
    contest = Contest([ROGOJAMPI, TAMAN], instrumen=capped, **rules, temuan={"tidak": -1, "lebih": "0.5"})
    contest.gives("verifikator", ROGOJAMPI, E1="7/3", E2=9).gives("verifikator", TAMAN, E1="t.b.", E2="3.333")
    contest.line(ROGOJAMPI, "verifikator", "temuan:A1", "lebih").line(ROGOJAMPI, "verifikator", "temuan:A2", "tidak")
    return contest.line(TAMAN, "verifikator", "temuan:A1", "lebih")


def regencies() -> Contest:
    contest = Contest(
        data=carried_rules(ALL, kuota={"lingkup": "kabupaten_kota", "jumlah": 1, "kecuali": {"35.15": 0}})
    )
    for entry, value in zip(ALL, ["90.5", "250/3", "88", "88", "70"], strict=True):
        contest.carries(entry, value)
    return contest


def without_places() -> Contest:
    contest = panel(drawn(3), bila_tanpa_lembar="tidak_dinilai")
    contest.marks = [mark for mark in contest.marks if mark[0] != TAMAN]
    return contest.line(TAMAN, "unair", "*", "absen")


TRIM = {"gabung": "rata_rata_pangkas", "pangkas": 1}
QUOTA = {"kuota": {"lingkup": "semua", "jumlah": 2}}
CASES = {
    "page": lambda: page_of_counting(),
    "adjusted-page": lambda: page_of_adjustment(),
    "mean": lambda: panel(drawn(1), bulat={"indikator": 2, "aspek": 1, "nilai": 1}, **QUOTA).count(),
    "not-rounded": lambda: panel(drawn(2), bulat={"aspek": 6}, **QUOTA).count(),
    "trimmed": lambda: panel(drawn(3), bila_pangkas_kurang="rata_rata", **TRIM, **QUOTA).count(),
    "median": lambda: panel(drawn(4), gabung="median", bulat={"indikator": 1, "aspek": 1}).count(),
    "adjusted": lambda: panel(drawn(5, away=3), gabung="dua_arah", bulat={"nilai": 2}).count(),
    "equals": lambda: panel(iter(["80"] * 75), **QUOTA).count(),
    "lot": lambda: panel(iter(["80"] * 75), **QUOTA, **SEED).count(),
    "leave": lambda: not_applicable("keluarkan").count(),
    "nought": lambda: not_applicable("nol", bila_kosong="abaikan").count(),
    "full": lambda: not_applicable("penuh").count(),
    "traits": lambda: Contest(
        [ROGOJAMPI, TAMAN], ["a"], {"N": {"N1": 50, "N2": VILLAGES}},
        sifat={ROGOJAMPI: ["ada_desa", "kabupaten"], TAMAN: ["kota"]},
    ).gives("a", ROGOJAMPI, N1=70, N2=80).gives("a", TAMAN, N1=74).count(),
    "weights": lambda: weighted().count(),
    "points": lambda: capped_points().count(),
    "regencies": lambda: regencies().count(),
    "unplaced": lambda: without_places().count(),
    "carried": lambda: carried().count(),
    "halves": lambda: halves().count(),
}  # fmt: skip


def halves() -> Contest:
    """A hundred exact halves that binary numbers miss: 87.35 of 100 x 30 is 26.205, in binary 26.204999999999995."""
    entries = [f"35.{n // 20 + 1:02}.{n % 20 + 1:02}" for n in range(100)]
    aspects = {"N": {"N1": 30}, "K": {"K1": 70}}
    contest = Contest(entries, ["a"], aspects, bulat={"aspek": 2, "nilai": 1}, seri=["aspek:N"])
    for n, entry in enumerate(entries):
        contest.gives("a", entry, N1=f"{n % 100},{n % 10}5", K1=f"{99 - n},{n % 7}5")
    return contest


def carried() -> Contest:
    contest = panel(drawn(6), bawaan=CARRY, seri=["tahap:isian", "bawaan:aspek:A", "tahap:presentasi"])
    for n, entry in enumerate(ALL):
        contest.carries(entry, f"{80 + n}.05").carries(entry, f"{n}/7", part="aspek:A")
    return contest

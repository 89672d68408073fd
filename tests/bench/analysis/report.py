"""Writes docs/bench.md from what was measured."""

import platform
from importlib.metadata import version
from pathlib import Path

from tests.bench.analysis.measure import DRAWS, PANELS, SIZES, Target, Time, in_words

PAGE = Path(__file__).parents[3] / "docs" / "bench.md"
PACKAGES = ("numpy", "scipy", "pymcdm", "scikit-criteria", "pingouin", "krippendorff")


def thousands(number: int) -> str:
    """Write 7288 as 7.288."""
    return f"{number:,}".replace(",", ".")


MEANING = {
    "T1": f"tempat semua peserta di bawah {thousands(DRAWS)} susunan bobot",
    "T2": f"peluang masuk lima besar di bawah {thousands(DRAWS)} susunan bobot",
    "T3": f"tempat semua peserta di bawah {thousands(PANELS)} panel juri yang diundi ulang",
    "T6a": "enam korelasi intrakelas", "T6b": "alfa Krippendorff, interval", "T6c": "alfa Cronbach",
    "T7": f"semua yang dilihat petugas, dengan {thousands(PANELS)} undian masing-masing",
}
HEAD = """# Seberapa cepat analisisnya

Ditulis oleh `make bench-analysis`; jangan disunting. Satu proses, satu inti, waktu terbaik dari beberapa kali; yang
dibandingkan diperiksa dahulu bahwa angkanya sama. Perbandingan lebih berarti daripada detiknya: mesin lain, detik lain.

- **argsort**, **argpartition**: lantai, yaitu pekerjaan yang tidak dapat dihindari, atas nilai yang sudah jadi.
- **putaran biasa**: satu undian satu putaran: pilih juri, rata-rata, bobot, urutkan (`tests/bench/analysis/plain.py`).
- **NumPy biasa**: semua undian sekaligus dengan `rankdata`; untuk panel kecil itulah cara yang wajar.
- Waktu yang dikalikan diukur atas sebagian undian, lalu dikalikan sampai jumlah undian yang sama.

"""


def write(targets: list[Target], times: list[Time]) -> None:
    """Write the page anew."""
    parts = [HEAD, _machine(), _targets(targets), *(_times(size, times) for size in SIZES)]
    PAGE.write_text("".join(parts), encoding="utf-8")


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"Diukur dengan Python {platform.python_version()} ({platform.machine()}), {packages}.\n\n"


def _targets(targets: list[Target]) -> str:
    lines = [
        f"| {t.name} | {t.value:.2f} | {'<=' if t.at_most else '>='} {t.limit:g} | {'ya' if t.is_met else '**tidak**'} |"
        f" {t.ours} | {t.other} |" for t in targets]
    n, i, j = SIZES[-1]
    return (f"## Sasaran\n\nT7 pada {' x '.join(map(str, SIZES[0]))}, yang lain pada {thousands(n)} peserta, "
            f"{i} indikator, {j} juri.\n\n"
            "| sasaran | terukur | batas | tercapai | kami | pembanding |\n|---|---|---|---|---|---|\n"
            + "\n".join(lines) + "\n\n")


def _times(size: tuple[int, int, int], times: list[Time]) -> str:
    rows = [
        f"| {t.what} | {MEANING[t.what]} | {t.who} | {in_words(t.seconds)} | {t.note} |"
        for t in times if t.size == size]
    n, i, j = size
    return (f"## {thousands(n)} peserta, {i} indikator, {j} juri\n\n"
            "| | pekerjaan | oleh | waktu | catatan |\n|---|---|---|---|---|\n"
            + "\n".join(rows) + "\n\n")

"""The worked examples of the pages on analysis in docs/methods, computed again from the tables on the pages."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from sp2k.analysis.answers import in_words
from sp2k.analysis.compensability import compensability
from sp2k.analysis.design import check_plan
from sp2k.analysis.items import analyse_items
from sp2k.analysis.official import Official
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.reliability.generalizability import panel_study
from sp2k.analysis.reliability.icc import icc
from sp2k.analysis.reliability.kendall import kendall_w
from sp2k.analysis.reliability.krippendorff import krippendorff_alpha
from sp2k.analysis.severity.additive import additive_severity
from sp2k.analysis.severity.order import severity_order
from sp2k.analysis.severity.outliers import outlier_cells
from sp2k.analysis.uncertainty.certain_places import place_certainty
from sp2k.analysis.uncertainty.confidence_sets import place_sets
from sp2k.analysis.uncertainty.jurors import juror_jackknife
from sp2k.analysis.weights.dirichlet import dirichlet_places
from sp2k.analysis.weights.leave_out import leave_one_out
from sp2k.analysis.weights.smallest_change import one_weight_change, smallest_change

FOLDER = Path(__file__).parents[3] / "docs" / "methods"
ROW = re.compile(r"^\| ([^|`]+) \| `([^`]+)` \|$", re.MULTILINE)


def table(page: str) -> tuple[list[str], list[str], np.ndarray]:
    """Return the column heads, the names and the numbers (NaN where empty) of the page's table."""
    (block,) = re.findall(r"```csv\n(.*?)```", (FOLDER / page).read_text("utf-8"), re.DOTALL)
    head, *rows = csv.reader(block.splitlines())
    return head[1:], [row[0] for row in rows], np.array([[float(cell or "nan") for cell in row[1:]] for row in rows])


def weights(heads) -> np.ndarray:
    return np.array([float(head.rpartition(" ")[2]) for head in heads])


def spelt(value) -> str:
    """Write a number as the pages do; texts and counts as they are."""
    return in_words(float(value), 3) if isinstance(value, float | np.floating) else str(value)


def yes(truth) -> str:
    return "ya" if truth else "tidak"


def panel():
    heads, _, cells = table("rancangan-panel.md")
    found = check_plan(cells == 1)
    return {
        "kelompok": found.n_components, "bersilang penuh": yes(found.is_crossed),
        "juri bersama paling sedikit antarsesi": found.fewest_common,
        "juri penentu": ", ".join(heads[juror] for juror in found.cut_jurors),
    }  # fmt: skip


def strictness():
    _, names, cells = table("keketatan-juri.md")
    made = Ratings.from_dense(cells)
    found = additive_severity(made)
    said = {f"keketatan juri {n}": value for n, value in enumerate(found.strictness, start=1)}
    first, last = names.index("Rogojampi"), names.index("Bumiaji")
    return said | {
        "nilai biasa Rogojampi": found.plain[first], "nilai disesuaikan Rogojampi": found.adjusted[first],
        "nilai disesuaikan Bumiaji": found.adjusted[last],
        "tempat yang berubah": len(severity_order(made, Official.plain(made, 1)).changes),
        "simpangan baku sisa": found.residual_sd,
    }  # fmt: skip


def outliers():
    heads, names, cells = table("pencilan.md")
    found = outlier_cells(Ratings.from_dense(cells)).cells
    return {
        "nilai yang ditandai": len(found), "peserta": names[found[0].entry], "juri": heads[found[0].juror],
        "diharapkan tanpa nilai itu": found[0].expected, "sisa": found[0].studentised,
    }  # fmt: skip


def agreement():
    _, _, cells = table("kesepakatan-juri.md")
    found, gap = icc(cells), cells.copy()
    gap[0, 2] = np.nan
    squares = found.squares
    said = {f"ICC({form})": found.forms[form].value for form in ("1,1", "2,1", "2,k", "3,1", "3,k")}
    return said | {
        "BMS": squares.between, "JMS": squares.jurors, "EMS": squares.residual, "W": kendall_w(cells).w,
        "alfa": krippendorff_alpha(gap).value,
    }  # fmt: skip


def sources():
    _, _, cells = table("sumber-selisih.md")
    study = panel_study(Ratings.from_dense(cells.reshape(len(cells), 2, 2)))
    effects = {effect.name: effect.variance for effect in study.components.effects}
    curve = dict(study.d_study("juror", [1, 4, 7]).curve)
    return {
        "σ²(p)": effects["entry"], "σ²(j)": effects["juror"], "σ²(pj)": effects["entry x juror"],
        "σ²(pji)": effects["entry x juror x indicator"], "Eρ² sekarang, 2 juri": study.now.relative,
        "Φ sekarang, 2 juri": study.now.absolute, "Eρ² dengan 1 juri": curve[1], "Eρ² dengan 4 juri": curve[4],
        "Eρ² dengan 7 juri": curve[7],
    }  # fmt: skip


def ranges():
    _, _, cells = table("rentang-tempat.md")
    ratings = Ratings.from_dense(cells)
    found, without = place_certainty(ratings, Official.plain(ratings, 2), seed=1), juror_jackknife(ratings)
    low, high = found.range90
    return {
        "simpangan baku sisa": found.noise.sd, "derajat bebas": found.noise.df,
        "bagian undian Rogojampi di depan Taman": found.ahead(0, 1),
        "bagian undian Taman di depan Tongas": found.ahead(1, 2),
        "Rogojampi dan Taman tidak terbedakan": yes(not found.are_told_apart(0, 1)),
        "Taman dan Tongas tidak terbedakan": yes(not found.are_told_apart(1, 2)),
        "jelas di dalam dua besar, dari tempat 1": found.n_clear([0, 1], 2),
        "rentang 90 %, Rogojampi": f"{low[0]} sampai {high[0]}", "rentang 90 %, Tongas": f"{low[2]} sampai {high[2]}",
        "juri yang bila tidak ada mengubah urutan": without.n_changing,
        "tempat Rogojampi tanpa juri 1": without.places[0][0],
    }  # fmt: skip


def sets():
    _, names, cells = table("himpunan-tempat.md")
    ratings = Ratings.from_dense(cells)
    certain = place_certainty(ratings, Official.plain(ratings, 1), seed=1)
    found = place_sets(certain)
    said = {name: f"{found.best[n]} sampai {found.worst[n]}" for n, name in enumerate(names)}
    return said | {"simpangan baku sisa": certain.noise.sd}


def weighting():
    heads, _, cells = table("bobot.md")
    weight = weights(heads)
    change, one = smallest_change(cells, 0, 1, weight=weight), one_weight_change(cells, 0, 1, weight=weight)
    drawn = dirichlet_places(cells, seed=1, n_draws=2000, concentration=20, weight=weight)
    return {
        "nilai Rogojampi": (cells @ weight)[0], "bobot baru pelayanan": change.new_weight[0],
        "bobot baru inovasi": change.new_weight[1], "jarak perubahan": change.distance,
        "satu bobot yang paling sedikit berubah": heads[one.indicator], "menjadi": one.new_share,
        "tempat Rogojampi tanpa pelayanan": leave_one_out(cells, weight=weight).places[0][0],
        "bagian Rogojampi di tempat 1": drawn.p_first[0],
    }  # fmt: skip


def compensation():
    heads, names, cells = table("imbal-balik.md")
    found = compensability(cells, weight=weights(heads), more_than=0)
    return {
        "rata-rata ukur Rogojampi": found.geometric[0], "rata-rata ukur Tongas": found.geometric[names.index("Tongas")],
        "tempat Rogojampi menurut rata-rata": found.plain_places[0],
        "tempat Rogojampi menurut rata-rata ukur": found.geometric_places[0],
    }  # fmt: skip


def items():
    heads, _, cells = table("telaah-butir.md")
    found = analyse_items(cells, low=np.zeros(3), high=np.full(3, 10.0))
    first, _, third = found.items
    return {
        "alfa": found.consistency.alpha, "alfa tanpa A1": first.alpha_if_deleted, "alfa tanpa A3": third.alpha_if_deleted,
        "hubungan A1 dengan yang lain": first.r_drop, "daya beda A3": third.discrimination,
        "perlu dilihat": ", ".join(heads[item.indicator] for item in found.to_review),
    }  # fmt: skip


PAGES = {
    "rancangan-panel.md": panel, "keketatan-juri.md": strictness, "pencilan.md": outliers,
    "kesepakatan-juri.md": agreement, "sumber-selisih.md": sources, "rentang-tempat.md": ranges,
    "himpunan-tempat.md": sets, "bobot.md": weighting, "imbal-balik.md": compensation,
    "telaah-butir.md": items,
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_the_page_says_what_the_method_gives(page):
    printed = dict(ROW.findall((FOLDER / page).read_text("utf-8")))

    assert printed == {name: spelt(value) for name, value in PAGES[page]().items()}


def test_no_page_on_analysis_is_without_its_test():
    of_the_count = {"README.md", "jenis-aturan.md", "berkas-edisi.md", "hitung.md", "penyesuaian-dua-arah.md"}
    with_numbers = {path.name for path in FOLDER.glob("*.md") if ROW.search(path.read_text("utf-8"))}

    assert with_numbers - of_the_count == set(PAGES)

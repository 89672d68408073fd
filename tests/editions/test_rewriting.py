"""Changing one value of a draft's text: the value is what was asked for, all other lines stay as written."""

from decimal import Decimal

import pytest

from sp2k.base.exactyaml import load
from sp2k.editions.drafts.rewriting import REMOVED, line_of, rewritten
from sp2k.editions.drafts.shelf import shipped_templates
from sp2k.editions.drafts.shifting import shifted
from sp2k.editions.file import read_edition

TEXT = """\
# kepala
nama: Uji   # nama
libur:
- {tanggal: 2024-01-01, nama: Tahun Baru}  # satu
tahap:
- kode: a      # huruf
  mulai: 2024-01-02 08.00   # mulai
  kuota: {lingkup: semua, jumlah: 5}
- kode: b
  mulai: 2024-02-02 08.00
gelar: [Satu, Dua]
"""


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("nama",), "Uji: baru", "nama: 'Uji: baru'   # nama"),
        (("nama",), "كأس, \"emas\" #1", None),
        (("nama",), "'", None),
        (("nama",), "2024", "nama: '2024'   # nama"),
        (("tahap", 0, "mulai"), "2024-01-03 09.00", "  mulai: 2024-01-03 09.00   # mulai"),
        (("tahap", 0, "kuota", "jumlah"), 7, "  kuota: {lingkup: semua, jumlah: 7}"),
        (("tahap", 0, "kuota"), {"lingkup": "semua", "jumlah": 8}, "  kuota: {lingkup: semua, jumlah: 8}"),
        (("tahap", 1, "kuota"), {"lingkup": "semua", "jumlah": 1}, "  kuota: {lingkup: semua, jumlah: 1}"),
        (("tahap", 1, "bobot"), Decimal("0.50"), "  bobot: 0.50"),
        (("gelar",), ["Satu, besar", "Dua"], "gelar: ['Satu, besar', Dua]"),
        (("libur",), [{"tanggal": "2024-05-01", "nama": "Buruh"}], "- {tanggal: '2024-05-01', nama: Buruh}  # satu"),
        (("baru",), "ya", "baru: ya"),
        (("persetujuan",), {"hasil": [{"peran": "B", "orang": 2}]}, "  hasil: [{peran: B, orang: 2}]"),
    ],
)  # fmt: skip
def test_a_value_is_changed_in_its_place(path, value, line):
    text = rewritten(TEXT, {path: value})

    holder = load(text, name="a")
    for step in path:
        holder = holder[step]
    assert holder == value
    assert line is None or line in text.splitlines()
    assert len([row for row in TEXT.splitlines() if row not in text.splitlines()]) <= 1


@pytest.mark.parametrize("path", [("libur",), ("tahap", 0, "kuota"), ("gelar",), ("tahap", 1, "mulai")])
def test_a_value_is_taken_out_with_its_lines(path):
    text = rewritten(TEXT, {path: REMOVED})

    holder = load(text, name="a")
    for step in path[:-1]:
        holder = holder[step]
    assert path[-1] not in holder
    assert "# kepala" in text


def test_what_cannot_be_changed_in_place_is_written_anew_and_right():
    folded = "nama: >\n  panjang\n  sekali\ngelar: {satu: 1}\n"

    text = rewritten(folded, {("nama",): "pendek", ("gelar", "dua"): "2"})

    assert load(text, name="a") == {"nama": "pendek", "gelar": {"satu": 1, "dua": "2"}}


def test_an_unchanged_value_changes_no_byte():
    assert rewritten(TEXT, {("nama",): "Uji", ("gelar",): ["Satu", "Dua"]}) == TEXT


def test_a_place_is_found_by_its_line():
    assert [line_of(TEXT, "tahap", 1), line_of(TEXT, "gelar"), line_of(TEXT, "hilang"), line_of("a: [", "a")] == [
        9, 11, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("code", sorted(shipped_templates()))
def test_every_template_can_be_moved_to_another_year(code):
    template = shipped_templates()[code]

    moved = shifted(template.text, code="lain-2028", year=2028)

    before, after = template.file, read_edition(moved.text, name="a")
    assert (after.code, after.year) == ("lain-2028", 2028)
    assert [stage.rules for stage in after.stages] == [stage.rules for stage in before.stages]
    assert [stage.opens_at.replace(year=2000) for stage in after.stages] == [
        stage.opens_at.replace(year=2000) for stage in before.stages
    ]
    comments = [line for line in template.text.splitlines() if line.startswith("#")]
    assert [line for line in moved.text.splitlines() if line.startswith("#")] == comments


def test_a_leap_day_becomes_the_day_before():
    text = "edisi: a\ntahun: 2024\ntahap:\n- {kode: x, mulai: 2024-02-29 08.00, benih: lama}\n"

    moved = load(shifted(text, code="b", year=2025).text, name="a")

    assert moved["tahap"] == [{"kode": "x", "mulai": "2025-02-28 08.00"}]

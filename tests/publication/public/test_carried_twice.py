"""A carried stage that carries another itself: the public table shows what is carried, and its formula gives the rest."""

import csv
import io
from decimal import ROUND_HALF_UP, Decimal

import pytest

from sp2k.publication.queries import public_result
from tests.entries.pages import words
from tests.story import small
from tests.story.small import EDITION, FIRST, MARKS, SECOND, THIRD

pytestmark = pytest.mark.django_db
INTERVIEW = {FIRST: 95, SECOND: 60}
ADDED = "bawaan: {cara: tambah, tahap: wawancara, bobot: 0.5}"
WEIGHED = "bawaan: {cara: bobot, tahap: wawancara, bobot: 0.6, bobot_tahap: 0.4}"


def source(carry: str) -> str:
    """The small edition with an interview between presentation and visit, which carries the presentation itself."""
    head, mark, visit = EDITION.partition("- kode: lapang\n")
    _start, kode, scoring = head.partition("- kode: presentasi\n")
    interview = kode + scoring
    for before, after in [
        ("kode: presentasi", "kode: wawancara"), ("nama: Presentasi", "nama: Wawancara warga"),
        ("peserta: seleksi", "peserta: presentasi"), ("2024-06-04", "2024-06-10"), ("2024-06-05", "2024-06-11"),
        ("  sumber: juri\n",
         "  sumber: juri\n  bawaan: {cara: bobot, tahap: presentasi, bobot: 0.7, bobot_tahap: 0.3}\n"),
    ]:  # fmt: skip
        interview = interview.replace(before, after)
    visit = visit.replace("peserta: presentasi", "peserta: wawancara", 1)
    return head + interview + mark + visit.replace(
        "bawaan: {cara: bobot, tahap: presentasi, bobot: 0.6, bobot_tahap: 0.4}", carry
    )  # fmt: skip


def published(carry: str):
    return public_result(small.play_small(source=source(carry), told=MARKS | {"wawancara": INTERVIEW}).edition)


def halves_up(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def test_the_column_of_a_stage_that_carries_holds_its_total_and_the_printed_formula_gives_the_final_score(client):
    result = published(WEIGHED)

    page = words(client.get(f"/hasil/{result.edition.code}/"))
    table = client.get(f"/hasil/{result.edition.code}/tabel.csv").content.decode().partition("\n")[2]

    assert result.formula == (
        "Nilai akhir = 60% wawancara warga + 40% tinjau lapang, dibulatkan dua angka di belakang koma. "
        "Nilai wawancara warga memuat bawaannya: 70% presentasi + 30% nilai tahap itu sendiri, dibulatkan dua angka di "
        "belakang koma."
    )
    assert [column.heading for column in result.columns] == [
        "Presentasi", "Wawancara warga, dengan nilai bawaan (60%)", "Tinjau lapang (40%)"
    ]  # fmt: skip
    rows = {row["kode"]: row for row in csv.DictReader(io.StringIO(table))}
    assert {code: row["wawancara_dengan_bawaan"] for code, row in rows.items()} == {
        FIRST: "91.50", SECOND: "74.00", THIRD: "tidak ikut tahap ini"
    }  # fmt: skip  # 0.7 x 90 + 0.3 x 95, 0.7 x 80 + 0.3 x 60
    for code in (FIRST, SECOND):
        row = {name: Decimal(rows[code][name]) for name in ("wawancara_dengan_bawaan", "lapang")}
        final = Decimal("0.6") * row["wawancara_dengan_bawaan"] + Decimal("0.4") * row["lapang"]
        assert rows[code]["nilai_akhir"] == halves_up(final)
    assert result.adds_up
    assert page.count("Wawancara warga, dengan nilai bawaan (60%)") == 1
    assert "Dua di antaranya dinilai lagi pada tahap Wawancara warga, dijadwalkan pada 10–11 Juni 2024." in page
    assert "Dua di antaranya dikunjungi, dijadwalkan pada 19–21 Juni 2024." in page


def test_where_the_carried_total_is_added_the_formula_gives_the_final_score_too():
    result = published(ADDED)

    assert result.formula.startswith("Nilai akhir = nilai tinjau lapang + 50% wawancara warga, dibulatkan")
    for row in result.rows[:2]:
        _first, carried, own = map(Decimal, row.scores)
        assert row.total == halves_up(own + carried / 2)


def test_whoever_was_cut_at_a_later_stage_stands_at_the_place_of_that_stage(client):
    told = MARKS | {"presentasi": {FIRST: 90, SECOND: 80, THIRD: 70}, "wawancara": {FIRST: 10, SECOND: 90, THIRD: 90}}
    text = source(WEIGHED).replace("jumlah: 2", "jumlah: 3", 1)  # all three are interviewed, two are visited
    story = small.play_small(source=text, told=told | {"lapang": {SECOND: 80, THIRD: 70}})

    rows = [(row.place, row.code, bool(row.title)) for row in public_result(story.edition).rows]
    table = client.get(f"/hasil/{story.edition.code}/tabel.csv").content.decode()

    assert rows == [(1, SECOND, True), (2, THIRD, True), (3, FIRST, False)]
    assert f"\n3,{FIRST}," in table

"""`hitung.xlsx`: LibreOffice, given the formulas alone, makes the same places anew from the marks."""

import re
import zipfile
from fractions import Fraction
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from sp2k.base.xlsx import read_worksheets
from sp2k.results.files import count_file
from sp2k.results.workbook import formulas
from sp2k.results.workbook.ledger_sheets import lines_of
from sp2k.results.workbook.writing import workbook_of
from sp2k.tally.count import Count
from sp2k.tally.numbers import exact, round_half_up
from sp2k.tally.tables import places_lines
from sp2k.tally.trace import trace_lines
from tests.results.recalculated import office, recalculate, without_results
from tests.results.workbook_cases import CASES, MARK, drawn, panel
from tests.tally.counting.contest import ROGOJAMPI, Contest

needs_office = pytest.mark.skipif(
    office() is None, reason="LibreOffice (soffice) tidak terpasang; paket libreoffice-calc"
)


@pytest.fixture(scope="module")
def counts() -> dict[str, Count]:
    return {name: made() for name, made in CASES.items()}


@pytest.fixture(scope="module")
def live(counts, tmp_path_factory):
    workbooks = {name: without_results(workbook_of(counted)) for name, counted in counts.items()}
    return recalculate(workbooks, tmp_path_factory.mktemp("kalk"))


def official(counted: Count) -> list[tuple]:
    return [
        (r.code, r.place, None if r.total is None else round_half_up(r.total, formulas.GUARD)) for r in counted.results
    ]


def recalculated(sheet: list[list[str]]) -> list[tuple]:
    head = sheet[1]
    rows = [dict(zip(head, row, strict=True)) for row in sheet[5:]]
    return [
        (
            row["kode"],
            int(row["tempat"]) if row["tempat"] else None,
            round_half_up(exact(row["nilai"]), formulas.GUARD) if row["nilai"] else None,
        )
        for row in rows
    ]


@needs_office
@pytest.mark.parametrize("name", CASES)
def test_the_formulas_alone_give_the_places_and_totals_of_the_count(name, counts, live):
    assert recalculated(live[name]["tempat"]) == official(counts[name])
    assert live[name]["keterangan"][2] == ["semua sama"]


def test_columns_that_do_not_follow_say_so_in_their_title_and_in_the_note(counts):
    book = CalamineWorkbook.from_filelike(BytesIO(workbook_of(next(iter(counts.values())))))
    places, about = (book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in ("tempat", "keterangan"))

    assert [title for title in places[1] if "(tetap)" in title] == ["diputus_oleh (tetap)", "keterangan (tetap)"]
    assert any("Kolom bertanda (tetap)" in str(cell) for row in about for cell in row)


@needs_office
@pytest.mark.parametrize("name", CASES)
def test_the_formulas_alone_say_who_is_through(name, counts, live):
    column = live[name]["tempat"][1].index("lolos")
    lines = list(places_lines(counts[name]))
    head = next(n for n, line in enumerate(lines) if line.startswith("tempat,"))

    assert [row[column] for row in live[name]["tempat"][5:]] == [line.split(",")[5] for line in lines[head + 1 :]]


@needs_office
def test_aspects_and_points_agree_as_well(counts, live):
    for name in ("mean", "trimmed", "median", "adjusted"):
        sheet = live[name]["hitung"]
        for row, result in zip(sheet[5:], counts[name].results, strict=True):
            cells = dict(zip(sheet[1], row, strict=True))
            assert {code: exact(cells[code]) for code in result.aspects} == result.aspects


@needs_office
def test_a_changed_mark_changes_places_as_a_new_count_does(tmp_path):
    before = panel(drawn(1), bulat={"nilai": 2})
    changed = panel(drawn(1), bulat={"nilai": 2})
    entry, seat, item, value = next(m for m in changed.marks if m[0] == before.count().results[0].code and m[2] == "N1")
    changed.marks = [(*m[:3], "0") if m[:3] == (entry, seat, item) else m for m in changed.marks]

    def set_to_nought(name, part):
        # The sheet of lines is the one before the last; its rows stand in the order of `lines_of`.
        if not name.endswith("sheet5.xml"):
            return part
        lines = list(lines_of(before.count().ledger))
        row = next(n for n, line in enumerate(lines, start=3) if line[:3] == (entry, seat, item))
        edited, n = re.subn(rb'(<c r="D%d"[^>]*><v>)[^<]*' % row, rb"\g<1>0", part)
        assert n == 1
        return edited

    book = without_results(workbook_of(before.count()), set_to_nought)
    sheets = recalculate({"ubah": book}, tmp_path)["ubah"]

    assert sorted(recalculated(sheets["tempat"])) == sorted(official(changed.count()))
    assert before.count().results[0].code != changed.count().results[0].code
    assert sheets["keterangan"][2] == ["ADA YANG BERBEDA"]


@needs_office
def test_a_value_a_hair_below_a_half_is_where_the_workbook_differs_and_says_so(tmp_path):
    rules = {"penilai": None, "sumber": "poin", "aspects": {"E": {"E1": 5}}}
    close, far = (
        Contest([ROGOJAMPI], **rules).gives("verifikator", ROGOJAMPI, E1=points).count()
        for points in ("0,1249999999", "0,124999999")
    )

    sheets = recalculate({n: without_results(workbook_of(c)) for n, c in {"a": close, "b": far}.items()}, tmp_path)

    assert (close.results[0].total_text, sheets["a"]["tempat"][5][2], sheets["a"]["tempat"][5][-1]) == (
        "0.12", "0.13", "BERBEDA"
    )  # fmt: skip
    assert (far.results[0].total_text, sheets["b"]["tempat"][5][2], sheets["b"]["tempat"][5][-1]) == (
        "0.12", "0.12", "sama"
    )  # fmt: skip


@pytest.fixture
def saved(tmp_path):
    """Return a function that saves a count's workbook and returns its path."""

    def save(counted: Count):
        path = tmp_path / "hitung.xlsx"
        path.write_bytes(workbook_of(counted))
        return path

    return save


@pytest.mark.parametrize("name", CASES)
def test_a_workbook_is_read_again_as_the_very_input_it_was_made_from(name, counts, saved):
    again = count_file(counts[name].rules, saved(counts[name]))

    assert list(places_lines(again)) == list(places_lines(counts[name]))
    assert list(trace_lines(again)) == list(trace_lines(counts[name]))


@pytest.mark.parametrize("name", CASES)
def test_what_is_stored_beside_the_formulas_is_what_the_count_says(name, counts, saved):
    # Our own reader trusts no result that is thrown away when the file is opened, as those of this workbook are.
    rows = CalamineWorkbook.from_path(saved(counts[name])).get_sheet_by_name("tempat").to_python()
    stored = [(code, int(place), Fraction(str(total))) for place, code, total, *_ in rows if isinstance(place, float)]

    assert stored == [
        (r.code, r.place, Fraction(str(float(r.total)))) for r in counts[name].results if r.place is not None
    ]


def test_the_first_line_of_every_sheet_says_that_the_data_are_synthetic(counts, saved):
    first = {sheet.name: sheet.rows[0][1][0].text for sheet in read_worksheets(saved(counts["adjusted-page"]))}

    assert set(first) == {"tempat", "hitung", "poin", "penilai", "efek", "lembar", "keterangan"}
    assert set(first.values()) == {"# Data contoh: nilai sintetis, bukan nilai resmi. presentasi (contoh-2022)"}


def test_the_same_marks_in_any_order_give_the_same_bytes():
    there, back = panel(drawn(1)), panel(drawn(1))
    back.marks.reverse()

    assert workbook_of(there.count()) == workbook_of(back.count())


def test_a_name_that_looks_like_a_formula_is_text(saved):
    aspects = {"N": {"=1+1": {"maks": 10, "aturan": MARK, "judul": "@SUM(A1)"}}}
    contest = Contest([ROGOJAMPI], ["a"], aspects, nama="=HYPERLINK(1)").line(ROGOJAMPI, "a", "=1+1", "80")

    with zipfile.ZipFile(saved(contest.count())) as archive:
        written = b"".join(archive.read(name) for name in archive.namelist() if "sheet" in name)

    assert not re.search(rb"<f>(1\+1|HYPERLINK|@SUM)", written)

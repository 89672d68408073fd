"""The result table as CSV, its rows around the cut, and how a tie was parted."""

from django.template.loader import render_to_string

from sp2k.publication.table import result_csv, rows_around_the_cut
from sp2k.results.templatetags.ties import pemutus
from tests.publication.made_up import result, row


def test_the_table_says_first_that_it_is_a_sample_and_keeps_points_as_data():
    table = result_csv(result(row(1, title="Juara I"), row(2, name="Candi", scores=("79.50", None), total=None)))

    assert table == (
        "# Data contoh: SKK Jawa Timur 2022. Nilai dibuat untuk peragaan, bukan nilai resmi.\n"
        "tempat,kode,kecamatan,kabupaten_kota,presentasi,lapang,nilai_akhir,gelar\n"
        "1,35.15.01,Taman,Kabupaten Sidoarjo,80.00,90.00,84.00,Juara I\n"
        "2,35.15.01,Candi,Kabupaten Sidoarjo,79.50,tidak ikut tahap ini,tidak ikut tahap ini,\n"
    )


def test_who_took_part_without_being_judged_is_told_from_who_took_no_part():
    table = result_csv(result(row(1), row(2, name="Candi", scores=("79.50", ""), total=""), is_sample=False))

    assert table.splitlines()[2] == "2,35.15.01,Candi,Kabupaten Sidoarjo,79.50,tidak dinilai,tidak dinilai,"


def test_on_the_page_a_dash_stands_where_nobody_took_part_and_is_explained():
    rows = (row(1), row(2, name="Candi", scores=("79.50", None), total=None), row(3, scores=("70.00", ""), total=""))
    made = result(*rows)

    html = render_to_string("publication/_table.html", {"result": made, "rows": made.rows, "edition": made.edition})

    assert html.count('<span title="tidak ikut tahap ini">–</span>') == 2
    assert html.count(">tidak dinilai<") == 2
    assert "Tanda – : tidak ikut tahap itu." in html


def test_the_file_says_as_the_page_does_what_parted_equals():
    rows = (row(1, decided_by="undian"), row(2, name="Candi", shares_place=True), row(3, name="Waru"))

    lines = result_csv(result(*rows, is_sample=False)).splitlines()

    assert lines[0].endswith(",gelar,seri")
    assert lines[1].endswith(',"seri, diputus oleh undian dengan benih yang diumumkan"')
    assert [lines[2].endswith(",tempat bersama"), lines[3].endswith("84.00,,")] == [True, True]


def test_a_real_result_has_no_line_about_samples():
    assert result_csv(result(row(1), is_sample=False)).splitlines()[0].startswith("tempat,kode,")


def test_a_name_that_a_spreadsheet_would_take_for_a_formula_becomes_text():
    table = result_csv(result(row(1, name='=HYPERLINK("x")', title="+Juara"), is_sample=False))

    assert table.splitlines()[1] == ('1,35.15.01,"\'=HYPERLINK(""x"")",Kabupaten Sidoarjo,80.00,90.00,84.00,\'+Juara')


def test_the_page_shows_the_rows_down_to_the_cut_and_three_more():
    rows = tuple(row(place, is_last_before_cut=place == 5) for place in range(1, 31))

    assert [shown.place for shown in rows_around_the_cut(rows, 3)] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_without_a_cut_the_last_title_takes_its_place():
    rows = tuple(row(place, title="Juara" if place <= 2 else "") for place in range(1, 10))

    assert [shown.place for shown in rows_around_the_cut(rows, 3)] == [1, 2, 3, 4, 5]


def test_a_tie_break_is_named_in_words_and_a_total_alone_needs_none():
    assert [pemutus(link) for link in ("nilai", "", "aspek:kinerja", "tahap:lapang", "bawaan:aspek:D")] == [
        "",
        "",
        "aspek kinerja",
        "nilai tahap lapang",
        "aspek D pada tahap sebelumnya",
    ]

"""What is read of an XLSX is what its sender sees: what a number format hides or changes is a fault of its cell."""

import pytest

from sp2k.base.refusals import BadInput
from sp2k.base.tables import Column, ListKind, read_table
from sp2k.base.xlsx import reading
from tests.base.tables.raw import Raw, book, number, sheet_xml
from tests.base.tables.test_reading import SITI, TITLES, cell_refusal, one, table

CURE = "Ubah format kolomnya menjadi teks, lalu ketik ulang isinya."
ACCOUNTING = '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'


@pytest.fixture
def seen(tmp_path):
    """Return a function: what the screen shows of a number with a format, as the reader has it."""

    def read(value, code):
        path = tmp_path / "x.xlsx"
        path.write_bytes(book({"x": [[number(value, 0)]]}, formats=(code,)))
        cell = reading.read_worksheets(path)[0].rows[0][1][0]
        return cell.shown or cell.text

    return read


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0;-0;;@", 0, "kosong"), ("0.0;;", 0, "kosong"), ("0.0;;", -5, "kosong"), ("General;-General;", 0, "kosong"),
        ('[=0]"";0', 0, "kosong"), ("#", 0, "kosong"), ("#.##", 0, "kosong"), ("#,###", "0.2", "kosong"),
        ("???", 0, "kosong"), (";;;", 85, "kosong"), (";;", 85, "kosong"), ("0%;;", 0, "kosong"),
        ("dd/mm/yyyy;;", 0, "kosong"), (ACCOUNTING, 0, "-"), ('"absen"', 85, "absen"),
        ('"Pembina, IV/a"', 4, "Pembina, IV/a"), ('0;0;"nihil"', 0, "nihil"), ('[<60]"gagal";0', 45, "gagal"),
        ("[=1]0", 2, "#####"), ('0;[=0]"";0', 0, "kosong"), ('[>90]0;0.0;"-"', 0, "-"), ('"9"0', 85, "985"),
        ("[$9]0", 85, "985"), (r"\90", 85, "985"), ("90", 85, "985"), ('0"5"', 8, "85"), ('0"/100"', 85, "85/100"),
        (r"0\.0", 855, "85.5"), ('00"-"00', 855, "08-55"), ('0.0"5"', "8.1", "8.15"), ('"-"0', 85, "-85"),
        ("(0)", 85, "(85)"), ("0,", 85000, "85"), ("#,##0.0,,", 8500000, "8.5"), ("0;0", -5, "5"),
        ("0.0;-0.0", "-84.66", "-84.7"),
    ],
)  # fmt: skip
def test_a_format_that_shows_something_else_than_is_stored_is_told(seen, code, value, shown):
    assert seen(value, code) == shown


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("General", 0), ("", 85), ("0", 0), ("0.00", 0), ("#,##0.00", 85), ("@", 0), ("0;-0", 0), ("0;-0", -5),
        ("0;-0;;@", 85), ("#,##0;[Red]#,##0", -5), ("#,##0_);(#,##0)", -5), (ACCOUNTING, 85), (ACCOUNTING, -85),
        ('0" orang"', 85), ('0" orang"', 0), ('"Rp"#,##0', 85), ("[$Rp-421]#,##0", 85), ('"Rp. "#,##0', 85),
        ('[=0]"";0', 85), ('[<60]"gagal";0', 60), ("# ##0", 85), ("0.00E+00", 85), ("# ?/?", "0.5"), ("#.0", 0),
        ('General" kali"', 85), ("0*-", 85), ('0.0" %"', 85), ("[>=0]0;-0", 0),
    ],
)  # fmt: skip
def test_ordinary_formats_with_units_currencies_and_colours_are_read_as_the_number(seen, code, value):
    assert seen(value, code) == str(value)


@pytest.mark.parametrize(("style", "shown"), [(41, "-"), (43, "-"), (37, "0"), (3, "0")])
def test_formats_that_a_file_names_by_number_alone_are_known(tmp_path, style, shown):
    path = tmp_path / "x.xlsx"
    path.write_bytes(book({"x": [[number(0, 0)]]}, formats=(style,)))

    cell = reading.read_worksheets(path)[0].rows[0][1][0]

    assert (cell.shown or cell.text) == shown


def test_a_cell_whose_zero_is_not_seen_is_refused_by_its_place_and_never_a_name():
    hidden = {"formats": ("0;-0;;@",)}

    assert cell_refusal("text", "nama", number(0, 0), **hidden) == (
        f'Lembar "orang", sel B2, kolom nama: terlihat kosong tetapi tersimpan 0. {CURE}'
    )
    assert cell_refusal("code", "kode", number(65, 0), formats=('"9"0',)) == (
        f'Lembar "orang", sel A2, kolom kode: terlihat 965 tetapi tersimpan 65. {CURE}'
    )
    assert one((*SITI[:1], number(5, 0)), **hidden).text("nama") == "5"


def test_where_the_sheet_shows_no_zeros_a_zero_is_not_seen():
    view = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews><sheetData>'
    rows = [TITLES, (SITI[0], number(0)), (SITI[0], number(5))]
    content = book({"orang": sheet_xml(rows).replace("<sheetData>", view)})
    unseen, five = table(content).rows

    with pytest.raises(BadInput) as refused:
        unseen.text("nama")

    assert refused.value.sentence == f'Lembar "orang", sel B2, kolom nama: terlihat kosong tetapi tersimpan 0. {CURE}'
    assert five.text("nama") == "5"


@pytest.mark.parametrize(("code", "shown"), [(";;;", "kosong"), ('0;-0;0;"absen"', "absen"), ('@"1"', "Siti1")])
def test_a_text_that_its_format_hides_or_changes_is_refused(code, shown):
    written = Raw("<is><t>Siti</t></is>", t="inlineStr", s=0)

    assert cell_refusal("text", "nama", written, formats=(code,)) == (
        f'Lembar "orang", sel B2, kolom nama: terlihat {shown} tetapi tersimpan Siti. {CURE}'
    )


@pytest.mark.parametrize("code", ["@", ";;;@", "0;-0", 'dd/mm/yyyy;@', ACCOUNTING, 'General;General;General;General'])
def test_a_text_that_its_format_shows_is_read(code):
    written = Raw("<is><t>Siti</t></is>", t="inlineStr", s=0)

    assert one((SITI[0], written), formats=(code,)).text("nama") == "Siti"


ERRORS = [
    "#N/A", "#N/A N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    "########", "Err:502", "#NILAI!", "#NAMA?", "#ref!", " #N/A\u00a0", "Galat:502",
]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS)
def test_the_name_of_an_error_is_the_error_also_as_a_text(error):
    said = f"kolom nama: berisi {error.strip()}: rumusnya gagal. Ketik isinya, atau kosongkan selnya."
    csv = f"kode;nama\n65.01.01;{error}\n".encode()

    with pytest.raises(BadInput) as refused:
        table(csv, "uji.csv").rows[0].text("nama")

    assert refused.value.sentence == f"Baris 2, {said}"
    assert cell_refusal("text", "nama", error.strip()) == f'Lembar "orang", sel B2, {said}'


@pytest.mark.parametrize("name", ["Siti #2", "#1", "SK:502", "Kec. N/A", "Nomor: 123", "Error"])
def test_a_text_that_is_no_error_stays_a_text(name):
    assert one((SITI[0], name)).text("nama") == name


def test_an_error_in_a_column_that_nobody_reads_does_no_harm():
    kind = ListKind("daftar uji", (Column("kode", True), Column("nama", True)), 9, "Unduh contohnya.")
    (row,) = read_table("uji.csv", b"kode;nama;catatan\n65.01.01;Siti;#N/A\n", kind).rows

    assert row.text("nama") == "Siti"

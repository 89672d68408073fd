"""One reader for every list from outside: unreadable is not absent, absent wipes nothing, what is read is what is seen."""

import random
import resource
import time
from datetime import date

import pytest

from sp2k.base.refusals import BadInput
from sp2k.base.tables import Column, ListKind, read_table
from sp2k.base.xlsx import reading
from tests.base.tables import raw
from tests.base.tables.raw import book, number, sheet_xml
from tests.story.lists import workbook

KIND = ListKind(
    "daftar uji", (Column("kode", True), Column("nama", True), Column("nip"), Column("sejak")), 2_000, "Unduh contohnya."
)
TITLES = ("kode", "nama", "nip", "sejak")
SITI = ("65.01.01", "Siti", "197001011990031001", "2023-01-02")


def spent() -> float:
    """Seconds of the processor, of this process and of the one that parses: others share the machine."""
    apart = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + apart.ru_utime + apart.ru_stime


@pytest.fixture
def cells_of(tmp_path):
    """Numbers, with a style or without, as the parser tells them before any column says what they are."""

    def read(*values):
        cells = [number(*value) if isinstance(value, tuple) else number(value) for value in values]
        path = tmp_path / "x.xlsx"
        path.write_bytes(book({"x": [cells]}))
        return reading.read_worksheets(path)[0].rows[0][1]

    return read


def table(content, name="uji.xlsx"):
    return read_table(name, content, KIND)


def refusal(content, name="uji.xlsx") -> str:
    with pytest.raises(BadInput) as refused:
        table(content, name)
    return refused.value.sentence


def one(*rows, **more):
    """The only row of a list, whose cells are given in the order of the titles."""
    (row,) = table(book({"orang": [TITLES, *rows]}, **more)).rows
    return row


def cell_refusal(reader, title, cell, **more) -> str:
    """What a reader says of a cell under a title."""
    cells = list(SITI)
    cells[TITLES.index(title)] = cell
    row = one(cells, **more)
    with pytest.raises(BadInput) as refused:
        getattr(row, reader)(title)
    return refused.value.sentence


class TestCells:
    def test_an_error_and_a_formula_without_a_result_are_faults_with_their_place(self):
        assert cell_refusal("digits", "nip", raw.NOT_AVAILABLE) == (
            'Lembar "orang", sel C2, kolom nip: berisi #N/A: rumusnya gagal. Ketik isinya, atau kosongkan selnya.'
        )
        assert cell_refusal("text", "nama", raw.NOT_COUNTED) == (
            'Lembar "orang", sel B2, kolom nama: berisi rumus yang hasilnya tidak tersimpan. Buka berkasnya di Excel atau '
            "LibreOffice, simpan, lalu unggah lagi; atau ketik isinya."
        )

    def test_a_row_that_holds_an_error_alone_is_a_row(self):
        row = one((None, raw.NOT_AVAILABLE))

        assert (row.number, row.cell("nama").text) == (2, "#N/A")

    def test_a_stored_result_is_read_unless_the_file_throws_it_away_when_opened(self):
        assert one((SITI[0], raw.COUNTED)).text("nama") == "ok"
        assert one((SITI[0], "Siti", raw.EMPTY_RESULT)).digits("nip") == ""
        assert "rumus yang hasilnya tidak tersimpan" in cell_refusal("text", "nama", raw.COUNTED, recounts=True)

    def test_a_column_that_is_not_there_is_no_empty_cell(self):
        (row,) = table(book({"x": [("kode", "nama"), SITI[:2]]})).rows
        empty = one((*SITI[:2], "  ", None))

        assert (row.digits("nip"), row.day("sejak"), row.has("nip")) == (None, None, False)
        assert (empty.digits("nip"), empty.day("sejak"), empty.has("nip")) == ("", None, True)

    @pytest.mark.parametrize(
        ("reader", "title", "cell", "sentence"),
        [
            ("code", "kode", number("65.1"), "berisi angka 65.1, bukan teks: nolnya dapat hilang. Mungkin 65.10. "
             "Ubah format kolomnya menjadi teks, lalu ketik ulang kodenya."),
            ("code", "kode", number("650101"), "berisi angka 650101, bukan teks: nolnya dapat hilang. "
             "Ubah format kolomnya menjadi teks, lalu ketik ulang kodenya."),
            ("code", "kode", number("36892", raw.DATE), "terbaca sebagai tanggal 2001-01-01. "
             "Ubah format kolomnya menjadi teks, lalu ketik ulang kodenya."),
            ("code", "kode", "65.01.0\u0431", "memuat huruf yang hanya mirip huruf Latin (\u0431, U+0431), huruf ke-8. "
             "Ketik ulang kata itu."),
            ("code", "kode", "6,50101E+05", "berisi 6,50101E+05: kodenya pernah menjadi angka. "
             "Ubah format kolomnya menjadi teks, lalu ketik ulang kodenya."),
            ("digits", "nip", number("1.9700101199003101E+17"), "197001011990031000 tersimpan sebagai angka, jadi angka "
             "belakangnya hilang. Ubah format kolomnya menjadi teks, lalu ketik ulang."),
            ("digits", "nip", "1,97001E+17", "berisi 1,97001E+17: angka belakangnya hilang karena disimpan sebagai angka. "
             "Ubah format kolomnya menjadi teks, lalu ketik ulang."),
            ("text", "nama", number("0.85", raw.PERCENT), "terlihat 85 % tetapi tersimpan 0,85. "
             "Ubah format kolomnya menjadi teks, lalu ketik ulang isinya."),
            ("text", "nama", number("84.6", raw.WHOLE), "terlihat 85 tetapi tersimpan 84,6. "
             "Ubah format kolomnya menjadi teks, lalu ketik ulang isinya."),
            ("text", "nama", raw.Raw("<v>1</v>", t="b"), "terbaca sebagai benar atau salah TRUE. "
             "Ubah format kolomnya menjadi teks, lalu ketik ulang isinya."),
            ("text", "nama", "Siti\nAminah", "memuat baris baru. Tulis dalam satu baris."),
            ("text", "nama", "S\u0456ti", "memuat huruf yang hanya mirip huruf Latin (\u0456, U+0456), huruf ke-2. "
             "Ketik ulang kata itu."),
            ("text", "nama", "x" * 201, "isinya terlalu panjang: 201 huruf, paling banyak 200. Ringkaskan."),
            ("day", "sejak", "kemarin", 'berisi "kemarin", bukan tanggal. '
             "Tulis tanggal seperti 15/01/2023 atau 15 Januari 2023."),
            ("day", "sejak", number("44941"), "berisi angka 44941, mungkin 15 Januari 2023. "
             "Ubah format selnya menjadi tanggal."),
            ("day", "sejak", number("0.5", raw.HOUR), "terbaca sebagai jam 12:00:00, bukan tanggal. "
             "Tulis tanggal seperti 15/01/2023 atau 15 Januari 2023."),
            ("day", "sejak", number("44941.5", raw.DATE), 'berisi "2023-01-15t12:00:00", bukan tanggal. '
             "Tulis tanggal seperti 15/01/2023 atau 15 Januari 2023."),
            ("day", "sejak", number("-5", raw.DATE), "berisi #####: rumusnya gagal. Ketik isinya, atau kosongkan selnya."),
        ],
    )  # fmt: skip
    def test_what_a_spreadsheet_did_to_a_cell_is_said_with_its_place_and_its_cure(self, reader, title, cell, sentence):
        column = "ABCD"[TITLES.index(title)]

        assert cell_refusal(reader, title, cell) == f'Lembar "orang", sel {column}2, kolom {title}: {sentence}'

    def test_a_province_code_loses_nothing_as_a_number(self):
        assert one((number("65"), "Kalimantan Utara")).code("kode") == "65"

    def test_blanks_and_signs_that_cannot_be_seen_are_handled_alike_in_titles_codes_and_names(self):
        titles, blank = ("\ufeffKode\u00a0", "N\u200bama *"), ("\u00a0", " ")
        (row,) = table(book({"x": [titles, ("\u00a065.01.01\u200b", "Ra\u2019as\u00a0\u2009 Baru\u200d"), blank]})).rows

        assert (row.code("kode"), row.text("nama")) == ("65.01.01", "Ra\u2019as Baru")
        assert one(("65.01.01", "Cafe\u0301")).text("nama") == "Caf\u00e9"

    def test_a_number_written_with_more_digits_than_a_spreadsheet_shows_is_what_it_shows(self, cells_of):
        cells = cells_of("1.1000000000000001", "0.30000000000000004", "87.1", "1E2")

        assert [cell.text for cell in cells] == ["1.1", "0.3", "87.1", "100"]

    def test_a_number_format_that_shows_less_is_told_beside_what_is_stored(self, cells_of):
        cells = cells_of(("84.6", raw.WHOLE), ("84.65", raw.TENTHS), ("85", raw.TENTHS), ("0.853", raw.PERCENT),
                         ("0.85", raw.PERCENTS), ("1500.4", raw.MONEY))  # fmt: skip

        assert [(cell.kind, cell.text, cell.shown) for cell in cells] == [
            ("angka", "84.6", "85"), ("angka", "84.65", "84.7"), ("angka", "85", ""), ("persen", "0.853", "85 %"),
            ("persen", "0.85", "85 %"), ("angka", "1500.4", "1500"),
        ]  # fmt: skip


class TestDays:
    def test_real_dates_count_from_the_epoch_of_their_file(self):
        assert one((*SITI[:3], number("44941", raw.DATE))).day("sejak") == date(2023, 1, 15)
        assert one((*SITI[:3], number("43479", raw.WORDS)), is_1904=True).day("sejak") == date(2023, 1, 15)
        assert one((*SITI[:3], raw.Raw("<v>2023-01-15T00:00:00</v>", t="d"))).day("sejak") == date(2023, 1, 15)
        assert one((*SITI[:3], "15 Januari 2023")).day("sejak") == date(2023, 1, 15)


class TestSheets:
    def test_a_hidden_sheet_is_not_read_and_said_where_it_is_the_only_one(self):
        rows = [TITLES, SITI]
        both = book({"lama": [TITLES, ("65.01.02", "Lama")], "baru": rows}, states={"lama": "hidden"})

        assert [row.text("nama") for row in table(both).rows] == ["Siti"]
        assert refusal(book({"lama": rows, "kosong": [("catatan",)]}, states={"lama": "veryHidden"})) == (
            'Berkas "uji.xlsx": kolom daftar uji hanya ada pada lembar kerja tersembunyi "lama", yang tidak dibaca. '
            "Tampilkan lembar itu, lalu unggah lagi."
        )

    def test_several_sheets_that_could_be_meant_are_named(self):
        assert refusal(book({"orang": [TITLES, SITI], "orang (2)": [TITLES, SITI]})) == (
            'Berkas "uji.xlsx" mempunyai 2 lembar kerja dengan kolom daftar uji: "orang", "orang (2)". Hapus atau '
            "sembunyikan yang tidak dimaksud, lalu unggah lagi."
        )

    def test_a_chart_an_explanation_and_an_empty_copy_beside_the_list_do_no_harm(self):
        sheets = {"keterangan": [("kode", "wilayah")], "contoh": [TITLES], "orang": [("Daftar",), (), TITLES, SITI]}
        found = table(book(sheets, charts=("Bagan",)))

        assert ([row.number for row in found.rows], found.above) == ([4], ("Daftar",))

    def test_columns_may_stand_anywhere_and_what_is_not_ours_is_told(self):
        rows = [("catatan", "nama", "sejak", "kode"), ("x", "Siti", "", "65.01.01"), ("Jumlah", "", "", "")]
        found = table(book({"x": rows}))

        assert [(row.code("kode"), row.text("nama")) for row in found.rows] == [("65.01.01", "Siti")]
        assert (found.missing, found.unread) == (("nip",), ("catatan",))

    def test_a_title_that_stands_twice_is_refused_also_of_an_optional_column(self):
        assert refusal(book({"x": [(*TITLES, "NIP"), SITI]})) == (
            'Berkas "uji.xlsx": judul kolom nip ada 2 kali (C1 dan E1). Sisakan satu.'
        )

    def test_merged_cells_of_the_list_are_refused_by_row_and_those_of_a_heading_are_not(self):
        heading = sheet_xml([("Daftar uji",), TITLES, SITI], merged=("A1:D1",))
        inside = sheet_xml([TITLES, SITI, (None, *SITI[1:])], merged=("A2:A3", "F1:G9"))

        assert len(table(book({"x": heading})).rows) == 1
        assert refusal(book({"x": inside})) == (
            'Berkas "uji.xlsx", lembar "x": sel A2:A3 digabung. Pisahkan selnya (Unmerge) dan isi setiap baris, lalu '
            "unggah lagi."
        )

    def test_rows_and_columns_that_are_not_shown_are_refused(self):
        assert refusal(book({"x": sheet_xml([TITLES, SITI, SITI], hidden={3})})) == (
            'Berkas "uji.xlsx", lembar "x": baris 3 disembunyikan, mungkin oleh filter. Tampilkan semua baris, atau hapus '
            "yang tidak dimaksud, lalu unggah lagi."
        )
        assert refusal(book({"x": sheet_xml([TITLES, SITI], hidden_columns=(2,))})) == (
            'Berkas "uji.xlsx": kolom nip (C) disembunyikan. Tampilkan kolomnya dan periksa isinya, atau hapus, lalu '
            "unggah lagi."
        )
        assert len(table(book({"x": sheet_xml([TITLES, SITI, ()], hidden={3}, hidden_columns=(7,))})).rows) == 1

    @pytest.mark.parametrize("height", ["0", "0.0", "0.5"])
    def test_a_row_without_height_is_a_hidden_row(self, height):
        xml = sheet_xml([TITLES, SITI, SITI]).replace('<row r="3">', f'<row r="3" ht="{height}" customHeight="1">')

        assert refusal(book({"x": xml})).startswith('Berkas "uji.xlsx", lembar "x": baris 3 disembunyikan,')
        assert len(table(book({"x": xml.replace(f'ht="{height}"', 'ht="6"')})).rows) == 2

    def test_a_column_without_width_is_a_hidden_column(self):
        xml = sheet_xml([TITLES, SITI], hidden_columns=(2,)).replace('hidden="1"', 'width="0" customWidth="1"')

        assert refusal(book({"x": xml})).startswith('Berkas "uji.xlsx": kolom nip (C) disembunyikan.')
        assert len(table(book({"x": xml.replace('width="0"', 'width="9.14"')})).rows) == 1

    def test_a_file_of_another_kind_says_what_it_found(self):
        assert refusal(book({"x": [("kode", "wilayah", "jabatan"), ("65", "", "")]})) == (
            'Berkas "uji.xlsx" tidak mempunyai kolom nama, jadi bukan daftar uji. Baris pertamanya berisi: kode, '
            "wilayah, jabatan. Unduh contohnya."
        )


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", 'Berkas "uji.xlsx" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.'),
            (b"%PDF-1.7", 'Berkas "uji.xlsx" adalah PDF, bukan XLSX atau CSV. Unduh contohnya.'),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 'Berkas "uji.xlsx" berkata sandi atau berbentuk XLS lama. '
             "Simpanlah sebagai XLSX tanpa kata sandi."),
            (book({"x": [TITLES, SITI]})[:-300], 'Berkas "uji.xlsx" terpotong, jadi tidak dapat dibaca. Salin atau unduh lagi '
             "berkasnya sampai selesai."),
            (b"PK\x03\x04 word/document.xml", 'Berkas "uji.xlsx" adalah dokumen Word, bukan XLSX. Simpan sebagai XLSX, lalu '
             "unggah lagi."),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 'Berkas "uji.xlsx" adalah berkas '
             "OpenDocument, bukan XLSX. Simpan sebagai XLSX, lalu unggah lagi."),
            (book({"x": [TITLES]}), 'Berkas "uji.xlsx" belum memuat satu baris pun di bawah baris judul.'),
        ],
        ids=["empty", "PDF", "XLS or locked", "cut", "Word", "OpenDocument", "titles alone"],
    )  # fmt: skip
    def test_what_is_no_list_is_refused_in_a_sentence(self, content, sentence):
        assert refusal(content) == sentence

    def test_two_hundred_thousand_formatted_empty_rows_are_read_fast(self):
        empty = "".join(f'<row r="{n}" spans="1:4" s="1" customFormat="1">' + "".join(
            f'<c r="{column}{n}" s="1"/>' for column in "ABCD") + "</row>" for n in range(3, 200_003))  # fmt: skip
        content = book({"x": sheet_xml([TITLES, SITI]).replace("</sheetData>", f"{empty}</sheetData>")})
        begin = spent()

        assert [row.number for row in table(content).rows] == [2]
        assert spent() - begin < 8

    def test_a_hundred_thousand_rows_are_refused_with_how_many_may_be(self):
        content = book({"x": [TITLES, *[SITI] * 100_000]})
        begin = spent()

        assert refusal(content) == 'Berkas "uji.xlsx" memuat lebih dari 2.000 baris; paling banyak 2000. Pecah berkasnya.'
        assert spent() - begin < 8

    def test_a_file_that_takes_too_long_or_too_much_is_ended_apart(self, monkeypatch):
        wide = "<row>" + '<c t="e"><v>#N/A</v></c>' * 200_000 + "</row>"
        content = book({"x": f'<worksheet xmlns="{raw.MAIN}"><sheetData>{wide * 4}</sheetData></worksheet>'})
        monkeypatch.setattr("sp2k.base.tables.reading.UPLOADED", reading.Limits(512 * 10**6, 1))
        slow = refusal(content)
        monkeypatch.setattr("sp2k.base.tables.reading.UPLOADED", reading.Limits(50 * 10**6, 10))

        assert slow.startswith('Berkas "uji.xlsx" terlalu lama dibaca.')
        assert refusal(content).startswith('Berkas "uji.xlsx" memerlukan memori terlalu besar.')

    def test_one_long_text_in_a_million_cells_does_not_fill_the_server(self):
        """A small file: one text that stands once in the file and is named in 1,900 rows of a hundred columns."""
        content = workbook(*[["x" * 30_000] * 100] * 1_900, header=TITLES)
        assert len(content) < 10**6
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        assert refusal(content) == (
            'Berkas "uji.xlsx" memuat terlalu banyak isi. Simpanlah hanya lembar kerja dan kolom yang diperlukan.'
        )
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB


def test_the_largest_file_that_a_page_takes_is_read_or_refused_within_its_limits():
    """20 MB of texts that do not shrink: more rows than may be, so that it is refused; the memory of the page stays small."""
    words = random.Random(9)
    rows = [TITLES, *[(f"{n}", words.randbytes(400).hex(), "", "") for n in range(60_000)]]
    content = book({"x": rows})
    assert len(content) > 20 * 10**6
    before, begin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, spent()

    with pytest.raises(BadInput) as refused:
        read_table("besar.xlsx", content, KIND, largest=100 * 10**6)

    assert refused.value.sentence == (
        'Berkas "besar.xlsx" memuat lebih dari 2.000 baris; paling banyak 2000. Pecah berkasnya.'
    )
    assert spent() - begin < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB

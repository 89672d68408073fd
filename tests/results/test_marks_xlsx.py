"""Marks from XLSX: the same count as from CSV; a broken code, a date, a formula's leavings are refused by their cell."""

from datetime import datetime

import pytest
import xlsxwriter

from tests.base.tables import raw
from tests.results.test_tally_command import PLACES, SHEETS, Desk

TITLE = ("kode", "penilai", "indikator", "nilai")
ROWS = [line.replace('"87,5"', "87.5").split(",") for line in SHEETS.splitlines()[1:]]


class XlsxDesk(Desk):
    """A desk whose sheets come as XLSX."""

    def __init__(self, folder):
        super().__init__(folder)
        self.sheets = folder / "nilai.xlsx"

    def writes(self, changed=None, *, rows=None, titles=TITLE, sheets=("lembar",), above=()):
        """Write the marks as numbers, codes as text; `changed` maps a cell's address to what stands there instead."""
        with xlsxwriter.Workbook(self.sheets, {"strings_to_formulas": False}) as book:
            for name in sheets:
                sheet = book.add_worksheet(name)
                day = book.add_format({"num_format": "d mmm"})
                lines = [*above, titles, *(ROWS if rows is None else rows)]
                for n, line in enumerate(lines):
                    for column, cell in enumerate(line):
                        is_number = column == 3 and cell.replace(".", "").isdigit()
                        sheet.write(n, column, float(cell) if is_number else cell)
                for place, value in (changed or {}).items():
                    sheet.write_datetime(place, value, day) if isinstance(value, datetime) else sheet.write(place, value)
        return self


@pytest.fixture
def desk(tmp_path):
    return XlsxDesk(tmp_path)


def test_marks_from_xlsx_give_the_same_bytes_as_from_csv(desk):
    Desk.tally(csv := Desk(desk.folder))
    expected = csv.tables()

    answer = desk.writes().tally()

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert desk.tables() == expected
    assert expected["places.csv"].decode() == PLACES


def test_comments_above_the_title_and_a_lone_worksheet_of_any_name_are_taken(desk):
    assert desk.writes(above=[("# Data contoh",)], sheets=("Nilai juri",)).tally().exit_code == 0
    assert desk.tables()["places.csv"].decode() == PLACES


def test_a_number_with_three_decimals_has_one_reading_in_a_cell_of_numbers(desk):
    rules = desk.rules.read_text("utf-8").replace("skala: [0, 100], desimal: 1", "skala: [0, 2000], desimal: 3")
    desk.rules.write_text(rules, "utf-8")

    assert desk.writes({"D2": 1.125, "D3": "1,125"}).tally().exit_code == 0
    assert "35.10.13,lembar,N1,unair,1.125," in desk.tables()["jejak.csv"].decode()


CODE_CURE = "nol pada kode dapat hilang. Formatlah kolom kode sebagai teks, lalu tulislah kodenya lagi"
VALUE_CURE = "Formatlah kolom nilai sebagai teks atau angka, lalu tulislah nilainya lagi."


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"A5": 35.1}, f"sel A5: berisi angka 35.1, bukan teks: {CODE_CURE}, mungkin 35.10."),
        ({"A5": 3513}, f"sel A5: berisi angka 3513, bukan teks: {CODE_CURE}."),
        ({"B5": 7}, "sel B5: berisi angka 7, bukan teks: nol pada kode dapat hilang. Formatlah kolom penilai sebagai "
                    "teks, lalu tulislah kodenya lagi."),
        ({"C5": 1.1}, "sel C5: berisi angka 1.1, bukan teks: nol pada kode dapat hilang. Formatlah kolom indikator "
                      "sebagai teks, lalu tulislah kodenya lagi."),
        ({"D5": datetime(2022, 5, 8)},
         "sel D5: berisi tanggal 2022-05-08, bukan nilai; program lembar kerja mengubah angka yang diketik menjadi "
         f"tanggal. {VALUE_CURE}"),
        ({"D5": True}, f"sel D5: berisi benar atau salah TRUE, bukan nilai. {VALUE_CURE}"),
        ({"E5": "catatan"}, "sel E5: kolom ini harus kosong; yang dibaca hanya kode, penilai, indikator, nilai."),
        ({"D1": "skor"}, 'sel A1: baris judul harus "kode | penilai | indikator | nilai", bukan "kode | penilai | '
                         'indikator | skor".'),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_did_to_a_cell_is_refused_by_the_cell(desk, changed, sentence):
    assert desk.writes(changed).refusal() == f"Salah: nilai.xlsx, lembar kerja lembar, {sentence}\n"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"A5": "35.1.23"}, 'nilai.xlsx baris 5: "35.1.23" tidak ada dalam daftar peserta tahap ini.'),
        ({"D5": 101}, "nilai.xlsx baris 5: 35.13.23, penilai jpip, N1: nilai 101 harus antara 0 dan 100."),
        ({"D5": 1 / 3}, "nilai.xlsx baris 5: 35.13.23, penilai jpip, N1: nilai 0,333333333333333 paling banyak 1 angka "
                        "di belakang koma."),
        ({"D5": "  "}, "nilai.xlsx baris 5: 35.13.23, penilai jpip, N1: nilai tidak tertulis. Tulislah angkanya, atau "
                     "kosong bila tidak diisi; kosong bukan nol."),
    ],
)  # fmt: skip
def test_a_bad_mark_is_refused_with_its_row(desk, changed, sentence):
    assert desk.writes(changed).refusal() == f"Salah: {sentence}\n"


def test_several_worksheets_need_one_that_is_named(desk):
    assert desk.writes(sheets=("Juri 1", "Juri 2")).refusal() == (
        'Salah: nilai.xlsx memuat beberapa lembar kerja: Juri 1, Juri 2. Namailah "lembar" yang memuat nilai.\n'
    )
    assert desk.writes(sheets=("Juri 1", "Lembar")).tally().exit_code == 0


def test_an_empty_workbook_and_a_file_that_is_none_are_refused(desk):
    assert desk.writes(rows=[], titles=()).refusal() == (
        'Salah: nilai.xlsx kosong; baris pertama harus "kode | penilai | indikator | nilai".\n'
    )
    desk.sheets.write_text("kode,penilai,indikator,nilai\n", "utf-8")
    assert desk.refusal() == (
        "Salah: nilai.xlsx bukan berkas XLSX. Simpanlah lagi sebagai XLSX, atau sebagai CSV UTF-8.\n"
    )
    desk.sheets.unlink()
    assert desk.refusal() == f"Salah: berkas {desk.sheets} tidak ada. Periksalah nama dan foldernya.\n"


def test_the_workbook_it_writes_is_input_for_the_next_count(desk):
    desk.writes().tally()
    first = desk.tables()
    desk.sheets = desk.folder / "lagi.xlsx"
    desk.sheets.write_bytes(first["hitung.xlsx"])

    assert desk.tally().exit_code == 0
    assert desk.tables() == first


def test_without_the_workbook_when_it_is_not_wanted(desk):
    answer = desk.writes().tally("--no-xlsx")

    assert answer.stdout.splitlines()[-1] == f"Ditulis ke {desk.out}: places.csv, jejak.csv, penjelasan.md"
    assert sorted(desk.tables()) == ["jejak.csv", "penjelasan.md", "places.csv"]


def test_a_count_too_large_for_a_workbook_says_so_and_writes_the_rest(desk, monkeypatch):
    monkeypatch.setattr("sp2k.results.commands.MOST_MARKS", 4)

    answer = desk.writes().tally()

    assert "hitung.xlsx tidak ditulis: 5 nilai, lebih dari 4." in answer.stdout.splitlines()
    assert sorted(desk.tables()) == ["jejak.csv", "penjelasan.md", "places.csv"]


class TestWhatIsSeen:
    """Unreadable is not absent, and a mark is the one that stands on the screen."""

    def counts(self, desk, sheets, **more):
        desk.sheets.write_bytes(raw.book(sheets, **more))
        return desk

    def rows(self, changed=None, *, at=1, place=3):
        rows = [TITLE, *[tuple(line[:3]) + (_cell(line[3]),) for line in ROWS]]
        if changed is not None:
            rows[at] = (*rows[at][:place], changed, *rows[at][place + 1 :])
        return rows

    def test_the_same_marks_part_by_part_give_the_same_places(self, desk):
        assert self.counts(desk, {"lembar": self.rows()}).tally().exit_code == 0
        assert desk.tables()["places.csv"].decode() == PLACES

    @pytest.mark.parametrize(
        ("cell", "sentence"),
        [
            (raw.NOT_AVAILABLE, "berisi #N/A: rumusnya gagal."),
            (raw.NOT_COUNTED, "berisi rumus yang hasilnya tidak tersimpan."),
            (raw.number("0.85", raw.PERCENT), "terlihat 85 % tetapi tersimpan 0,85."),
            (raw.number("84.6", raw.WHOLE), "terlihat 85 tetapi tersimpan 84,6."),
        ],
        ids=["error", "formula", "percent", "rounded on the screen"],
    )
    def test_a_mark_that_is_not_what_is_seen_is_refused(self, desk, cell, sentence):
        told = self.counts(desk, {"lembar": self.rows(cell)}).refusal()

        assert told.startswith(f"Salah: nilai.xlsx, lembar kerja lembar, sel D2: {sentence}")

    def test_a_number_as_seen_is_a_mark_whatever_its_format(self, desk):
        assert self.counts(desk, {"lembar": self.rows(raw.number("90.0", raw.TENTHS))}).tally().exit_code == 0

    def test_codes_with_signs_that_cannot_be_seen_are_the_codes(self, desk):
        self.counts(desk, {"lembar": self.rows("\u00a035.10.13\u200b", place=0)}).tally()

        assert desk.tables()["places.csv"].decode() == PLACES

    def test_a_letter_that_poses_as_another_is_refused(self, desk):
        told = self.counts(desk, {"lembar": self.rows("unai\u0433", place=1)}).refusal()

        assert "sel B2: memuat huruf yang hanya mirip huruf Latin" in told

    def test_hidden_sheets_rows_and_merged_cells_are_never_read_by_stealth(self, desk):
        old, new = {"lembar": self.rows(), "Baru": self.rows()}, {"Lama": [("x",)], "lembar": self.rows()}
        hidden = raw.sheet_xml(self.rows(), hidden={3})
        merged = raw.sheet_xml(self.rows(), merged=("A2:A3",))

        assert self.counts(desk, old, states={"lembar": "hidden"}).refusal() == (
            'Salah: nilai.xlsx: lembar kerja "lembar" tersembunyi, jadi tidak dibaca. Tampilkanlah, atau namailah "lembar" '
            "yang memuat nilai.\n"
        )
        assert "baris 3 disembunyikan" in self.counts(desk, {"lembar": hidden}).refusal()
        assert "A2:A3 digabung" in self.counts(desk, {"lembar": merged}).refusal()
        assert self.counts(desk, new, states={"Lama": "hidden"}).tally().exit_code == 0


def _cell(text):
    return raw.number(text) if text.replace(".", "").isdigit() else text
